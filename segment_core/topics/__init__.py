"""Topics: what customers write about. Each line of the menu offers `discover(texts, vectors, options, progress)`."""

from segment_core.choices import Choice
from segment_core.topics import embedding, lda, nmf
from segment_core.topics.coherence import mean_coherence
from segment_core.topics.comparing import by_segment, over_time
from segment_core.topics.dating import over_time_of_texts
from segment_core.topics.typical import with_typical

TOPICS: dict[str, Choice] = {
    "nmf": Choice(
        "NMF (parts of word weights)",
        nmf.discover,
        nmf.NmfOptions,
        when="Quick, and clear on short texts; needs no encoder and knows every language.",
    ),
    "lda": Choice(
        "LDA (mixtures of words)",
        lda.discover,
        lda.LdaOptions,
        when="The classic for longer texts in which several topics meet; needs no encoder.",
    ),
    "embedding": Choice(
        "Text vectors (meaning)",
        embedding.discover,
        embedding.EmbeddingOptions,
        when="Brings together what means the same in other words; needs an encoder.",
    ),
}

__all__ = ["TOPICS", "by_segment", "mean_coherence", "over_time", "over_time_of_texts", "with_typical"]

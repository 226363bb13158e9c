"""Classifier: sentiment by a transformers model for classifying texts; aspects and traits stay with the word lists."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Customers, Floats, Note, Progress, Step, Traits, silent
from segment_core.choices import option, options_to_json
from segment_core.errors import ModelError
from segment_core.llm.ledger import may_fetch
from segment_core.messages import say
from segment_core.traits import lexicon
from segment_core.traits.moods import language_of_text
from segment_core.traits.portions import portion
from segment_core.traits.ratings import Rating, together
from segment_core.traits.rubric import SENTIMENT
from segment_core.traits.writings import distinct, sentences, writings

LONGEST_INPUT = 512
_CHUNK = 256
_VALUES = {
    "positive": 1.0,
    "pos": 1.0,
    "negative": -1.0,
    "neg": -1.0,
    "neutral": 0.0,
    "neu": 0.0,
    "mixed": 0.0,
    "very positive": 1.0,
    "very negative": -1.0,
    "正面": 1.0,
    "正向": 1.0,
    "积极": 1.0,
    "好评": 1.0,
    "负面": -1.0,
    "负向": -1.0,
    "消极": -1.0,
    "差评": -1.0,
    "中性": 0.0,
}
_STARS = re.compile(r"([1-5])(?: stars?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifierOptions:
    """Which model reads the sentiment, and in which language."""

    model: str = option(
        "",
        "Model",
        help="The name of a sentiment model for transformers, or the path of its folder, in safetensors format. Its "
        "labels must say positive and negative, or count stars from 1 to 5.",
    )
    reads: str = option(
        "en",
        "Language the model reads",
        among=("en", "zh", "any"),
        help="Texts in another language keep the sentiment of the word lists.",
    )
    batch_size: int = option(32, "Batch size", low=1, high=512, help="Sentences read at once; more needs more memory.")


def rate(customers: Customers, options: ClassifierOptions = ClassifierOptions(), progress: Progress = silent) -> Traits:
    """Let a sequence-classification model judge each sentence; a text's sentiment is the mean of its sentences.

    A sentence's sentiment is the expectation over the model's labels, from -1 to 1; what is longer than the model
    reads is judged by its beginning.

    Raises
    ------
    DataError
        If nobody wrote anything.
    ModelError
        If the model cannot be loaded, is not in safetensors format, or has labels that are no sentiment.
    """
    written = writings(customers)
    judge = loaded(options.model)
    texts = distinct(written["text"].tolist())
    ratings, notes = lexicon.rate_all(texts, portion(progress, 0.0, 0.2))
    own = {text: sentences(text) for text in texts if options.reads in ("any", language_of_text(text))}
    pieces = distinct([piece for several in own.values() for piece in several])
    scores = dict(zip(pieces, judge.score(pieces, options.batch_size, portion(progress, 0.2, 0.8)), strict=True))
    for text, several in own.items():
        rest = [rating for rating in ratings[text] if rating.name != SENTIMENT]
        ratings[text] = [*_sentiment(several, scores), *rest]
    n_others = int((~written["text"].isin(own.keys())).sum())
    if n_others:
        message = say("Texts in other languages whose sentiment stays with the word lists: {n:,}.", n=n_others)
        notes = (*notes, Note("sentiment-by-words", message, n_others))
    if options.reads == "any":
        notes = tuple(note for note in notes if note.code != "not-rated")
    reason = say(
        "Sentiment by the model {model}, the rest by word lists: {n:,} texts.", model=options.model, n=len(written)
    )
    return together(customers, written, ratings, Step("classifier", options_to_json(options)), reason, notes=notes)


def _sentiment(several: Sequence[str], scores: Mapping[str, float]) -> list[Rating]:
    if not several:
        return []
    mean = sum(scores[piece] for piece in several) / len(several)
    direction = 1.0 if mean >= 0 else -1.0
    said = max(several, key=lambda piece: direction * scores[piece])
    return [Rating(SENTIMENT, float(mean), said)]


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """A loaded model with what each of its labels is worth, from -1 to 1."""

    model: Any
    tokenizer: Any
    values: Floats

    def score(self, texts: Sequence[str], batch_size: int, progress: Progress = silent) -> list[float]:
        """Judge texts one by one, in batches of like length."""
        import torch

        order = sorted(range(len(texts)), key=lambda row: (-len(texts[row]), texts[row]))
        found = np.zeros(len(texts))
        for start in range(0, len(order), batch_size):
            if start % _CHUNK < batch_size:
                progress(start, len(texts), say("Judging sentences: {done:,} of {n:,}", done=start, n=len(texts)))
            rows = order[start : start + batch_size]
            read = self.tokenizer(
                [texts[row] for row in rows],
                padding=True,
                truncation=True,
                max_length=self._longest(),
                return_tensors="pt",
            ).to(self.model.device)
            with torch.inference_mode():
                shares = self.model(**read).logits.float().softmax(dim=-1).cpu().numpy()
            found[rows] = shares @ self.values
        progress(len(texts), max(1, len(texts)), say("Sentences judged"))
        return [float(value) for value in found]

    def _longest(self) -> int:
        own = getattr(self.model.config, "max_position_embeddings", LONGEST_INPUT) or LONGEST_INPUT
        # Some architectures keep two positions for padding.
        return max(8, min(LONGEST_INPUT, int(self.tokenizer.model_max_length), own - 2))


@lru_cache(maxsize=1)
def loaded(name: str) -> Judge:
    """Load a model and see what its labels are worth."""
    if not name.strip():
        raise ModelError("No model is named. Give the name of a sentiment model or the path of its folder.")
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError
    from safetensors import SafetensorError
    from transformers import AutoModelForSequenceClassification, AutoTokenizer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    here = not may_fetch()
    try:
        # No code from a model's folder is run, and no pickled weights are read.
        tokenizer = AutoTokenizer.from_pretrained(name, trust_remote_code=False, local_files_only=here)
        model, told = AutoModelForSequenceClassification.from_pretrained(
            name, trust_remote_code=False, use_safetensors=True, output_loading_info=True, local_files_only=here
        )
    except (
        OSError,
        ValueError,
        KeyError,
        ImportError,
        LocalEntryNotFoundError,
        HfHubHTTPError,
        HFValidationError,
        SafetensorError,
    ) as error:
        if here and not Path(name).is_dir():
            raise ModelError(
                "The model {model} is not on this machine, and while the switch in the settings is off nothing is "
                "fetched. Give the path of a folder, or allow it in the settings.",
                model=name,
            ) from error
        raise ModelError(
            "The model {model} could not be loaded ({error}). Give the path of a folder with a sequence-classification "
            "model in safetensors format.",
            model=name,
            error=str(error).splitlines()[0][:200] if str(error) else type(error).__name__,
        ) from error
    if told["missing_keys"]:
        raise ModelError(
            "The model {model} has no trained classifier of texts in it. Give one that was trained for sentiment.",
            model=name,
        )
    return Judge(model.to(_device()).eval(), tokenizer, _worth(name, model.config.id2label))


def _worth(name: str, labels: Mapping[int, str]) -> Floats:
    """Return what each label is worth; five steps from very negative to very positive lie evenly."""
    said = [re.sub(r"[\W_]+", " ", str(labels[place])).strip().lower() for place in sorted(labels)]
    stars = [_STARS.fullmatch(label) for label in said]
    if len(said) == 5 and all(stars):
        return np.array([(int(match[1]) - 3) / 2 for match in stars if match], dtype=np.float32)
    values = [_VALUES.get(label) for label in said]
    if None in values or not {1.0, -1.0} <= set(values):
        raise ModelError(
            "The labels of the model {model} are {labels}: no sentiment that we know. They must say positive and "
            "negative, or count stars from 1 to 5.",
            model=name,
            labels=", ".join(str(label)[:40] for label in list(labels.values())[:8]),
        )
    strong = any(label.startswith("very ") for label in said)
    worth = [
        value * (0.5 if strong and not label.startswith("very ") else 1.0)
        for label, value in zip(said, values, strict=True)
        if value is not None
    ]
    return np.array(worth, dtype=np.float32)


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"

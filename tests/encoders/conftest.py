"""What encoders need to work here: a model small enough to be made on the spot, a file of word vectors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segment_core.artifacts import Progress, Vectors, silent
from segment_core.choices import Choice
from segment_core.encoders import ENCODERS
from tests.llm.embedding_server import EmbeddingServer, embedding

WORDS = ("the", "delivery", "was", "late", "good", "bad", "fine", "jacket", "warm")


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a model of one layer, in safetensors format; it knows nine words."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]))
    tokenizer = BertTokenizerFast(str(vocabulary))
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    model = SentenceTransformer(modules=[Transformer(str(folder / "bert")), Pooling(16)], device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"


SPOKEN = (
    "delivery late told parcel came word warm jacket soft light love coat cosy winter app crashes try pay good value "
    "money"
)


@pytest.fixture(scope="session")
def word_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a GloVe file that knows most words of the contract's texts, each by eight numbers."""
    random = np.random.default_rng(0)
    lines = [f"{word} {' '.join(f'{number:.4f}' for number in random.normal(size=8))}" for word in SPOKEN.split()]
    path = tmp_path_factory.mktemp("words") / "tiny.8d.txt"
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def encoder(name: str, request: pytest.FixtureRequest) -> "Encoder":
    """Return an encoder of the menu, with options and whatever else it needs to work here."""
    choice = ENCODERS[name]
    if name == "glove_file":
        return Encoder(choice, choice.options(path=str(request.getfixturevalue("word_file"))), {})
    if name == "endpoint":
        url = request.getfixturevalue("embedding_server").url
        return Encoder(choice, choice.options(url=url, model="m", batch_size=4), {"secrets": {"llm_key": "k"}})
    return Encoder(choice, choice.options(), {"secrets": {}} if "secrets" in choice.asks else {})


@pytest.fixture
def embedding_server() -> Iterator[EmbeddingServer]:
    """Serve embeddings on loopback."""
    with embedding() as server:
        yield server


@dataclass(frozen=True)
class Encoder:
    """A line of the menu made ready: call it with texts, and with `progress` if you like."""

    choice: Choice
    options: Any
    besides: Mapping[str, Any]

    def __call__(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        return self.choice.run(texts, self.options, progress, **self.besides)

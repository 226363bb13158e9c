"""What encoders need to work here: models small enough to be made on the spot, a file of word vectors."""

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

WORDS = ("the", "delivery", "was", "late", "good", "bad", "fine", "jacket", "warm", "my", "app", "coat", "money")


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a model of one layer, in safetensors format; it knows a few words."""
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
    if name == "static":  # the bundled model takes half a minute to distil
        return Encoder(choice, choice.options(model=str(request.getfixturevalue("tiny_model"))), {})
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


KINDS = ("bert", "xlnet", "t5", "gpt2")


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders of untrained models of three layers, one of each kind, with tokenizers of their own."""
    import torch

    found = {}
    for kind in KINDS:
        folder = tmp_path_factory.mktemp(kind)
        tokenizer = _tokenizer(kind)
        torch.manual_seed(1)
        _model(kind, tokenizer).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        found[kind] = folder
    return found


def _tokenizer(kind: str) -> Any:
    """Return a tokenizer of word pieces that marks texts as this kind does."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    marks = {"bert": ["[CLS]", "[SEP]"], "xlnet": ["<sep>", "<cls>"], "t5": ["</s>"], "gpt2": ["<|endoftext|>"]}[kind]
    pieces = ["<pad>", "<unk>", *marks, ".", "'", "!", *WORDS, *"abcdefghijklmnopqrstuvwxyz"]
    pieces += [f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    tokenizer = Tokenizer(models.WordPiece({piece: place for place, piece in enumerate(pieces)}, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    numbered = [(mark, pieces.index(mark)) for mark in marks]
    shapes = {"bert": "[CLS] $A [SEP]", "xlnet": "$A:0 <sep>:0 <cls>:2", "t5": "$A </s>"}
    if kind in shapes:
        tokenizer.post_processor = processors.TemplateProcessing(single=shapes[kind], special_tokens=numbered)
    named: dict[str, Any] = {
        "bert": {"cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "<pad>"},
        "xlnet": {"cls_token": "<cls>", "sep_token": "<sep>", "pad_token": "<pad>", "padding_side": "left"},
        "t5": {"eos_token": "</s>", "pad_token": "<pad>"},
        "gpt2": {"eos_token": "<|endoftext|>", "bos_token": "<|endoftext|>"},  # no filling piece, as GPT-2 has none
    }[kind]
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="<unk>", model_max_length=64, **named)


def _model(kind: str, tokenizer: Any) -> Any:
    import transformers

    n = len(tokenizer)
    if kind == "bert":
        config = transformers.BertConfig(
            vocab_size=n, hidden_size=16, num_hidden_layers=3, num_attention_heads=2, intermediate_size=32
        )
        return transformers.BertModel(config)
    if kind == "xlnet":
        config = transformers.XLNetConfig(vocab_size=n, d_model=16, n_layer=3, n_head=2, d_inner=32)
        return transformers.XLNetModel(config)
    if kind == "t5":
        config = transformers.T5Config(
            vocab_size=n, d_model=16, d_kv=8, d_ff=32, num_layers=3, num_heads=2, decoder_start_token_id=0
        )
        return transformers.T5EncoderModel(config)
    return transformers.GPT2Model(transformers.GPT2Config(vocab_size=n, n_embd=16, n_layer=3, n_head=2))

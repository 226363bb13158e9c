"""Customers who wrote something, and a sentiment model small enough to be made on the spot."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from segment_core.artifacts import Customers
from tests.planted import customers_of

GOOD, BAD = ("good", "great", "love", "nice"), ("bad", "awful", "hate", "broken")
WORDS = ("the", "lamp", "is", "was", "it", "and", "i", *GOOD, *BAD)
TEXTS = {
    "C1": "I love the lamp! But the delivery was far too late.",
    "C2": "Customer service never called back. I want my refund.",
    "C3": "Got it in the sale with a voucher, a real bargain.",
    "C4": "The stitching is exquisite and will last for decades.",
    "C5": "送给妈妈的生日礼物，她很喜欢。",
    "C6": "客服一问三不知，再也不来了！",
    "C7": "",
}


@pytest.fixture
def writers() -> Customers:
    """Return seven customers read from a file; one is silent."""
    return customers_of(pd.DataFrame({"customer_id": list(TEXTS), "spend": range(7), "review": list(TEXTS.values())}))


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that saves a BERT classifier with these labels; it has learned what is good and bad."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    vocabulary = tmp_path_factory.mktemp("words") / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]))
    tokenizer = BertTokenizerFast(str(vocabulary))
    shape = {
        "vocab_size": len(tokenizer),
        "hidden_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "max_position_embeddings": 40,
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
    }

    @cache
    def trained() -> BertForSequenceClassification:
        torch.manual_seed(0)
        model = BertForSequenceClassification(BertConfig(**shape, num_labels=2))
        read = tokenizer([f"the lamp is {word}" for word in (*BAD, *GOOD)], return_tensors="pt")
        places = torch.tensor([0] * len(BAD) + [1] * len(GOOD))
        steps = torch.optim.Adam(model.parameters(), lr=0.01)
        n_threads = torch.get_num_threads()
        torch.set_num_threads(1)  # so small a model is slower in several
        for _ in range(40):
            steps.zero_grad()
            model(**read, labels=places).loss.backward()
            steps.step()
        torch.set_num_threads(n_threads)
        return model

    @cache
    def made(*labels: str, safe: bool = True) -> Path:
        folder = tmp_path_factory.mktemp("judge")
        names = {"id2label": dict(enumerate(labels)), "label2id": {label: n for n, label in enumerate(labels)}}
        model = BertForSequenceClassification(BertConfig(**shape, **names))
        model.bert.load_state_dict(trained().bert.state_dict())
        bad, good = trained().classifier.weight.detach()
        with torch.no_grad():  # labels between the ends are between their weights
            for place in range(len(labels)):
                part = place / (len(labels) - 1)
                model.classifier.weight[place] = 2 * ((1 - part) * bad + part * good)
            model.classifier.bias.zero_()
        if safe:
            model.save_pretrained(folder)
        else:
            model.config.save_pretrained(folder)
            torch.save(model.state_dict(), folder / "pytorch_model.bin")
        tokenizer.save_pretrained(folder)
        return folder

    return made

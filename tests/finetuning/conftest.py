"""What training needs here: a model of one layer, made on the spot, and texts in which labels were planted."""

from pathlib import Path

import numpy as np
import pytest

from segment_core.finetuning import Lesson, Task

TOPICS = {
    "cards": ("card", "pin", "chip", "plastic"),
    "money": ("money", "transfer", "sent", "fee"),
    "phone": ("app", "phone", "screen", "login"),
    "travel": ("abroad", "hotel", "flight", "visa"),
}
FILLERS = ("my", "the", "is", "was", "late", "again", "why", "not", "today", "please", "help", "still")
MOODS = {"glad": ("good", "fine", "great"), "cross": ("bad", "awful", "poor")}


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an untrained sentence model of two narrow layers."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    words = [*FILLERS, *(word for known in (TOPICS, MOODS) for own in known.values() for word in own)]
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]))
    tokenizer = BertTokenizerFast(str(vocabulary))
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    model = SentenceTransformer(modules=[Transformer(str(folder / "bert")), Pooling(16)], device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"


def written(n: int, seed: int) -> tuple[list[str], list[str], list[str]]:
    """Return texts, what each is about, and its mood."""
    dice = np.random.default_rng(seed)
    texts, topics, moods = [], [], []
    for _ in range(n):
        topic, mood = dice.choice(list(TOPICS)), dice.choice(list(MOODS))
        words = [*dice.choice(TOPICS[topic], 2), *dice.choice(FILLERS, 5, replace=False), dice.choice(MOODS[mood])]
        texts.append(" ".join(dice.permutation(words)))
        topics.append(str(topic))
        moods.append(str(mood))
    return texts, topics, moods


@pytest.fixture(scope="session")
def lesson() -> Lesson:
    """Return forty labelled texts in two tasks, and sixty without a label."""
    texts, topics, moods = written(48, 1)
    return Lesson(
        (Task("topic", tuple(texts), tuple(topics)), Task("mood", tuple(texts), tuple(moods))), tuple(written(60, 2)[0])
    )

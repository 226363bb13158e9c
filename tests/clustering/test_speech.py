"""Speech: a text nobody wrote lies where it would lie if a customer had written it."""

import numpy as np
import pytest

from segment_core.artifacts import Features, Step
from segment_core.clustering import Speech
from segment_core.composition import compose
from segment_core.errors import OptionError
from segment_core.intake import gather, read
from segment_core.plan import Plan

WRITTEN = (
    "The delivery was late again.",
    "My parcel came a week too late.",
    "I love the colour of this dress.",
    "The fabric feels soft and looks lovely.",
    "Why was my card charged twice?",
    "Please refund the second charge.",
    "The courier left it with a neighbour.",
    "It fits well and the colour is bright.",
    "My invoice shows the wrong amount.",
    "Great fit, I bought it in two colours.",
    "",
    "The box was crushed when it came.",
)


def spoken(encoder: str) -> tuple[Speech, Features]:
    lines = "\n".join(f'C{number},{20 + number},"{text}"' for number, text in enumerate(WRITTEN))
    customers = gather(read(f"customer_id,age,review\n{lines}\n".encode(), "a.csv"))
    composed = compose(customers, Plan(encoder=Step(encoder), roles={"review": "text"}))
    assert composed.speech is not None
    return composed.speech, composed.features


def test_a_text_read_anew_lies_where_its_customer_does() -> None:
    speech, features = spoken("sentence_transformer")
    block = next(block for block in features.blocks if block.name == "text")
    placed = speech.place(features, [WRITTEN[2], WRITTEN[4]])
    np.testing.assert_allclose(placed, features.matrix[[2, 4], block.start : block.stop], atol=2e-3)


def test_what_customers_wrote_comes_with_them() -> None:
    speech, _ = spoken("sentence_transformer")
    assert speech.texts[10] == ""
    assert speech.of([2, 0]).texts == (WRITTEN[2], WRITTEN[0])


def test_an_encoder_trained_on_these_texts_reads_no_others() -> None:
    speech, features = spoken("tfidf")
    with pytest.raises(OptionError, match="reads any text into the same space"):
        speech.place(features, ["The delivery was late."])

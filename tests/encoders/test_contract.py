"""What every encoder promises, whatever it understands."""

import numpy as np
import pytest

from segment_core.choices import options_from_json
from segment_core.encoders import ENCODERS
from segment_core.errors import Cancelled
from segment_core.messages import Message
from tests.encoders.conftest import Encoder

TEXTS = (
    "The delivery was late and nobody told me.",
    "My parcel came too late, without a word.",
    "A warm jacket, soft and light.",
    "I love this coat: it is so cosy in winter.",
    "The app crashes whenever I try to pay.",
    "Good value for the money.",
)

every_encoder = pytest.mark.parametrize("name", ENCODERS)


@every_encoder
def test_each_text_has_a_vector_of_length_one(encoder: Encoder) -> None:
    made = encoder(TEXTS)
    assert made.matrix.dtype == np.float32
    assert made.matrix.shape[0] == len(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(made.matrix, axis=1), 1.0, rtol=1e-5)
    assert str(made.reason).endswith(".")


@every_encoder
def test_the_same_texts_give_the_same_vectors(encoder: Encoder) -> None:
    np.testing.assert_array_equal(encoder(TEXTS).matrix, encoder(TEXTS).matrix)


@every_encoder
def test_what_was_made_can_be_made_again(encoder: Encoder) -> None:
    made = encoder(TEXTS)
    choice = ENCODERS[made.made_by.name]
    again = choice.run(TEXTS, options_from_json(choice.options, made.made_by.options), **encoder.besides)
    np.testing.assert_array_equal(made.matrix, again.matrix)


@every_encoder
def test_vectors_stand_in_the_order_of_the_texts(encoder: Encoder) -> None:
    straight, turned = encoder(TEXTS).matrix, encoder(TEXTS[::-1]).matrix[::-1]
    np.testing.assert_allclose(straight @ straight.T, turned @ turned.T, atol=1e-4)


@every_encoder
def test_progress_runs_to_the_end(encoder: Encoder) -> None:
    told: list[tuple[float, float, Message]] = []
    encoder(TEXTS, lambda *said: told.append(said))
    assert all(0 <= done <= total and str(note) for done, total, note in told)
    assert told[-1][0] == told[-1][1] > 0


@every_encoder
def test_progress_can_stop_the_work(encoder: Encoder) -> None:
    def stop(done: float, total: float, note: Message) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        encoder(TEXTS, stop)

"""What every encoder promises, whatever it understands."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segment_core.choices import options_from_json
from segment_core.encoders import ENCODERS
from segment_core.encoders.static import StaticOptions
from segment_core.errors import Cancelled
from segment_core.messages import Message

TEXTS = (
    "The delivery was late and nobody told me.",
    "My parcel came too late, without a word.",
    "A warm jacket, soft and light.",
    "I love this coat: it is so cosy in winter.",
    "The app crashes whenever I try to pay.",
    "Good value for the money.",
)

every_encoder = pytest.mark.parametrize("name", ENCODERS)


@pytest.fixture
def options(name: str, tiny_model: Path) -> Any:
    """Return an encoder's own options; only what takes minutes of the bundled model takes a small one."""
    return StaticOptions(model=str(tiny_model)) if name == "static" else ENCODERS[name].options()


@every_encoder
def test_each_text_has_a_vector_of_length_one(name: str, options: Any) -> None:
    made = ENCODERS[name].run(TEXTS, options)
    assert made.matrix.dtype == np.float32
    assert made.matrix.shape[0] == len(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(made.matrix, axis=1), 1.0, rtol=1e-5)
    assert str(made.reason).endswith(".")


@every_encoder
def test_the_same_texts_give_the_same_vectors(name: str, options: Any) -> None:
    run = ENCODERS[name].run
    np.testing.assert_array_equal(run(TEXTS, options).matrix, run(TEXTS, options).matrix)


@every_encoder
def test_what_was_made_can_be_made_again(name: str, options: Any) -> None:
    made = ENCODERS[name].run(TEXTS, options)
    choice = ENCODERS[made.made_by.name]
    again = choice.run(TEXTS, options_from_json(choice.options, made.made_by.options))
    np.testing.assert_array_equal(made.matrix, again.matrix)


@every_encoder
def test_vectors_stand_in_the_order_of_the_texts(name: str, options: Any) -> None:
    run = ENCODERS[name].run
    straight, turned = run(TEXTS, options).matrix, run(TEXTS[::-1], options).matrix[::-1]
    np.testing.assert_allclose(straight @ straight.T, turned @ turned.T, atol=1e-4)


@every_encoder
def test_progress_runs_to_the_end(name: str, options: Any) -> None:
    told: list[tuple[float, float, Message]] = []
    ENCODERS[name].run(TEXTS, options, lambda *said: told.append(said))
    assert all(0 <= done <= total and str(note) for done, total, note in told)
    assert told[-1][0] == told[-1][1] > 0


@every_encoder
def test_progress_can_stop_the_work(name: str, options: Any) -> None:
    def stop(done: float, total: float, note: Message) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        ENCODERS[name].run(TEXTS, options, stop)

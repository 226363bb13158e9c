"""Static vectors: distilled once, quick after that, alike where words mean the like."""

from pathlib import Path

import numpy as np
import pytest

from segment_core.encoders import static
from segment_core.encoders.static import StaticOptions, encode
from segment_core.errors import Cancelled
from segment_core.messages import Message


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STRATA_WORKSPACE", str(tmp_path))
    return tmp_path / "models"


def test_it_is_distilled_once(tiny_model: Path, own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    options = StaticOptions(model=str(tiny_model), n_dimensions=8)
    first = encode(["the delivery was late", "good"], options, lambda done, total, note: told.append(str(note)))
    assert any("word pieces" in note for note in told)
    told.clear()
    again = encode(["the delivery was late", "good"], options, lambda done, total, note: told.append(str(note)))
    assert not any("Distilling" in note for note in told)
    np.testing.assert_array_equal(first.matrix, again.matrix)
    assert first.matrix.shape == (2, 8)
    assert len(list(own.iterdir())) == 1
    assert "Encoding tokens" not in capfd.readouterr().err


def test_a_text_is_the_mean_of_its_pieces(tiny_model: Path, own: Path) -> None:
    options = StaticOptions(model=str(tiny_model), n_dimensions=8)
    made = encode(["warm jacket", "jacket warm", "qqq zzz", ""], options).matrix
    np.testing.assert_allclose(made[0], made[1], atol=1e-6)
    assert (made[2:] == 0).all()


def test_distilling_can_be_stopped(tiny_model: Path, own: Path) -> None:
    def stop(done: float, total: float, note: Message) -> None:
        if "word pieces" in str(note):
            raise Cancelled

    with pytest.raises(Cancelled):
        encode(["good"], StaticOptions(model=str(tiny_model)), stop)
    assert list(own.iterdir()) == []


def test_any_split_gives_the_same_vectors(tiny_model: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = StaticOptions(model=str(tiny_model), n_dimensions=8)
    texts = ["warm jacket", "the delivery was late", "good", "my app was bad", "fine"]
    whole = encode(texts, options).matrix
    monkeypatch.setattr(static, "CHUNK", 2)
    np.testing.assert_allclose(encode(texts, options).matrix, whole, atol=1e-6)

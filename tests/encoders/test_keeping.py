"""What is made of a model is made once, is checked each time, and belongs to that model and recipe alone."""

import threading
from pathlib import Path

import pytest

from segment_core.encoders.keeping import CHECKSUMS, kept
from segment_core.errors import Cancelled, ModelError


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STRATA_WORKSPACE", str(tmp_path / "workspace"))
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


class Maker:
    """Make a file and count how often."""

    def __init__(self) -> None:
        self.n_made = 0

    def __call__(self, folder: Path) -> None:
        self.n_made += 1
        (folder / "made.txt").write_text("made")


def read(folder: Path) -> str:
    return (folder / "made.txt").read_text()


def home(source: Path) -> Path:
    return source.parent / "workspace" / "models"


def test_it_is_made_once(source: Path) -> None:
    make = Maker()
    assert [kept(source, {"a": 1}, make, read) for _ in range(3)] == ["made"] * 3
    assert make.n_made == 1
    assert len(list(home(source).iterdir())) == 1


def test_another_recipe_or_other_weights_are_made_anew(source: Path) -> None:
    make = Maker()
    kept(source, {"a": 1}, make, read)
    kept(source, {"a": 2}, make, read)
    (source / "model.safetensors").write_bytes(b"other weights")
    kept(source, {"a": 1}, make, read)
    assert make.n_made == 3


@pytest.mark.parametrize("name", ["made.txt", CHECKSUMS])
@pytest.mark.parametrize("content", [b"", b"mads", None], ids=["empty", "changed", "gone"])
def test_what_is_damaged_is_made_again(source: Path, name: str, content: bytes | None) -> None:
    make = Maker()
    kept(source, {}, make, read)
    path = next(home(source).iterdir()) / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert kept(source, {}, make, read) == "made"
    assert make.n_made == 2
    assert len(list(home(source).iterdir())) == 1


def test_work_that_is_stopped_leaves_nothing(source: Path) -> None:
    def stopped(folder: Path) -> None:
        (folder / "half.txt").write_text("half")
        raise Cancelled

    with pytest.raises(Cancelled):
        kept(source, {}, stopped, read)
    assert list(home(source).iterdir()) == []


def test_two_may_make_the_same_at_once(source: Path) -> None:
    both, found = threading.Barrier(2), []

    def make(folder: Path) -> None:
        both.wait(timeout=20)
        (folder / "made.txt").write_text("made")

    def run() -> None:
        found.append(kept(source, {}, make, read))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert found == ["made", "made"]
    assert len(list(home(source).iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_one_sentence(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = source.parent / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("STRATA_WORKSPACE", str(blocked))
    with pytest.raises(ModelError, match="STRATA_WORKSPACE"):
        kept(source, {}, Maker(), read)

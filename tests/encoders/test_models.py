"""Models: which languages one reads, and that no text in another is read by it in silence."""

import shutil
from pathlib import Path

import pytest

from segment_core.artifacts import Step
from segment_core.composition import compose
from segment_core.encoders import BUNDLED, languages_read
from segment_core.plan import Plan
from segment_core.store import EncoderCard, Encoders
from tests.test_composition import CHINESE, ENGLISH, written


def test_what_was_trained_from_the_bundled_model_reads_no_more_languages(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATA_WORKSPACE", str(tmp_path))
    model = shutil.copytree(tiny_model, tmp_path / "model", ignore=shutil.ignore_patterns("*.md"))
    kept = {}
    for base in (BUNDLED, "some/multilingual-model"):
        card = EncoderCard(base, base, "", "", Step("x"), "", (), 9, 0, (), 1.0, languages=("en",))
        kept[base] = Encoders(tmp_path).add(model, card)
    again = EncoderCard("again", f"kept:{kept[BUNDLED]}", "", "", Step("x"), "", (), 9, 0, (), 1.0)
    kept["again"] = Encoders(tmp_path).add(model, again)
    warned = {}
    for base, id_ in kept.items():
        plan = Plan(encoder=Step("sentence_transformer", {"model": f"kept:{id_}"}))
        notes = compose(written(ENGLISH[:6] + CHINESE[:5]), plan).features.notes
        warned[base] = [note.count for note in notes if note.code == "english-only"]
    assert warned == {BUNDLED: [5], "some/multilingual-model": [], "again": [5]}
    assert languages_read(f"kept:{kept['again']}") == {"en"}
    assert languages_read("kept:0123456789abcdef") is None

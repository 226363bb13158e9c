"""Looking into a model: typical customers first, the same ones whatever the order, kept with the study."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from segment_core import looking
from segment_core.artifacts import Attended, Progress
from segment_core.encoders.attention import AttentionOptions
from segment_core.errors import DataError
from segment_core.looking import attention_of, look
from segment_core.store import Workspace
from segment_core.study import Study


def quick(texts: list[str], options: AttentionOptions, progress: Progress) -> tuple[Attended, ...]:
    """Weigh the words of each text evenly, to test who is looked at without waiting for a model."""
    found = []
    for text in texts:
        words = tuple(text.replace("\n", " ").split())
        found.append(Attended("", text, words, tuple(range(len(words))), (1 / len(words),) * len(words)))
    return tuple(found)


def silent(done: float, total: float, note: Any) -> None:
    """Listen to nothing."""


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "attend", quick)


@pytest.fixture
def kept(tmp_path: Path, small_study: Study) -> Mapping[str, Any]:
    workspace = Workspace(tmp_path)
    id_ = workspace.new_study("shop.csv")
    workspace.save_study(id_, small_study, summary={"n_customers": 300})
    workspace.close()
    return {"workspace": str(tmp_path), "study": id_}


def segment_of(study: Study) -> dict[str, str]:
    return dict(zip(study.customers.frame.index.astype(str), study.clustering.ids, strict=True))


@pytest.mark.usefixtures("_quick")
def test_typical_customers_come_first_and_every_segment_is_looked_into(small_study: Study) -> None:
    made = attention_of(small_study, AttentionOptions(), silent, n=4)
    where = segment_of(small_study)
    for segment in small_study.clustering.segments:
        looked = {text.customer for text in made.texts if where[text.customer] == segment.id}
        texts = dict(zip(small_study.customers.frame.index, small_study.customers.frame["review"], strict=True))
        typical = [id_ for id_ in small_study.evidence.typical[segment.id] if texts[id_]]
        assert len(typical) >= 2
        assert looked >= set(typical[:4])
        assert len(looked) == min(4, segment.size)
    assert [words.segment for words in made.segments] == [segment.id for segment in small_study.clustering.segments]
    assert all(words.n_texts == 4 for words in made.segments)


@pytest.mark.usefixtures("_quick")
def test_the_seed_decides_who_else_is_looked_at(small_study: Study) -> None:
    first, again, other = (
        {text.customer for text in attention_of(small_study, AttentionOptions(), silent, n=20, seed=seed).texts}
        for seed in (0, 0, 1)
    )
    assert first == again != other


@pytest.mark.usefixtures("_quick")
def test_customers_asked_for_are_looked_at_and_not_counted(small_study: Study) -> None:
    plain = attention_of(small_study, AttentionOptions(), silent, n=3)
    looked = {text.customer for text in plain.texts}
    frame = small_study.customers.frame
    more = next(id_ for id_ in frame.index[frame["review"] != ""] if id_ not in looked)
    made = attention_of(small_study, AttentionOptions(), silent, n=3, ids=[more, "nobody", more])
    assert len(made.texts) == len(plain.texts) + 1
    assert made.of(more) is not None
    assert made.of("nobody") is None
    assert made.segments == plain.segments


@pytest.mark.usefixtures("_quick")
def test_texts_that_the_model_does_not_read_are_told(small_study: Study) -> None:
    assert not attention_of(small_study, AttentionOptions(), silent, n=3).notes
    frame = small_study.customers.frame.copy()
    foreign = frame.index[frame["review"] != ""][::5]
    frame.loc[foreign, "review"] = "送得太慢，等了两个小时，饭都凉了。"
    study = replace(small_study, customers=replace(small_study.customers, frame=frame))
    (note,) = attention_of(study, AttentionOptions(), silent, n=1000).notes
    assert (note.count, note.level) == (len(foreign), "warning")
    assert not attention_of(study, AttentionOptions(model="some/multilingual-model"), silent, n=1000).notes


def test_what_a_model_looked_at_is_kept_with_the_study(kept: Mapping[str, Any], tmp_path: Path) -> None:
    told: list[str] = []
    args = {**kept, "n": 3, "options": {"method": "rollout"}}
    assert look(args, {}, lambda done, total, note: told.append(str(note))) == {"study": kept["study"]}
    study = Workspace(tmp_path).load_study(Study, kept["study"])
    made = study.attention
    assert made.made_by.options["method"] == "rollout"
    assert all(sum(text.weights) == pytest.approx(1) for text in made.texts)
    assert str(made.reason).startswith("What all-MiniLM-L6-v2 looked at, followed through all layers: 12 texts, ")
    assert told[-1] == "Texts looked into"
    assert Workspace(tmp_path).study(kept["study"]).summary == {"n_customers": 300}
    assert study.having(clustering=study.clustering).attention is None


def test_segments_that_changed_meanwhile_are_not_mixed(
    kept: Mapping[str, Any], tmp_path: Path, small_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*args: Any) -> tuple[Attended, ...]:
        Workspace(tmp_path).save_study(kept["study"], small_study.having(clustering=None), summary={})
        return quick(*args)

    monkeypatch.setattr(looking, "attend", meanwhile)
    with pytest.raises(DataError, match="made anew"):
        look(kept, {}, silent)


def test_without_segments_or_texts_it_says_so(small_study: Study) -> None:
    from dataclasses import replace

    with pytest.raises(DataError, match="no segments yet"):
        attention_of(small_study.having(clustering=None), AttentionOptions(), silent)
    customers = small_study.customers
    mute = replace(customers, frame=customers.frame.assign(review=None))
    with pytest.raises(DataError, match="Nobody wrote"):
        attention_of(replace(small_study, customers=mute), AttentionOptions(), silent)

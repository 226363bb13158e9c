"""Improving: edits reach the study: applied as a new run, replayed on the next, with names, colours, handwriting."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segment_core import journey, tasks
from segment_core.artifacts import Claim, Customers, Features, Persona, Step, silent
from segment_core.clustering.kmeans import KMeansOptions, cluster
from segment_core.errors import OptionError
from segment_core.feedback import counting
from segment_core.improving import applying, colouring
from segment_core.improving.applying import applied, apply, parted, settled
from segment_core.improving.recording import recorded, said_again, taken_back, verdicts
from segment_core.improving.renaming import renamed, segment_of
from segment_core.improving.shaping import as_found, shaped
from segment_core.intake import sample
from segment_core.metrics import stability
from segment_core.plan import Plan
from segment_core.runs import restore
from segment_core.store import Workspace
from segment_core.study import Study
from segment_core.tasks import run_study
from tests.planted import blobs, csv_of


@pytest.fixture(autouse=True)
def _few_metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the metrics that cut anew many times: what they measure is tested where they stand."""
    monkeypatch.setattr(journey, "METRICS", {"balance": journey.METRICS["balance"]})
    monkeypatch.setattr("segment_core.metrics.verdict.N_DRAWS", 2)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace(tmp_path / "workspace")
    made.keep_upload("shop.csv", csv_of(sample(120)[0]))
    yield made
    made.close()


def ran(workspace: Workspace, plan: Plan, k: int, study: str | None = None) -> str:
    plan = plan.having(clustering=Step("kmeans", {"n_segments": k}))
    args = {"workspace": str(workspace.folder), "upload": workspace.uploads()[0].id, "plan": plan.to_json()}
    return str(run_study(args | {"study": study}, {}, silent)["study"])


def say(workspace: Workspace, key: str, change) -> Study:
    study = change(workspace.load_study(Study, key))
    workspace.save_study(key, study, summary=dict(workspace.study(key).summary))
    return study


OWN = Claim("They come back for the children.", author="analyst")


def by_hand(study: Study, segment: str) -> Study:
    kept = tuple(replace(one, tagline=OWN) if one.segment == segment else one for one in study.personas.personas)
    return replace(study, personas=replace(study.personas, personas=kept))


def done(workspace: Workspace, key: str, **args) -> Study:
    assert apply({"workspace": str(workspace.folder), "study": key, **args}, {}, silent) == {"study": key}
    return workspace.load_study(Study, key)


def test_edits_are_applied_taken_back_and_replayed_on_the_next_run(workspace: Workspace, quick_plan: Plan) -> None:
    key = ran(workspace, quick_plan, 4)
    first = workspace.load_study(Study, key)
    index, own = first.customers.frame.index, first.clustering.ids
    pair = (index[own == "S1"][0], index[own == "S2"][0])
    written = by_name(first, "S2")
    say(workspace, key, lambda study: by_hand(study, "S2"))
    say(workspace, key, lambda study: recorded(study, "rename", segment="S4", value="The few", author="Ada"))
    say(workspace, key, lambda study: recorded(study, "rename", segment="S3", value="Third"))
    say(workspace, key, lambda study: recorded(study, "merge", segment="S3", others=("S2",)))
    say(workspace, key, lambda study: recorded(study, "together", customers=pair))
    edited = done(workspace, key)
    assert edited.clustering.n_segments == 3
    assert edited.found is not None and np.array_equal(edited.found.labels, first.clustering.labels)
    few = next(persona for persona in edited.personas.personas if persona.name == "The few")
    assert set(index[edited.clustering.ids == few.segment]) == set(index[own == "S4"])
    assert (few.name_author, edited.edits[0].author) == ("analyst", "Ada")
    assert {item.segment for item in edited.evidence.items} == {"S1", "S2", "S3"}
    assert edited.scorer.segments == ("S1", "S2", "S3")
    (third,) = [persona.segment for persona in edited.personas.personas if persona.name == "Third"]
    assert (edited.clustering.ids[own == "S2"] == third).mean() > 0.9  # the smaller one was named, so its name stays
    # The colour goes with the segment, wherever its size puts it.
    assert colouring.places(edited)[[s.id for s in edited.clustering.segments].index(few.segment)] == 3
    assert [run.summary["n_edits"] for run in workspace.runs(key)] == [2, 0]

    say(workspace, key, lambda study: taken_back(taken_back(study)))
    undone = done(workspace, key)
    assert np.array_equal(undone.clustering.labels, first.clustering.labels)
    assert by_name(undone, "S2") == replace(written, tagline=OWN)  # what was written by hand is there again
    assert by_name(undone, "S3").name == "Third"
    assert undone.found is None
    say(workspace, key, lambda study: said_again(said_again(study)))

    again = workspace.load_study(Study, ran(workspace, quick_plan, 5, key))  # another plan
    linked = again.clustering.ids[[again.customers.frame.index.get_loc(id_) for id_ in pair]]
    assert linked[0] == linked[1]
    assert again.replay.n_edits == 8 and again.edits[:4] == edited.edits
    assert again.plan.clustering.options["n_segments"] == 5

    made = done(workspace, key, split={"segment": "S1", "parts": 3, "seed": 0, "author": "Ada"})
    assert [(edit.what, edit.author) for edit in made.edits[-2:]] == [("split", "Ada")] * 2
    pieces = np.unique(made.clustering.labels[again.clustering.ids == "S1"])
    assert len(pieces) == 3
    assert sum(made.clustering.segments[piece].size for piece in pieces) == again.clustering.segments[0].size
    assert as_found(made).clustering.n_segments == 5


def test_a_name_that_was_taken_back_comes_back_neither_with_its_segment_nor_with_its_run(
    workspace: Workspace, quick_plan: Plan
) -> None:
    key = ran(workspace, quick_plan, 4)
    written = by_name(workspace.load_study(Study, key), "S2")
    say(workspace, key, lambda study: recorded(study, "rename", segment="S2", value="Our best"))
    say(workspace, key, lambda study: recorded(study, "merge", segment="S1", others=("S2",)))
    done(workspace, key)
    say(workspace, key, lambda study: taken_back(taken_back(study)))  # while no segment is like the one it was given
    assert by_name(done(workspace, key), "S2") == written

    say(workspace, key, lambda study: recorded(study, "rename", segment="S2", value="Our best"))
    say(workspace, key, lambda study: recorded(study, "rename", segment="S4", value="The few"))
    ran(workspace, quick_plan, 2, key)
    say(workspace, key, lambda study: taken_back(taken_back(study)))
    for_all = say(workspace, key, lambda study: recorded(study, "rename", segment="S1", value="Nearly all"))
    before = next(run for run in workspace.runs(key) if not run.current)
    restore({"workspace": str(workspace.folder), "study": key, "run": before.id}, {}, silent)
    back = workspace.load_study(Study, key)
    assert back.edits == for_all.edits
    assert by_name(back, "S2").name == written.name and by_name(back, "S4").name != "The few"


def test_what_is_said_while_segments_are_being_kept_is_kept_too(
    workspace: Workspace, quick_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ran(workspace, quick_plan, 4)
    say(workspace, key, lambda study: recorded(study, "merge", segment="S1", others=("S2",)))
    late = iter(["The few", "Our best"])

    def settling(made: Study, before: Study, **rest) -> Study:
        kept = settled(made, before, **rest)
        if name := next(late, ""):
            say(workspace, key, lambda study: recorded(study, "rename", segment="S3", value=name))
        return kept

    monkeypatch.setattr(applying, "settled", settling)
    made = done(workspace, key)
    assert [edit.value for edit in made.edits] == ["", "The few", "Our best"]
    assert "Our best" in {persona.name for persona in made.personas.personas}
    late = iter(["Said while all was made anew"])
    monkeypatch.setattr(tasks, "settled", settling)
    again = workspace.load_study(Study, ran(workspace, quick_plan, 4, key))
    assert [edit.value for edit in again.edits] == [
        *(edit.value for edit in made.edits),
        "Said while all was made anew",
    ]


def test_a_writers_name_that_no_longer_holds_does_not_come_back(small_study: Study) -> None:
    said = recorded(replace(small_study, run="then"), "rename", segment="S2", value="Our best")
    now = replace(said, run="now")
    assert by_name(taken_back(now), "S2") == by_name(small_study, "S2")
    wrong = dict(now.edits[0].before) | {"name": "Was of others", "rests": "on other facts"}
    moved = replace(now, edits=(replace(now.edits[0], before=wrong),))
    assert by_name(taken_back(moved), "S2") == by_name(small_study, "S2")
    yours = replace(now, edits=(replace(now.edits[0], before=wrong | {"author": "analyst"}),))
    assert by_name(taken_back(yours), "S2").name == "Was of others"


def test_a_cut_in_parts_is_taken_back_and_said_again_in_one_go(small_study: Study) -> None:
    study = parted(recorded(small_study, "verdict", segment="S1", value="good"), "S1", 4, author="Ada")
    assert [edit.what for edit in study.edits] == ["verdict", "split", "split", "split"]
    back = taken_back(study, "Ben")
    assert [edit.what for _, edit in counting(back.edits)] == ["verdict"]
    assert [(edit.what, edit.author) for edit in back.edits[4:]] == [("undo", "Ben")] * 3
    assert counting(said_again(back).edits) == counting(study.edits)
    one = recorded(recorded(small_study, "split", customers=small_study.customers.frame.index[:3]), "split",
                   customers=small_study.customers.frame.index[3:6])  # fmt: skip
    assert len(counting(taken_back(one).edits)) == 1


def by_name(study: Study, segment: str) -> Persona:
    found = study.personas.of(segment)
    assert found is not None
    return found


def test_a_name_has_one_truth_and_taking_it_back_restores_who_gave_the_one_before(small_study: Study) -> None:
    before = by_name(small_study, "S2")
    study = recorded(small_study, "rename", segment="S2", value=" Our   best ")
    assert (by_name(study, "S2").name, by_name(study, "S2").name_author) == ("Our best", "analyst")
    assert study.history[-1].personas is small_study.personas
    back = taken_back(study)
    assert (by_name(back, "S2").name, by_name(back, "S2").name_author) == (before.name, before.name_author)
    assert by_name(said_again(back), "S2").name == "Our best"
    # Renamed elsewhere since, as by restoring an earlier version: that stays.
    other = replace(by_name(study, "S2"), name="Else")
    kept = tuple(other if one.segment == "S2" else one for one in study.personas.personas)
    changed = taken_back(replace(study, personas=replace(study.personas, personas=kept)))
    assert by_name(changed, "S2").name == "Else"


def test_a_name_comes_back_to_a_segment_that_the_run_before_did_not_have(small_study: Study) -> None:
    said = recorded(small_study, "rename", segment="S2", value="Our best")
    found_anew = replace(small_study, edits=said.edits)
    assert by_name(renamed(found_anew, ()), "S2").name == "Our best"
    assert by_name(renamed(found_anew, ("S2",)), "S2").name == by_name(small_study, "S2").name


@pytest.mark.parametrize(
    "name, kept",
    [
        ("<b>best</b>", "<b>best</b>"),
        ("=1+1", "=1+1"),
        ("*x*", "*x*"),
        ("忠实的\n 客户", "忠实的 客户"),
        ("\u202eright to left\u2066", "right to left"),
        ("a\x00b", "ab"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ],
)
def test_a_name_is_kept_as_it_is_but_for_what_nobody_sees(small_study: Study, name: str, kept: str) -> None:
    assert by_name(recorded(small_study, "rename", segment="S2", value=name), "S2").name == kept


@pytest.mark.parametrize("name", ["\u200b\u200b", "\u200d", "\u202e", "n" * 2_000])
def test_a_name_that_nobody_sees_or_reads_is_refused(small_study: Study, name: str) -> None:
    with pytest.raises(OptionError, match="A name has 1 to 60 characters"):
        recorded(small_study, "rename", segment="S2", value=name)


def test_what_a_model_wrote_of_a_segment_that_stays_the_same_stays(small_study: Study) -> None:
    text = replace(by_name(small_study, "S4").tagline, author="model")
    persona = replace(by_name(small_study, "S4"), tagline=text)
    kept = tuple(persona if one.segment == "S4" else one for one in small_study.personas.personas)
    study = replace(small_study, personas=replace(small_study.personas, personas=kept))
    study = recorded(study, "merge", segment="S1", others=("S2",))
    made = settled(applied(study), study, whole=frozenset({"S3"}))
    assert by_name(made, "S3").tagline.author == "model"
    assert by_name(made, "S1").tagline.author == "builtin"


def test_colours_are_swapped_so_that_no_two_segments_share_one(small_study: Study) -> None:
    study = recorded(small_study, "recolour", segment="S1", value="2")
    assert colouring.places(study) == (2, 1, 0, 3)
    assert study.edits[0].before == {"place": "0"}
    study = recorded(study, "recolour", segment="S2", value="9")
    assert colouring.places(study) == (2, 9, 0, 3)
    assert colouring.places(taken_back(taken_back(study))) == (0, 1, 2, 3)


def test_segments_as_found_have_the_colours_of_those_they_became(small_study: Study) -> None:
    study = recorded(small_study, "recolour", segment="S4", value="7")
    study = applied(recorded(study, "merge", segment="S2", others=("S3",)))
    index, labels = [segment.id for segment in study.clustering.segments], study.clustering.ids
    now = dict(zip(index, colouring.places(study), strict=True))
    for number, place in enumerate(colouring.of_found(study)):
        (became, *_), counts = np.unique(labels[study.found.labels == number], return_counts=True)
        if len(counts) == 1 and (labels == became).sum() == counts[0]:  # it is still that segment
            assert place == now[became]
    assert len(set(colouring.of_found(study))) == 4
    assert colouring.of_found(small_study) == colouring.places(small_study)


def test_the_latest_verdict_that_counts_is_the_one(small_study: Study) -> None:
    study = recorded(small_study, "verdict", segment="S1", value="good")
    study = recorded(study, "verdict", segment="S1", value="bad", author="Ada")
    study = recorded(study, "verdict", segment="S1", value="unsure", part="persona")
    assert {key: edit.value for key, edit in verdicts(study).items()} == {
        ("S1", ""): "bad",
        ("S1", "persona"): "unsure",
    }
    assert verdicts(taken_back(taken_back(study)))["S1", ""].value == "good"
    assert segment_of(study, study.edits[0]) == "S1"


def test_whether_edited_segments_come_back_is_asked_of_segments_edited_alike() -> None:
    features, _ = blobs((60, 40, 30), seed=2)
    found = cluster(features, KMeansOptions(n_segments=3, n_starts=2))
    index = pd.Index([f"C{number:03}" for number in range(130)])
    customers = Customers(pd.DataFrame(index=index), (), "id", 130)
    study = Study(Plan(), Plan(), customers, "made").having(features=features, clustering=found)

    def cut(others: Features, seed: int, rows=None):
        return cluster(others, KMeansOptions(n_segments=3, n_starts=2, seed=seed)).labels

    def comes_back(study: Study) -> dict[str, float]:
        made = shaped(found, index, features, study.edits, 4.0)
        options = stability.StabilityOptions(n_draws=5)
        scores = stability.score(features, made.clustering, made.again(cut), options)
        return {score.segment: score.value for score in scores if score.name == "stability"}

    merged = recorded(study, "merge", segment="S2", others=("S3",))
    assert min(comes_back(merged).values()) > 0.9  # without the merge the halves would come back at 0.6
    own = index[found.ids == "S1"]
    random = recorded(study, "split", customers=np.random.default_rng(0).permutation(own)[:30].tolist(), segment="S1")
    assert sorted(comes_back(random).values())[1] < 0.75  # naming customers at random makes no segment


def test_a_split_needs_as_many_different_customers_as_parts(small_study: Study) -> None:
    features = replace(small_study.features, matrix=np.zeros_like(small_study.features.matrix))
    with pytest.raises(OptionError):
        parted(replace(small_study, features=features), "S1", 2)

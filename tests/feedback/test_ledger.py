"""The ledger: whatever is said, taken back and said again, the segments are those that what counts makes of them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segment_core.artifacts import Customers, Edit, Step
from segment_core.clustering.kmeans import KMeansOptions, cluster
from segment_core.errors import DataError, OptionError
from segment_core.feedback import SHAPING, counting, replay, shaping, to_redo, to_undo, violated, waiting
from segment_core.improving.colouring import places
from segment_core.improving.exchanging import edits_from_json, edits_json
from segment_core.improving.recording import recorded, said_again, taken_back, verdicts
from segment_core.improving.shaping import shaped
from segment_core.plan import Plan
from segment_core.study import Study
from tests.planted import blobs

FAR = 4.0
FEATURES, _ = blobs((40, 30, 20, 10), seed=1)
IDS = pd.Index([f"C{number:03}" for number in range(100)])
FOUND = cluster(FEATURES, KMeansOptions(n_segments=4, n_starts=2))
STUDY = Study(
    Plan(), Plan(clustering=Step("kmeans")), Customers(pd.DataFrame(index=IDS), (), "id", 100), "made"
).having(features=FEATURES, clustering=FOUND)
KINDS = (*sorted(SHAPING), "recolour", "verdict", "undo", "redo")


def applied(study: Study) -> Study:
    """Replay from empty: the whole ledger on the segments as found."""
    made = shaped(FOUND, IDS, FEATURES, study.edits, FAR)
    return study.having(found=made.found, clustering=made.clustering, replay=made.replay)


def after(study: Study, what: str, draw: np.random.Generator) -> Study:
    """Say something at random that can be said of the segments as they are now."""
    if what in ("undo", "redo"):
        return (taken_back if what == "undo" else said_again)(study)
    ids = [segment.id for segment in study.clustering.segments]
    segment = str(draw.choice(ids))
    own = IDS[study.clustering.ids == segment]
    anyone = draw.permutation(IDS)[: int(draw.integers(2, 6))].tolist()
    parts = {
        "move": {"customers": anyone, "segment": segment},
        "merge": {"segment": segment, "others": [id_ for id_ in ids if id_ != segment][:1]},
        "split": {"customers": own[: max(1, len(own) // 2)].tolist(), "segment": segment},
        "delete": {"segment": segment},
        "together": {"customers": anyone},
        "apart": {"customers": anyone[:2]},
        "recolour": {"segment": segment, "value": str(draw.integers(10))},
        "verdict": {"segment": segment, "value": "good"},
    }[what]
    try:
        return recorded(study, what, **parts)
    except OptionError:  # such as merging the last two
        return study


def labels(study: Study) -> list[int]:
    return study.clustering.labels.tolist()


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.lists(st.sampled_from(KINDS), min_size=50, max_size=50), st.integers(0, 2**32 - 1))
def test_fifty_edits_of_any_kind(kinds: list[str], seed: int) -> None:
    draw, study, lengths = np.random.default_rng(seed), STUDY, []
    for what in kinds:  # as in the app: said of the segments as they are, and replayed at once or a few together
        study = after(study, what, draw)
        lengths.append(len(study.edits))
        if draw.random() < 0.25:
            study = applied(study)
            assert study.clustering.n_segments >= 2
            assert sum(segment.size for segment in study.clustering.segments) == 100
    study = applied(study)
    assert lengths == sorted(lengths)  # nothing is ever taken out
    assert edits_from_json(edits_json(study.edits)) == study.edits
    again = applied(STUDY.having(edits=edits_from_json(edits_json(study.edits))))
    assert labels(again) == labels(study)
    assert again.replay == study.replay
    assert (places(again), verdicts(again)) == (places(study), verdicts(study))
    order = np.random.default_rng(1).permutation(100)
    turned = replay(FOUND.labels[order], IDS[order], FEATURES.matrix[order], study.edits)
    straight = replay(FOUND.labels, IDS, FEATURES.matrix, study.edits)
    assert turned.labels.tolist() == straight.labels[order].tolist()
    n = len(counting(study.edits))
    for _ in range(n):
        study = taken_back(study)
    undone = applied(study)
    assert undone.clustering is FOUND and undone.found is None
    assert (places(undone), verdicts(undone)) == ((0, 1, 2, 3), {})
    for _ in range(n):
        study = said_again(study)
    assert labels(applied(study)) == labels(again)


def test_undo_and_redo_are_entries_and_a_new_edit_ends_what_can_be_redone() -> None:
    study = recorded(recorded(STUDY, "verdict", segment="S1", value="good"), "verdict", segment="S2", value="bad")
    back = taken_back(study, "Ada")
    assert [edit.what for edit in back.edits] == ["verdict", "verdict", "undo"]
    assert (back.edits[-1].author, to_undo(back.edits), to_redo(back.edits)) == ("Ada", (0,), (1,))
    assert [place for place, _ in counting(said_again(back).edits)] == [0, 1]
    other = recorded(back, "verdict", segment="S3", value="unsure")
    assert to_redo(other.edits) == ()
    assert said_again(other) is other
    assert taken_back(STUDY) is STUDY


def test_edits_wait_until_they_are_replayed_and_so_does_taking_them_back() -> None:
    study = recorded(STUDY, "merge", segment="S1", others=("S2",))
    assert waiting(study.edits, 0) == (0,)
    study = applied(study)
    assert waiting(study.edits, study.replay.n_edits) == ()
    study = taken_back(study)
    assert waiting(study.edits, study.replay.n_edits) == (0,)
    assert waiting(said_again(study).edits, study.replay.n_edits) == ()


def test_a_merge_a_split_and_a_deletion_do_what_they_say() -> None:
    ids, sizes = FOUND.ids, {segment.id: segment.size for segment in FOUND.segments}
    merged = applied(recorded(STUDY, "merge", segment="S3", others=("S4",)))
    assert len(set(merged.clustering.ids[np.isin(ids, ["S3", "S4"])])) == 1
    assert sorted(segment.size for segment in merged.clustering.segments) == sorted(
        [sizes["S1"], sizes["S2"], sizes["S3"] + sizes["S4"]]
    )
    part = IDS[ids == "S1"][:15].tolist()
    split = applied(recorded(STUDY, "split", customers=part, segment="S1"))
    assert set(IDS[split.clustering.ids == split.clustering.ids[IDS.get_loc(part[0])]]) == set(part)
    gone = applied(recorded(STUDY, "delete", segment="S4"))
    assert gone.clustering.n_segments == 3
    means = np.stack([FEATURES.matrix[ids == name].mean(axis=0) for name in ("S1", "S2", "S3")])
    for row in np.flatnonzero(ids == "S4"):
        nearest = ("S1", "S2", "S3")[((FEATURES.matrix[row] - means) ** 2).sum(axis=1).argmin()]
        assert gone.clustering.ids[row] == gone.clustering.ids[np.flatnonzero(ids == nearest)[0]]


def test_links_are_heeded_and_one_that_a_later_edit_breaks_is_shown() -> None:
    ids = FOUND.ids
    one, other = (IDS[ids == name][0] for name in ("S1", "S2"))
    study = recorded(STUDY, "together", customers=(one, other))
    (before,) = violated(study.edits, IDS, FOUND.labels)
    assert {id_ for _, own in before.customers for id_ in own} == {one, other}
    study = applied(study)
    assert violated(study.edits, IDS, study.clustering.labels) == ()
    home = study.clustering.ids[IDS.get_loc(one)]
    away = next(segment.id for segment in study.clustering.segments if segment.id != home)
    study = applied(recorded(study, "move", customers=(other,), segment=away))
    (found,) = violated(study.edits, IDS, study.clustering.labels)
    assert (found.place, found.edit.what) == (0, "together")
    assert sorted(own for _, own in found.customers) == sorted([(one,), (other,)])


def test_who_is_to_be_apart_is_parted_and_a_merge_brings_it_to_light() -> None:
    one, other = IDS[FOUND.ids == "S1"][:2]
    study = applied(recorded(STUDY, "apart", customers=(one, other)))
    own = study.clustering.ids[[IDS.get_loc(one), IDS.get_loc(other)]]
    assert own[0] != own[1]
    assert int((study.clustering.ids != FOUND.ids).sum()) == 1  # nobody else moved
    study = applied(recorded(study, "merge", segment=own[0], others=(own[1],)))
    assert [found.edit.what for found in violated(study.edits, IDS, study.clustering.labels)] == ["apart"]


def test_the_last_word_on_two_customers_counts_and_the_earlier_one_is_shown() -> None:
    pair = tuple(IDS[FOUND.ids == "S1"][:2])
    study = applied(recorded(applied(recorded(STUDY, "together", customers=pair)), "apart", customers=pair))
    assert [found.edit.what for found in violated(study.edits, IDS, study.clustering.labels)] == ["together"]


def test_in_another_cut_a_segment_is_known_again_by_its_customers_or_it_is_told() -> None:
    study = recorded(recorded(STUDY, "merge", segment="S3", others=("S4",)), "delete", segment="S2")
    swallowed = replace(FOUND, labels=np.where(FOUND.labels == 3, 0, FOUND.labels))  # S4 is a fifth of a segment now
    small = recorded(STUDY, "delete", segment="S4")
    made = shaped(swallowed, IDS, FEATURES, small.edits, FAR)
    assert [str(missed.reason) for missed in made.replay.missed] == ["No segment is like S4 was then."]
    assert (made.clustering is swallowed, made.found) == (True, None)
    relabelled = replace(FOUND, labels=3 - FOUND.labels)
    same = shaped(relabelled, IDS, FEATURES, study.edits, FAR)
    assert same.replay.missed == ()
    assert labels(applied(study)) == same.clustering.labels.tolist()


def test_an_edit_that_speaks_of_nobody_is_told_and_not_lost() -> None:
    lost = Edit("move", ("nobody",), "S1", "", "2026-01-01T00:00:00+00:00")
    found = replay(FOUND.labels, IDS, FEATURES.matrix, (lost,))
    assert [str(missed.reason) for missed in found.missed] == ["None of the customers it speaks of is there."]
    assert shaping((lost,)) == ((0, lost),)


@pytest.mark.parametrize(
    "what, parts",
    [
        ("merge", {"segment": "S1"}),
        ("merge", {"segment": "S1", "others": ("S2", "S3", "S4")}),
        ("delete", {"segment": "S9"}),
        ("move", {"segment": "S1"}),
        ("together", {"customers": ("C001",)}),
        ("apart", {"customers": tuple(IDS[:13])}),
        ("split", {"customers": tuple(IDS[FOUND.ids == "S2"]), "segment": "S2"}),
        ("rename", {"segment": "S1", "value": "  "}),
        ("recolour", {"segment": "S1", "value": "10"}),
        ("verdict", {"segment": "S1", "value": "great"}),
    ],
)
def test_what_cannot_be_is_refused(what: str, parts: dict) -> None:
    with pytest.raises(OptionError):
        recorded(STUDY, what, **parts)


@pytest.mark.parametrize(
    "text", ["5", "[1]", "{", '[{"what": "burn"}]', '[{"what": "undo"}]', *(
        f'[{{"what": "move", "customers": {ids}, "segment": "S1", "run": "", "at": "{at}"}}]'
        for ids, at in (('"abc"', "2026-01-01T00:00:00+00:00"), ("[]", "yesterday"))
    )]
)  # fmt: skip
def test_what_is_no_ledger_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="These are no edits"):
        edits_from_json(text)


def test_outliers_of_the_algorithm_stay_so_unless_they_were_put_somewhere() -> None:
    oddness = FOUND.oddness.copy()
    oddness[[0, 1]] = np.inf
    left_out = replace(FOUND, oddness=oddness)
    study = recorded(STUDY, "merge", segment="S3", others=("S4",))
    target = next(segment.id for segment in FOUND.segments if segment.id not in (FOUND.ids[0], FOUND.ids[1]))
    study = recorded(study, "move", customers=(IDS[1],), segment=target)
    made = shaped(left_out, IDS, FEATURES, study.edits, FAR).clustering
    assert np.isinf(made.oddness[0]) and made.bands[0] == "outlier"
    assert np.isfinite(made.oddness[1])

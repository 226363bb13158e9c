"""Two stages: texts refine inside a branch and nowhere else, and only where there is reason to."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Block, Features
from segment_core.choices import options_from_json
from segment_core.clustering import kmeans
from segment_core.clustering.two_stage import TwoStageOptions, cluster
from segment_core.encoders import tfidf
from segment_core.errors import OptionError
from segment_core.features import blend, text
from tests.planted import SYLLABLES, typed

THREE = TwoStageOptions(n_first=3)


def block(name: str, matrix: np.ndarray, columns: int | None = None) -> Block:
    names = tuple(f"{name} {number}" for number in range(matrix.shape[1]))
    return Block(name, matrix.astype(np.float32), names, names, names[:columns])


def planted(n: int = 450, silent: float = 0.0, seed: int = 0) -> tuple[Features, np.ndarray, np.ndarray]:
    """Make three branches by numbers; the texts of the first alone fall into two groups. Return both truths."""
    random = np.random.default_rng(seed)
    branch = random.permutation(np.repeat([0, 1, 2], [n // 2, n // 3, n - n // 2 - n // 3]))
    theme = random.integers(0, 2, n) * (branch == 0)
    numbers = random.normal(size=(n, 4)) + 9 * np.eye(3, 4)[branch]
    texts = random.normal(size=(n, 12))
    texts[:, 3] += np.where(branch == 0, 12.0 * theme - 6.0, 0.0)
    mute = random.random(n) < silent
    texts[~mute] -= texts[~mute].mean(axis=0)
    texts[mute] = 0.0
    return blend([block("numbers", numbers), block("text", texts, 1)]), branch, theme


def test_only_the_branch_whose_texts_differ_is_split() -> None:
    features, branch, theme = planted()
    made = cluster(features)
    assert adjusted_rand_score(2 * branch + theme, made.labels) > 0.98
    assert sorted(made.parents) == ["B1", "B1", "B2", "B3"]
    assert [len(set(branch[made.ids == segment.id])) for segment in made.segments] == [1, 1, 1, 1]
    said = [str(reason) for reason in made.reasons]
    assert any(reason.startswith("Branch B1 is split in 2 by its texts") for reason in said)
    assert sum("stays whole" in reason for reason in said) == 2


@pytest.mark.parametrize("seed", range(5))
def test_texts_without_groups_split_nothing(seed: int) -> None:
    random = np.random.default_rng(seed)
    numbers = random.normal(size=(400, 4)) + 9 * np.eye(3, 4)[random.integers(0, 3, 400)]
    shape = np.linspace(3.0, 0.3, 20)  # some directions wider than others, as those of texts are
    made = cluster(blend([block("numbers", numbers), block("text", random.normal(size=(400, 20)) * shape, 1)]), THREE)
    assert made.n_segments == 3
    assert set(made.parents) == {"B1", "B2", "B3"}


def test_texts_of_random_words_split_nothing() -> None:
    random = np.random.default_rng(0)
    written = np.array([" ".join(random.choice(SYLLABLES, 12)) for _ in range(400)], dtype=object)
    vectors = tfidf.encode(written.tolist()).matrix
    read = text.extract(typed({"comment": "text"}, comment=written), vectors, [""] * 400)
    assert read is not None
    numbers = random.normal(size=(400, 4)) + 9 * np.eye(2, 4)[random.integers(0, 2, 400)]
    made = cluster(blend([block("numbers", numbers), read]), TwoStageOptions(n_first=2))
    assert sorted(made.parents) == ["B1", "B2"]


def test_the_silent_join_a_part_of_their_branch() -> None:
    features, branch, theme = planted(600, silent=0.4)
    made = cluster(features, THREE)
    spoke = features.matrix[:, 4:].any(axis=1)
    assert adjusted_rand_score((2 * branch + theme)[spoke], made.labels[spoke]) > 0.9
    assert sorted(made.parents) == ["B1", "B1", "B2", "B3"]
    parents = np.array(made.parents)[made.labels]
    assert adjusted_rand_score(branch, parents) > 0.99


@settings(max_examples=20, deadline=None)
@given(
    n_first=st.integers(2, 4),
    within=st.lists(st.integers(1, 4), max_size=5),
    seed=st.integers(0, 50),
    silent=st.sampled_from([0.0, 0.5, 0.8]),
)
def test_the_second_stage_stays_inside_the_first(n_first: int, within: list[int], seed: int, silent: float) -> None:
    features, _, _ = planted(90, silent, seed)
    written = ",".join(map(str, within)) or "1"
    made = cluster(features, TwoStageOptions(n_first=n_first, within=written, n_starts=2, seed=seed))
    tables = next(share for share in features.blocks if share.name == "numbers")
    first = kmeans.cluster(
        Features.of(features.matrix[:, tables.start : tables.stop]),
        kmeans.KMeansOptions(n_segments=n_first, n_starts=2, seed=seed),
    )
    parents = np.array(made.parents)[made.labels]
    np.testing.assert_array_equal(parents, [f"B{label + 1}" for label in first.labels])
    assert len(made.parents) == made.n_segments == len(set(made.labels.tolist()))
    for branch, wanted in zip(range(n_first), [*within, *[1] * n_first], strict=False):
        assert 1 <= made.parents.count(f"B{branch + 1}") <= wanted


def test_the_parts_of_each_branch_can_be_set() -> None:
    made = cluster(planted()[0], TwoStageOptions(n_first=3, within="3, 2,1"))
    assert [made.parents.count(name) for name in ("B1", "B2", "B3")] == [3, 2, 1]
    assert made.made_by.options["within"] == "3,2,1"


def test_what_was_found_by_evidence_is_written_out_and_gives_the_same_again() -> None:
    features = planted()[0]
    made = cluster(features)
    assert (made.made_by.options["n_first"], made.made_by.options["within"]) == (3, "2,1,1")
    again = cluster(features, options_from_json(TwoStageOptions, made.made_by.options))
    np.testing.assert_array_equal(made.labels, again.labels)
    assert made.parents == again.parents


@pytest.mark.parametrize("within", ["two", "0", "1,-2", "1;2", "99"])
def test_parts_that_are_no_numbers_are_refused(within: str) -> None:
    with pytest.raises(OptionError, match="must be numbers from 1 to 40"):
        cluster(planted(60)[0], TwoStageOptions(within=within))


@pytest.mark.parametrize("kind", ["numbers", "text"])
def test_with_one_kind_of_block_there_is_one_stage_and_it_is_said(kind: str) -> None:
    features, branch, _ = planted()
    alone = dataclasses.replace(features, blocks=tuple(share for share in features.blocks if share.name == kind))
    share = alone.blocks[0]
    columns = slice(share.start, share.stop)
    alone = Features(
        features.matrix[:, columns],
        features.names[columns],
        features.sources[columns],
        (dataclasses.replace(share, start=0, stop=share.stop - share.start),),
    )
    made = cluster(alone)
    assert made.parents == ()
    expected = "no second stage" if kind == "numbers" else "no columns beside the texts"
    assert expected in str(made.reasons[0])
    if kind == "numbers":
        assert adjusted_rand_score(branch, made.labels) == 1.0

"""Recommending: planted purchases are recovered, and nobody is offered what they should not be."""

import dataclasses

import numpy as np
import pytest

from segment_core.artifacts import GROUNDS
from segment_core.choices import options_from_json, options_to_json
from segment_core.errors import Cancelled, DataError, OptionError
from segment_core.recommending import RECOMMENDERS, automatic, blending, ease
from segment_core.recommending.blending import of_segments
from segment_core.recommending.interactions import Interactions
from segment_core.recommending.measuring import measured, peers

N, WORLDS, EACH = 120, 4, 6
"""Customers of four worlds of six items; who is in a world buys in it only."""


def planted(seed: int = 0) -> Interactions:
    """Each buys four of the six items of their world; the last ten customers bought nothing, five have no segment."""
    random = np.random.default_rng(seed)
    pairs = [
        (customer, (customer % WORLDS) * EACH + item)
        for customer in range(N - 10)
        for item in random.permutation(EACH)[:4].tolist()
    ]
    customers, items = np.array(pairs).T
    segments = (np.arange(N) % WORLDS) // 2
    segments[-5:] = -1
    return Interactions(customers, items, np.ones(len(items)), random.uniform(0, 90, len(items)), segments, 24)


def shuffled(found: Interactions) -> Interactions:
    order = np.random.default_rng(1).permutation(len(found.items))
    names = ("customers", "items", "counts", "ages")
    return dataclasses.replace(found, **{name: getattr(found, name)[order] for name in names})


every_line = pytest.mark.parametrize("line", list(RECOMMENDERS))
learning = pytest.mark.parametrize("line", ["automatic", "ease", "neighbours"])


@learning
def test_what_is_bought_together_is_found(line: str) -> None:
    found = planted()
    picks = RECOMMENDERS[line].run(found, RECOMMENDERS[line].options(n_items=2))
    bought = np.unique(found.customers)
    right = picks.items[bought] // EACH == (bought % WORLDS)[:, None]
    assert right.mean() > 0.98
    assert (picks.grounds[bought] == GROUNDS.index("bought")).mean() > 0.98
    because = picks.because[bought]
    own = set(zip(found.customers.tolist(), found.items.tolist(), strict=True))
    assert all(
        (customer, item) in own for customer, row in zip(bought, because, strict=True) for item in row if item >= 0
    )


@every_line
def test_new_customers_get_their_segments_items_and_those_of_no_segment_everybodys(line: str) -> None:
    found = planted()
    weight = {} if line == "automatic" else {"segment_weight": 0.5}
    picks = RECOMMENDERS[line].run(found, RECOMMENDERS[line].options(n_items=3, **weight))
    new, nobodys = np.arange(N - 10, N - 5), np.arange(N - 5, N)
    assert np.array_equal(picks.items[new] // EACH // 2, np.repeat(found.segments[new][:, None], 3, axis=1))
    assert set(picks.grounds[new].ravel()) == {GROUNDS.index("segment")}
    shares = of_segments(found, 120)[-1]
    assert np.array_equal(picks.items[nobodys[0]], np.argsort(-shares, kind="stable")[:3])
    assert set(picks.grounds[nobodys].ravel()) == {GROUNDS.index("many")}


@every_line
def test_row_order_and_repetition_change_nothing(line: str) -> None:
    found = planted()
    first = RECOMMENDERS[line].run(found)
    for other in (RECOMMENDERS[line].run(found), RECOMMENDERS[line].run(shuffled(found))):
        assert np.array_equal(first.items, other.items)
        assert np.array_equal(first.grounds, other.grounds)
        assert np.array_equal(first.because, other.because)
    assert first.items.dtype == np.int32 and first.scores.dtype == np.float32


@every_line
def test_only_new_items_unless_asked(line: str) -> None:
    found, options = planted(), RECOMMENDERS[line].options
    own = found.bought().toarray() > 0
    rows = np.arange(N)[:, None]
    new = RECOMMENDERS[line].run(found, options(n_items=20))
    assert not (own[rows, new.items] & (new.items >= 0)).any()
    assert all(len(set(row[row >= 0])) == (row >= 0).sum() for row in new.items)
    again = RECOMMENDERS[line].run(found, options(n_items=4, again=True))
    marked = again.grounds == GROUNDS.index("again")
    assert np.array_equal(marked, own[rows, again.items])
    assert line == "popularity" or marked[: N - 10].mean() > 0.5


def test_who_bought_everything_is_offered_nothing() -> None:
    found = Interactions(np.array([0, 0, 1]), np.array([0, 1, 0]), np.ones(3), np.zeros(3), np.zeros(2, int), 2)
    picks = ease.recommend(found)
    assert picks.items.tolist() == [[-1, -1], [1, -1]]
    assert picks.grounds[0].tolist() == [0, 0] and picks.because[0].tolist() == [-1, -1]


def test_batches_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ease.recommend(planted())
    monkeypatch.setattr(blending, "BATCH", 7)
    assert np.array_equal(ease.recommend(planted()).items, whole.items)


@every_line
def test_too_few_items_are_refused_options_survive_and_cancel_stops(line: str) -> None:
    choice = RECOMMENDERS[line]
    options = choice.options(n_items=7, again=True)
    assert options_from_json(choice.options, options_to_json(options)) == options
    none = np.zeros(0, np.int64)
    with pytest.raises(DataError, match="two at least"):
        choice.run(Interactions(none, none, none * 1.0, none * 1.0, np.zeros(3, int), 0))

    def stop(done: float, total: float, note: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        choice.run(planted(), options, stop)


def test_too_many_items_for_ease_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ease, "MOST_ITEMS", 10)
    with pytest.raises(OptionError, match="Choose neighbours"):
        ease.recommend(planted())


def test_figures_are_those_reckoned_by_hand() -> None:
    one = np.ones(3)
    later = Interactions(np.array([0, 0, 1]), np.array([1, 3, 2]), one, one, np.zeros(3, int), 4)
    picks = {"ours": np.array([[1, 0, 3], [0, 1, -1], [0, 1, 2]], np.int32), "other": np.full((3, 3), -1, np.int32)}
    ours, other = measured(picks, later, np.array([True, True, True]), again=False)
    assert (ours.n, ours.recall, ours.coverage) == (2, 0.5, 0.75)
    assert ours.precision == pytest.approx((1 + 2 / 3) / 2 / 2)
    assert (other.recall, other.coverage, other.gain) == (0.0, 0.0, 0.5)
    assert 0 <= ours.recall_low <= ours.recall <= ours.recall_high <= 1
    assert measured(picks, later, np.zeros(3, bool), again=False) == ()


def test_peers_offer_what_sells_best_and_never_what_a_customer_has() -> None:
    found = planted()
    offered = peers(found, again=False)
    own = found.bought().toarray() > 0
    rows = np.arange(N)[:, None]
    for picks in offered.values():
        assert not (own[rows, picks] & (picks >= 0)).any()
    best = np.argsort(-own.sum(axis=0), kind="stable")[:10]
    assert np.array_equal(peers(found, again=True)["popularity"], np.tile(best, (N, 1)))
    inside = own[found.segments == 0].sum(axis=0)
    # Its segment buys no other world, so its best come first.
    assert set(peers(found, again=True)["segment"][0].tolist()) == set(np.argsort(-inside, kind="stable")[:10].tolist())


def test_automatic_lets_the_segment_count_as_much_as_helps() -> None:
    """Where purchases follow the segment and nothing else, it counts more than where they follow the pairs."""
    random = np.random.default_rng(0)
    segments = np.arange(400) % 4
    bought = [random.choice(30, 4, replace=False, p=_taste(segment)) for segment in segments]
    customers, items = np.repeat(np.arange(400), 4), np.concatenate(bought)
    ages = random.uniform(0, 100, 1600)
    followed = Interactions(customers, items, np.ones(1600), ages, segments, 30)
    none = dataclasses.replace(followed, segments=random.permutation(segments))
    chosen = [automatic.recommend(found).notes[0].message.values["segment"] for found in (followed, none)]
    assert chosen[0] > chosen[1]


def _taste(segment: int) -> np.ndarray:
    likes = np.full(30, 0.3)
    likes[segment * 7 : segment * 7 + 7] = 6.0
    return likes / likes.sum()

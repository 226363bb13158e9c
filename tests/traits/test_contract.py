"""What every line of the menu promises, whoever reads the texts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Customers, Traits
from segment_core.choices import options_from_json, options_to_json
from segment_core.errors import Cancelled, DataError
from segment_core.llm import protocols
from segment_core.traits import RUBRIC, TRAITS, criterion
from tests.planted import typed
from tests.traits.conftest import TEXTS
from tests.traits.server import rater

Rate = Callable[..., Traits]


@pytest.fixture(params=TRAITS)
def rate(request: pytest.FixtureRequest) -> Iterator[Rate]:
    name = request.param
    options: dict[str, Any] = {}
    if name == "classifier":
        options = {"model": str(request.getfixturevalue("judge")("negative", "positive"))}
    with rater() as server:
        if name == "model":
            protocols.load()
            options = {"url": server.url, "model": "m", "texts_per_call": 4}
        choice = TRAITS[name]
        chosen = options_from_json(choice.options, options)
        assert options_from_json(choice.options, options_to_json(chosen)) == chosen
        more = {"secrets": {}} if choice.asks else {}
        yield lambda customers, **how: choice.run(customers, chosen, **more, **how)


def test_scores_have_a_place_for_everybody_and_lie_on_their_scale(rate: Rate, writers: Customers) -> None:
    found = rate(writers)
    assert found.scores.dtype == np.float32
    assert found.scores.shape == (len(writers), len(found.names))
    assert set(found.names) <= set(RUBRIC)
    assert [name for name in RUBRIC if name in found.names] == list(found.names)
    for name, scores in zip(found.names, found.scores.T, strict=True):
        known = scores[np.isfinite(scores)]
        assert len(known)
        assert (known >= criterion(name).low).all() and (known <= 1).all()
    silent = writers.frame.index.get_loc("C7")
    assert np.isnan(found.scores[silent]).all()
    assert np.isfinite(found.scores[:silent, found.names.index("sentiment")]).all()


def test_every_score_is_the_mean_of_quotes_that_stand_in_the_texts(rate: Rate, writers: Customers) -> None:
    found = rate(writers)
    scores = pd.DataFrame(found.scores, index=writers.frame.index, columns=list(found.names)).stack().dropna()
    means = found.quotes.groupby(["customer", "trait"])["score"].mean()
    assert set(scores.index) == set(means.index)
    for place, score in scores.items():
        assert score == pytest.approx(means[place], abs=1e-5)
    assert writers.said is not None
    rows = writers.said.set_index("customer")["row"]
    for quote in found.quotes.itertuples():
        assert quote.text in TEXTS[quote.customer]
        assert (quote.column, quote.row) == ("review", rows[quote.customer])


def test_the_order_of_rows_moves_rows_only(rate: Rate, writers: Customers) -> None:
    order = np.random.default_rng(0).permutation(len(writers))
    assert writers.said is not None
    mixed = replace(writers, frame=writers.frame.iloc[order], said=writers.said.iloc[::-1])
    one, two = rate(writers), rate(mixed)
    assert one.names == two.names
    np.testing.assert_array_equal(one.scores[order], two.scores)
    pd.testing.assert_frame_equal(one.quotes, two.quotes)


def test_customers_stay_untouched_and_once_more_gives_the_same(rate: Rate, writers: Customers) -> None:
    assert writers.said is not None
    frame, said = writers.frame.copy(deep=True), writers.said.copy(deep=True)
    one, two = rate(writers), rate(writers)
    np.testing.assert_array_equal(one.scores, two.scores)
    pd.testing.assert_frame_equal(writers.frame, frame)
    pd.testing.assert_frame_equal(writers.said, said)


def test_nobody_wrote_anything(rate: Rate) -> None:
    with pytest.raises(DataError, match="Nobody wrote anything"):
        rate(typed({"spend": "money"}, spend=[1.0, 2.0]))
    with pytest.raises(DataError, match="Nobody wrote anything"):
        rate(typed({"review": "text"}, review=["", " "]))


def test_where_single_texts_were_not_kept_the_cells_are_read(rate: Rate) -> None:
    found = rate(typed({"review": "text"}, review=["I love the lamp", ""]))
    assert np.isfinite(found.scores[0, 0]) and np.isnan(found.scores[1, 0])
    assert (found.quotes["row"] == 0).all()


def test_cancelling_stops(rate: Rate, writers: Customers) -> None:
    def stop(done: float, total: float, note: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        rate(writers, progress=stop)


def test_progress_runs_forward(rate: Rate, writers: Customers) -> None:
    seen: list[float] = []
    rate(writers, progress=lambda done, total, note: seen.append(done / total))
    assert seen == sorted(seen)
    assert seen[0] >= 0 and seen[-1] <= 1

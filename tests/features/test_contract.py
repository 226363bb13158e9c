"""What every block of features promises, whatever kind of column it reads."""

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Block, Customers
from segment_core.features import BLOCKS, structured
from segment_core.numberlists import packed
from tests.planted import typed

ROLES = {
    "age": "number",
    "spend": "money",
    "orders": "count",
    "plan": "category",
    "app": "yes/no",
    "city": "place",
    "joined": "date",
    "embedding": "vector",
}
N = 60


@pytest.fixture
def everything() -> Customers:
    random = np.random.default_rng(0)
    dates = pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 700, N), unit="D")
    made = typed(
        ROLES,
        age=random.normal(40, 9, N),
        spend=random.lognormal(4, 1, N),
        orders=random.poisson(4, N).astype(float),
        plan=random.choice(["basic", "plus"], N).astype(object),
        app=random.integers(0, 2, N).astype(float),
        city=random.choice(["Rome", "Lyon", "Ghent"], N).astype(object),
        joined=dates,
        embedding=pd.Series([packed(row) for row in random.normal(size=(N, 5))], dtype="str").to_numpy(dtype=object),
    )
    for name in made.frame.columns:
        made.frame.loc[made.frame.index[3], name] = None
    return made


def block_of(name: str, customers: Customers) -> Block:
    roles, extract = BLOCKS[name]
    return extract(customers, customers.named(*roles))


every_block = pytest.mark.parametrize("name", BLOCKS)


@every_block
def test_a_block_has_a_row_for_everybody_and_says_what_each_column_is(name: str, everything: Customers) -> None:
    block = block_of(name, everything)
    assert block.matrix.dtype == np.float32
    assert block.matrix.shape == (N, len(block.names))
    assert len(block.sources) == len(block.names) >= 1
    assert set(block.sources) == set(block.columns) == set(everything.named(*BLOCKS[name][0]))
    assert np.isfinite(block.matrix).all()


@every_block
def test_every_customer_column_has_mean_zero_and_variance_one(name: str, everything: Customers) -> None:
    block = block_of(name, everything)
    np.testing.assert_allclose(block.matrix.mean(axis=0), 0, atol=1e-6)
    for column in block.columns:
        own = [source == column for source in block.sources]
        assert block.matrix[:, own].var(axis=0).sum() == pytest.approx(1.0, abs=1e-5)


@every_block
def test_the_order_of_rows_moves_rows_only(name: str, everything: Customers) -> None:
    order = np.random.default_rng(1).permutation(N)
    mixed = Customers(everything.frame.iloc[order], everything.columns, everything.id_name, N)
    one, two = block_of(name, everything), block_of(name, mixed)
    assert one.names == two.names
    np.testing.assert_allclose(one.matrix[order], two.matrix, atol=1e-6)


@every_block
def test_customers_stay_untouched(name: str, everything: Customers) -> None:
    before = everything.frame.copy(deep=True)
    block_of(name, everything)
    pd.testing.assert_frame_equal(everything.frame, before)


def test_a_block_without_a_usable_column_is_left_out(everything: Customers) -> None:
    everything.frame["city"] = "Rome"
    everything.frame["joined"] = pd.Timestamp("2024-01-01")
    everything.frame["embedding"] = "[1, 2]"
    assert [block.name for block in structured(everything)] == ["numbers", "categories"]

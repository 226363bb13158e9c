"""Known labels: the numbers of scikit-learn, those without a label counted, and given groups that do not differ."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score, homogeneity_completeness_v_measure, normalized_mutual_info_score

from segment_core.artifacts import Features, Step
from segment_core.clustering.membership import settle
from segment_core.composition import compose
from segment_core.errors import DataError
from segment_core.metrics import agreement, differs
from segment_core.plan import Plan
from tests.planted import blobs, customers_of

FEATURES, TRUTH = blobs((90, 60, 40))
CLUSTERING = settle(FEATURES, TRUTH, Step("made"))


def test_the_scores_are_those_of_scikit_learn_and_the_unlabelled_are_counted() -> None:
    random = np.random.default_rng(0)
    known = np.array(["red", "green", "blue", "grey"], dtype=object)[np.where(random.random(190) < 0.7, TRUTH, 3)]
    labels = known.copy()
    labels[:20] = [None, "", np.nan, None] * 5
    found = agreement(CLUSTERING, labels)
    own, there = CLUSTERING.labels[20:], known[20:].astype(str)
    assert found.n_without == 20 and all(score.n == 170 for score in found.scores)
    values = {score.name: score.value for score in found.scores}
    assert values["ari"] == pytest.approx(adjusted_rand_score(there, own), abs=1e-4)
    assert values["nmi"] == pytest.approx(normalized_mutual_info_score(there, own), abs=1e-4)
    expected = homogeneity_completeness_v_measure(there, own)
    assert [values[name] for name in ("homogeneity", "completeness", "v_measure")] == pytest.approx(expected, abs=1e-4)
    assert values["accuracy"] == pytest.approx((known[20:] != "grey").mean(), abs=1e-4)
    assert found.matches == {"S1": "red", "S2": "green", "S3": "blue"}
    assert int(found.table.to_numpy().sum()) == 170


@pytest.mark.parametrize("known", [["a"] * 190, [str(n) for n in range(190)], [None] * 190])
def test_labels_that_nobody_shares_cannot_be_compared(known: list[str | None]) -> None:
    with pytest.raises(DataError, match="labels are different"):
        agreement(CLUSTERING, known)


def superstore(n: int = 500, seed: int = 0) -> pd.DataFrame:
    """Make a shop's customers whose column of segments says nothing about them, as in the well-known sample."""
    random = np.random.default_rng(seed)
    sales = random.lognormal(5, 1.1, n)
    discount = random.choice([0.0, 0.2, 0.3, 0.7], n, p=[0.5, 0.3, 0.1, 0.1])
    return pd.DataFrame(
        {
            "customer_id": [f"C{number:05}" for number in range(n)],
            "segment": random.choice(["Consumer", "Corporate", "Home Office"], n, p=[0.52, 0.3, 0.18]),
            "region": random.choice(["West", "East", "Central", "South"], n),
            "sales": sales.round(2),
            "quantity": random.poisson(4, n) + 1,
            "discount": discount,
            "profit": (sales * (0.25 - discount) + random.normal(0, 20, n)).round(2),
        }
    )


@pytest.mark.parametrize("seed", [0, 1])
def test_given_segments_that_do_not_differ_are_not_praised(seed: int) -> None:
    customers = customers_of(superstore(seed=seed))
    features = compose(customers, Plan()).features
    verdict, check = differs(features, customers.frame["segment"], "segment")
    assert (verdict, check.passed) == ("nothing-there", False)
    assert "do not plan" in str(check.advice)
    # The column itself would give the group away, were it not left out.
    assert differs(features, customers.frame["segment"])[0] == "solid"


def test_given_segments_that_differ_are_praised_by_how_much() -> None:
    known = np.array(["a", "b", "c"])[TRUTH]
    assert differs(FEATURES, known)[0] == "solid"
    random = np.random.default_rng(0)
    blurred = Features.of(0.7 * np.eye(3, 5)[TRUTH] + random.normal(size=(190, 5)))
    assert differs(blurred, known)[0] == "soft"
    assert differs(FEATURES, random.permutation(known))[0] == "nothing-there"


def test_one_group_has_nothing_to_differ_from() -> None:
    with pytest.raises(DataError, match="two of at least 10 customers"):
        differs(FEATURES, ["a"] * 185 + ["b"] * 5)

"""Mixed columns: Gower as he wrote it, medoids that no swap betters, prototypes that weigh as they should."""

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Block, Features
from segment_core.clustering import gower, kprototypes, medoids
from segment_core.clustering.gower import GowerOptions, GowerSpace
from segment_core.clustering.kprototypes import KPrototypesOptions, gammas_of
from segment_core.clustering.medoids import pam
from segment_core.clustering.mixed import apart
from segment_core.features import blend, structured
from tests.planted import typed

CHOICES = ("plan", "channel", "city")


def planted(n: int = 300, k: int = 3, *, told: float = 0.8, apart_by: float = 1.5, seed: int = 0, missing: float = 0.0):
    """Make customers whose groups show in three numbers and, with probability `told`, in three categories."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, k, n)
    frame = {f"number {name}": random.normal(size=n) + apart_by * (truth == place) for place, name in enumerate("abc")}
    roles = dict.fromkeys(frame, "number") | dict.fromkeys(CHOICES, "category")
    for name in CHOICES:
        level = np.where(random.random(n) < told, truth, random.integers(0, k, n))
        cells = np.array([f"{name} {value}" for value in level], dtype=object)
        cells[random.random(n) < missing] = None
        frame[name] = cells
    return typed(roles, **frame), truth


def with_texts(customers, n_silent: int = 20, weights: dict[str, float] | None = None) -> Features:
    random = np.random.default_rng(9)
    matrix = random.normal(size=(len(customers), 12))
    matrix[n_silent:] -= matrix[n_silent:].mean(axis=0)
    matrix[:n_silent] = 0.0
    names = tuple(f"text {number}" for number in range(12))
    texts = Block("text", matrix.astype(np.float32), names, names, ("review",))
    return blend([*structured(customers), texts], weights)


def by_hand(customers, features: Features) -> np.ndarray:
    """Compute Gower's distances of all customers from the cells of the table, in plain Python."""
    n = len(customers)
    texts = features.matrix[:, [number for number, name in enumerate(features.names) if name.startswith("text")]]
    spoke = [row for row in range(n) if texts[row].any()]
    reach = 2 * float(((texts[spoke][:, None] - texts[spoke][None]) ** 2).sum(axis=2).mean()) ** 0.5

    def number(name: str, one: int, other: int) -> float:
        # Tails may be tamed, so a number is compared on the features' own scale.
        values = [float(value) for value in features.matrix[:, features.names.index(name)]]
        return abs(values[one] - values[other]) / (max(values) - min(values))

    def category(name: str, one: int, other: int) -> float:
        left, right = customers.frame[name].iloc[one], customers.frame[name].iloc[other]
        return float("nan") if pd.isna(left) or pd.isna(right) else float(left != right)

    def text(_: str, one: int, other: int) -> float:
        if one not in spoke or other not in spoke:
            return float("nan")
        return min(1.0, float(np.linalg.norm(texts[one] - texts[other])) / reach)

    total, weighed = np.zeros((n, n)), np.zeros((n, n))
    kinds = {"numbers": ("number a", "number b", "number c"), "categories": CHOICES, "text": ("text",)}
    for share, compare in zip(features.blocks, (number, category, text), strict=True):
        pairs = [(one, other) for one in range(n) for other in range(n)]
        parts = np.array([[compare(name, *pair) for pair in pairs] for name in kinds[share.name]]).reshape(-1, n, n)
        others = ~np.eye(n, dtype=bool)
        level = np.mean([np.nanmean(part[others]) for part in parts])  # how far apart two customers are on average
        total += np.nansum(parts, axis=0) * share.weight / level / len(parts)
        weighed += np.isfinite(parts).sum(axis=0) * share.weight / level / len(parts)
    return total / weighed


def test_the_distance_is_gowers_formula() -> None:
    customers, _ = planted(60, missing=0.2)
    features = with_texts(customers)
    rows = np.arange(60)
    found = GowerSpace(apart(features)).between(rows, rows)
    assert customers.frame["plan"].isna().any()
    np.testing.assert_allclose(found, by_hand(customers, features), atol=1e-5)
    assert found.min() >= 0 and found.max() <= 1


@pytest.mark.parametrize(
    "weights",
    [{"numbers": 1.0, "categories": 1.0, "vectors": 1.0, "text": 1.0}, {"numbers": 4.0, "vectors": 0.5, "text": 1.0}],
    ids=["equal", "unequal"],
)
def test_a_block_makes_up_its_weight_of_gowers_distance_too(weights: dict[str, float]) -> None:
    customers, _ = planted(200)
    cells = np.random.default_rng(3).normal(size=(200, 24)).round(3)
    vector = replace(customers.columns[0], name="vector", role="vector")
    frame = customers.frame.assign(vector=[str(cell.tolist()) for cell in cells])
    features = with_texts(
        replace(customers, frame=frame, columns=(*customers.columns, vector)), n_silent=0, weights=weights
    )
    assert [share.name for share in features.blocks] == ["numbers", "categories", "vectors", "text"]
    rows, pairs = np.arange(200), np.triu_indices(200, 1)
    whole = GowerSpace(apart(features)).between(rows, rows)[pairs]
    # Nothing is missing, so the distance is a sum of those by one block alone, each times a factor of its own.
    alone = [replace(features, blocks=(share,)) for share in features.blocks]
    parts = np.column_stack([GowerSpace(apart(one)).between(rows, rows)[pairs] for one in alone]).astype(np.float64)
    factors = np.linalg.lstsq(parts, whole.astype(np.float64), rcond=None)[0]
    np.testing.assert_allclose(parts @ factors, whole, atol=1e-5)
    influence = factors * parts.mean(axis=0) / whole.mean()
    assert influence == pytest.approx([share.weight for share in features.blocks], rel=0.01)


def test_vectors_that_were_brought_along_are_no_category() -> None:
    random = np.random.default_rng(4)
    side = random.integers(0, 2, 120)
    cells = random.normal(size=(120, 8)) + 6 * np.outer(side, np.ones(8))
    customers = typed(
        {"vector": "vector", "spend": "number"},
        vector=[str(cell.round(3).tolist()) for cell in cells],
        spend=random.normal(size=120),
    )
    features = blend(structured(customers))
    mixed = apart(features)
    assert not mixed.categories
    assert [block.block for block in mixed.wide] == ["vectors"]
    distances = GowerSpace(mixed).between(np.arange(120), np.arange(120))
    ours, theirs = distances[side[:, None] == side], distances[side[:, None] != side]
    assert theirs.mean() > 1.5 * ours.mean()


def test_medoids_cannot_be_bettered_by_any_swap() -> None:
    points = np.random.default_rng(2).normal(size=(60, 2))
    distances = np.linalg.norm(points[:, None] - points[None], axis=2).astype(np.float32)
    found = pam(distances, 4)
    cost = distances[:, found].min(axis=1).sum()
    for place, candidate in itertools.product(range(4), range(60)):
        swapped = found.copy()
        swapped[place] = candidate
        assert distances[:, swapped].min(axis=1).sum() >= cost - 1e-4


def test_few_medoids_are_the_best_there_are() -> None:
    points = np.random.default_rng(3).normal(size=(25, 2))
    distances = np.linalg.norm(points[:, None] - points[None], axis=2).astype(np.float32)
    best = min(distances[:, list(two)].min(axis=1).sum() for two in itertools.combinations(range(25), 2))
    assert distances[:, pam(distances, 2)].min(axis=1).sum() == pytest.approx(best, rel=1e-5)


def test_many_customers_are_cut_as_well_by_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    customers, truth = planted(900, apart_by=6.0)
    features = blend(structured(customers))
    whole = gower.cluster(features, GowerOptions(n_segments=3))
    monkeypatch.setattr(medoids, "MOST_AT_ONCE", 150)
    monkeypatch.setattr(medoids, "CHUNK", 100)
    sampled = gower.cluster(features, GowerOptions(n_segments=3))
    assert adjusted_rand_score(truth, whole.labels) > 0.85
    assert adjusted_rand_score(truth, sampled.labels) > 0.85


def test_prototypes_of_a_sample_go_on_with_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    customers, truth = planted(900, told=0.9, apart_by=4.0)
    features = blend(structured(customers))
    whole = kprototypes.cluster(features, KPrototypesOptions(n_segments=3)).labels
    monkeypatch.setattr(kprototypes, "MOST_AT_ONCE", 100)
    sampled = kprototypes.cluster(features, KPrototypesOptions(n_segments=3)).labels
    assert adjusted_rand_score(truth, whole) > 0.95
    assert adjusted_rand_score(whole, sampled) > 0.99


def test_missing_categories_do_not_make_a_segment() -> None:
    customers, truth = planted(400, told=1.0, apart_by=4.0, missing=0.3)
    features = blend(structured(customers))
    for made in (
        gower.cluster(features, GowerOptions(n_segments=3)),
        kprototypes.cluster(features, KPrototypesOptions(n_segments=3)),
    ):
        assert adjusted_rand_score(truth, made.labels) > 0.95


@pytest.mark.parametrize("seed", range(4))
def test_prototypes_find_planted_groups_at_least_as_well_as_means_of_flags(seed: int) -> None:
    customers, truth = planted(500, seed=seed)
    features = blend(structured(customers))
    ours = kprototypes.cluster(features, KPrototypesOptions(n_segments=3)).labels
    raw = pd.get_dummies(customers.frame, columns=list(CHOICES)).to_numpy(dtype=float)
    flags = KMeans(3, n_init=10, random_state=0).fit_predict((raw - raw.mean(axis=0)) / raw.std(axis=0))
    assert adjusted_rand_score(truth, ours) > 0.6
    assert adjusted_rand_score(truth, ours) > adjusted_rand_score(truth, flags) - 0.03


def test_a_mismatch_costs_what_its_column_weighs() -> None:
    customers, _ = planted(400, missing=0.1)
    features = blend(structured(customers), {"numbers": 1.0, "categories": 3.0})
    mixed = apart(features)
    pairs = np.random.default_rng(0).integers(0, 400, (40_000, 2)).T
    spent = 0.0
    for category, gamma in zip(mixed.categories, gammas_of(mixed), strict=True):
        left, right = category.codes[pairs[0]], category.codes[pairs[1]]
        spent += gamma * float(((left != right) & (left >= 0) & (right >= 0)).mean())
    numbers = float(((mixed.numbers[pairs[0]] - mixed.numbers[pairs[1]]) ** 2).sum(axis=1).mean())
    assert spent / numbers == pytest.approx(3.0, rel=0.05)


def test_without_categories_prototypes_are_means() -> None:
    random = np.random.default_rng(4)
    features = Features.of(random.normal(size=(200, 3)) + 5 * np.eye(3)[random.integers(0, 3, 200)])
    ours = kprototypes.cluster(features, KPrototypesOptions(n_segments=3)).labels
    means = KMeans(3, n_init=10, random_state=0).fit_predict(features.matrix)
    assert adjusted_rand_score(means, ours) == 1.0


def test_categories_decide_as_much_as_they_are_told_to() -> None:
    random = np.random.default_rng(5)
    side, plan = random.integers(0, 2, 300), random.integers(0, 2, 300)
    customers = typed(
        {"spend": "number", "plan": "category"},
        spend=random.normal(size=300) + 6 * side,
        plan=np.array([f"P{value}" for value in plan], dtype=object),
    )
    features = blend(structured(customers))
    without = kprototypes.cluster(features, KPrototypesOptions(n_segments=2, gamma=0.0)).labels
    alone = kprototypes.cluster(features, KPrototypesOptions(n_segments=2, gamma=50.0)).labels
    assert adjusted_rand_score(side, without) > 0.95
    assert adjusted_rand_score(plan, alone) == 1.0


def test_blocks_are_taken_apart_by_their_sources() -> None:
    customers, _ = planted(50, missing=0.2)
    mixed = apart(with_texts(customers))
    assert mixed.numbers.shape == (50, 3)
    assert [category.source for category in mixed.categories] == list(CHOICES)
    for category in mixed.categories:
        np.testing.assert_array_equal(category.codes < 0, customers.frame[category.source].isna())
    assert [block.block for block in mixed.wide] == ["text"]
    assert (~mixed.wide[0].known).sum() == 20

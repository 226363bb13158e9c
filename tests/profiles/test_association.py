"""Association: what is planted is found with its size, what is not there is not, and the intervals hold."""

import numpy as np
import pytest

from segment_core.profiles.association import adjusted, by_amount, by_category, cramers_v

SHARES = np.array([0.4, 0.3, 0.2, 0.1])
LEAN = np.array([1.0, -1.0, 0.5, -2.0])
LEAN = (LEAN - SHARES @ LEAN) / np.sqrt(SHARES @ (LEAN - SHARES @ LEAN) ** 2)


def planted(value: float, seed: int, n: int = 2_000) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng([seed, round(100 * value)])
    groups = random.choice(4, n, p=SHARES)
    return groups, (random.random(n) < 0.5 + 0.5 * value * LEAN[groups]).astype(np.int64)


def test_a_planted_proxy_at_a_v_of_a_fifth_is_found_and_nothing_where_nothing_is() -> None:
    found = [by_category(*planted(0.2, seed)) for seed in range(100)]
    nothing = [by_category(*planted(0.0, seed)) for seed in range(120)]
    assert np.mean([each.strength not in ("none", "negligible") for each in found]) >= 0.9
    assert np.mean([each.chance < 0.05 for each in nothing]) <= 0.09
    assert np.mean([each.strength not in ("none", "negligible") for each in nothing]) <= 0.07
    assert np.mean([each.value for each in found]) == pytest.approx(0.2, abs=0.01)


@pytest.mark.parametrize("value", [0.1, 0.2, 0.5])
def test_the_interval_of_v_holds_the_planted_one(value: float) -> None:
    found = [by_category(*planted(value, seed)) for seed in range(120)]
    assert np.mean([each.low <= value <= each.high for each in found]) >= 0.9
    assert all(each.low <= each.value <= each.high for each in found)


def test_the_interval_of_eta_holds_the_planted_one() -> None:
    # Amounts of two groups half a standard deviation apart, as ranks: the truth is taken from a very large draw.
    def drawn(seed: int, n: int) -> tuple[np.ndarray, np.ndarray]:
        random = np.random.default_rng(seed)
        groups = random.integers(0, 3, n)
        return groups, random.normal(size=n) + 0.4 * groups

    truth = by_amount(*drawn(9, 400_000)).value
    found = [by_amount(*drawn(seed, 500)) for seed in range(80)]
    assert np.mean([each.low <= truth <= each.high for each in found]) >= 0.9
    assert np.mean([each.chance < 0.05 for each in found]) == 1.0


def test_chance_is_not_exceeded_where_amounts_have_nothing_to_do_with_groups() -> None:
    random = np.random.default_rng(0)
    found = [by_amount(random.integers(0, 4, 300), random.lognormal(size=300)) for _ in range(120)]
    assert np.mean([each.chance < 0.05 for each in found]) <= 0.09


def test_rare_cells_are_judged_by_random_tables() -> None:
    random = np.random.default_rng(1)
    found = [by_category(random.integers(0, 8, 40), random.integers(0, 8, 40), seed) for seed in range(60)]
    assert np.mean([each.chance < 0.05 for each in found]) <= 0.12
    same = random.integers(0, 8, 40)
    assert by_category(same, same).chance <= 0.002


def test_a_large_association_has_a_narrow_interval_and_v_never_passes_one() -> None:
    groups = np.arange(100_000) % 4
    found = by_category(groups, groups)
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low > 0.98
    assert cramers_v(groups, groups) == 1.0
    amounts = by_amount(groups, groups + np.random.default_rng(0).normal(size=100_000) * 0.01)
    assert amounts.value > 0.9
    assert amounts.low <= amounts.value <= amounts.high <= 1.0


def test_unknown_values_are_left_out_and_too_few_give_none() -> None:
    groups, levels = planted(0.3, 0)
    hidden = levels.copy()
    hidden[:500] = -1
    found = by_category(groups, hidden)
    assert found.n == 1_500
    assert found == by_category(groups[500:], levels[500:])
    assert by_category(groups, np.zeros(2_000, dtype=np.int64)) is None
    assert by_amount(groups, np.ones(2_000)) is None


def test_many_questions_make_each_answer_less_sure() -> None:
    found = [by_category(*planted(0.06, seed, 1_000)) for seed in range(20)]
    settled = adjusted(found, [1] * len(found))
    assert all(after.adjusted >= before.chance for before, after in zip(found, settled, strict=True))
    assert sum(each.adjusted < 0.05 for each in settled) < sum(each.chance < 0.05 for each in found)


def test_words_of_strength_follow_the_degrees_of_freedom() -> None:
    groups = np.arange(3_000) % 3
    random = np.random.default_rng(0)
    levels = np.where(random.random(3_000) < 0.25, groups, random.integers(0, 3, 3_000))
    found = by_category(groups, levels)
    assert 0.2 < found.value < 0.3
    assert found.strength == "medium"  # w = V times the root of 2

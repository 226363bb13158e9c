"""Constrained K-Means: means that heed what an analyst knows of pairs of customers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.links import Links, linked
from segment_core.clustering.membership import require_customers, settle, squared_distances, without_empty
from segment_core.clustering.rows import in_order
from segment_core.errors import OptionError
from segment_core.messages import Message, say

MOST_ROUNDS = 100
MOST_SWEEPS = 20
MOST_STARTED = 10_000
"""Customers on whom the starts are made; the best goes on with everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstrainedOptions:
    """Options of constrained K-Means."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    together: str = option(
        "", "Keep together", help="Ids of customers who belong in one segment, such as C001+C017; C020+C033+C040."
    )
    apart: str = option("", "Keep apart", help="Ids of customers who belong in different segments, such as C001+C020.")
    skip: bool = option(False, "Skip unknown ids", help="Leave customers out of links who are not in the file.")
    n_starts: int = option(10, "Starts", low=1, high=100, help="How often to begin anew; the best result is kept.")
    seed: int = option(0, "Random seed", low=0)


@dataclass(frozen=True, slots=True, eq=False)
class _Units:
    """Customers who stay together, as one: mean (m, d) and size (m,), and whom each must not meet."""

    means: NDArray[np.float64]
    sizes: NDArray[np.float64]
    rivals: dict[int, list[int]]


def cluster(
    features: Features,
    options: ConstrainedOptions = ConstrainedOptions(),
    progress: Progress = silent,
    *,
    ids: Sequence[str] = (),
) -> Clustering:
    """Cut round means so that linked customers stay together or apart (COP-KMeans; Wagstaff and others 2001).

    Who is to be together moves as one, always; who is to be apart is given the nearest free segment in turn, and what
    could not be honoured is counted. Links of customers who stay together are where the search begins (Basu, Banerjee
    & Mooney 2002), so that they speak for more than themselves. `ids` (n,) are those of the customers; without any,
    links are left out, as they are for made-up customers.

    Raises
    ------
    OptionError
        If there are fewer customers who may part than segments, an id is unknown, or two customers are linked both
        ways.
    """
    require_customers(features, at_least=options.n_segments)
    n = features.n_customers
    names = [str(name) for name in ids] if len(ids) else [""] * n
    links = linked(options.together, options.apart, names, skip=options.skip or not len(ids))
    by_name = np.argsort(np.array(names), kind="stable")
    order = by_name[in_order(features.matrix[by_name])]
    units, own = _gathered(features.matrix[order].astype(np.float64), links, order)
    if len(units.means) < options.n_segments:
        raise OptionError(
            "{needed} segments need as many customers who may part; links leave {found}.",
            needed=options.n_segments,
            found=len(units.means),
        )
    cut = _cut(units, options, progress)
    labels = np.empty(n, dtype=np.int64)
    labels[order] = cut[own]
    progress(1, 1, say("Segments found: {k}", k=options.n_segments))
    # Ids were looked up now: another draw of customers, or another month, may lack some of them.
    made_by = Step("constrained", options_to_json(replace(options, skip=True)))
    return settle(features, labels, made_by, reasons=_told(links, _broken(units, cut)))


def _gathered(matrix: NDArray[np.float64], links: Links, order: NDArray[np.int64]) -> tuple[_Units, Labels]:
    """Return units in the order of their first customers, and the unit of each row (n,)."""
    _, first, own = np.unique(links.units[order], return_index=True, return_inverse=True)
    numbers = np.argsort(np.argsort(first))
    own = numbers[own.reshape(-1)]
    sizes = np.bincount(own)
    means = matrix[np.sort(first)].copy()
    for unit in np.flatnonzero(sizes > 1):
        means[unit] = matrix[own == unit].mean(axis=0)
    rivals: dict[int, list[int]] = {}
    for one, other in links.apart:
        rivals.setdefault(int(numbers[one]), []).append(int(numbers[other]))
        rivals.setdefault(int(numbers[other]), []).append(int(numbers[one]))
    return _Units(means, sizes.astype(np.float64), rivals), own


def _cut(units: _Units, options: ConstrainedOptions, progress: Progress) -> Labels:
    """Start several times on a sample that holds everybody who is linked; go on from the best with everybody."""
    k, random = options.n_segments, np.random.default_rng(options.seed)
    some, rows = _some(units, random)
    best, centres = (np.inf, np.inf), np.empty(0)
    for start in range(options.n_starts):
        progress(start, options.n_starts + 1, say("Cutting {k} segments", k=k))
        found, labels, cost = _settled(some, _begun(some, k, random), progress)
        if (_broken(some, labels), cost) < best:
            best, centres = (_broken(some, labels), cost), found
            cut = labels
    if len(rows) == len(units.means):
        return cut
    progress(options.n_starts, options.n_starts + 1, say("Cutting {k} segments", k=k))
    return _settled(units, centres, progress)[1]


def _some(units: _Units, random: np.random.Generator) -> tuple[_Units, NDArray[np.int64]]:
    n = len(units.means)
    if n <= MOST_STARTED:
        return units, np.arange(n)
    is_linked = units.sizes > 1
    is_linked[list(units.rivals)] = True
    others = random.choice(np.flatnonzero(~is_linked), MOST_STARTED, replace=False)
    rows = np.sort(np.concatenate([np.flatnonzero(is_linked), others]))
    places = {int(row): place for place, row in enumerate(rows)}
    rivals = {places[unit]: [places[other] for other in found] for unit, found in units.rivals.items()}
    return _Units(units.means[rows], units.sizes[rows], rivals), rows


def _begun(units: _Units, k: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Choose means to begin with: those of linked customers, large and far from each other, then as k-means++ does."""
    linked_up = np.flatnonzero(units.sizes > 1)
    chosen: list[int] = []
    near = np.full(len(units.means), np.inf)
    while len(chosen) < k:
        if not chosen and len(linked_up):
            chosen.append(int(linked_up[units.sizes[linked_up].argmax()]))
        elif len(chosen) < len(linked_up):
            chosen.append(int(linked_up[(units.sizes * near)[linked_up].argmax()]))
        else:
            luck = units.sizes * (near if chosen else 1.0)
            total = luck.sum()
            luck = luck / total if total > 0 else np.full(len(luck), 1 / len(luck))
            chosen.append(int(random.choice(len(luck), p=luck)))
        near = np.minimum(near, squared_distances(units.means, units.means[chosen[-1:]])[:, 0])
    return units.means[chosen]


def _settled(
    units: _Units, centres: NDArray[np.float64], progress: Progress
) -> tuple[NDArray[np.float64], Labels, float]:
    """Move means and units in turn until no unit moves any more."""
    from scipy.sparse import csr_matrix

    k, rows = len(centres), np.arange(len(units.means))
    labels = np.full(len(rows), -1)
    costs = squared_distances(units.means, centres)
    for _ in range(MOST_ROUNDS):
        moved = _apart(units, costs, costs.argmin(axis=1))
        moved = without_empty(moved, costs[rows, moved], k)
        if np.array_equal(moved, labels):
            break
        labels = moved
        members = csr_matrix((units.sizes, (labels, rows)), shape=(k, len(rows)))
        centres = (members @ units.means) / np.bincount(labels, units.sizes, minlength=k)[:, None]
        costs = squared_distances(units.means, centres)
    return centres, labels, float((units.sizes * costs[rows, labels]).sum())


def _apart(units: _Units, costs: NDArray[np.float64], labels: Labels) -> Labels:
    """Give units that must not meet the nearest segments where they do not; who loses least by moving moves first."""
    rivals = np.array(sorted(units.rivals), dtype=np.int64)
    ranked = np.sort(costs[rivals], axis=1)
    margins = units.sizes[rivals] * (ranked[:, 1] - ranked[:, 0]) if len(rivals) else ranked[:, 0]
    for _ in range(MOST_SWEEPS):
        before = labels.copy()
        for unit in rivals[np.argsort(margins, kind="stable")].tolist():
            met = np.bincount(labels[units.rivals[unit]], minlength=costs.shape[1])
            labels[unit] = np.lexsort((costs[unit], met))[0]
        if np.array_equal(before, labels):
            break
    return labels


def _broken(units: _Units, labels: Labels) -> int:
    return sum(int((labels[found] == labels[unit]).sum()) for unit, found in units.rivals.items()) // 2


def _told(links: Links, n_broken: int) -> tuple[Message, ...]:
    reasons = []
    if links.n_together:
        reasons.append(say("Pairs of customers kept together: {n}.", n=links.n_together))
    if links.apart:
        n = len(links.apart)
        reasons.append(say("Pairs of customers kept apart: {kept} of {n}.", kept=n - n_broken, n=n))
    if n_broken:
        reasons.append(
            say("Pairs that could not be kept apart, because there are too few segments for them: {n}.", n=n_broken)
        )
    if links.n_skipped:
        reasons.append(say("Customers in links who are not there, and were left out: {n}.", n=links.n_skipped))
    return tuple(reasons)

"""Reasons: why each customer is in their segment, in words, for many customers at a time."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core import scoring
from segment_core.artifacts import Levels, Scale, Scorer
from segment_core.clustering.assigning import squares_by_segment
from segment_core.errors import DataError
from segment_core.exporting.tables import segment_name
from segment_core.features.transforming import slice_of, transform, values_of
from segment_core.messages import Message
from segment_core.scoring import Fact, fact_said
from segment_core.scoring.explaining import level_of

if TYPE_CHECKING:
    from segment_core.study import Study

N_REASONS = 3
CHUNK = 20_000


def reasons_of(
    study: "Study", *, n: int = N_REASONS, tell: Callable[[Message], str] = str
) -> Callable[[NDArray[np.int64]], list[str]]:
    """Return what says for places in the study why those customers are in their segment and not in the nearest other.

    Up to `n` facts each, the strongest first, as `scoring.explain` finds them where the scorer agrees with the
    algorithm; "" where nothing speaks for the segment or there is only one.

    Raises
    ------
    DataError
        If there are no segments or features to explain.
    """
    clustering, features = study.clustering, study.features
    if clustering is None or features is None:
        raise DataError("There are no features to explain these segments by. Find segments again.")
    scorer = study.scorer or scoring.fit(
        study.customers, features, clustering, far=study.plan.outliers, seed=study.resolved.seed
    )
    facts = _Facts(scorer, [f"“{segment_name(study, segment)}”" for segment in scorer.segments], tell)

    def made(rows: NDArray[np.int64]) -> list[str]:
        found: list[str] = []
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            cells = study.customers.frame.iloc[part]
            found += facts.said(cells, features.matrix[part], clustering.labels[part], n)
        return found

    return made


class _Facts:
    """Finds and says facts; each is said once for all customers who share it."""

    def __init__(self, scorer: Scorer, names: list[str], tell: Callable[[Message], str]) -> None:
        self.scorer, self.names, self.tell = scorer, names, tell
        made = scorer.transform
        own = [(one.column, slice_of(one)) for one in made.made]
        held = [(share.name, slice(share.start, share.stop)) for share in made.held]
        # In the order of names, so that of equally strong facts the same one comes first as in `explain`.
        self.parts = sorted([*own, *held], key=lambda part: part[0])
        self.made = {one.column: one for one in made.made}
        self.slices = dict(held)
        self.memory: dict[Any, str] = {}

    def said(self, cells: pd.DataFrame, held: NDArray[Any], labels: NDArray[np.int64], n: int) -> list[str]:
        if len(self.scorer.segments) < 2 or not len(labels):
            return [""] * len(labels)
        placed = transform(self.scorer.transform, cells, held)
        other, pulls = self._pulls(placed, labels)
        order = np.argsort(-pulls, axis=1, kind="stable")[:, :n]
        strong = np.take_along_axis(pulls, order, axis=1) > 0
        coded = [self._coded(name, cells, placed) for name, _ in self.parts]
        starts = np.cumsum([0, *(len(values) for _, values in coded)])
        codes = np.column_stack([own + start for (own, _), start in zip(coded, starts[:-1], strict=True)])
        taken = np.take_along_axis(codes, order, axis=1)
        n_segments = len(self.scorer.segments)
        # What is said of many customers is said once: a key stands for what they have, their segment and the other.
        keys = (taken * n_segments + labels[:, None]) * n_segments + other[:, None]
        distinct, places = np.unique(np.where(strong, keys, -1), return_inverse=True)
        told = np.full(len(distinct), "", dtype=object)
        for place, key in enumerate(distinct.tolist()):
            if key >= 0:
                rest, next_ = divmod(key, n_segments)
                at, own = divmod(rest, n_segments)
                part = int(np.searchsorted(starts, at, side="right")) - 1
                told[place] = self._sentence(self.parts[part][0], coded[part][1][at - starts[part]], own, next_)
        after = np.array([f" {said}" if said else "" for said in told], dtype=object)
        places = places.reshape(order.shape)
        found = told[places[:, 0]]
        for rank in range(1, order.shape[1]):  # the strong come first, so that no blank is left over
            found = found + after[places[:, rank]]
        made: list[str] = found.tolist()
        return made

    def _pulls(
        self, placed: NDArray[np.float64], labels: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the nearest other segment (n,), and what each part says against it (n, parts)."""
        squares, which = squares_by_segment(self.scorer.assigner, placed)
        rows = np.arange(len(placed))
        beside = squares.copy()
        beside[rows, labels] = np.inf
        other = beside.argmin(axis=1)
        centres = self.scorer.assigner.centres.astype(np.float64)
        here, there = centres[which[rows, labels]], centres[which[rows, other]]
        pulls = (placed - there) ** 2 - (placed - here) ** 2
        return other, np.column_stack([pulls[:, place].sum(axis=1) for _, place in self.parts])

    def _coded(
        self, name: str, cells: pd.DataFrame, placed: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], list[Any]]:
        """Return what customers have in a part as codes (n,), and what each code stands for; unknown is None or ""."""
        one = self.made.get(name)
        if one is None:
            silent = np.logical_not(placed[:, self.slices[name]].any(axis=1))
            return silent.astype(np.int64), [False, True]
        values = values_of(cells[name], one.role) if isinstance(one, Scale) else cells[name]
        codes, distinct = pd.factorize(values, use_na_sentinel=False)
        if isinstance(one, Scale):
            return codes, [value if math.isfinite(value) else None for value in distinct.tolist()]
        return codes, [level_of(cell, one) for cell in distinct.tolist()]

    def _sentence(self, name: str, value: Any, own: int, other: int) -> str:
        key = (name, value, own, other)
        said = self.memory.get(key)
        if said is None:
            said = self.tell(fact_said(self._fact(name, value, own, other), self.names[own], self.names[other]))
            if len(self.memory) >= 200_000:
                self.memory.clear()
            self.memory[key] = said
        return said

    def _fact(self, name: str, value: Any, own: int, other: int) -> Fact:
        one = self.made.get(name)
        if one is None:
            return Fact(name, "block", "text", pull=1.0, silent=bool(value))
        if isinstance(one, Scale):
            return Fact(
                name,
                "date" if one.role == "date" else "number",
                one.role,
                pull=1.0,
                value=float("nan") if value is None else value,
                own=float(one.medians[own]),
                other=float(one.medians[other]),
                decimals=one.decimals,
            )
        assert isinstance(one, Levels)
        if not value:
            return Fact(name, "level", one.role, pull=1.0)
        place = one.levels.index(value) if value in one.levels else len(one.levels) - 1
        here, there = float(one.shares_within[own, place]), float(one.shares_within[other, place])
        return Fact(name, "level", one.role, pull=1.0, level=value, own=here, other=there)

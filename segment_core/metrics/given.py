"""Given: do groups that were there before, such as a column of segments, differ in anything else?"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Check, Features, Labels, Verdict
from segment_core.errors import DataError
from segment_core.messages import say

MOST = 3_000
FEWEST = 10
N_SHUFFLED = 10
N_PARTS = 5
DIFFERENT, CLEAR = 0.1, 0.6
"""How much of the way from guessing to certainty is needed to call groups different, and clearly so."""


def differs(features: Features, known: Sequence[str | None], column: str = "", seed: int = 0) -> tuple[Verdict, Check]:
    """Tell whether groups that somebody gave can be told by everything else that is known of the customers.

    Each customer's group is guessed from the features by those of other customers (linear discriminants with shrinkage,
    Ledoit & Wolf 2004; held out in five parts), each group counting the same. Groups that are guessed no better than
    the same groups dealt out at random are *nothing-there*, however often they are used in reports. What was made of
    the `column` itself is left out of the features, or it would give itself away. Groups of fewer than ten customers,
    and customers without a group, are left out.

    - *nothing-there*: no better than chance, or less than a tenth of the way from chance to certainty.
    - *soft*: they differ, but one could not tell most customers' group.
    - *solid*: one can tell it for most.

    Raises
    ------
    DataError
        If there are not two groups of at least ten customers, or nothing besides the column is known of them.
    """
    others = np.array([source != column for source in features.sources])
    labels = np.array(["" if pd.isna(label) else str(label) for label in known], dtype=object)
    names, counts = np.unique(labels[labels != ""].astype(str), return_counts=True)
    kept = names[counts >= FEWEST]
    if len(kept) < 2 or not others.any():
        raise DataError(
            "To see whether groups differ, two of at least {fewest} customers are needed, and another column to tell "
            "them by; there are {n} such groups and {columns} other features.",
            fewest=FEWEST,
            n=len(kept),
            columns=int(others.sum()),
        )
    random = np.random.default_rng(seed)
    rows = np.flatnonzero(np.isin(labels, kept))
    rows = np.sort(random.choice(rows, MOST, replace=False)) if len(rows) > MOST else rows
    matrix = features.matrix[rows][:, others].astype(np.float64)
    codes = np.searchsorted(kept, labels[rows].astype(str))
    value = _told(matrix, codes, random)
    dealt = np.array([_told(matrix, random.permutation(codes), random) for _ in range(N_SHUFFLED)])
    certain = (value - 1 / len(kept)) / (1 - 1 / len(kept))
    beyond = value > dealt.mean() + 3 * dealt.std(ddof=1) and certain >= DIFFERENT
    verdict: Verdict = "nothing-there" if not beyond else "solid" if certain >= CLEAR else "soft"
    finding = say(
        "By everything else, the group is told right for {share} % (each group counting the same); groups dealt out at "
        "random come to {chance} %.",
        share=round(100 * value),
        chance=round(100 * float(dealt.mean())),
    )
    advice = {
        "nothing-there": say("These groups do not differ in what is known of the customers: do not plan on them."),
        "soft": say("The groups differ somewhat, but most of what sets customers apart runs across them."),
        "solid": say("The groups are different kinds of customers."),
    }[verdict]
    return verdict, Check("given", bool(beyond), finding, advice)


def _told(matrix: NDArray[np.float64], codes: Labels, random: np.random.Generator) -> float:
    """Return the mean over groups of the share told right, each customer by a model that has not seen them."""
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    n_groups = int(codes.max()) + 1
    parts = np.empty(len(codes), dtype=np.int64)
    for group in range(n_groups):  # every part holds customers of every group
        own = np.flatnonzero(codes == group)
        parts[own] = random.permutation(len(own)) % N_PARTS
    right = np.zeros(len(codes), dtype=bool)
    model = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto", priors=np.full(n_groups, 1 / n_groups))
    for part in range(N_PARTS):
        seen = parts != part
        right[~seen] = model.fit(matrix[seen], codes[seen]).predict(matrix[~seen]) == codes[~seen]
    return float(np.mean([right[codes == group].mean() for group in range(n_groups)]))

"""Questions: how many in plain words are understood, how many answers are right, and how many traps are refused."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from benchmarks.tables import Table
from segment_core.answering import Answer, Understood, run, understand
from tests.questions import HELD_OUT, SEEN, UNANSWERABLE, Question, study, table


def verdict(question: Question, n_customers: int) -> str:
    """Return "right", "wrong" or "refused"."""
    found = study(n_customers)
    read = understand(question.text, found)
    if not isinstance(read, Understood):
        return "refused"
    asked = read.asked
    if question.spoken is not None:
        return "right" if (asked.measure, asked.about, asked.by, asked.top) == question.spoken else "wrong"
    return "right" if question.truth and _same(run(asked, found), question.truth(table(found))) else "wrong"


def _same(answer: Answer, truth: object) -> bool:
    rows = answer.rows
    if isinstance(truth, str):
        return truth in (rows["group"].iloc[0], rows["text"].iloc[0])
    if isinstance(truth, pd.Series):
        own = rows.set_index("group")["value"].dropna()
        return bool(set(own.index) <= set(truth.index)) and np.allclose(own, truth.reindex(own.index))
    return len(rows) == 1 and bool(np.isclose(rows["value"].iloc[0], truth))


def counts(questions: Sequence[Question], n_customers: int = 600) -> tuple[int, int, int]:
    """Return how many questions there are, how many were understood, and how many of those answered right."""
    found = [verdict(one, n_customers) for one in questions]
    return len(found), len(found) - found.count("refused"), found.count("right")


def refused(n_customers: int = 600) -> int:
    """Count the unanswerable questions that are not answered."""
    return sum(not isinstance(understand(text, study(n_customers)), Understood) for text in UNANSWERABLE)


def measure(n_customers: int = 600) -> Table:
    rows = []
    for label, questions in (("Written with the code", SEEN), ("Written after the code", HELD_OUT)):
        n, understood, right = counts(questions, n_customers)
        rows.append((label, str(n), f"{understood / n:.0%}", f"{right / understood:.0%}", ""))
    n = len(UNANSWERABLE)
    rows.append(("Unanswerable or a trap", str(n), "", "", f"{refused(n_customers) / n:.0%}"))
    return Table(
        "Questions in plain words, English and Chinese, without a model",
        ("", "questions", "understood", "right among answered", "refused"),
        rows,
        f"{n_customers:,} customers of the sample in four segments; answers are computed again in plain pandas, those "
        "about complaints are compared by what was read. What is not understood is refused, with readings to choose.",
    )

"""Loop: what has been said so far, what it changed, and what waits, on one line on top of the page."""

import streamlit as st

from pages._shared.words import t
from segment_core.feedback import counting, waiting
from segment_core.improving.pairs import answered
from segment_core.improving.receipts import standing
from segment_core.study import Study

MANY = 20
"""Questions at a time."""


def draw(study: Study, *, n_encoders: int = 0, n_waiting: int = 0) -> None:
    """Draw the line; `n_encoders` learned from these customers, `n_waiting` more are to be kept or discarded."""
    st.markdown(":small[" + " \u2002·\u2002 ".join(_said(study, n_encoders, n_waiting)) + "]")


def goal(n_answers: int) -> int:
    """Return how many answers are asked for, so many being there: twenty, and twenty more once these are passed."""
    return MANY * max(1, -(-n_answers // MANY))


def _said(study: Study, n_encoders: int, n_waiting: int) -> list[str]:
    n, n_all = len(answered(study, by_model=False)), len(answered(study))
    parts = [f":material/quiz: {t('Answers: {n}', n=n)}"]
    if n_all > n:
        parts[0] += f" {t('(and {n} by a model)', n=n_all - n)}"
    parts.append(f":material/hourglass_empty: {t('Questions waiting: {n}', n=goal(n) - n)}")
    edits = f":material/edit_note: {t('Edits that count: {n}', n=len(counting(study.edits)))}"
    late = len(waiting(study.edits, study.replay.n_edits if study.replay else 0))
    parts.append(f"{edits} {t('({n} not applied yet)', n=late)}" if late else edits)
    parts.append(f":material/receipt_long: {_receipts(study)}")
    if n_encoders:
        parts.append(f":material/school: {t('Encoders that learned these customers: {n}', n=n_encoders)}")
    if n_waiting:
        parts.append(f":material/school: {t('Encoders that wait for your verdict: {n}', n=n_waiting)}")
    return parts


def _receipts(study: Study) -> str:
    if not study.receipts:
        return t("Receipts: none yet")
    decided = [receipt.decided for receipt in study.receipts]
    kept = [receipt for receipt in study.receipts if receipt.decided == "kept"]
    moved = sum(receipt.n_moved for receipt in kept if standing(study, receipt)[0])
    said = t("Receipts kept: {kept}, discarded: {gone}", kept=len(kept), gone=decided.count("discarded"))
    if moved:
        said += f" {t('(customers moved: {n:,})', n=moved)}"
    latest = study.receipts[-1]
    open_ = latest.judgement == "keep" and not latest.decided and latest.run == study.run
    return f"{said}, {t('one waits for you')}" if open_ else said

"""Evidence: sentences with their figures, chips that open them, and the customers behind each."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from pages._shared import frame, view
from pages._shared.words import language, plain, t
from segment_core import grounding
from segment_core.artifacts import Author, Claim, Evidence, EvidenceItem
from segment_core.study import Study

AUTHOR_ICONS: dict[Author, str] = {
    "builtin": ":material/auto_stories:",
    "model": ":material/smart_toy:",
    "analyst": ":material/edit:",
}


def author(code: Author) -> str:
    """Name who wrote a sentence."""
    return {"builtin": t("built-in writer"), "model": t("language model"), "analyst": t("you")}[code]


def figure(item: EvidenceItem) -> str:
    """Say an item's figure as plain text, with what it is among all customers."""
    return grounding.figure(item, language())


def sentence(claim: Claim, evidence: Evidence, *, marked: bool = True) -> str:
    """Return a claim as markdown: its words as they are, its figures set apart, and (`marked`) who wrote it."""
    pieces = [
        plain_keeping_ends(piece) if isinstance(piece, str) else f":gray-background[{_together(figure(piece))}]"
        for piece in grounding.parts(claim.text, evidence, language())
    ]
    text = "".join(pieces)
    return f"{text} :gray[{AUTHOR_ICONS[claim.author]}]" if marked else text


def plain_keeping_ends(text: str) -> str:
    """Make text safe for markdown, keeping the spaces at its ends, for pieces that will be joined."""
    if not text.strip():
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{plain(text)}{' ' * text[-1].isspace()}"


def cited(claims: Sequence[Claim], evidence: Evidence) -> tuple[EvidenceItem, ...]:
    """Return the items that sentences rest on, each once, in the order they come."""
    ids = dict.fromkeys(cited for claim in claims for cited in claim.evidence)
    return tuple(item for cited in ids if (item := evidence.item(cited)) is not None)


def drivers(study: Study, segment: str) -> list[EvidenceItem]:
    """Return the facts a segment has more or less of than everyone, strongest first."""
    items = study.evidence.of(segment, "share", "median", "mean", "date") if study.evidence else ()
    return sorted((item for item in items if item.direction in ("over", "under")), key=lambda item: -abs(item.effect))


def chip(items: Sequence[EvidenceItem], study: Study, key: str, *, short: bool = False, note: str = "") -> None:
    """Draw a small button that opens what sentences rest on, and leads to the customers behind it.

    A `short` one shows only how many facts there are; `note` stands above them.
    """
    said = t("Evidence: {n}", n=len(items))
    label = f":material/query_stats: :small[{len(items) if short else said}]"
    opened = st.popover(label, type="tertiary", key=key, help=said if short else None, on_change="rerun")
    if not opened.open:
        return
    with opened:
        if note:
            st.caption(note)
        for item in items:
            _facts(item, study, f"{key}.{item.id}")
        facts = [item for item in items if item.kind != "quote"]
        if len(facts) > 1:
            both = np.logical_and.reduce([behind(item, study) for item in facts])
            _lead(both, study, t("Customers with all of these: {n:,}", n=int(both.sum())), f"{key}.all")


def _together(figure: str) -> str:
    return plain(figure).replace(" \\%", "\u00a0\\%")  # a percent sign must not start a line


def _facts(item: EvidenceItem, study: Study, key: str) -> None:
    with st.container(border=True, gap="xsmall"):
        if item.kind == "quote":
            quote(item)
        else:
            st.markdown(f"**{plain(figure(item))}**")
            st.caption(" ".join(_lines(item)))
        found = behind(item, study)
        label = (
            t("Show this customer") if item.kind == "quote" else t("Show these customers: {n:,}", n=int(found.sum()))
        )
        _lead(found, study, label, f"{key}.customers")


def _lead(rows: NDArray[np.bool_], study: Study, label: str, key: str) -> None:
    """Draw a button that opens the map with these customers (n,) selected."""
    if st.button(label, icon=":material/scatter_plot:", type="tertiary", disabled=not rows.any(), key=key):
        view.select_rows(study.customers.frame.index, rows)
        st.switch_page(frame.EXPLORE)


def quote(item: EvidenceItem) -> None:
    """Show what a customer wrote, as text and nothing else, with the customer's id."""
    with st.container(gap=None):
        st.text(f"“{item.text}”")
        customer, row = plain(item.source), _row(item)
        said = (
            t("Customer {id}, on the border of the segment", id=customer)
            if item.boundary
            else t("Customer {id}", id=customer)
        )
        st.caption(f"{said} · {row}" if row else said)


def value(item: EvidenceItem, value: float | None) -> str:
    """Write one of an item's values in its unit."""
    if value is None:
        return "–"
    if item.kind == "date":
        return str(pd.Timestamp(0) + pd.Timedelta(days=round(value)))[:10]
    if item.unit == "%":
        return f"{value:.1%}"
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def behind(item: EvidenceItem, study: Study) -> NDArray[np.bool_]:
    """Tell which customers an item speaks of: those in its segment who have the value, or the words, it names."""
    data, clustering = study.customers.frame, study.clustering
    if clustering is None or item.kind == "quote":
        return np.asarray(data.index == item.source)
    inside = clustering.ids == item.segment
    if item.kind == "term":
        return inside & _saying(item.text or item.label, study)
    if item.column not in data.columns:
        return inside
    values = data[item.column]
    if item.kind != "share":
        return inside & values.notna().to_numpy()
    same = _same(values, item.label.removeprefix(f"{item.column} = "))
    return inside & (same if (inside & same).any() else values.notna().to_numpy())


def _same(values: pd.Series, text: str) -> NDArray[np.bool_]:
    if pd.api.types.is_numeric_dtype(values):
        return np.asarray(values == 1.0)
    return np.asarray(values.astype("string").fillna("") == text)


def _saying(term: str, study: Study) -> NDArray[np.bool_]:
    found = np.zeros(len(study.customers), dtype=bool)
    for name in study.customers.named("text"):
        texts = study.customers.frame[name].astype("string").fillna("")
        said = texts.str.casefold()
        has_all = np.ones(len(found), dtype=bool)
        for word in term.casefold().split():
            has_all &= said.str.contains(word, regex=False).to_numpy(dtype=bool)
        found |= has_all
    return found


def _row(item: EvidenceItem) -> str:
    """Say where a quote stands: its column, data row and table."""
    if item.row is None:
        return ""
    return t("{column}, row {n:,} of {table}", column=plain(item.column), n=item.row, table=plain(item.table))


def _lines(item: EvidenceItem) -> list[str]:
    lines = []
    if item.low is not None and item.high is not None:
        low, high = plain(value(item, item.low)), plain(value(item, item.high))
        lines.append(t("Between {low} and {high} with 95 % confidence.", low=low, high=high))
    if item.effect_low is not None and item.effect_high is not None:
        effect, low, high = (f"{number:+.2f}" for number in (item.effect, item.effect_low, item.effect_high))
        lines.append(t("Effect size {effect} ({low} to {high}), 0 is none.", effect=effect, low=low, high=high))
    elif item.kind in ("share", "median", "mean", "date"):
        lines.append(t("Effect size {effect}, on a scale around 0.", effect=f"{item.effect:+.2f}"))
    lines.append(t("Customers counted: {n:,}.", n=item.n))
    return lines

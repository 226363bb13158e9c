"""People: typical, boundary and odd customers of a segment, with what they wrote."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from pages._shared import cachedprofiles, rows
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering, Evidence
from segment_core.profiles.odd import Odd
from segment_core.study import Study

MOST_TEXTS = 4
LONGEST = 600


def draw(study: Study, clustering: Clustering, evidence: Evidence, number: int) -> None:
    """Draw who stands for a segment, who is on its border, and who does not fit."""
    segment = clustering.segments[number].id
    names = [t("Typical customers"), t("Customers on the border"), t("Odd customers")]
    typical, border, odd = st.tabs(names, key="people")
    with typical:
        st.caption(t("They are closest to the middle of the segment."))
        _people(study, evidence.typical.get(segment, ()), "typical")
    with border:
        st.caption(t("They could as well be in another segment."))
        _people(study, evidence.boundary.get(segment, ()), "boundary")
    with odd:
        _odd(study, clustering, number)


def _odd(study: Study, clustering: Clustering, number: int) -> None:
    found = cachedprofiles.oddest(study, number)
    if not found:
        st.caption(t("Nobody in this segment is unusually far from its middle, or the algorithm told no distances."))
        return
    st.caption(
        t("They lie farthest from the middle of their segment, and may be errors, or the start of a new segment."),
        help=t("Distance to the segment's centre, in robust standard deviations above the median of the segment."),
    )
    ids = study.customers.frame.index
    inside = clustering.labels == number
    for one in found[:MOST_TEXTS]:
        st.markdown(f"**{plain(ids[one.row])}** · {why(study, inside, one)}")
    _people(study, [str(ids[one.row]) for one in found], "odd")


def why(study: Study, inside: np.ndarray, one: Odd) -> str:
    """Say in one sentence, as markdown, why a customer is odd in a segment (n,)."""
    frame = study.customers.frame
    parts = []
    for source, learned in zip(one.sources, one.learned, strict=True):
        if learned or source not in frame.columns:
            parts.append(t("{column}: unlike what the others of the segment say or have", column=plain(source)))
            continue
        values = frame[source]
        parts.append(
            t(
                "{column}: {value}, in the middle of the segment {middle}",
                column=plain(source),
                value=plain(_value(values.iloc[one.row])),
                middle=plain(_middle(values[inside])),
            )
        )
    return "; ".join(parts) if parts else t("Many columns differ a little from the middle of the segment.")


def _value(value: object) -> str:
    if value is None or value != value or value is pd.NaT:  # noqa: PLR0124 - NaN
        return t("unknown")
    if isinstance(value, pd.Timestamp):
        return str(value)[:10]
    return f"{value:,.4g}" if isinstance(value, float) else str(value)


def _middle(values: pd.Series) -> str:
    known = values.dropna()
    if known.empty:
        return t("unknown")
    if pd.api.types.is_numeric_dtype(known) or pd.api.types.is_datetime64_any_dtype(known):
        return _value(known.median())
    return _value(known.mode().iloc[0])


def _people(study: Study, ids: Sequence[str], key: str) -> None:
    data = study.customers.frame
    found = table(study, ids, f"people.{key}")
    texts = [
        (customer, name, str(data.at[customer, name]))
        for customer in found
        for name in study.customers.named("text")
        if data.at[customer, name]
    ]
    for customer, name, text in texts[:MOST_TEXTS]:
        with st.container(gap=None):
            st.text(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
            st.caption(t("Customer {id} · {column}", id=plain(customer), column=plain(name)))


def table(study: Study, ids: Sequence[str], key: str, *, texts_first: bool = False) -> list[str]:
    """Draw these customers as a table in this order, and return those who are there."""
    mask = study.customers.frame.index.isin(ids)
    if not mask.any():
        st.caption(t("There are none."))
        return []
    found, formats = rows.table(study, mask)
    found = found.drop(columns=found.columns[0]).reindex([customer for customer in ids if customer in found.index])
    if texts_first:  # they say most, and the other columns can be scrolled to
        texts = study.customers.named("text")
        found = found[[*texts, *(name for name in found.columns if name not in texts)]]
    height = min(250, 36 * len(found) + 39)
    st.dataframe(found, height=height, column_config=formats, key=key, alt=t("Customers of the segment"))
    return found.index.tolist()

"""Profile: what is special about one segment: drivers, words, typical and boundary customers, quotes."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import charts, rows
from pages._shared import evidence as shown
from pages._shared.look import chip, look, names
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering, Evidence
from segment_core.study import Study

MOST_TEXTS = 4


def draw(study: Study, clustering: Clustering, number: int) -> None:
    """Draw the profile of a segment."""
    evidence = study.evidence
    if evidence is None:
        return
    segment, name = clustering.segments[number], names(study)[number]
    st.header(f"{chip(number)} {plain(name)}")
    st.caption(
        t(
            "{id} · {n:,} customers · {share} of all",
            id=segment.id,
            n=segment.size,
            share=f"{segment.size / len(study.customers):.1%}",
        )
    )
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.subheader(t("What sets it apart"))
        _drivers(study, clustering, evidence, number)
    with right:
        st.subheader(t("Words and quotes"))
        _terms(evidence, segment.id)
        _quotes(evidence, segment.id)
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(t("Typical customers"))
        st.caption(t("They are closest to the middle of the segment."))
        _people(study, evidence.typical.get(segment.id, ()), "typical")
    with right:
        st.subheader(t("Customers on the border"))
        st.caption(t("They could as well be in another segment."))
        _people(study, evidence.boundary.get(segment.id, ()), "boundary")


def _drivers(study: Study, clustering: Clustering, evidence: Evidence, number: int) -> None:
    segment = clustering.segments[number].id
    items = shown.drivers(study, segment)
    if not items:
        st.caption(t("Nothing sets this segment clearly apart from the others."))
        return
    items = sorted(items, key=lambda item: -item.effect)
    longest = max(len(shown.drivers(study, other.id)) for other in clustering.segments)
    figures = [shown.figure(item) for item in items]
    figure = charts.drivers(items, figures, look().colour(number), look(), rows=longest)
    st.plotly_chart(figure, key="drivers", config={"displayModeBar": False}, alt=t("Drivers of the segment"))
    st.caption(
        t(
            "Against all customers: to the right more of it, to the left less. The length is the effect size: Cliff's "
            "delta for numbers and dates, Cohen's h for shares. Segments are built from these columns, so the "
            "differences describe and do not prove."
        )
    )
    with st.expander(t("As a table"), icon=":material/table:"):
        st.dataframe(
            [
                {
                    t("Fact"): item.label,
                    t("Segment"): shown.value(item, item.value),
                    t("All customers"): shown.value(item, item.base),
                    t("From"): shown.value(item, item.low),
                    t("To"): shown.value(item, item.high),
                    t("Effect size"): item.effect,
                    t("Customers counted"): item.n,
                }
                for item in items
            ],
            hide_index=True,
            column_config={t("Effect size"): st.column_config.NumberColumn(format="%+.2f")},
            key="drivers_table",
            alt=t("Drivers of the segment"),
        )


def _terms(evidence: Evidence, segment: str) -> None:
    items = evidence.of(segment, "term")
    if not items:
        st.caption(t("There are no texts, or no words that this segment uses more than others."))
        return
    st.caption(t("Its texts use these words more than those of other segments (c-TF-IDF)."))
    st.markdown(" ".join(f":gray-badge[{plain(item.text or item.label)}]" for item in items))


def _people(study: Study, ids: Sequence[str], key: str) -> None:
    data = study.customers.frame
    mask = data.index.isin(ids)
    if not mask.any():
        st.caption(t("There are none."))
        return
    found, formats = rows.table(study, mask)
    found = found.drop(columns=found.columns[0]).reindex([customer for customer in ids if customer in found.index])
    st.dataframe(
        found,
        height=min(250, 36 * len(found) + 39),
        column_config=formats,
        key=f"people.{key}",
        alt=t("Customers of the segment"),
    )
    texts = [
        (customer, name, str(data.at[customer, name]))
        for customer in found.index
        for name in study.customers.named("text")
        if data.at[customer, name]
    ]
    for customer, name, text in texts[:MOST_TEXTS]:
        with st.container(gap=None):
            st.text(_cut(text))
            st.caption(t("Customer {id} · {column}", id=plain(customer), column=plain(name)))


def _quotes(evidence: Evidence, segment: str) -> None:
    items = evidence.of(segment, "quote")
    for item in items:
        shown.quote(item)


def _cut(text: str, longest: int = 600) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"

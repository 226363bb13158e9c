"""Profile: what is special about one segment: drivers, words, typical and boundary customers, quotes."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import charts
from pages._shared import evidence as shown
from pages._shared.look import chip, look, names
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering, Evidence
from segment_core.study import Study


def draw(study: Study, clustering: Clustering, evidence: Evidence, number: int) -> None:
    """Draw the profile of a segment."""
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
    st.subheader(t("Typical and boundary customers"))
    _people(study, t("Typical: closest to the middle of the segment"), evidence.typical.get(segment.id, ()))
    _people(study, t("On the border: could as well be elsewhere"), evidence.boundary.get(segment.id, ()))


def _drivers(study: Study, clustering: Clustering, evidence: Evidence, number: int) -> None:
    segment = clustering.segments[number].id
    items = shown.drivers(study, segment)
    if not items:
        st.caption(t("Nothing sets this segment clearly apart from the others."))
        return
    items = sorted(items, key=lambda item: -item.effect)
    rows = max(len(shown.drivers(study, other.id)) for other in clustering.segments)
    figures = [shown.figure(item) for item in items]
    figure = charts.drivers(items, figures, look().colour(number), look(), rows=rows)
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


def _people(study: Study, title: str, ids: Sequence[str]) -> None:
    found = [customer for customer in ids if customer in study.customers.frame.index]
    if not found:
        return
    st.markdown(f"**{title}**")
    texts = study.customers.named("text")
    rows = study.customers.frame.loc[found]
    st.dataframe(rows.drop(columns=list(texts)), key=f"people.{title}", alt=title)
    for customer in found:
        for name in texts:
            if rows.at[customer, name]:
                with st.container(gap=None):
                    st.text(_cut(str(rows.at[customer, name])))
                    st.caption(t("Customer {id} · {column}", id=plain(customer), column=plain(name)))


def _quotes(evidence: Evidence, segment: str) -> None:
    items = evidence.of(segment, "quote")
    for item in items:
        shown.quote(item)


def _cut(text: str, longest: int = 600) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"

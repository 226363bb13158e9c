"""Scores: what each measured number is called, what it asks, and what is usual."""

from collections.abc import Mapping

import streamlit as st

from pages._shared import charts, glossary
from pages._shared.look import look, names
from pages._shared.words import duration, plain, t, tell
from segment_core.artifacts import Check, Clustering, Score, Scorecard
from segment_core.study import Study

STILL = {"displayModeBar": False}


def title(name: str) -> str:
    """Name a score by its technical term."""
    return {
        "silhouette": t("Silhouette"),
        "calinski_harabasz": t("Calinski–Harabasz index"),
        "davies_bouldin": t("Davies–Bouldin index"),
        "stability": t("Stability (bootstrap Jaccard)"),
    }.get(name, plain(name))


def usual(name: str) -> str:
    """Say what is usual for a score, so that its value means something."""
    return {
        "silhouette": t("0.1 to 0.4 with many columns; above 0.5 is rare for customers"),
        "calinski_harabasz": t("no fixed scale: compare it between runs on the same customers"),
        "davies_bouldin": t("1 to 2.5; below 1 the segments are well apart"),
        "stability": t("above 0.75 segments come back, below 0.6 they are chance"),
    }.get(name, "")


def space(code: str) -> str:
    """Name the space in which a score was taken."""
    return {"features": t("all features"), "map": t("the map"), "text": t("texts")}.get(code, plain(code))


def number(name: str, value: float) -> str:
    """Write a score's value with the digits that matter."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"


def metrics(study: Study, scorecard: Scorecard | None) -> None:
    """Draw a card a score, the checks with their findings and advice, and the scores of each segment."""
    if scorecard is None:
        return
    with st.grid(2, min_column_width=300):
        for score in scorecard.scores:
            if not score.segment:
                _card(score)
    st.subheader(t("Checks"))
    for check in scorecard.checks:
        _check(check)
    _by_segment(study, scorecard)


def sizes(study: Study, clustering: Clustering) -> None:
    """Draw the segments' sizes, and the same as a table."""
    total = len(study.customers)
    titles = names(study)
    counts = [segment.size for segment in clustering.segments]
    figures = [f"{name}: {count:,} ({count / total:.1%})" for name, count in zip(titles, counts, strict=True)]
    figure = charts.sizes(counts, figures, look())
    st.plotly_chart(figure, key="sizes", config=STILL, alt=t("Customers by segment"))
    rows = [
        {t("Segment"): name, t("Customers"): segment.size, t("Share"): segment.size / total}
        | {glossary.band(band): int(((clustering.labels == n) & (clustering.bands == band)).sum()) for band in _BANDS}
        for n, (segment, name) in enumerate(zip(clustering.segments, titles, strict=True))
    ]
    share = st.column_config.NumberColumn(format="percent")
    st.dataframe(
        rows, hide_index=True, column_config={t("Share"): share}, key="sizes_table", alt=t("Customers by segment")
    )


def times(seconds: Mapping[str, float]) -> None:
    """Draw the seconds each stage took."""
    figures = [f"{glossary.stage(stage)}: {duration(time)}" for stage, time in seconds.items()]
    figure = charts.seconds(list(seconds.values()), figures, look())
    st.plotly_chart(figure, key="seconds", config=STILL, alt=t("Time by stage"))
    st.caption(
        t(
            "In all: {time}. Results that were already there are taken up again and cost next to nothing.",
            time=duration(sum(seconds.values())),
        )
    )


_BANDS = ("core", "fringe", "outlier")


def _card(score: Score) -> None:
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.metric(title(score.name), number(score.name, score.value))
        st.markdown(plain(tell(score.meaning)))
        better = t("Higher is better") if score.better == "higher" else t("Lower is better")
        st.caption(f"{better}. {t('Usual: {usual}.', usual=usual(score.name))}" if usual(score.name) else f"{better}.")
        st.caption(t("Measured in {space}, on {n:,} customers.", space=space(score.space), n=score.n))


def _by_segment(study: Study, scorecard: Scorecard) -> None:
    found = list(dict.fromkeys(score.name for score in scorecard.scores if score.segment))
    if not found or study.clustering is None:
        return
    st.subheader(t("By segment"))
    rows = [
        {t("Segment"): name} | {title(score): scorecard.value(score, segment.id) for score in found}
        for segment, name in zip(study.clustering.segments, names(study), strict=True)
    ]
    formats = {title(score): st.column_config.NumberColumn(format="%.2f") for score in found}
    st.dataframe(rows, hide_index=True, column_config=formats, key="scores_table", alt=t("Scores by segment"))


def _check(check: Check) -> None:
    icon = ":green[:material/check_circle:]" if check.passed else ":orange[:material/error:]"
    with st.container(gap=None):
        st.markdown(f"{icon} {plain(tell(check.finding))}")
        if not check.passed and str(check.advice):
            st.caption(plain(tell(check.advice)))

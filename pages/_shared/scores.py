"""Scores: what each measured number is called, what it asks, and what is usual."""

from collections.abc import Mapping

import streamlit as st

from pages._shared import charts, glossary
from pages._shared.look import look, names
from pages._shared.words import duration, plain, t, tell
from segment_core.artifacts import Check, Clustering, Score, Scorecard
from segment_core.study import Study

DRAWN = ("mark", "separation", "stability", "silhouette")
STILL = {"displayModeBar": False}


def title(name: str) -> str:
    """Name a score by its technical term."""
    return {
        "silhouette": t("Silhouette"),
        "calinski_harabasz": t("Calinski–Harabasz index"),
        "davies_bouldin": t("Davies–Bouldin index"),
        "stability": t("Stability (bootstrap Jaccard)"),
    }.get(name, plain(name))


def trial_title(name: str) -> str:
    """Name a score of the numbers of segments that were tried; higher is better in all."""
    return {
        "mark": t("All in all"),
        "separation": t("Silhouette above that of data without groups"),
        "stability": t("Agreement between halves of the customers (adjusted Rand)"),
        "silhouette": t("Silhouette"),
        "calinski_harabasz": t("Calinski–Harabasz against data without groups (log)"),
        "davies_bouldin": t("Davies–Bouldin against data without groups (log)"),
        "smallest_share": t("Share of the smallest segment"),
        "answers": t("Answers of the model that agree"),
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


def trials(clustering: Clustering) -> None:
    """Show why there are this many segments: the reasons, the scores of each number tried, and their table."""
    for reason in clustering.reasons:
        st.markdown(f"- {plain(tell(reason))}")
    if not clustering.trials:
        st.caption(t("The number of segments was set by hand or by the algorithm itself; no others were tried."))
        return
    found = list(dict.fromkeys(name for trial in clustering.trials for name in trial.scores))
    with st.grid(2, min_column_width=300):
        for name in [name for name in DRAWN if name in found] or found[:4]:
            with st.container(border=True, gap="xsmall"):
                st.markdown(trial_title(name))
                figure = charts.trials(clustering.trials, name, look())
                st.plotly_chart(figure, key=f"trial.{name}", config=STILL, alt=trial_title(name))
    rows = [
        {t("Chosen"): trial.chosen, t("Segments"): trial.n_segments}
        | {trial_title(name): trial.scores.get(name) for name in found}
        for trial in clustering.trials
    ]
    formats = {trial_title(name): st.column_config.NumberColumn(format="%.3f") for name in found}
    st.dataframe(rows, hide_index=True, column_config=formats, key="trials", alt=t("Scores by number of segments"))


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

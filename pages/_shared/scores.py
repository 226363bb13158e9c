"""Scores: what each measured number is called, what it asks, and what is usual."""

from collections.abc import Mapping

import streamlit as st

from pages._shared import charts, figures, glossary
from pages._shared.look import look, names
from pages._shared.words import duration, plain, t, tell
from segment_core.artifacts import Check, Clustering, Score, Scorecard
from segment_core.clustering import ALGORITHMS, STAND_INS
from segment_core.study import Study


def title(name: str) -> str:
    """Name a score by its technical term."""
    return {
        "silhouette": t("Silhouette"),
        "calinski_harabasz": t("Calinski–Harabasz index"),
        "davies_bouldin": t("Davies–Bouldin index"),
        "stability": t("Stability (bootstrap Jaccard)"),
        "dbcv": t("DBCV (density-based validation)"),
        "balance": t("Balance (evenness of sizes)"),
        "smallest_share": t("Share of the smallest segment"),
        "value_difference": t("Difference in value (eta squared)"),
        "term_coherence": t("Coherence of words (NPMI)"),
        "reappearance": t("Customers who come back"),
        "ari": t("Adjusted Rand index (ARI)"),
        "nmi": t("Normalised mutual information (NMI)"),
        "v_measure": t("V-measure"),
        "homogeneity": t("Homogeneity"),
        "completeness": t("Completeness"),
        "accuracy": t("Accuracy (best matching)"),
        "answers": t("Answers of the model that agree"),
    }.get(name, plain(name))


def usual(name: str) -> str:
    """Say what is usual for a score, so that its value means something."""
    return {
        "silhouette": t("0.1 to 0.4 with many columns; above 0.5 is rare for customers"),
        "calinski_harabasz": t("no fixed scale: compare it between runs on the same customers"),
        "davies_bouldin": t("1 to 2.5; below 1 the segments are well apart"),
        "stability": t("above 0.75 segments come back, below 0.6 they are chance"),
        "dbcv": t("below 0 for most cuts of customers; above 0 every segment is dense and set apart"),
        "balance": t("0.7 to 1; below 0.5 one segment holds most customers"),
        "smallest_share": t("above 0.05; below 0.02 is seldom worth a campaign"),
        "value_difference": t("0.05 to 0.4; 0 is what chance gives"),
        "term_coherence": t("0 to 0.2; below 0 the words do not belong together"),
        "reappearance": t("above 0.8; with many segments somewhat less"),
    }.get(name, "")


def space(code: str) -> str:
    """Name the space in which a score was taken."""
    return {"features": t("all features"), "map": t("the map"), "text": t("texts")}.get(code) or {
        "sizes": t("the sizes of all segments"),
        "values": t("columns of money"),
        "labels": t("the labels"),
    }.get(code, plain(code))


def number(name: str, value: float) -> str:
    """Write a score's value with the digits that matter."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"


def metrics(study: Study, scorecard: Scorecard | None) -> None:
    """Draw a card a score, the checks with their findings and advice, and the scores of each segment and band."""
    if scorecard is None:
        return
    with st.grid(2, min_column_width=300):
        for score in scorecard.scores:
            if not score.segment and not score.name.startswith("reappearance_"):
                card(score, len(study.customers))
    if study.clustering and study.clustering.made_by.name in STAND_INS:
        st.caption(
            t(
                "This algorithm takes too long to be run on many other draws: {other}, told as many segments, stood in "
                "for it wherever customers were drawn or shuffled.",
                other=t(ALGORITHMS[STAND_INS[study.clustering.made_by.name]].label),
            )
        )
    st.subheader(t("Checks"))
    for check in scorecard.checks:
        draw_check(check)
    _by_segment(study, scorecard)
    _by_band(scorecard)


def sizes(study: Study, clustering: Clustering) -> None:
    """Draw the segments' sizes, and the same as a table."""
    total = len(study.customers)
    titles = names(study)
    counts = [segment.size for segment in clustering.segments]
    told = [f"{name}: {count:,} ({count / total:.1%})" for name, count in zip(titles, counts, strict=True)]
    rows = [
        {t("Segment"): name, t("Customers"): segment.size, t("Share"): segment.size / total}
        | {glossary.band(band): int(((clustering.labels == n) & (clustering.bands == band)).sum()) for band in _BANDS}
        for n, (segment, name) in enumerate(zip(clustering.segments, titles, strict=True))
    ]
    share = st.column_config.NumberColumn(format="percent")
    figures.draw(
        charts.sizes(counts, told, look()),
        rows,
        key="sizes",
        alt=t("Customers by segment"),
        formats={t("Share"): share},
    )


def times(seconds: Mapping[str, float]) -> None:
    """Draw the seconds each stage took."""
    told = [f"{glossary.stage(stage)}: {duration(time)}" for stage, time in seconds.items()]
    figures.draw(
        charts.seconds(list(seconds.values()), told, look()),
        [{t("Stage"): glossary.stage(stage), t("Seconds"): time} for stage, time in seconds.items()],
        key="seconds",
        alt=t("Time by stage"),
        formats={t("Seconds"): st.column_config.NumberColumn(format="%.1f")},
    )
    st.caption(
        t(
            "In all: {time}. Results that were already there are taken up again and cost next to nothing.",
            time=duration(sum(seconds.values())),
        )
    )


_BANDS = ("core", "fringe", "outlier")


def card(score: Score, n_all: int) -> None:
    """Draw a score: its value, what it means, which way is better, what is usual, where and on whom it was taken."""
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.metric(title(score.name), number(score.name, score.value))
        st.markdown(plain(tell(score.meaning)))
        better = t("Higher is better") if score.better == "higher" else t("Lower is better")
        st.caption(f"{better}. {t('Usual: {usual}.', usual=usual(score.name))}" if usual(score.name) else f"{better}.")
        if score.n >= n_all or score.space != "features":
            st.caption(t("Measured in {space}, on {n:,} customers.", space=space(score.space), n=score.n))
        else:
            st.caption(
                t(
                    "Measured in {space}, on a random sample: {n:,} of {total:,} customers.",
                    space=space(score.space),
                    n=score.n,
                    total=n_all,
                )
            )


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


def _by_band(scorecard: Scorecard) -> None:
    found = [(band, scorecard.value(f"reappearance_{band}")) for band in _BANDS]
    rows = [{t("Band"): glossary.band(band), t("Comes back"): value} for band, value in found if value is not None]
    if not rows:
        return
    st.subheader(t("By band"))
    st.caption(
        t(
            "How often customers are in the same segment again when other customers are drawn. The bands are worth "
            "something where the core comes back more often than the fringe."
        )
    )
    share = st.column_config.NumberColumn(format="percent")
    st.dataframe(
        rows, hide_index=True, column_config={t("Comes back"): share}, key="band_scores", alt=t("Scores by band")
    )


def draw_check(check: Check) -> None:
    """Draw a check: passed or not, what was found, and what to do about it."""
    icon = ":green[:material/check_circle:]" if check.passed else ":orange[:material/error:]"
    with st.container(gap=None):
        st.markdown(f"{icon} {plain(tell(check.finding))}")
        if not check.passed and str(check.advice):
            st.caption(plain(tell(check.advice)))

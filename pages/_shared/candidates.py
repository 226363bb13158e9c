"""Candidates: what the automatic choice tried, as a leaderboard with what spoke for each and against it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._shared import charts, figures
from pages._shared.look import look
from pages._shared.words import duration, plain, t, tell
from segment_core.artifacts import Clustering, Features, Trial
from segment_core.choices import questions
from segment_core.clustering import ALGORITHMS
from segment_core.clustering.automatic import AutomaticOptions
from segment_core.clustering.candidates import candidates, is_mixed, seconds_of
from segment_core.clustering.weighing import objections

DRAWN = ("mark", "separation", "stability", "borders")
SHOWN = (*DRAWN, "balance", "value", "silhouette", "calinski_harabasz", "davies_bouldin", "smallest_share", "outside")


def draw(clustering: Clustering) -> None:
    """Show why these segments: the reasons, every candidate with its scores, and how they change with the number."""
    for reason in clustering.reasons:
        st.markdown(f"- {plain(tell(reason))}")
    if not any("mark" in trial.scores for trial in clustering.trials):
        st.caption(t("Algorithm and options were set by hand; no others were tried."))
        return
    _leaderboard(clustering)
    numbers = [trial for trial in clustering.trials if trial.made_by.name == "kmeans"]
    found = [name for name in DRAWN if all(name in trial.scores for trial in numbers)]
    if len(numbers) < 2:
        return
    st.subheader(t("K-Means by number of segments"))
    with st.grid(2, min_column_width=300):
        for name in found:
            with st.container(border=True, gap="xsmall"):
                st.markdown(title(name))
                figure = charts.trials(numbers, name, look())
                st.plotly_chart(figure, key=f"trial.{name}", config=figures.picture(f"trial.{name}"), alt=title(name))
    rows = [
        {t("Segments"): trial.n_segments} | {title(name): trial.scores[name] for name in found} for trial in numbers
    ]
    scores = {title(name): st.column_config.NumberColumn(format="%.3f") for name in found}
    figures.twin(rows, key="trials", alt=t("K-Means by number of segments"), formats=scores)


def listed(features: Features, options: AutomaticOptions) -> None:
    """Say before a run what will be tried and about how long that takes."""
    if options.most < options.fewest:
        return
    n, d = features.matrix.shape
    mixed = is_mixed(features)
    found = candidates(n, d, options, mixed=mixed)
    counts: dict[str, int] = {}
    for one in found:
        counts[one.algorithm] = counts.get(one.algorithm, 0) + 1
    names = ", ".join(f"{label(name)} × {count}" for name, count in counts.items())
    seconds = seconds_of(n, d, options, mixed=mixed)
    st.caption(t("Tries {names}: about {time}.", names=plain(names), time=duration(seconds)))


def label(algorithm: str) -> str:
    """Name an algorithm as the menu does."""
    return t(ALGORITHMS[algorithm].label) if algorithm in ALGORITHMS else algorithm


def settings(algorithm: str, options: Mapping[str, Any]) -> str:
    """Write out the options that were set, as the form names them, but for the number of segments and the seed."""
    asked = (
        {one.name: t(one.label) for one in questions(ALGORITHMS[algorithm].options)} if algorithm in ALGORITHMS else {}
    )
    shown = {name: value for name, value in options.items() if value is not None and name not in ("n_segments", "seed")}
    return ", ".join(f"{asked.get(name, name)}: {value}" for name, value in shown.items())


def title(name: str) -> str:
    """Name a score of the candidates; higher is better in all but the last."""
    return {
        "mark": t("All in all"),
        "separation": t("Silhouette above that of data without groups"),
        "stability": t("Agreement between halves of the customers (adjusted Rand)"),
        "borders": t("Emptiness of the borders (log of fewer neighbours across, at most 3)"),
        "balance": t("Balance of sizes"),
        "value": t("Difference in money (epsilon²)"),
        "silhouette": t("Silhouette"),
        "calinski_harabasz": t("Calinski–Harabasz against data without groups (log)"),
        "davies_bouldin": t("Davies–Bouldin against data without groups (log)"),
        "smallest_share": t("Share of the smallest segment"),
        "outside": t("Share left outside every group"),
    }.get(name, plain(name))


def against(trial: Trial) -> str:
    """Say what speaks against a candidate, or nothing."""
    said = {
        "small": t("a very small segment"),
        "column": t("mostly restates one column"),
        "outside": t("leaves most customers outside"),
    }
    found = [said[code] for code in objections(trial.scores)]
    if trial.n_segments < 2:
        found.append(t("finds no groups"))
    elif "stability" not in trial.scores:
        found.append(t("not followed up"))
    return ", ".join(found)


def _leaderboard(clustering: Clustering) -> None:
    ranked = sorted(clustering.trials, key=lambda trial: (-trial.scores.get("mark", -1.0), trial.n_segments))
    shown = [name for name in SHOWN if any(name in trial.scores for trial in ranked)]
    rows = [
        {
            t("Chosen"): trial.chosen,
            t("Algorithm"): label(trial.made_by.name),
            t("Segments"): trial.n_segments,
            t("Speaks against it"): against(trial),
        }
        | {title(name): trial.scores.get(name) for name in shown}
        | {t("Options"): settings(trial.made_by.name, trial.made_by.options)}
        for trial in ranked
    ]
    formats = {title(name): st.column_config.NumberColumn(format="%.2f") for name in shown}
    st.dataframe(rows, hide_index=True, column_config=formats, key="trials", alt=t("All candidates with their scores"))
    st.caption(
        t(
            "The mark of a number of segments comes from K-Means; that of another algorithm is as many times the mark "
            "of the best K-Means as it is better. It is proposed from one tenth better on, and a finer cut of K-Means "
            "where it is nearly as good as the best."
        )
    )

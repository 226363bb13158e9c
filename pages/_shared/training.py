"""Training: how the network fared that found the segments, drawn as curves and as a table."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages._shared import figures
from pages._shared.look import look
from pages._shared.trainingcharts import curve
from pages._shared.words import t
from segment_core.artifacts import Training
from segment_core.study import Study


def draw(study: Study) -> None:
    """Draw the curves of a clustering that trained a network; any other draws nothing."""
    training = study.clustering.training if study.clustering else None
    if training is None:
        return
    st.markdown(_end(training))
    with st.grid(2, min_column_width=300):
        _card(
            "restored",
            t("First: restoring customers"),
            t("Mean squared error over the steps of pretraining; all customers at their mean would give 1."),
            training.restored.tolist(),
            lambda n, value: t("Stretch {n}: error {value}", n=n, value=f"{value:.3f}"),
            colour=0,
        )
        _card(
            "clustering",
            t("Then: drawing them to their segment"),
            t("Clustering loss (Kullback–Leibler divergence) by update; each update sets a new aim, so it may rise."),
            training.clustering.tolist(),
            lambda n, value: t("Update {n}: loss {value}", n=n, value=f"{value:.3f}"),
            colour=1,
        )
        _card(
            "changed",
            t("Who still changed segments"),
            t("Share of customers who are in another segment than an update before; training ends when hardly any is."),
            training.changed.tolist(),
            lambda n, value: t("Update {n}: {share} changed", n=n, share=f"{value:.2%}"),
            colour=2,
            percent=True,
        )
        if len(training.restoring):
            _card(
                "restoring",
                t("Restoring customers meanwhile"),
                t("Mean squared error by update: it should stay low, or alike customers are torn apart."),
                training.restoring.tolist(),
                lambda n, value: t("Update {n}: error {value}", n=n, value=f"{value:.3f}"),
                colour=0,
            )
    _table(training)


def _end(training: Training) -> str:
    n, share = len(training.changed), f"{float(training.changed[-1]):.1%}" if len(training.changed) else "–"
    if training.settled:
        return t(
            "The network was trained for {n} updates, until only {share} of customers changed segments.",
            n=n,
            share=share,
        )
    return t(
        "The network was trained for {n} updates and stopped at its limit, with {share} of customers still changing "
        "segments: allow more updates, or doubt the segments.",
        n=n,
        share=share,
    )


def _card(
    key: str,
    title: str,
    about: str,
    values: Sequence[float],
    hover: Callable[[int, float], str],
    *,
    colour: int,
    percent: bool = False,
) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(title)
        hovers = [hover(number, value) for number, value in enumerate(values, start=1)]
        figure = curve(values, hovers, look(), colour=colour, percent=percent)
        st.plotly_chart(figure, key=f"training.{key}", config=figures.picture(f"training.{key}"), alt=title)
        st.caption(about)


def _table(training: Training) -> None:
    columns = {t("Clustering loss"): training.clustering, t("Restoring error"): training.restoring}
    rows = [
        {t("Update"): number + 1}
        | {name: float(values[number]) for name, values in columns.items() if len(values)}
        | {t("Changed segment"): float(training.changed[number])}
        for number in range(len(training.changed))
    ]
    formats = {t("Changed segment"): st.column_config.NumberColumn(format="percent")}
    figures.twin(rows, key="training", alt=t("Training by update"), formats=formats)

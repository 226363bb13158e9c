"""Learning now: the loss of a training that runs, and those that were stopped and can go on."""

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._shared import cachedtuning, figures, jobs, state
from pages._shared.look import look
from pages._shared.trainingcharts import curve
from pages._shared.words import duration, t
from segment_core import tuning
from segment_core.finetuning import RECIPES

Version = tuple[str, str, int]


def is_learning() -> bool:
    """Tell whether this session follows a training that runs, be it after a refresh of the page."""
    request = state.request()
    return request is not None and request[0] == jobs.TUNE and jobs.busy()


def curve_of(version: Version) -> None:
    """Draw the loss of the training that this session follows, as far as it has come."""
    request = state.request()
    if request is not None and is_learning():
        st.fragment(_curve, run_every=2.0)(version[1], _bare(request[1]))


def unfinished(version: Version) -> None:
    """Offer to go on with the trainings of a study that were stopped, or to forget them."""
    if jobs.busy() or any(status.task == jobs.TUNE for status in jobs.jobs().running()):
        return  # one that runs, be it started in another window, is not to be taken for one that was stopped
    for place, found in tuning.unfinished(state.workspace(), version[1]).items():
        label = t(RECIPES[str(found.request["recipe"])].label)
        same = cachedtuning.is_same(version, place, json.dumps(found.request))
        n = found.seen.get("n_steps", 0)
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"unfinished.{place}"):
            if not same:
                said = t("“{recipe}” was stopped, and what it learned from has changed since.", recipe=label)
            elif found.n_kept == n:
                said = t("“{recipe}” has learned; it was stopped before it was measured.", recipe=label)
            else:
                said = t("“{recipe}” was stopped after {done:,} of {n:,} steps.", recipe=label, done=found.n_kept, n=n)
            st.markdown(said, width="stretch")
            st.button(
                t("Go on") if same else t("Begin anew"),
                icon=":material/play_arrow:",
                key=f"go_on.{place}",
                on_click=_start,
                args=(dict(found.request),),
            )
            st.button(
                t("Forget it"),
                icon=":material/delete:",
                key=f"forget.{place}",
                on_click=tuning.forget,
                args=(state.workspace(), place),
            )


def _curve(study: str, request: Mapping[str, Any]) -> None:
    found = tuning.unfinished(state.workspace(), study).values()
    seen = next((one.seen for one in found if one.request == request and one.seen.get("losses")), None)
    if seen is None:
        return
    values = [float(loss) for loss in seen["losses"]]
    hovers = [t("Step {n:,}: loss {loss}", n=n, loss=f"{loss:.3f}") for n, loss in enumerate(values, start=1)]
    with st.container(border=True, gap="xsmall", key="tuning_curve"):
        st.markdown(t("Loss by step, lower is better"))
        st.plotly_chart(
            curve(values, hovers, look()),
            key="tuning_loss",
            config=figures.picture("tuning_loss"),
            alt=t("Loss by step, lower is better"),
        )
        left = seen["seconds"] / len(values) * (seen["n_steps"] - len(values))
        st.caption(
            t(
                "{done:,} of {n:,} steps, {rate:,.0f} texts a second, about {left} left",
                done=len(values),
                n=seen["n_steps"],
                rate=seen["texts_a_second"],
                left=duration(left),
            )
        )


def _bare(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a request as a training writes it down."""
    return {name: value for name, value in request.items() if name != "workspace"}


def _start(request: dict[str, object]) -> None:
    jobs.start(jobs.TUNE, request)

"""Learning: recipes by which an encoder learns these customers, as cards that say when and how long."""

import json
from collections.abc import Sequence

import streamlit as st

from pages._shared import cachedtuning, figures, forms, jobs, keptencoders, state
from pages._shared.look import look
from pages._shared.trainingcharts import curve
from pages._shared.words import duration, plain, t
from segment_core import tuning
from segment_core.choices import options_to_json
from segment_core.finetuning import RECIPES
from segment_core.study import Study

CHOSEN, SOURCE, OTHERS, PAST = "tuning_recipe", "tuning_source", "tuning_others", "tuning_past"
FREE = ("unsupervised",)
"""Recipes that need no labels; labels only say how well it went."""


def draw(study: Study) -> None:
    """Show what was learned and waits for a verdict, the recipes, and the encoders that were kept."""
    version = state.study_version()
    if version is None or not study.customers.named("text"):
        st.caption(t("No column holds texts. If one does, give it the role “Text” on the Data page."))
        return
    st.caption(
        t(
            "An encoder turns texts into numbers. It can learn how your customers speak and what you mean by alike; "
            "then it is measured on customers it never saw, and you keep it or not."
        )
    )
    if _running():
        st.fragment(_curve, run_every=2.0)()
    keptencoders.waiting(version[1])
    _unfinished(version[1])
    found = cachedtuning.sources(*version)
    _cards(version, found)
    _form(version, found)
    keptencoders.listed()


def source_name(source: tuning.Source) -> str:
    """Say what is learned from, with how many customers and labels."""
    names = {
        "label": t("Your label “{name}”", name=plain(source.name)),
        "column": t("Column “{name}”", name=plain(source.name)),
        "mood": t("Mood of the texts"),
        "segments": t("Segments"),
    }
    return t("{name}: {n:,} customers, {k} labels", name=names[source.kind], n=source.n, k=source.n_classes)


def _running() -> bool:
    request = state.request()
    return jobs.busy() and request is not None and request[0] == jobs.TUNE


def _curve() -> None:
    found = tuning.unfinished(state.workspace(), state.study_id() or "")
    losses = max(
        (seen for _, seen in found.values() if seen.get("losses")), key=lambda seen: seen["seconds"], default={}
    )
    if not losses:
        return
    values = [float(loss) for loss in losses["losses"]]
    hovers = [t("Step {n:,}: loss {loss}", n=n, loss=f"{loss:.3f}") for n, loss in enumerate(values, start=1)]
    with st.container(border=True, gap="xsmall", key="tuning_curve"):
        st.markdown(t("Loss by step, lower is better"))
        st.plotly_chart(
            curve(values, hovers, look()),
            key="tuning_loss",
            config=figures.picture("tuning_loss"),
            alt=t("Loss by step, lower is better"),
        )
        left = losses["seconds"] / len(values) * (losses["n_steps"] - len(values))
        st.caption(
            t(
                "{done:,} of {n:,} steps, {rate:,.0f} texts a second, about {left} left",
                done=len(values),
                n=losses["n_steps"],
                rate=losses["texts_a_second"],
                left=duration(left),
            )
        )


def _unfinished(study: str) -> None:
    if jobs.busy():
        return
    for place, (request, seen) in tuning.unfinished(state.workspace(), study).items():
        label = t(RECIPES[str(request["recipe"])].label)
        done, n = len(seen.get("losses", ())), seen.get("n_steps", 0)
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"unfinished.{place}"):
            st.markdown(
                t("“{recipe}” was stopped after {done:,} of {n:,} steps.", recipe=label, done=done, n=n),
                width="stretch",
            )
            st.button(
                t("Go on"), icon=":material/play_arrow:", key=f"go_on.{place}", on_click=_start, args=(dict(request),)
            )
            st.button(
                t("Forget it"),
                icon=":material/delete:",
                key=f"forget.{place}",
                on_click=tuning.forget,
                args=(state.workspace(), place),
            )


def _cards(version: tuple[str, str, int], found: Sequence[tuning.Source]) -> None:
    st.subheader(t("Ways to learn"))
    with st.grid(3, min_column_width=260):
        for name, choice in RECIPES.items():
            with st.container(border=True, gap="xsmall", key=f"recipe.{name}"):
                st.markdown(f"**{t(choice.label)}**")
                st.caption(t(choice.when))
                lacking = _lacking(name, found)
                codes = () if lacking else _default(name, found)
                if lacking:
                    st.caption(f":material/block: {lacking}")
                elif choice.missing():
                    packages = " ".join(choice.missing())
                    st.caption(
                        t("This needs packages that are not installed. Run: pip install {packages}", packages=packages)
                    )
                else:
                    time = cachedtuning.seconds(version, name, json.dumps({}), codes)
                    st.caption(t(":material/schedule: about {time} with its usual options", time=duration(time)))
                chosen = st.session_state.get(CHOSEN) == name
                st.button(
                    t("Chosen") if chosen else t("Choose"),
                    icon=":material/check:" if chosen else None,
                    key=f"choose.{name}",
                    disabled=bool(lacking or choice.missing()),
                    on_click=st.session_state.update,
                    args=({CHOSEN: name},),
                )


def _lacking(name: str, found: Sequence[tuning.Source]) -> str:
    if name in FREE:
        return ""
    if not found:
        return t("Needs labels: mark customers on Explore, or find segments.")
    return t("Needs two columns of labels.") if name == "multitask" and len(found) < 2 else ""


def _default(name: str, found: Sequence[tuning.Source]) -> tuple[str, ...]:
    return tuple(source.code for source in found[: 2 if name == "multitask" else 1])


def _form(version: tuple[str, str, int], found: Sequence[tuning.Source]) -> None:
    name = st.session_state.get(CHOSEN)
    if name not in RECIPES or _lacking(name, found):
        return
    with st.container(border=True, key="tuning_form"):
        st.subheader(t(RECIPES[name].label))
        codes = _codes(name, found)
        past = _past(version[1]) if name == "meta" else []
        with st.expander(t("Options"), icon=":material/tune:", key="tuning_options"):
            options = options_to_json(forms.ask(RECIPES[name].options, key=f"tuning.{name}"))
        ready = bool(codes or name in FREE) and (name != "multitask" or len(codes) > 1)
        if not ready:
            st.caption(t("Choose what it should learn from."))
            return
        time = cachedtuning.seconds(version, name, json.dumps(options), codes)
        st.caption(
            t(
                "About {time}; a quarter of the texts is held out to measure on. You can stop it and go on later.",
                time=duration(time),
            )
        )
        if st.button(t("Train"), type="primary", icon=":material/school:", disabled=jobs.busy(), key="tuning_run"):
            _start({"study": version[1], "recipe": name, "options": options, "sources": list(codes), "past": past})
            st.rerun()  # drawn above this page; a callback would start with options that are one click old


def _codes(name: str, found: Sequence[tuning.Source]) -> tuple[str, ...]:
    titles = {source.code: source_name(source) for source in found}
    if name == "multitask":
        return tuple(
            st.multiselect(
                t("Learns from"),
                list(titles),
                default=list(titles)[:2],
                format_func=lambda code: titles[code],
                key=f"{OTHERS}.{name}",
            )
        )
    if not titles:
        return ()
    label = t("Measured by") if name in FREE else t("Learns from")
    first = st.selectbox(label, list(titles), format_func=lambda code: titles[code], key=f"{SOURCE}.{name}")
    if first.startswith("segments:") and name not in FREE:
        st.caption(
            t("Segments were made from these very customers: it will find them again more easily, which proves little.")
        )
    if name != "meta":
        return (first,)
    others = [code for code in titles if code != first]
    more = st.multiselect(
        t("Past label sets, of this study"),
        others,
        default=[code for code in others if code.startswith("label:")],
        format_func=lambda code: titles[code],
        key=f"{OTHERS}.{name}",
    )
    return (first, *more)


def _past(study: str) -> list[str]:
    names = {entry.id: entry.name for entry in state.studies() if entry.id != study}
    if not names:
        return []
    return st.multiselect(
        t("Past label sets, of other studies"),
        list(names),
        format_func=lambda id_: plain(names[id_]),
        help=t("Their label columns are learned from too."),
        key=PAST,
    )


def _start(request: dict[str, object]) -> None:
    jobs.start(jobs.TUNE, request)

"""Learning: recipes by which an encoder learns these customers, as cards that say when and how long."""

import json
from collections.abc import Sequence

import streamlit as st

from pages._shared import cachedtuning, forms, jobs, keptencoders, learningnow, state
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
    if not cachedtuning.n_written(*version):
        st.caption(t("Nobody wrote anything, so an encoder has nothing to learn."))
        return
    learningnow.curve_of(version)
    keptencoders.waiting(version[1])
    learningnow.unfinished(version)
    found = cachedtuning.sources(*version)
    _cards(version, found)
    _unfit(version)
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


def _unfit(version: tuple[str, str, int]) -> None:
    said = [
        t(
            "{name} ({k:,} labels, at most {most})",
            name=plain(source.name),
            k=source.n_classes,
            most=tuning.MOST_CLASSES,
        )
        if source.n_classes > tuning.MOST_CLASSES
        else t("{name} (two labels need two texts each)", name=plain(source.name))
        for source in cachedtuning.unfit(*version)
    ]
    if said:
        st.caption(t("Nothing can be learned from: {names}.", names=", ".join(said)))


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
        past = _past(version) if name == "meta" else []
        if name == "meta" and len(codes) == 1 and not past:
            st.caption(
                t(
                    "Without past label sets it practises on these labels alone, which helps little with new ones. "
                    "Mark customers with labels on Explore, or choose another study that has some."
                )
            )
        with st.expander(t("Options"), icon=":material/tune:", key="tuning_options"):
            options = options_to_json(forms.ask(RECIPES[name].options, key=f"tuning.{name}"))
        _languages(version, str(options["model"]))
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
            request = {"study": version[1], "recipe": name, "options": options, "sources": list(codes), "past": past}
            jobs.start(jobs.TUNE, request | {"title": t(RECIPES[name].label)})
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
                placeholder=t("Choose"),
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
        placeholder=t("Choose"),
    )
    return (first, *more)


def _languages(version: tuple[str, str, int], model: str) -> None:
    others = [language for language in cachedtuning.languages(*version) if language != "en"]
    if others and tuning.reads_english(state.workspace(), model):
        st.warning(
            t(
                "Some texts are not in English ({languages}), the only language that the bundled model was taught: it "
                "learns them from pieces of words, and less well. Where you have a multilingual model, give its folder "
                "under Options.",
                languages=", ".join(others),
            )
        )


def _past(version: tuple[str, str, int]) -> list[str]:
    names = {
        entry.id: t("{name}: {n} label columns", name=entry.name, n=n)
        for entry in state.studies()
        if entry.id != version[1] and (n := cachedtuning.n_label_sets(version[0], entry.id, entry.version))
    }
    if not names:
        return []
    return st.multiselect(
        t("Past label sets, of other studies"),
        list(names),
        format_func=lambda id_: names[id_],
        help=t("Their label columns are learned from too."),
        key=PAST,
        placeholder=t("Choose"),
    )

"""Writing: who writes the personas, in which language, and exactly what a model would be sent."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages._shared import departing, forms, frame, jobs, ledger, preferences, state, view
from pages._shared.words import language, t
from segment_core.artifacts import Evidence, Personas, Step
from segment_core.choices import options_from_json, options_to_json
from segment_core.llm import ModelAccess
from segment_core.personas import WRITERS, ModelOptions
from segment_core.personas.prompt import letters

WRITER = "writer"
TOKENS_A_PERSONA = 600
"""About so many tokens of an answer are one persona."""


def ask(evidence: Evidence, found: Personas | None) -> None:
    """Ask for the writer and its options, show what would leave the machine, and offer to write all."""
    names = list(WRITERS)
    made_by = found.made_by.name if found else "builtin"
    name = st.selectbox(
        t("Writer"),
        names,
        index=names.index(made_by) if made_by in names else 0,
        format_func=lambda name: t(WRITERS[name].label),
        key=WRITER,
    )
    st.caption(t(WRITERS[name].when))
    options = forms.ask(WRITERS[name].options, key=f"{WRITER}.{name}", values=_start(name))
    chosen = options_to_json(options)
    ready = not WRITERS[name].missing() and (name != "model" or bool(chosen["url"] and chosen["model"]))
    if name == "model" and not ready:
        st.caption(t("Give the address and the name of a model; settings keeps them and can try the connection."))
        st.page_link(frame.SETTINGS, label=t("Settings"), icon=":material/settings:")
    view.set_writer(Step(name, chosen), ready=ready)
    if name == "model" and ready:
        ready = may_go(evidence, (), "", key="personas")
    pressed = st.button(
        t("Write all again") if found else t("Write personas"),
        type="secondary" if found else "primary",
        icon=":material/edit_note:",
        width="stretch",
        disabled=not ready or jobs.busy(),
        key="write",
    )
    if pressed:
        start(())
        st.rerun()  # the progress is drawn above this page; a callback would start with options that are one click old
    ledger.of_study()


def again(segment: str, part: str) -> None:
    """Write a segment's persona, or one part of it, again; what a model would be sent is shown first."""
    if view.writer().name == "model":
        view.open_part("rewrite", segment, part)
    else:
        start((segment,), part)


def start(only: Sequence[str], part: str = "") -> None:
    """Start writing the personas of these segments, or of all; with a `part`, only that part of them."""
    writer = view.writer()
    view.close_part()
    jobs.start(
        jobs.WRITE_PERSONAS,
        {
            "study": state.study_id(),
            "personas": {"name": writer.name, "options": dict(writer.options)},
            "only": list(only),
            "part": part,
        },
    )


def may_go(evidence: Evidence, only: Sequence[str], part: str, *, key: str) -> bool:
    """Show what the chosen model would be sent for these segments, or a part of them; tell whether it may go."""
    options = options_from_json(ModelOptions, view.writer().options)
    study = state.study()
    made = letters(evidence, options, only, part, study.personas if study else None)
    return departing.may_go(
        lambda: [letter.sealed for letter in made],
        ModelAccess(options.url, options.model, preferences.llm_key()),
        key=key,
        of=state.study_id(),
        withheld=lambda: len({id_ for letter in made for id_ in letter.withheld}),
        answers=TOKENS_A_PERSONA * max(1, len(made[0].segments) if made else 0),
    )


def _start(name: str) -> Mapping[str, Any]:
    if name != "model":
        return {"language": language()}
    url, model = preferences.llm()
    return {"language": language(), "url": url, "model": model}

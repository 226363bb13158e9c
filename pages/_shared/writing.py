"""Writing: who writes the personas, in which language, and exactly what a model would be sent."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages._shared import departing, forms, frame, jobs, ledger, preferences, state, view
from pages._shared.words import language, plain, t, tell
from segment_core import personas
from segment_core.artifacts import Evidence, Personas, Step
from segment_core.choices import options_to_json
from segment_core.llm import ModelAccess
from segment_core.personas import WRITERS

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
    if name == "model":
        ready = _outbound(evidence, options, ready=ready) and ready
    view.set_writer(Step(name, chosen))
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


def start(only: Sequence[str]) -> None:
    """Start writing the personas of these segments, or of all."""
    writer = view.writer()
    jobs.start(
        jobs.WRITE_PERSONAS,
        {
            "study": state.study_id(),
            "personas": {"name": writer.name, "options": dict(writer.options)},
            "only": list(only),
        },
    )


def notes(found: Personas) -> None:
    """Say what went wrong with the model, and list what the checker refused."""
    failed = [note for note in found.notes if note.code in ("model-failed", "builtin-instead")]
    if failed:
        st.warning(" ".join(plain(tell(note.message)) for note in failed))
    refused = [note for note in found.notes if note not in failed]
    if refused:
        with st.expander(t("What the checker did"), icon=":material/gavel:"):
            st.caption(
                t("A sentence that the evidence does not carry is not shown; the built-in writer fills the gap.")
            )
            for note in refused:
                st.markdown(f"- {plain(tell(note.message))}")


def _start(name: str) -> Mapping[str, Any]:
    if name != "model":
        return {"language": language()}
    url, model = preferences.llm()
    return {"language": language(), "url": url, "model": model}


def _outbound(evidence: Evidence, options: Any, *, ready: bool) -> bool:
    if not ready:
        st.caption(t("Give the address and the name of a model; settings keeps them and can try the connection."))
        st.page_link(frame.SETTINGS, label=t("Settings"), icon=":material/settings:")
        return False
    letters = personas.letters(evidence, options)
    return departing.may_go(
        lambda: [letter.sealed for letter in letters],
        ModelAccess(options.url, options.model),
        key="personas",
        of=state.study_id(),
        withheld=lambda: sum(letter.withheld for letter in letters),
        answers=TOKENS_A_PERSONA * max(1, len(letters[0].segments) if letters else 0),
    )

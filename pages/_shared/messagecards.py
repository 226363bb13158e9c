"""Message cards: one variant of a message with its counts, its evidence, and a form to edit it in place."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages._shared import evidence as shown
from pages._shared import messageform, state
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Brief, Claim, Contents, Evidence, Piece
from segment_core.contents import CHANNELS, Line, fits, length, limit, parts, problems
from segment_core.messages import say
from segment_core.study import Study


def draw(study: Study, sheet: Evidence, piece: Piece, unsaid: Sequence[str]) -> None:
    """Draw a variant: its lines with a count each, or the form to edit them."""
    key = f"{piece.segment}.{piece.channel}.{piece.variant}"
    authors = dict.fromkeys(claim.author for claim in piece.lines.values())
    marks = " ".join(f"{shown.AUTHOR_ICONS[code]} {shown.author(code)}" for code in authors)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{t('Variant {n}', n=piece.variant)} · {marks}", width="stretch")
        editing = st.toggle(t("Edit"), key=f"message_edit.{key}")
        st.button(
            t("Another one"),
            icon=":material/refresh:",
            type="tertiary",
            help=t("Writes this variant anew with the brief and the writer in the sidebar. Lines you wrote stay."),
            disabled=not messageform.ready(),
            key=f"message_again.{key}",
            on_click=messageform.start_writing,
            args=(piece.segment, piece.channel, piece.variant),
        )
    brief = study.contents.brief if study.contents else Brief()
    for name, claim in piece.lines.items():
        line = CHANNELS[piece.channel][name]
        if editing:
            # No `on_change="ignore"`: the count and the warnings follow what is typed.
            text = st.text_area(
                messageform.line_name(piece.channel, name),
                value=claim.text,
                height="content",
                max_chars=5000,
                key=f"message_line.{key}.{name}",
            )
            _count(piece.channel, name, text)
            _warn(line, text, brief, sheet=sheet, unsaid=unsaid)
        else:
            _count(piece.channel, name, claim.text)
            st.code(claim.text, language=None, wrap_lines=True)
            if claim.author == "analyst":
                _warn(line, claim.text, brief, sheet=sheet, unsaid=unsaid)
    if editing:
        st.button(
            t("Save"),
            type="primary",
            icon=":material/check:",
            key=f"message_save.{key}",
            on_click=_save,
            args=(piece.segment, piece.channel, piece.variant),
        )
        return
    cited = shown.cited(list(piece.lines.values()), sheet)
    if cited:
        shown.chip(cited, study, f"message_chip.{key}")


def _count(channel: str, name: str, text: str) -> None:
    line = CHANNELS[channel][name]
    n, most = length(text, line.how), limit(line, text)
    said = t("{n} of {limit} · {line}", n=n, limit=most, line=messageform.line_name(channel, name))
    if line.how == "sms":
        n_parts = parts(text)
        said += " · " + (t("1 part") if n_parts == 1 else t("{n} parts", n=n_parts))
    st.caption(said if fits(line, text) else f":orange[:material/warning: {said}]")


def _warn(line: Line, text: str, brief: Brief, *, sheet: Evidence, unsaid: Sequence[str]) -> None:
    found = problems(text, line, brief, unsaid=unsaid, evidence=sheet)
    if found:
        said = " ".join(dict.fromkeys(plain(tell(problem.message)) for problem in found))
        st.caption(f":orange[:material/warning: {said}]")


def _save(segment: str, channel: str, variant: int) -> None:
    study = state.study()
    if study is None or study.contents is None:
        return
    key = f"{segment}.{channel}.{variant}"
    after = edited(
        study.contents,
        (segment, channel, variant),
        {name: st.session_state.get(f"message_line.{key}.{name}", "") for name in CHANNELS[channel]},
    )
    st.session_state[f"message_edit.{key}"] = False
    if after != study.contents:
        state.replace_study(study.remembering(say("A message was edited")).having(contents=after))


def edited(found: Contents, place: tuple[str, str, int], texts: dict[str, str]) -> Contents:
    """Return the contents with one message as typed; what was changed is the analyst's, an emptied line stays."""

    def line(name: str, claim: Claim) -> Claim:
        text = "\n".join(part.rstrip() for part in texts.get(name, "").strip().splitlines())
        return claim if not text or text == claim.text else Claim(text, claim.evidence, author="analyst")

    pieces = tuple(
        replace(piece, lines={name: line(name, claim) for name, claim in piece.lines.items()})
        if (piece.segment, piece.channel, piece.variant) == place
        else piece
        for piece in found.pieces
    )
    return replace(found, pieces=pieces)

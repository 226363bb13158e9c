"""Cards: a segment as a person: sentences with their evidence, quotes, and a way to edit each."""

import streamlit as st

from pages._shared import audits, editing, jobs, state, view, writing
from pages._shared import evidence as shown
from pages._shared.look import chip
from pages._shared.words import language, plain, t
from segment_core.artifacts import SECTIONS, Claim, Evidence, Persona, Segment
from segment_core.study import Study


def section_title(section: str) -> str:
    """Name a section of a persona."""
    return {
        "who": t("Who they are"),
        "worth": t("Size and value"),
        "needs": t("What they need"),
        "frustrations": t("What frustrates them"),
        "objections": t("What holds them back"),
        "values": t("What they value"),
        "channels": t("Where to reach them"),
        "tone": t("How to speak to them"),
        "dos": t("Do"),
        "donts": t("Don't"),
        "day": t("A day with the product"),
    }[section]


def draw(study: Study, evidence: Evidence, persona: Persona, number: int, segment: Segment) -> None:
    """Draw a persona's card, or the form to edit it."""
    with st.container(gap="xsmall"):
        st.subheader(f"{chip(number)} {plain(persona.name)}")
        st.caption(
            t(
                "{id} · {n:,} customers · {share} of all",
                id=segment.id,
                n=segment.size,
                share=f"{segment.size / len(study.customers):.1%}",
            )
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_authors(persona), width="stretch")
            editing_now = st.toggle(t("Edit"), key=f"edit.{persona.segment}")
            st.button(
                t("Rewrite"),
                icon=":material/refresh:",
                type="tertiary",
                help=t("Writes this persona anew with the writer in the sidebar. What you wrote yourself stays."),
                disabled=jobs.busy(),
                key=f"rewrite.{persona.segment}",
                on_click=writing.start,
                args=((persona.segment,),),
            )
        audits.warn_of(persona.segment)
    if editing_now:
        _form(persona, evidence)
    else:
        _read(study, evidence, persona)


def undo() -> None:
    """Take the last edit back."""
    study, before = state.study(), view.undo()
    if study is not None and before is not None:
        state.replace_study(study.having(personas=before))
    view.set_undo(None)


def _authors(persona: Persona) -> str:
    by = {persona.name_author, *(claim.author for claim in _claims(persona))}
    marks = [f"{shown.AUTHOR_ICONS[code]} {shown.author(code)}" for code in shown.AUTHOR_ICONS if code in by]
    mine = f" · {t('name by you')}" if persona.name_author == "analyst" and len(by) > 1 else ""
    return " \u2002 ".join(marks) + mine


def _claims(persona: Persona) -> list[Claim]:
    return list(persona.claims)


def _read(study: Study, evidence: Evidence, persona: Persona) -> None:
    mixed = len({claim.author for claim in _claims(persona)}) > 1
    st.markdown(shown.sentence(persona.tagline, evidence, marked=mixed))
    for section in SECTIONS:
        claims: tuple[Claim, ...] = getattr(persona, section)
        if not claims:
            continue
        with st.container(gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{section_title(section)}**", width="stretch")
                cited = shown.cited(claims, evidence)
                if cited:
                    shown.chip(cited, study, f"chip.{persona.segment}.{section}")
            for claim in claims:
                st.markdown(shown.sentence(claim, evidence, marked=mixed))
                quote = evidence.item(claim.quote) if claim.quote else None
                if quote is not None:
                    shown.quote(quote)


def _form(persona: Persona, evidence: Evidence) -> None:
    key, spoken = f"edit.{persona.segment}", language()
    st.text_input(t("Name"), value=persona.name, key=f"{key}.name", max_chars=60, on_change="ignore")
    _area(t("In one sentence"), editing.typed(persona.tagline, evidence, spoken), f"{key}.tagline")
    for section in SECTIONS:
        claims: tuple[Claim, ...] = getattr(persona, section)
        with st.container(gap="xsmall"):
            st.caption(section_title(section))
            for number, claim in enumerate(claims):
                label = t("Sentence {n}", n=number + 1)
                _area(label, editing.typed(claim, evidence, spoken), f"{key}.{section}.{number}", hidden=True)
            _area(t("One more sentence"), "", f"{key}.{section}.{len(claims)}", hidden=True)
    st.caption(t("An emptied sentence is removed. Figures that you leave as they stand stay tied to the evidence."))
    st.button(
        t("Save"), type="primary", icon=":material/check:", key=f"{key}.save", on_click=_save, args=(persona.segment,)
    )


def _area(label: str, text: str, key: str, *, hidden: bool = False) -> None:
    st.text_area(
        label,
        value=text,
        height="content",
        max_chars=600,
        placeholder=label,
        label_visibility="collapsed" if hidden else "visible",
        on_change="ignore",
        key=key,
    )


def _save(segment: str) -> None:
    study = state.study()
    if study is None or study.personas is None or study.evidence is None:
        return
    persona = study.personas.of(segment)
    if persona is None:
        return
    key, typed = f"edit.{segment}", st.session_state
    after = editing.edited(
        persona,
        study.evidence,
        language(),
        name=typed[f"{key}.name"],
        tagline=typed[f"{key}.tagline"],
        sections={
            section: [typed[f"{key}.{section}.{number}"] for number in range(len(getattr(persona, section)) + 1)]
            for section in SECTIONS
        },
    )
    typed[key] = False
    if after != persona:
        view.set_undo(study.personas)
        state.replace_study(study.having(personas=editing.replaced(study.personas, after)))

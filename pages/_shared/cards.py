"""Cards: a segment as a person on one card: its facts drawn, and what matters most in a sentence each."""

import streamlit as st

from pages._shared import audits, portraits, sections, segmentedits, view
from pages._shared import evidence as shown
from pages._shared.look import chip
from pages._shared.words import plain, t
from segment_core.artifacts import Evidence, Persona, Segment
from segment_core.study import Study

ON_CARD = ("needs", "frustrations", "objections", "tone")
"""Sections of which a card shows the first sentence."""


def draw(study: Study, evidence: Evidence, persona: Persona, number: int, segment: Segment) -> None:
    """Draw a persona's card."""
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            st.subheader(f"{chip(number)} {plain(persona.name)}", width="stretch")
            segmentedits.badge(persona.segment, "persona")
            st.button(
                t("Open"),
                icon=":material/open_in_full:",
                type="tertiary",
                help=t("All of it: every section, to read, edit or write again."),
                key=f"open.{persona.segment}",
                on_click=view.open_persona,
                args=(persona.segment,),
            )
        st.caption(size(study, segment))
        audits.warn_of(persona.segment)
    with st.container(gap="xsmall"):
        st.markdown(shown.sentence(persona.tagline, evidence, marked=False))
        portraits.short(study, number)
    for section in ON_CARD:
        if persona.section(section):
            _first(study, evidence, persona, section)
    quoted = next((claim.quote for claim in persona.claims if claim.quote), "")
    quote = evidence.item(quoted) if quoted else None
    if quote is not None:
        shown.quote(quote)
    st.caption(authors(persona))


def size(study: Study, segment: Segment) -> str:
    """Say a segment's id, size and share."""
    share = f"{segment.size / len(study.customers):.1%}"
    return t("{id} · {n:,} customers · {share} of all", id=segment.id, n=segment.size, share=share)


def authors(persona: Persona) -> str:
    """Say who wrote a persona, as markdown."""
    by = {persona.name_author, *(claim.author for claim in persona.claims)}
    marks = [f"{shown.AUTHOR_ICONS[code]} {shown.author(code)}" for code in shown.AUTHOR_ICONS if code in by]
    mine = f" · {t('name by you')}" if persona.name_author == "analyst" and len(by) > 1 else ""
    return " \u2002 ".join(marks) + mine


def _first(study: Study, evidence: Evidence, persona: Persona, section: str) -> None:
    # What only leads to a quote says nothing on a card, where the quote is not shown.
    claims = persona.section(section)
    claim = next((one for one in claims if not one.quote), claims[0])
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{sections.title(section)}** {sections.badge(section)}", width="stretch")
            cited = shown.cited([claim], evidence)
            if cited:
                shown.chip(cited, study, f"chip.{persona.segment}.{section}", short=True)
        st.markdown(shown.sentence(claim, evidence, marked=False))

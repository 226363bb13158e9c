"""Part editing: the place where a part of a persona is edited, or where a model is about to write it again."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import editing, jobs, sections, segmentedits, state, view, writing
from pages._shared import evidence as shown
from pages._shared import history as past
from pages._shared.words import language, plain, t, tell
from segment_core.artifacts import Claim, Evidence, Persona
from segment_core.grounding import Problem


def place(persona: Persona, evidence: Evidence, part: str) -> bool:
    """Draw what is being done to a part, if anything; tell whether it is drawn instead of the part."""
    segment = persona.segment
    if view.part_open() == ("edit", segment, part):
        _form(persona, evidence, part)
        return True
    if view.part_open() == ("rewrite", segment, part):
        with st.container(border=True, key=f"asking.{segment}.{part}"):
            _ask(persona, evidence, part)
    return False


def problem(found: Problem) -> str:
    """Say in few words what the checker would object to."""
    return {
        "no-evidence": t("it rests on no evidence"),
        "digit": t("it has a figure that is not filled in from the evidence"),
        "spelled-number": t("it has a number in words"),
        "trait": t("it names age, family, income, gender, health, origin, belief or occupation"),
        "cause": t("it claims a cause"),
        "direction": t("it says more or less where the fact says otherwise"),
        "majority": t("it speaks of most customers, and no share says so"),
        "everybody": t("it speaks of everybody or nobody"),
        "promise": t("it promises something"),
        "quote-in-text": t("it repeats a customer's words"),
    }.get(found.code) or tell(found.message).rstrip(".。")


def _form(persona: Persona, evidence: Evidence, part: str) -> None:
    key = f"part.{persona.segment}.{part}"
    with st.container(gap="xsmall", key=f"form.{persona.segment}.{part}"):
        if part == "name":
            st.text_input(
                sections.title(part),
                value=persona.name,
                max_chars=60,
                help=t("A name that you give stays, also when all is written again."),
                key=f"{key}.0",
            )
            _objections(persona, evidence, part, Claim(""), f"{key}.0")
        else:
            _sentences(persona, evidence, part, key)
        with st.container(horizontal=True):
            st.button(
                t("Save"),
                type="primary",
                icon=":material/check:",
                key=f"{key}.save",
                on_click=_save,
                args=(persona.segment, part),
            )
            st.button(t("Cancel"), key=f"{key}.cancel", on_click=view.close_part)


def _sentences(persona: Persona, evidence: Evidence, part: str, key: str) -> None:
    found, spoken = editing.claims(persona, part), language()
    for number, claim in enumerate(found):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
            label = t("Sentence {n}", n=number + 1)
            _area(label, editing.typed(claim, evidence, spoken), f"{key}.{number}", t("This sentence will be removed."))
            if part != "tagline":
                st.button(
                    ":material/delete:",
                    type="tertiary",
                    help=t("Remove this sentence"),
                    key=f"{key}.{number}.remove",
                    on_click=_empty,
                    args=(f"{key}.{number}",),
                )
        _objections(persona, evidence, part, claim, f"{key}.{number}")
        quote = evidence.item(claim.quote) if claim.quote else None
        if quote is not None:
            shown.quote(quote)
    if part == "tagline":
        return
    for number in range(len(found), _n_boxes(key, len(found))):
        label = t("One more sentence")
        _area(label, "", f"{key}.{number}", label)
        _objections(persona, evidence, part, Claim(""), f"{key}.{number}")
    st.caption(t("Figures that you leave as they stand stay tied to the evidence."))


def _area(label: str, text: str, key: str, placeholder: str) -> None:
    st.text_area(
        label,
        value=text,
        height="content",
        max_chars=600,
        placeholder=placeholder,
        label_visibility="collapsed",
        key=key,
    )


def _objections(persona: Persona, evidence: Evidence, part: str, claim: Claim, key: str) -> None:
    """Tell, and not forbid, what the checker would say against what is typed."""
    text = st.session_state.get(key) or ""
    found = editing.problems(persona, part, claim, text, evidence=evidence, language=language())
    if found:
        said = "; ".join(dict.fromkeys(plain(problem(each)) for each in found))
        st.caption(
            f":orange[:material/info:] {t('A writer could not say this: {problems}.', problems=said)} "
            + t("You can: it is marked as yours.")
        )


def _n_boxes(key: str, n: int) -> int:
    """Count the boxes of a form: one stands empty after the last that is filled."""
    while (st.session_state.get(f"{key}.{n}") or "").strip():
        n += 1
    return n + 1


def _empty(key: str) -> None:
    st.session_state[key] = ""


def _texts(key: str) -> Sequence[str]:
    found: list[str] = []
    while f"{key}.{len(found)}" in st.session_state:
        found.append(st.session_state[f"{key}.{len(found)}"] or "")
    return found


def _save(segment: str, part: str) -> None:
    study = state.study()
    persona = study.personas.of(segment) if study is not None and study.personas is not None else None
    if study is None or study.personas is None or study.evidence is None or persona is None:
        return
    texts = _texts(f"part.{segment}.{part}")
    after = editing.edited(persona, part, texts, study.evidence, language()) if texts else persona
    view.close_part()
    if part == "name":
        if after != persona:
            segmentedits.rename(segment, after.name)  # one more edit in the ledger, whichever page it was said on
    elif after != persona:
        past.edit(study, editing.replaced(study.personas, after), segment)


def _ask(persona: Persona, evidence: Evidence, part: str) -> None:
    what = sections.title(part) if part else t("The whole persona")
    st.markdown(f"**{t('A language model is about to write: {part}', part=what)}**")
    if part and editing.by_analyst(persona, part):
        st.caption(t("What you wrote here yourself stays."))
    allowed = writing.may_go(evidence, (persona.segment,), part, key=f"personas.{persona.segment}.{part}")
    with st.container(horizontal=True):
        st.button(
            t("Send and write"),
            type="primary",
            icon=":material/outbound:",
            disabled=not allowed or jobs.busy(),
            key=f"send.{persona.segment}.{part}",
            on_click=writing.start,
            args=((persona.segment,), part),
        )
        st.button(t("Cancel"), key=f"send.{persona.segment}.{part}.cancel", on_click=view.close_part)

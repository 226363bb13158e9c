"""Privacy: what was masked in texts, whose names were looked for, and who may be contacted."""

import streamlit as st

from pages._shared import state
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Customers
from segment_core.exporting import contactable, has_permissions, withheld
from segment_core.privacy import Masked

MASK = "mask_texts"


def show(customers: Customers, masked: Masked | None) -> None:
    """Draw what was masked with examples, and whom one may contact; nothing where neither is a question."""
    texts, permissions = customers.named("text"), has_permissions(customers)
    if not texts and not permissions:
        return
    st.subheader(t("Personal data"))
    with st.container(border=True, gap="small", key="privacy"):
        if texts:
            _texts(masked)
            _names(customers)
        if permissions:
            _permissions(customers)


def _texts(masked: Masked | None) -> None:
    st.session_state[MASK] = state.plan().mask  # the plan can change elsewhere
    st.toggle(t("Mask personal data in texts"), key=MASK, on_change=_choose)
    if not state.plan().mask:
        st.markdown(
            f":orange[:material/warning:] {t('Texts stay as they were written, with all personal data in them.')}"
        )
        return
    counts = masked.counts if masked is not None else {}
    if masked is None or not counts:
        st.markdown(t("Nothing was found to mask."))
    else:
        kinds = " · ".join(f"{kind(code)}: {n:,}" for code, n in counts.items())
        st.markdown(f":material/visibility_off: **{t('Masked: {n:,}', n=sum(counts.values()))}** · {plain(kinds)}")
        with st.expander(t("What was masked"), key="masked_examples"):
            st.caption(t("A few of each kind. What stood there before is shown here only; it goes into no study."))
            _examples(masked)
    st.caption(
        t(
            "Best effort: what has check digits or a fixed form is found nearly always; phone numbers and street "
            "addresses often. Not found: names that stand in no name column, nicknames, misspelt names, and what only "
            "somebody who knows the person would recognise."
        )
    )


def _examples(masked: Masked) -> None:
    """Show snippets in a table, where a text is only ever a text."""
    st.dataframe(
        [
            {t("Kind"): kind(example.kind), t("Before"): example.before, t("After"): example.after}
            for example in masked.examples
        ],
        hide_index=True,
        key="masked_before_after",
        height="content" if len(masked.examples) < 8 else 300,
        alt=t("Texts before and after masking"),
    )


def _names(customers: Customers) -> None:
    names = customers.named("name")
    if names:
        listed = ", ".join(plain(name) for name in names)
        st.markdown(
            f":material/badge: {t('People in these columns are masked in all texts: {names}', names=listed)}"
            if state.plan().mask
            else f":material/badge: {t('Columns with names of people: {names}', names=listed)}"
        )
    else:
        st.markdown(f":material/badge: {t('No column is marked as names of people, so none are masked.')}")
    st.caption(t("To have other people's names masked too, give their column the role “Person's name” below."))


def _permissions(customers: Customers) -> None:
    columns = ", ".join(plain(name) for name in customers.named("consent", "suppression"))
    n = int(contactable(customers).sum())
    st.markdown(f":material/shield_person: {t('Who may be contacted is told by: {names}', names=columns)}")
    note = withheld(customers)
    sentence = t("May be contacted: {n:,} of {total:,}.", n=n, total=len(customers))
    left = "" if note is None else f" {plain(tell(note.message))}"
    st.caption(f"{sentence}{left} {t('Exports leave the others out unless you ask for everybody.')}")


def kind(code: str) -> str:
    """Name a kind of personal data."""
    return {
        "EMAIL": t("E-mail address"),
        "PHONE": t("Phone number"),
        "CARD": t("Card number"),
        "IBAN": t("Bank account"),
        "ID": t("National id"),
        "IP": t("IP address"),
        "ADDRESS": t("Street address"),
        "NAME": t("Person's name"),
        "CUSTOMER": t("Customer id"),
    }.get(code, code)


def _choose() -> None:
    state.change_plan(mask=bool(st.session_state[MASK]))

"""Consent: who may not be contacted stays out of what is downloaded, unless the analyst asks for everybody."""

import streamlit as st

from pages._shared.words import plain, t, tell
from segment_core.artifacts import Note
from segment_core.exporting import has_permissions
from segment_core.study import Study


def ask(study: Study, withheld: Note | None) -> bool:
    """Ask whether everybody goes into the file, and say who stays out; return whether everybody does."""
    if not has_permissions(study.customers):
        return False
    everybody = st.toggle(
        t("Include customers who may not be contacted"),
        help=t("For analysis only: a column “contactable” says yes or no."),
        key="export_everybody",
        persist_state="session",
    )
    if withheld is None:
        st.caption(f":material/verified_user: {t('All of these customers may be contacted.')}")
    elif everybody:
        sentence = t("Not to be contacted, but in the file: {n:,}", n=withheld.count)
        st.caption(f":orange[:material/warning:] {sentence}")
    else:
        tell_withheld(withheld)
    return bool(everybody)


def tell_withheld(withheld: Note | None) -> None:
    """Say how many customers stay out of a file, and why; nothing where all go in."""
    if withheld is not None:
        st.caption(f":material/shield_person: {plain(tell(withheld.message))}")


def left_out(withheld: Note | None) -> str | None:
    """Say for a button's help how many customers stay out of its file."""
    return None if withheld is None else plain(tell(withheld.message))

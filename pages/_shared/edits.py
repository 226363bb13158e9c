"""Edits: say something about segments or customers, take it back, say it again, and have it done."""

from typing import Any

import streamlit as st

from pages._shared import cachededits, jobs, state, view
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Edit
from segment_core.artifacts.edits import EditKind
from segment_core.errors import SegmentError
from segment_core.feedback import Violation, to_redo, to_undo, waiting
from segment_core.improving.recording import recorded, said_again, taken_back
from segment_core.study import Study

APPLY = "segment_core.improving.applying:apply"
AT_ONCE = ("merge", "split", "delete")
"""Edits that are done as soon as they are said, because what is on the page would be another thing afterwards."""
MOST_NAMED = 6


def author() -> str:
    """Return who is at work, where the app knows: whoever signed in."""
    return str(st.user.get("name") or st.user.get("email") or "")


def record(what: EditKind, said: str, *, icon: str = ":material/edit_note:", **parts: Any) -> bool:
    """Keep one more edit and say so; segments that are another thing after it are made anew. Tell whether it is kept.

    Call it in a callback.
    """
    study = state.study()
    if study is None:
        return False
    try:
        made = recorded(study, what, author=author(), **parts)
    except SegmentError as error:
        st.toast(plain(tell(error.message)), icon=":material/error:")
        return False
    state.replace_study(made)
    view.set_before({"edits": study.edits}, said)
    st.toast(said, icon=icon)
    if what in AT_ONCE:
        apply()
    return True


def split(segment: str, parts: int, seed: int = 0) -> None:
    """Split a segment by its customers' features, in the worker."""
    asked = {"segment": segment, "parts": parts, "seed": seed, "author": author()}
    jobs.start(APPLY, {"study": state.study_id(), "split": asked})


def apply() -> None:
    """Have all edits replayed, unless something else is being made: they wait then."""
    if not jobs.busy():
        jobs.start(APPLY, {"study": state.study_id()})


def undo() -> None:
    """Take the latest edit back that counts."""
    study = state.study()
    if study is not None and (place := to_undo(study.edits)) is not None:
        _keep(study, taken_back(study, author()), place)
        st.toast(t("Taken back."), icon=":material/undo:")


def redo() -> None:
    """Say again what was taken back last."""
    study = state.study()
    if study is not None and (place := to_redo(study.edits)) is not None:
        _keep(study, said_again(study, author()), place)
        st.toast(t("Said again."), icon=":material/redo:")


def _keep(study: Study, made: Study, place: int) -> None:
    state.replace_study(made)
    view.forget_before()
    if place in waiting(made.edits, made.replay.n_edits if made.replay else 0):
        apply()


def back() -> None:
    """Offer to take the latest edit back, where there is one."""
    edit = cachededits.ledger().undo
    if edit is not None:
        st.button(
            t("Undo the last edit"),
            icon=":material/undo:",
            type="tertiary",
            help=plain(told(edit)),
            key="undo_last",
            disabled=jobs.busy(),
            on_click=undo,
        )


def line(study: Study) -> None:
    """Say how many edits wait to be applied, with the buttons that apply them and take the last one back."""
    found = cachededits.ledger()
    if not found.waiting:
        return
    n = len({id_ for place in found.waiting for id_ in study.edits[place].customers})
    with st.container(horizontal=True, vertical_alignment="center", key="edits_waiting"):
        said = t("Edits that wait: {edits}.", edits=len(found.waiting))
        if n:
            said = t("Edits that wait: {edits} ({n:,} customers).", edits=len(found.waiting), n=n)
        st.caption(said + " " + t("The segments stay as they are until you apply them."), width="stretch")
        st.button(
            t("Apply"),
            icon=":material/done_all:",
            type="primary",
            key="apply_edits",
            disabled=jobs.busy(),
            help=t("Makes the segments and all that is said of them anew; features and map stay."),
            on_click=apply,
        )
        st.button(
            t("Undo the last"),
            icon=":material/undo:",
            type="tertiary",
            key="undo_edit",
            disabled=jobs.busy(),
            on_click=undo,
        )


def violations(study: Study) -> None:
    """Show every link that the segments do not heed."""
    found = cachededits.ledger().violated
    if not found or study.clustering is None:
        return
    ids = [segment.id for segment in study.clustering.segments]
    said = [f"- {violation(one, ids)}" for one in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        said.append(f"- {t('and {n} more, on the Improve page', n=len(found) - MOST_NAMED)}")
    st.warning("\n".join(said), title=t("Links that are not heeded: {n}", n=len(found)), icon=":material/link_off:")


def violation(found: Violation, ids: list[str]) -> str:
    """Say which customers are in which segments though they should not be, as markdown."""
    groups = [f"{ids[label]}: {_listed(customers)}" for label, customers in found.customers]
    if found.edit.what == "together":
        return t("To be together, and are not: {groups}", groups=" · ".join(groups))
    return t("To be apart, and are not: {groups}", groups=" · ".join(groups))


def _listed(customers: tuple[str, ...]) -> str:
    named = ", ".join(plain(id_) for id_ in customers[:MOST_NAMED])
    more = len(customers) - MOST_NAMED
    return t("{names} and {n:,} more", names=named, n=more) if more > 0 else named


def told(edit: Edit) -> str:
    """Say in a few words what an edit says, in the ids of its own run."""
    n, segment, others = len(edit.customers), edit.segment, ", ".join(edit.others)
    return {
        "move": lambda: t("Move {n:,} customers to {segment}", n=n, segment=segment),
        "merge": lambda: t("Merge {others} into {segment}", others=others, segment=segment),
        "split": lambda: (
            t("Split {n:,} customers off {segment}", n=n, segment=segment)
            if segment
            else t("Make {n:,} customers a segment", n=n)
        ),
        "delete": lambda: t("Give the customers of {segment} to its neighbours", segment=segment),
        "rename": lambda: t("Call {segment} “{name}”", segment=segment, name=edit.value),
        "recolour": lambda: t("Give {segment} colour {n}", segment=segment, n=int(edit.value or 0) + 1),
        "together": lambda: t("Keep {n:,} customers together", n=n),
        "apart": lambda: t("Keep {n:,} customers apart", n=n),
        "verdict": lambda: (
            t("The persona of {segment}: {verdict}", segment=segment, verdict=verdict(edit.value))
            if edit.part == "persona"
            else t("{segment}: {verdict}", segment=segment, verdict=verdict(edit.value))
        ),
        "undo": lambda: t("Undo"),
        "redo": lambda: t("Redo"),
    }[edit.what]()


def verdict(code: str) -> str:
    """Say a verdict in words."""
    return {"good": t("Useful"), "unsure": t("Unsure"), "bad": t("Not useful")}.get(code, code)

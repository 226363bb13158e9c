"""Edits: say something about segments or customers, take it back, say it again, and have it done."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages._shared import cached, cachededits, drawn, jobs, state, view
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Edit
from segment_core.artifacts.edits import EditKind
from segment_core.errors import DataError, SegmentError
from segment_core.feedback import SHAPING, Violation, to_redo, to_undo, waiting
from segment_core.improving.recording import BY_FEATURES, FROM_ANSWERS, recorded, said_again, taken_back
from segment_core.store import Overtaken, default_folder
from segment_core.study import Study

AT_ONCE = ("merge", "split", "delete")
"""Edits that are done as soon as they are said, because what is on the page would be another thing afterwards."""
MOST_NAMED = 6
TRIES = 5
"""How often a change is made again on what somebody else has kept in the very moment."""


def author() -> str:
    """Return who is at work, where the app knows: whoever signed in."""
    return str(st.user.get("name") or st.user.get("email") or "")


def record(what: EditKind, said: str, *, icon: str = ":material/edit_note:", **parts: Any) -> bool:
    """Keep one more edit and say so; segments that are another thing after it are made anew. Tell whether it is kept.

    Call it in a callback: what is said is about the segments on the page, and refused once these are others.
    """

    def one_more(study: Study) -> Study | None:
        return recorded(study, what, author=author(), **parts) if drawn.same_segments(study) else _others()

    try:
        made = change(one_more)
    except SegmentError as error:
        st.toast(plain(tell(error.message)), icon=":material/error:")
        return False
    if made is None:
        return False
    view.set_before({"edits": made.edits[:-1]}, said)
    st.toast(said, icon=icon)
    if what in AT_ONCE:
        apply()
    return True


def change(how: Callable[[Study], Study | None]) -> Study | None:
    """Keep the open study as changed, or nothing where that is None; what another session keeps meanwhile stays."""
    for _ in range(TRIES):
        entry, study = state.study_entry(), state.study()
        made = how(study) if entry is not None and study is not None else None
        if entry is None or made is None:
            return None
        try:
            version = state.workspace().save_study(entry.id, made, summary=entry.summary, after=entry.version)
        except Overtaken:
            continue
        cached.remember_study(str(default_folder()), entry.id, version, made)
        drawn.remember(made)
        return made
    raise DataError("The study was changed meanwhile, in another window or by a run. Try again.")


def _others() -> None:
    st.toast(
        t("The segments were made anew meanwhile, in another window or by a run. Look at them first."),
        icon=":material/error:",
    )


def split(segment: str, parts: int, seed: int = 0) -> bool:
    """Split a segment by its customers' features, in the worker; tell whether that was started."""
    study = state.study()
    if study is None or not drawn.same_segments(study):
        _others()
        return False
    asked = {"segment": segment, "parts": parts, "seed": seed, "author": author()}
    jobs.start(jobs.APPLY, {"study": state.study_id(), "split": asked})
    return True


def apply() -> None:
    """Have all edits replayed, unless something else is being made: they wait then."""
    if not jobs.busy():
        jobs.start(jobs.APPLY, {"study": state.study_id()})


def undo() -> None:
    """Take the latest edit back that counts, if it is the one that the page shows."""
    _again(taken_back, to_undo, t("Taken back."), ":material/undo:")


def redo() -> None:
    """Say again what was taken back last."""
    _again(said_again, to_redo, t("Said again."), ":material/redo:")


def _again(how: Callable[[Study, str], Study], what: Callable[..., tuple[int, ...]], said: str, icon: str) -> None:
    places: tuple[int, ...] = ()

    def done(study: Study) -> Study | None:
        nonlocal places
        if not drawn.same_edits(study):
            st.toast(
                t("Somebody edited these segments meanwhile, perhaps in another window. Look at the list first."),
                icon=":material/error:",
            )
            return None
        places = what(study.edits)
        return how(study, author()) if places else None

    try:
        made = change(done)
    except SegmentError as error:
        st.toast(plain(tell(error.message)), icon=":material/error:")
        return
    if made is None:
        return
    view.forget_before()
    if set(places) & set(waiting(made.edits, made.replay.n_edits if made.replay else 0)):
        apply()
    st.toast(said, icon=icon)


def back() -> None:
    """Offer to take the latest edit back, where there is one."""
    found = cachededits.ledger().undo
    if found:
        st.button(
            t("Undo the last edit"),
            icon=":material/undo:",
            type="tertiary",
            help=plain(told_all(found)),
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
            help=plain(told_all(found.undo)),
            key="undo_edit",
            disabled=jobs.busy() or not found.undo,
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


def told_all(edits: Sequence[Edit]) -> str:
    """Say what edits say that go in one go: the first of them, and how many more; "" where there are none."""
    if len(edits) < 2:
        return told(edits[0]) if edits else ""
    return t("{edit}, and what came with it: {n}", edit=told(edits[0]), n=len(edits) - 1)


def told(edit: Edit) -> str:
    """Say in a few words what an edit says, in the ids of its own run, and what it came of."""
    return f"{_told(edit)} ({_source(edit)})" if edit.what in SHAPING and edit.value else _told(edit)


def _source(edit: Edit) -> str:
    kind, _, n = edit.value.partition(", ")
    if kind == FROM_ANSWERS and n.isdecimal():
        return t("learned from {n} answers", n=int(n))
    return t("by their features") if kind == BY_FEATURES and n.isdecimal() else edit.value


def _told(edit: Edit) -> str:
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

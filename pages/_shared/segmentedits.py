"""Segment edits: what an analyst can say of one segment: its name, another way to cut it, its colour, a verdict."""

from collections.abc import Callable

import streamlit as st

from pages._shared import cachededits, conditions, edits, jobs, state, view
from pages._shared.look import look, names, swatch
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering
from segment_core.feedback import VERDICTS
from segment_core.improving.applying import FEWEST, MOST
from segment_core.improving.colouring import PLACES
from segment_core.improving.recording import LONGEST_NAME
from segment_core.labelling import apply_rule
from segment_core.study import Study

RULE = "split_rule"
ICONS = {"good": ":material/thumb_up:", "unsure": ":material/help:", "bad": ":material/thumb_down:"}
COLOURS = {"good": "green", "unsure": "orange", "bad": "red"}


def button(segment: str, place: str) -> None:
    """Draw the button that opens and closes what can be said of a segment."""
    st.button(
        t("Edit"),
        icon=":material/edit:",
        type="tertiary",
        help=t("Name it, merge it, split it, delete it, give it another colour, or say what you think of it."),
        key=f"{place}.{segment}",
        on_click=view.edit_segment,
        args=(place, segment),
    )


def badge(segment: str, part: str = "") -> None:
    """Draw the verdict that counts on a segment, or on its persona, if there is one."""
    code = dict(cachededits.ledger().verdicts).get((segment, part))
    if code is not None:
        st.badge(edits.verdict(code), icon=ICONS[code], color=COLOURS[code], help=t("What you said of it."))


def panel(study: Study, clustering: Clustering, number: int, place: str) -> None:
    """Draw what can be said of a segment, where it is open there."""
    segment = clustering.segments[number].id
    if view.edited() != (place, segment):
        return
    parts: dict[str, tuple[str, Callable[[], None]]] = {
        "name": (t("Name"), lambda: _name(study, number, segment)),
        "merge": (t("Merge"), lambda: _merge(study, clustering, number)),
        "split": (t("Split"), lambda: _split(study, clustering, number)),
        "delete": (t("Delete"), lambda: _delete(study, clustering, number)),
        "colour": (t("Colour"), lambda: _colour(number, segment)),
        "verdict": (t("Verdict"), lambda: verdict(segment)),
    }
    with st.container(border=True, gap="small", key=f"edit_panel.{place}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            part = st.segmented_control(
                t("Edit"),
                list(parts),
                default="name",
                required=True,
                format_func=lambda code: parts[code][0],
                key=f"edit_what.{segment}",
                label_visibility="collapsed",
                width="stretch",
            )
            st.button(
                "",
                icon=":material/close:",
                type="tertiary",
                help=t("Close"),
                key="edit_close",
                on_click=view.edit_segment,
                args=("", ""),
            )
        parts[part or "name"][1]()


def _name(study: Study, number: int, segment: str) -> None:
    persona = study.personas.of(segment) if study.personas else None
    start = persona.name if persona else ""
    key = f"edit_name.{segment}.{number}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(t("Name"), value=start, max_chars=LONGEST_NAME, key=key)
        _act(
            t("Save the name"),
            ":material/check:",
            "edit_name_save",
            disabled=not name.strip() or name.strip() == start or persona is None,
            action=lambda: rename(segment, st.session_state[key] or ""),
        )
    st.caption(t("A name that you give stays with its segment, also when segments are found anew."))


def rename(segment: str, name: str) -> bool:
    """Give a segment a name, in a callback; tell whether it was kept."""
    return edits.record("rename", t("{name} was named.", name=plain(name)), segment=segment, value=name)


def _merge(study: Study, clustering: Clustering, number: int) -> None:
    titles, ids = _titles(study, clustering), [segment.id for segment in clustering.segments]
    others = [id_ for id_ in ids if id_ != ids[number]]
    chosen = st.multiselect(
        t("Segments to put into this one"),
        others,
        format_func=lambda id_: titles[id_],
        placeholder=t("Choose segments"),
        max_selections=max(1, len(ids) - 2),
        key=f"edit_merge.{ids[number]}",
    )
    if len(ids) < 3:
        st.caption(t("Two segments at least are left, so these cannot be merged."))
    said = t("Merged: {names}", names=", ".join(plain(titles[id_]) for id_ in (ids[number], *chosen)))
    _act(
        t("Merge"),
        ":material/merge:",
        "edit_merge_do",
        disabled=not chosen or len(ids) < 3,
        action=lambda: edits.record("merge", said, segment=ids[number], others=tuple(chosen)),
    )
    _takes()


def _split(study: Study, clustering: Clustering, number: int) -> None:
    segment = clustering.segments[number]
    how = st.segmented_control(
        t("How to split"),
        ["features", "rule"],
        default="features",
        required=True,
        format_func=lambda code: {"features": t("By their features"), "rule": t("By a rule")}[code],
        key=f"edit_split_how.{segment.id}",
    )
    if how == "features":
        parts = st.slider(t("Parts"), FEWEST, MOST, FEWEST, key=f"edit_parts.{segment.id}")
        st.caption(t("Its customers alone are cut again, by K-Means; the largest part stays this segment."))
        key, ready = "edit_split_do", segment.size > parts
        if not ready:
            st.caption(t("Too few customers for so many parts: {n:,}.", n=segment.size))
        _act(
            t("Split"),
            ":material/call_split:",
            key,
            disabled=not ready,
            action=lambda: edits.split(segment.id, parts, study.plan.seed),
        )
    else:
        _by_rule(study, clustering, number)
    st.caption(t("To split off customers whom you draw round on the map, select them there."))


def _by_rule(study: Study, clustering: Clustering, number: int) -> None:
    segment = clustering.segments[number]
    if not view.rows_of(RULE):
        view.add_row(RULE)
    asked, complete = conditions.ask(study, RULE)
    st.button(t("One more condition"), icon=":material/add:", type="tertiary", key="edit_rule_more",
              on_click=view.add_row, args=(RULE,))  # fmt: skip
    ids: tuple[str, ...] = ()
    if asked and complete:
        met = apply_rule(study.customers, asked, clustering.ids) & (clustering.labels == number)
        ids = tuple(study.customers.frame.index[met].astype(str))
        st.caption(t("{n:,} of {total:,} customers meet it.", n=len(ids), total=segment.size))
    said = t("Split off: {n:,} customers", n=len(ids))
    rule = conditions.told(study, asked)[:200] if asked else ""
    _act(
        t("Split them off"),
        ":material/call_split:",
        "edit_split_do",
        disabled=not 0 < len(ids) < segment.size,
        action=lambda: edits.record("split", said, customers=ids, segment=segment.id, value=rule),
    )


def _delete(study: Study, clustering: Clustering, number: int) -> None:
    segment = clustering.segments[number]
    st.markdown(
        t(
            "Each of its {n:,} customers goes to the segment that is nearest. Nobody is lost, and it can be undone.",
            n=segment.size,
        )
    )
    if clustering.n_segments < 3:
        st.caption(t("Two segments at least are left, so it cannot be deleted."))
    said = t("Deleted: {name}", name=plain(names(study)[number]))
    _act(
        t("Delete this segment"),
        ":material/delete:",
        "edit_delete_do",
        disabled=clustering.n_segments < 3,
        action=lambda: edits.record("delete", said, segment=segment.id),
    )
    _takes()


def _colour(number: int, segment: str) -> None:
    now = look().place(number)
    chosen = st.segmented_control(
        t("Colour"),
        list(range(PLACES)),
        default=now if now < PLACES else None,
        format_func=swatch,
        key=f"edit_colour.{segment}.{now}",
        label_visibility="collapsed",
    )
    said = t("The colour was changed.")
    _act(
        t("Give it this colour"),
        ":material/palette:",
        "edit_colour_do",
        disabled=chosen is None or chosen == now,
        action=lambda: edits.record("recolour", said, segment=segment, value=str(chosen)),
    )
    st.caption(t("A segment that has this colour gets the one that this segment has now."))


def verdict(segment: str, part: str = "") -> None:
    """Ask for a verdict on a segment or, with `part` "persona", on its persona."""
    now = dict(cachededits.ledger().verdicts).get((segment, part))
    key = f"edit_verdict.{segment}.{part}.{now}"
    st.segmented_control(
        t("Verdict"),
        list(VERDICTS),
        default=now,
        format_func=lambda code: f"{ICONS[code]} {edits.verdict(code)}",
        key=key,
        label_visibility="collapsed",
        on_change=_judge,
        args=(segment, part, key),
    )


def _judge(segment: str, part: str, key: str) -> None:
    code = st.session_state.get(key)
    if code:
        edits.record("verdict", t("Verdict kept: {verdict}", verdict=edits.verdict(code)), segment=segment, value=code,
                     part=part)  # fmt: skip


def _titles(study: Study, clustering: Clustering) -> dict[str, str]:
    return {
        segment.id: f"{name} ({segment.id})" if name != segment.id else name
        for segment, name in zip(clustering.segments, names(study), strict=True)
    }


def _takes() -> None:
    st.caption(t("Segments, metrics, evidence and personas are made anew at once; features and map stay."))


def _act(label: str, icon: str, key: str, *, disabled: bool, action: Callable[[], object]) -> None:
    """Draw the button that does it; it waits while something else is being made, or edits wait to be applied."""
    waits = any(edit.what in edits.AT_ONCE for edit in _waiting()) and key.split("_")[1] in edits.AT_ONCE
    st.button(
        label,
        icon=icon,
        type="primary",
        key=key,
        disabled=disabled or waits or jobs.busy(),
        help=t("Apply or undo first what waits.") if waits else None,
        on_click=_done,
        args=(action,),
    )


def _waiting() -> list:
    study = state.study()
    return [study.edits[place] for place in cachededits.ledger().waiting] if study else []


def _done(action: Callable[[], object]) -> None:
    if action() is not False:
        view.edit_segment("", "")

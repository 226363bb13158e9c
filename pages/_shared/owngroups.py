"""Own groups: the analyst's custom segments beside the map: kept, seen on it, renamed, deleted."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages._shared import keeping, state, view
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Group, Query
from segment_core.errors import OptionError
from segment_core.labelling import tidy, with_group
from segment_core.study import Study


def listed(study: Study) -> None:
    """List the custom segments with their sizes; a click selects one on the map."""
    if not study.groups:
        return
    st.markdown(f"**{t('Custom segments')}**")
    for number, group in enumerate(study.groups):
        n, here = len(group.customers), int(view.among(study.customers.frame.index, group.customers).sum())
        name = plain(group.name)
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"group.{number}"
        ):
            st.button(
                t("{name} · {n:,} customers", name=name, n=n)
                if here == n
                else t("{name} · {here:,} of its {n:,} customers are here", name=name, here=here, n=n),
                icon=":material/bookmark:",
                type="tertiary",
                help=t("Select them on the map"),
                disabled=not here,
                key=f"group_show.{number}",
                on_click=view.select,
                args=(group.customers,),
            )
            with st.popover(
                "", icon=":material/edit:", key=_place(number), help=t("Rename or delete"), on_change="rerun"
            ):
                st.text_input(t("New name"), value=group.name, key=f"group_new.{number}.{group.name}")
                st.button(t("Rename"), key=f"group_rename.{number}", on_click=_rename, args=(number, group))
                st.button(
                    t("Delete"),
                    icon=":material/delete:",
                    key=f"group_delete.{number}",
                    on_click=_delete,
                    args=(number, group),
                )


def _place(number: int) -> str:
    return f"group_edit.{number}"


def _close(number: int) -> None:
    """Close the box of a custom segment: left open, it would be the next one's, a click away from deleting that."""
    st.session_state[_place(number)] = False


def _rename(number: int, group: Group) -> None:
    if rename(group.name, st.session_state.get(f"group_new.{number}.{group.name}") or ""):
        _close(number)


def _delete(number: int, group: Group) -> None:
    delete(group.name)
    _close(number)


def save(name: str, ids: Sequence[str], query: Query | None = None) -> bool:
    """Keep customers under a name, in place of those it held; tell why, and return False, where that cannot be."""
    study = state.study()
    if study is None:
        return False
    try:
        groups = with_group(study.groups, name, ids, query)
    except OptionError as error:
        st.toast(tell(error.message), icon=":material/error:")
        return False
    said = t("Custom segment kept: “{name}” ({n:,} customers)", name=plain(tidy(name)), n=len(set(ids)))
    keeping.keep(study, said, icon=":material/bookmark_added:", groups=groups)
    return True


def rename(name: str, new: str) -> bool:
    """Give a custom segment another name; tell why, and return False, where that cannot be."""
    study = state.study()
    if study is None:
        return False
    try:
        clean = tidy(new)
        if clean != name and any(other.name == clean for other in study.groups):
            raise OptionError("There is a custom segment {name} already; choose another name.", name=clean)
    except OptionError as error:
        st.toast(tell(error.message), icon=":material/error:")
        return False
    groups = tuple(replace(other, name=clean) if other.name == name else other for other in study.groups)
    said = t("Custom segment renamed to “{name}”", name=plain(clean))
    keeping.keep(study, said, icon=":material/edit:", groups=groups)
    return True


def delete(name: str) -> None:
    """Forget a custom segment; its customers stay where they are."""
    study = state.study()
    if study is None:
        return
    groups = tuple(other for other in study.groups if other.name != name)
    said = t("Custom segment deleted: “{name}”", name=plain(name))
    keeping.keep(study, said, icon=":material/delete:", groups=groups)

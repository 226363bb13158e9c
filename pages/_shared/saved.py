"""Saved: searches that were kept as custom segments or as rules of a label; they can be asked again."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import asking, conditions, found, marking, owngroups, state
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Condition, Group, Query, Rule
from segment_core.errors import OptionError
from segment_core.labelling import tidy, with_rule
from segment_core.searching import Found
from segment_core.study import Study

NAME, PLACE = "search_name", "search_save"


def button(study: Study, query: Query, people: Found) -> None:
    """Draw the button that keeps a search: its customers as a custom segment, or what was asked as a label's rule."""
    with st.popover(t("Save search"), icon=":material/bookmark_add:", disabled=not people.ids, key=PLACE):
        st.text_input(t("Name of the custom segment"), key=NAME)
        taken = any(group.name == " ".join(str(st.session_state.get(NAME) or "").split()) for group in study.groups)
        if taken:
            st.caption(t("There is one of this name; it will hold these customers instead."))
        st.button(
            t("Save {n:,} customers as a custom segment", n=len(people.ids)),
            type="primary",
            key="search_save_group",
            on_click=_save,
            args=(query, people.ids),
        )
        _as_rule(study, query)


def draw(study: Study) -> None:
    """List the saved searches with what can be done with them."""
    kept = [group for group in study.groups if group.query is not None]
    if not kept:
        return
    st.markdown(f"**{t('Saved searches')}**")
    for place, group in enumerate(kept):
        with st.container(horizontal=True, vertical_alignment="center", key=f"saved.{place}"):
            assert group.query is not None
            told = plain(asked(study, group.query))
            st.markdown(f"**{plain(group.name)}** · {len(group.customers):,} · :gray[{told}]", width="stretch")
            st.button(
                t("Ask again"), icon=":material/replay:", key=f"saved_again.{place}", on_click=_again, args=(group,)
            )
            _change(group, place)
    _compared(kept)


def asked(study: Study, query: Query) -> str:
    """Say in words what was asked."""
    parts = [t("words “{words}”", words=query.words)] if query.words else []
    if query.meaning:
        parts.append(t("meaning “{meaning}”", meaning=query.meaning))
    if query.conditions:
        parts.append(conditions.told(study, query.conditions))
    return t(" and ").join(parts)


def _as_rule(study: Study, query: Query) -> None:
    version = state.study_version()
    said = found.conditions(*version, query) if version else None
    if said is None:
        st.caption(
            t("It cannot become a rule: a rule asks columns, and this asks for a meaning, or for words in any column.")
        )
        return
    with st.expander(t("Or keep it as a rule of a label"), icon=":material/rule:", key="search_rule"):
        st.caption(t("A rule labels everybody who meets it, also after the next run."))
        name, label = marking.ask(study, "search_rule")
        st.button(
            t("Add the rule"),
            disabled=not (name and label),
            key="search_rule_keep",
            on_click=_add_rule,
            args=(name, label, said),
        )


def _save(query: Query, ids: Sequence[str]) -> None:
    if owngroups.save(str(st.session_state.get(NAME) or ""), ids, query):
        st.session_state[NAME] = ""


def _add_rule(name: str, label: str, said: tuple[Condition, ...]) -> None:
    study = state.study()
    if study is None:
        return
    segments = study.clustering.ids if study.clustering else ()
    try:
        change = t("Rule added for “{label}”", label=plain(tidy(label)))
        rule = Rule(tidy(label), said)
        marking.put(tidy(name), lambda column: with_rule(column, rule, study.customers, segments), change)
    except OptionError as error:
        st.toast(tell(error.message), icon=":material/error:")


def _again(group: Group) -> None:
    from pages._shared import search  # which draws this

    study = state.study()
    if study is not None and group.query is not None:
        search.again(study, group.query)


def _change(group: Group, place: int) -> None:
    with st.popover(t("Rename or delete"), icon=":material/edit:", key=f"saved_manage.{place}"):
        new = st.text_input(t("New name"), value=group.name, key=f"saved_new.{place}.{group.name}")
        st.button(t("Rename"), key=f"saved_rename.{place}", on_click=owngroups.rename, args=(group.name, new))
        st.button(
            t("Delete"),
            icon=":material/delete:",
            key=f"saved_delete.{place}",
            on_click=owngroups.delete,
            args=(group.name,),
        )


def _compared(kept: Sequence[Group]) -> None:
    """Where the present search is a saved one that finds others by now, say so and offer to keep them."""
    version, query = state.study_version(), asking.query()
    group = next((group for group in kept if group.query == query), None)
    if version is None or query is None or group is None or asking.wrong():
        return
    people = found.customers(*version, query)
    if people is None or set(people.ids) == set(group.customers):
        return
    more, fewer = len(set(people.ids) - set(group.customers)), len(set(group.customers) - set(people.ids))
    with st.container(horizontal=True, vertical_alignment="center", key="saved_differs"):
        st.markdown(
            ":material/difference: "
            + t(
                "“{name}” was saved with other customers: {more:,} are new, {fewer:,} are no longer found.",
                name=plain(group.name),
                more=more,
                fewer=fewer,
            ),
            width="content",
        )
        st.button(
            t("Take those found now"),
            disabled=not people.ids,
            key="saved_update",
            on_click=owngroups.save,
            args=(group.name, people.ids, query),
        )

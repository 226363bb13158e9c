"""Marking: give customers a label by hand, from wherever they were picked; every change can be taken back."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages._shared import state, view
from pages._shared.words import plain, t, tell
from segment_core.artifacts import LabelColumn
from segment_core.errors import OptionError
from segment_core.labelling import assign, clear, tidy
from segment_core.labelling import labels as labels_of
from segment_core.study import Study


def button(study: Study, ids: Sequence[str], key: str) -> None:
    """Draw the button that opens the choice of a label for these customers."""
    place = f"label.{key}"
    with st.popover(t("Label"), icon=":material/label:", disabled=not ids, key=place, on_change="rerun"):
        name, label = ask(study, key)
        n = len(ids)
        st.button(
            t("Label {n:,} customers", n=n),
            type="primary",
            disabled=not (name and label and ids),
            key=f"give.{key}",
            on_click=_give,
            args=(tuple(ids), name, label, place),
        )
        if any(column.name == name for column in study.labels):
            st.button(
                t("Take their label away"),
                disabled=not ids,
                help=t("They stay without a label, also where a rule would give them one."),
                key=f"take.{key}",
                on_click=_take,
                args=(tuple(ids), name, place),
            )


def ask(study: Study, key: str) -> tuple[str, str]:
    """Ask for a label column and a label; each may be chosen or typed anew. "" stands for none yet."""
    known = [column.name for column in study.labels]
    name = st.selectbox(
        t("Label column"),
        _offered(known, f"label_column.{key}"),
        index=0 if known else None,
        placeholder=t("Type a name, such as Value"),
        accept_new_options=True,
        key=f"label_column.{key}",
    )
    column = next((column for column in study.labels if column.name == name), LabelColumn(""))
    label = st.selectbox(
        t("Label to give"),
        _offered(labels_of(column), f"label_given.{key}"),
        index=None,
        placeholder=t("Type a label, such as VIP, or choose one"),
        accept_new_options=True,
        key=f"label_given.{key}",
    )
    return name or "", label or ""


def put(name: str, change: Callable[[LabelColumn], LabelColumn], said: str) -> None:
    """Keep a change of one label column, which is made if there is none of this name."""
    study = state.study()
    if study is None:
        return
    known = {column.name: column for column in study.labels}
    known[name] = change(known.get(name, LabelColumn(name)))
    keep(study, tuple(known.values()), said)


def keep(study: Study, labels: tuple[LabelColumn, ...], said: str) -> None:
    """Keep all label columns as changed, and remember how they were."""
    before = study.labels
    state.replace_study(study.having(labels=labels))
    view.set_labels_before(before, said)
    st.toast(said, icon=":material/label:")


def undo_line() -> None:
    """Say what was changed last, with a way back."""
    found = view.labels_before()
    if found is not None:
        with st.container(horizontal=True, vertical_alignment="center", key="labels_changed"):
            st.markdown(f":material/label: {found[1]}", width="content")
            st.button(t("Undo"), icon=":material/undo:", key="undo_labels", on_click=_undo)


def forget_names() -> None:
    """Offer afresh which column to label in: one was renamed or deleted, and its old name must not come back."""
    for key in ("selection", "customers", "rule", "twin", "search", "search_rule"):
        st.session_state.pop(f"label_column.{key}", None)


def _offered(known: Sequence[str], key: str) -> list[str]:
    """Offer what is known, and what was typed in this box."""
    typed = st.session_state.get(key)
    return [*known, *([typed] if typed and typed not in known else [])]


def _give(ids: tuple[str, ...], name: str, label: str, place: str) -> None:
    try:
        change = t("Customers labelled “{label}”: {n:,}", label=plain(tidy(label)), n=len(ids))
        put(tidy(name), lambda column: assign(column, ids, label), change)
    except OptionError as error:
        st.toast(tell(error.message), icon=":material/error:")
        return
    st.session_state[place] = False  # close the popover


def _take(ids: tuple[str, ...], name: str, place: str) -> None:
    change = t("Customers whose label was taken away: {n:,}", n=len(ids))
    put(name, lambda column: clear(column, ids), change)
    st.session_state[place] = False


def _undo() -> None:
    study, found = state.study(), view.labels_before()
    if study is not None and found is not None:
        state.replace_study(study.having(labels=found[0]))
        st.toast(t("Taken back."), icon=":material/undo:")
    view.forget_labels_before()

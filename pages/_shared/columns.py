"""Columns: the table of roles and bases, edited one by one or many at once, and what was set aside."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

import pandas as pd
import streamlit as st

from pages._shared import cached, glossary, marks, state
from pages._shared.aside import show_aside
from pages._shared.words import t, tell
from segment_core.artifacts import Basis, Column, Role
from segment_core.intake.bases import basis_as
from segment_core.intake.marks import is_mutable, is_sensitive
from segment_core.plan import Plan
from segment_core.store import Upload, default_folder

ROLES: tuple[Role, ...] = get_args(Role)
BASES: tuple[Basis, ...] = get_args(Basis)
MOST_ROWS = 11  # more would push what follows off the screen
HEIGHT = 420
SUGGESTED = {"sensitive": is_sensitive, "mutable": is_mutable}
MARKED = {"yes": True, "no": False}
KEEP = "keep"
"""The choice that leaves roles or bases as they are, when many columns are set at once."""


def edit_roles(upload: Upload, plan: Plan) -> None:
    """Draw the columns of the customers with their roles and bases; what is changed goes into the plan."""
    source = (str(default_folder()), upload.id, upload.name, plan)
    columns, facts = cached.suggestion(*source), cached.facts(*source)
    tools = st.container(horizontal=True, vertical_alignment="center")
    with tools:
        st.subheader(t("Columns"), width="content")
        _many_at_once(columns)
    show_aside(columns)
    key = f"roles_{upload.id[:12]}_{state.n_roles_set()}"
    _take_edits(columns, key)
    st.data_editor(
        _roles_table(columns, facts, cached.shapes(*source)),
        key=key,
        height="content" if len(columns) <= MOST_ROWS else HEIGHT,
        hide_index=True,
        disabled=["name", "shape", "missing", "distinct", "example", "reason"],
        column_config=_column_config(),
        alt=t("Columns of the file with their roles and bases"),
    )
    plan = state.plan()
    if plan.roles or plan.bases or plan.sensitive or plan.mutable:
        tools.button(t("Back to suggestions"), icon=":material/undo:", key="roles_reset", on_click=_reset)


def _as_chosen(column: Column) -> Column:
    """Return a column with the role and basis that the plan gives it."""
    plan = state.plan()
    role = plan.roles.get(column.name, column.role)
    return replace(column, role=role, basis=plan.bases.get(column.name, basis_as(column, role)[0]))


def _reset() -> None:
    state.set_roles({}, {})
    marks.change(sensitive={}, mutable={})


def _take_edits(columns: tuple[Column, ...], key: str) -> None:
    """Put into the plan what was edited in the table, before it is drawn afresh."""
    edited: Mapping[int, Mapping[str, Any]] = st.session_state.get(key, {}).get("edited_rows", {})
    roles, bases = dict(state.plan().roles), dict(state.plan().bases)
    for row, cells in edited.items():
        _set_one(columns[int(row)], cells.get("role", KEEP), cells.get("basis", KEEP), roles, bases)
    _take_marks(columns, edited)
    if (roles, bases) != (dict(state.plan().roles), dict(state.plan().bases)):
        state.change_plan(roles=roles, bases=bases)


def _take_marks(columns: tuple[Column, ...], edited: Mapping[int, Mapping[str, Any]]) -> None:
    """Put into the plan, and into the open study of this file, which columns are sensitive and which may change."""
    chosen = {"sensitive": state.plan().sensitive, "mutable": state.plan().mutable}
    for row, cells in edited.items():
        column = columns[int(row)]
        for name, told in SUGGESTED.items():
            if isinstance(cells.get(name), bool):
                chosen[name] = marks.with_mark(
                    chosen[name], column.name, suggested=told(_as_chosen(column)), marked=cells[name]
                )
    marks.change(**chosen)


def _set_one(column: Column, role: str, basis: str, roles: dict[str, Role], bases: dict[str, Basis]) -> None:
    """Note a role and a basis for a column; what was suggested anyway is no choice."""
    if role in ROLES:
        roles[column.name] = role
        if role == column.role:
            del roles[column.name]
    if basis in BASES:
        bases[column.name] = basis
    if bases.get(column.name) == basis_as(column, roles.get(column.name, column.role))[0]:
        del bases[column.name]


def _many_at_once(columns: tuple[Column, ...]) -> None:
    with st.popover(t("Set many at once"), icon=":material/checklist:", key="roles_many"):
        found = _found(columns)
        st.button(
            t("Choose these {n}", n=len(found)),
            key="many_find",
            disabled=not found,
            on_click=_choose,
            args=(found,),
        )
        names = st.multiselect(
            t("Columns"), [column.name for column in columns], placeholder=t("Choose columns"), key="many_names"
        )
        left, right = st.columns(2)
        role = left.selectbox(t("Role"), (KEEP, *ROLES), format_func=_role_or_keep, key="many_role")
        basis = right.selectbox(t("Basis"), (KEEP, *BASES), format_func=_basis_or_keep, key="many_basis")
        marked = {
            name: place.selectbox(title, (KEEP, *MARKED), format_func=_mark_or_keep, key=f"many_{name}")
            for name, place, title in (("sensitive", left, t("Sensitive")), ("mutable", right, t("May change")))
        }
        st.button(
            t("Set for {n} columns", n=len(names)),
            key="many_set",
            type="primary",
            disabled=not names or {role, basis, *marked.values()} == {KEEP},
            on_click=_set_many,
            args=(columns, tuple(names), role, basis, marked),
        )


def _found(columns: tuple[Column, ...]) -> list[str]:
    """Ask for a part of the name and a present role, and return the columns that have both; none if none is asked."""
    left, right = st.columns(2)
    part = left.text_input(t("Name contains"), key="many_search", placeholder=t("such as spend")).strip().lower()
    roles = state.plan().roles
    present = sorted({roles.get(column.name, column.role) for column in columns}, key=ROLES.index)
    role = right.selectbox(
        t("Present role"), present, index=None, format_func=glossary.role, key="many_present", placeholder=t("Any")
    )
    if not part and role is None:
        return []
    return [
        column.name
        for column in columns
        if part in column.name.lower() and role in (None, roles.get(column.name, column.role))
    ]


def _choose(names: list[str]) -> None:
    st.session_state["many_names"] = names


def _set_many(
    columns: tuple[Column, ...], names: tuple[str, ...], role: str, basis: str, marked: Mapping[str, str]
) -> None:
    roles, bases = dict(state.plan().roles), dict(state.plan().bases)
    for column in columns:
        if column.name in names:
            _set_one(column, role, basis, roles, bases)
    state.set_roles(roles, bases)
    cells = {mark: MARKED[choice] for mark, choice in marked.items() if choice in MARKED}
    _take_marks(columns, {row: cells for row, column in enumerate(columns) if column.name in names})


def _mark_or_keep(code: str) -> str:
    return {KEEP: t("As it is"), "yes": t("Yes"), "no": t("No")}[code]


def _role_or_keep(code: str) -> str:
    return t("As it is") if code == KEEP else glossary.role(code)


def _basis_or_keep(code: str) -> str:
    return t("As it is") if code == KEEP else glossary.basis(code)


def _roles_table(columns: tuple[Column, ...], facts: pd.DataFrame, shapes: list[list[int]]) -> pd.DataFrame:
    plan = state.plan()
    roles = [plan.roles.get(column.name, column.role) for column in columns]
    return pd.DataFrame(
        {
            "name": [column.name for column in columns],
            "role": roles,
            "basis": [
                plan.bases.get(column.name, basis_as(column, role)[0])
                for column, role in zip(columns, roles, strict=True)
            ],
            **{
                name: [getattr(plan, name).get(column.name, told(_as_chosen(column))) for column in columns]
                for name, told in SUGGESTED.items()
            },
            "shape": shapes,
            "missing": facts["missing"] * 100,
            "distinct": facts["distinct"],
            "example": facts["example"],
            "reason": [_reason(column) for column in columns],
        }
    )


def _reason(column: Column) -> str:
    plan = state.plan()
    role = plan.roles.get(column.name, column.role)
    _, why = basis_as(column, role)
    said = t("Chosen by you.") if column.name in plan.roles else tell(column.reason)
    basis = t("Basis chosen by you.") if column.name in plan.bases else tell(why) if why else ""
    return f"{said} {basis}".strip()


def _column_config() -> dict[str, Any]:
    config = st.column_config
    return {
        "name": config.TextColumn(t("Column"), pinned=True, width="medium"),
        "role": config.SelectboxColumn(t("Role"), options=ROLES, format_func=glossary.role, required=True, width=130),
        "basis": config.SelectboxColumn(
            t("Basis"),
            options=BASES,
            format_func=glossary.basis,
            required=True,
            width=120,
            help=t("Which of the four bases of segmentation it speaks for."),
        ),
        "sensitive": config.CheckboxColumn(
            t("Sensitive"),
            width=90,
            help=t("It should decide nothing about people: whether the segments follow it is audited, used or not."),
        ),
        "mutable": config.CheckboxColumn(
            t("May change"),
            width=100,
            help=t("A customer or a campaign can change it: a suggestion of what to do may speak of it."),
        ),
        "shape": config.BarChartColumn(
            t("Distribution"),
            y_min=0,
            width="small",
            help=t("How often numbers and dates from small to large, or the most common values, stand in the file."),
        ),
        "missing": config.NumberColumn(t("Missing"), format="%.0f%%", width="small"),
        "distinct": config.NumberColumn(t("Distinct"), format="localized", width="small"),
        "example": config.TextColumn(t("Example"), width="medium"),
        "reason": config.TextColumn(t("Reason"), width="large"),
    }

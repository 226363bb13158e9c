"""Columns: the table of roles, edited one by one or many at once."""

from typing import Any, get_args

import pandas as pd
import streamlit as st

from pages._shared import cached, glossary, state
from pages._shared.words import t, tell
from segment_core.artifacts import Column, Role
from segment_core.plan import Plan
from segment_core.store import Upload, default_folder

ROLES: tuple[Role, ...] = get_args(Role)
MOST_ROWS = 11  # more would push what follows off the screen
HEIGHT = 420


def edit_roles(upload: Upload, plan: Plan) -> None:
    """Draw the columns of the customers with their roles; what is changed goes into the plan."""
    source = (str(default_folder()), upload.id, upload.name, plan)
    columns, facts = cached.suggestion(*source), cached.facts(*source)
    tools = st.container(horizontal=True, vertical_alignment="center")
    with tools:
        st.subheader(t("Columns"), width="content")
        _many_at_once(columns)
    edited = st.data_editor(
        _roles_table(columns, facts),
        key=f"roles_{upload.id[:12]}_{state.n_roles_set()}",
        height="content" if len(columns) <= MOST_ROWS else HEIGHT,
        hide_index=True,
        disabled=["name", "basis", "missing", "distinct", "example", "reason"],
        column_config=_column_config(),
        alt=t("Columns of the file and their roles"),
    )
    chosen: dict[str, Role] = {
        column.name: role
        for column, role in zip(columns, edited["role"], strict=True)
        if role != column.role and role in ROLES
    }
    if chosen != dict(state.plan().roles):
        state.change_plan(roles=chosen)
    if chosen:
        tools.button(
            t("Back to suggestions"), icon=":material/undo:", key="roles_reset", on_click=state.set_roles, args=({},)
        )


def _many_at_once(columns: tuple[Column, ...]) -> None:
    with st.popover(t("Set many at once"), icon=":material/checklist:", key="roles_many"):
        names = st.multiselect(
            t("Columns"), [column.name for column in columns], placeholder=t("Choose columns"), key="many_names"
        )
        role = st.selectbox(t("Role"), ROLES, index=ROLES.index("ignore"), format_func=glossary.role, key="many_role")
        chosen = dict(state.plan().roles) | dict.fromkeys(names, role)
        suggested = {column.name: column.role for column in columns}
        st.button(
            t("Set role"),
            key="many_set",
            disabled=not names,
            on_click=state.set_roles,
            args=({name: role for name, role in chosen.items() if suggested.get(name) != role},),
        )


def _roles_table(columns: tuple[Column, ...], facts: pd.DataFrame) -> pd.DataFrame:
    roles = state.plan().roles
    return pd.DataFrame(
        {
            "name": [column.name for column in columns],
            "role": [roles.get(column.name, column.role) for column in columns],
            "basis": [glossary.basis(column.basis) for column in columns],
            "missing": facts["missing"] * 100,
            "distinct": facts["distinct"],
            "example": facts["example"],
            "reason": [t("Chosen by you.") if column.name in roles else tell(column.reason) for column in columns],
        }
    )


def _column_config() -> dict[str, Any]:
    config = st.column_config
    return {
        "name": config.TextColumn(t("Column"), pinned=True, width="medium"),
        "role": config.SelectboxColumn(t("Role"), options=ROLES, format_func=glossary.role, required=True, width=130),
        "basis": config.TextColumn(t("Basis"), help=t("Which of the four bases of segmentation it speaks for.")),
        "missing": config.NumberColumn(t("Missing"), format="%.0f%%", width="small"),
        "distinct": config.NumberColumn(t("Distinct"), format="localized", width="small"),
        "example": config.TextColumn(t("Example"), width="medium"),
        "reason": config.TextColumn(t("Reason"), width="large"),
    }

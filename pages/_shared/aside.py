"""Aside: the columns that shape no segments, in one sentence with counts, each group opening to its reasons."""

import streamlit as st

from pages._shared import state
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Column


def show_aside(columns: tuple[Column, ...]) -> None:
    """Say how many columns were set aside and why; nothing where there are none, or a person chose otherwise."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.role == "ignore" and column.name not in state.plan().roles:
            groups.setdefault(column.aside or "kept", []).append(column)
    if not groups:
        return
    bar = st.container(horizontal=True, vertical_alignment="center", gap="small")
    bar.caption(t("Set aside:"), width="content")
    for code in sorted(groups, key=lambda code: (-len(groups[code]), code)):
        found = groups[code]
        with bar.popover(_counted(code, len(found)), type="tertiary", key=f"aside_{code}"):
            for column in found[:50]:
                st.markdown(f"**{plain(column.name)}**: {plain(tell(column.reason))}")
            if len(found) > 50:
                st.caption(t("and {n} more", n=len(found) - 50))


def _counted(code: str, n: int) -> str:
    """Count the columns of a group in a word or two."""
    if n == 1:
        return {
            "empty": t("1 empty"),
            "constant": t("1 constant"),
            "id": t("1 other id"),
            "code": t("1 code"),
            "personal": t("1 with personal data"),
            "unique": t("1 nearly unique"),
            "copy": t("1 copy"),
            "leak": t("1 that gives an outcome away"),
            "rows": t("1 of single rows"),
            "kept": t("1 kept for tables and export"),
        }[code]
    return {
        "empty": t("{n} empty", n=n),
        "constant": t("{n} constants", n=n),
        "id": t("{n} other ids", n=n),
        "code": t("{n} codes", n=n),
        "personal": t("{n} with personal data", n=n),
        "unique": t("{n} nearly unique", n=n),
        "copy": t("{n} copies", n=n),
        "leak": t("{n} that give an outcome away", n=n),
        "rows": t("{n} of single rows", n=n),
        "kept": t("{n} kept for tables and export", n=n),
    }[code]

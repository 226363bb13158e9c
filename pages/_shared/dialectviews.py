"""Dialect views: a query in the words of the analyst's own database, to read and to take along."""

from collections.abc import Callable

import streamlit as st

from pages._shared.words import plain, t, tell
from segment_core.errors import OptionError
from segment_core.labelling import DIALECTS, Dialect


def draw(written: Callable[[Dialect], str], *, file_name: str, key: str, checked: str = "") -> None:
    """Ask for a dialect, and draw the query that `written` gives in it, with a download.

    `checked` says what was found when the query for DuckDB was run, where that is not ids.
    """
    dialect = st.selectbox(
        t("Database"), list(DIALECTS), format_func=lambda name: DIALECTS[name], width=220, key=f"{key}_dialect"
    )
    try:
        query = written(dialect)
    except OptionError as error:
        st.info(plain(tell(error.message)), icon=":material/block:")
        return
    st.code(query, language="sql")
    st.download_button(
        t("Download SQL"),
        data=query.encode(),
        file_name=f"{file_name}.{dialect}.sql",
        mime="application/sql",
        icon=":material/download:",
        on_click="ignore",
        key=f"{key}_file",
    )
    if dialect == "duckdb":
        st.caption(checked or t("It was run on these customers and returned exactly the ids whom the rule names."))
    else:
        st.caption(
            t(
                "Said from the query for DuckDB, which was checked against these customers; this one was not run in "
                "{database}. Compare a count before you rely on it.",
                database=DIALECTS[dialect],
            )
        )

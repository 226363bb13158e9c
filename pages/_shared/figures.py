"""Figures: a chart with what belongs to it: a picture to take along, its numbers as a table, and these as a file."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages._shared.words import t
from segment_core.exporting import as_csv

Rows = pd.DataFrame | Sequence[Mapping[str, Any]]


def draw(
    figure: go.Figure, rows: Rows, *, key: str, alt: str, formats: Mapping[str, Any] | None = None, **how: Any
) -> Any:
    """Draw a chart whose menu saves it as a picture, and below it the same numbers as a table and a CSV file.

    `formats` are column configurations of the table, by the names in `rows`; `how` goes to the chart, such as
    `on_select`. Returns what the chart returns.
    """
    found = st.plotly_chart(figure, key=key, config=picture(key), alt=alt, **how)
    twin(rows, key=key, alt=alt, formats=formats)
    return found


def twin(rows: Rows, *, key: str, alt: str, formats: Mapping[str, Any] | None = None) -> None:
    """Draw a folded table with a button that saves it as CSV."""
    table = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
    with st.expander(t("As a table"), icon=":material/table:", key=f"{key}.twin"):
        st.dataframe(table, hide_index=True, column_config=dict(formats or {}), key=f"{key}.table", alt=alt)
        st.download_button(
            t("Download CSV"),
            data=lambda table=table: as_csv(table),
            file_name=f"{_file(key)}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"{key}.csv",
        )


def picture(key: str) -> dict[str, Any]:
    """Return the configuration of a chart that stands still, and whose menu only saves it as a picture."""
    return {
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "scale": 2, "filename": _file(key)},
    }


def _file(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-") or "chart"

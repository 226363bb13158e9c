"""Rows: customers as a table that reads well: dates without midnight, yes and no in words, ids once."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages._shared import cached, state
from pages._shared.look import names
from pages._shared.words import t
from segment_core.artifacts import Customers
from segment_core.study import Study


def table(study: Study, mask: np.ndarray, *, most: int = 5_000) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return customers with their segment's name first, then their labels, texts last, and how to format the columns.

    Ids stand in the index; columns that were set aside are left out.
    """
    clustering = study.clustering
    places = np.flatnonzero(mask)[:most]
    frame, formats = readable(study.customers, study.customers.frame.iloc[places])
    if clustering is not None:
        titles = np.array(names(study))[clustering.labels[places]]
        frame.insert(0, _free(t("Segment"), frame.columns), titles)
    version = state.study_version()
    if study.labels and version is not None:
        marked = cached.label_values(*version).iloc[places]
        for place, name in enumerate(marked.columns, start=int(clustering is not None)):
            frame.insert(place, _free(t("Label: {name}", name=name), frame.columns), marked[name])
    return frame, formats


def readable(customers: Customers, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return rows of the customers' frame as they read well, texts last, and how to format the columns."""
    texts = customers.named("text")
    shown = [column.name for column in customers.columns if column.role not in ("id", "ignore", "text")]
    frame = rows[[*shown, *texts]].copy()
    for name in customers.named("yes/no"):
        frame[name] = frame[name].map({1.0: t("Yes"), 0.0: t("No")})
    formats: dict[str, Any] = {name: st.column_config.DateColumn() for name in customers.named("date")}
    return frame, formats


def texts(values: pd.Series) -> list[str]:
    """Write the values of a column for the pointer; a dash where there is none."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.strftime("%Y-%m-%d").fillna("–").tolist()
    if pd.api.types.is_numeric_dtype(values):
        return ["–" if math.isnan(value) else f"{value:,.6g}" for value in values.tolist()]
    return values.astype("string").fillna("–").tolist()


def _free(name: str, taken: Sequence[str]) -> str:
    while name in taken:
        name += " "
    return name

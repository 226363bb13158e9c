"""Caches: every Streamlit cache of the app, keyed by workspace, content and version."""

from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from segment_core.artifacts import Basis, Column, Customers, Role, Table
from segment_core.exporting import segments_table
from segment_core.intake import ReadingOptions, gather, read, sample_csv, suggest
from segment_core.intake.distributions import distributions
from segment_core.scaling.jobs import Jobs
from segment_core.store import Workspace
from segment_core.study import Study


@st.cache_resource(show_spinner=False)
def workspace(folder: str) -> Workspace:
    """Open a workspace once for all sessions."""
    return Workspace(Path(folder))


@st.cache_resource(show_spinner=False)
def jobs(folder: str) -> Jobs:
    """Open a workspace's jobs once for all sessions, and warm the worker in the background."""
    found = Jobs(workspace(folder))
    found.start_worker()
    return found


@st.cache_resource(show_spinner=False, max_entries=4)
def study(folder: str, study_id: str, version: int) -> Study:
    """Load one version of a study; it is shared by all sessions and must not be changed in place."""
    return workspace(folder).load_study(Study, study_id)


@st.cache_resource(show_spinner=False, max_entries=4)
def table(folder: str, upload: str, name: str, options: ReadingOptions) -> Table:
    """Read an upload. Its id says what its bytes are; the name counts too, for its ending."""
    return read(workspace(folder).upload(upload).path, name, options)


@st.cache_resource(show_spinner=False, max_entries=8)
def suggestion(folder: str, upload: str, name: str, options: ReadingOptions) -> tuple[Column, ...]:
    """Suggest a role for each column of an upload."""
    return suggest(table(folder, upload, name, options))


@st.cache_data(show_spinner=False, max_entries=8)
def facts(folder: str, upload: str, name: str, options: ReadingOptions) -> pd.DataFrame:
    """Describe each column of an upload: its missing share, its distinct values, an example."""
    frame = table(folder, upload, name, options).frame
    cells = [frame.iloc[:, number] for number in range(frame.shape[1])]
    return pd.DataFrame(
        {
            "missing": [float(column.isna().mean()) if len(column) else 0.0 for column in cells],
            "distinct": [int(column.nunique()) for column in cells],
            "example": [str(next(iter(column.dropna()), ""))[:80] for column in cells],
        }
    )


@st.cache_data(show_spinner=False, max_entries=8)
def shapes(folder: str, upload: str, name: str, options: ReadingOptions) -> list[list[int]]:
    """Count how the values of each column of an upload are spread, for its small chart."""
    source = (folder, upload, name, options)
    return distributions(table(*source), suggestion(*source))


@st.cache_resource(show_spinner=False, max_entries=4)
def customers(  # noqa: PLR0917 - each is a part of the key
    folder: str,
    upload: str,
    name: str,
    options: ReadingOptions,
    roles: tuple[tuple[str, Role], ...],
    bases: tuple[tuple[str, Basis], ...] = (),
) -> Customers:
    """Gather an upload's customers under these roles and bases."""
    return gather(table(folder, upload, name, options), dict(roles), dict(bases))


@st.cache_resource(show_spinner=False, max_entries=4)
def customers_in(folder: str, study_id: str, version: int, segments: tuple[str, ...]) -> list[str] | None:
    """Return the ids of the customers in these segments; None, for everyone, where none are named."""
    found = study(folder, study_id, version)
    if found.clustering is None or not segments:
        return None
    ids: list[str] = found.customers.frame.index[np.isin(found.clustering.ids, segments)].tolist()
    return ids


@st.cache_data(show_spinner=False, max_entries=16)
def export_preview(
    folder: str, study_id: str, version: int, segments: tuple[str, ...], columns: tuple[str, ...]
) -> pd.DataFrame:
    """Return the first ten rows of an export."""
    only = customers_in(folder, study_id, version, segments)
    return segments_table(study(folder, study_id, version), columns=columns, only=only).head(10)


@st.cache_data(show_spinner=False)
def sample() -> bytes:
    """Make the sample file once."""
    return sample_csv()

"""Caches: every Streamlit cache of the app, keyed by workspace, content and version."""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import streamlit as st

from segment_core import exporting, labelling, metrics, suggesting
from segment_core.artifacts import Check, Column, Condition, Customers, Note, Progress, Table, Verdict, silent
from segment_core.choices import options_from_json
from segment_core.clustering import ALGORITHMS, QUESTIONS, dbscan
from segment_core.features.text import texts_of
from segment_core.intake import Assembled, assemble, read_all, sample_csv, sample_zip
from segment_core.intake.distributions import distributions
from segment_core.intake.joins import Link, Proposal, measure, propose
from segment_core.intake.joins.proposing import with_customers
from segment_core.intake.quality import Finding, inspect, mend
from segment_core.metrics import Knives
from segment_core.plan import Plan
from segment_core.scaling.jobs import Jobs
from segment_core.store import Workspace
from segment_core.study import Study

T = TypeVar("T")
GROUP = "\0group:"  # no segment's id holds a NUL
KEPT = 12
"""Tables, proposals and customers that stay at hand; each can be as large as its file."""


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
    found: Study | None = _just_saved().pop((folder, study_id, version), None)
    return workspace(folder).load_study(Study, study_id) if found is None else found


def remember_study(folder: str, study_id: str, version: int, saved: Study) -> None:
    """Have a study that was just saved as this version at hand, without reading it again."""
    _just_saved()[folder, study_id, version] = saved
    study(folder, study_id, version)


@st.cache_resource(show_spinner=False)
def _just_saved() -> dict[tuple[str, str, int], Study]:
    return {}


class _Shelf:
    """The latest few results of slow work that reports progress, which Streamlit's own caches cannot let through."""

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made under this key, or make it; two sessions may make the same at once."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                found: T = self._found[key]
                return found
        made = make()
        with self._lock:
            self._found[key] = made
            while len(self._found) > KEPT:
                self._found.popitem(last=False)
        return made


@st.cache_resource(show_spinner=False)
def _shelf() -> _Shelf:
    return _Shelf()


def tables(folder: str, upload: str, name: str, plan: Plan, progress: Progress = silent) -> tuple[Table, ...]:
    """Read an upload. Its id says what its bytes are; the name counts too, for its ending."""
    key = ("tables", folder, upload, name, Plan(reading=plan.reading, files=plan.files).to_json())
    path = workspace(folder).upload(upload).path
    return _shelf().get(key, lambda: read_all(path, name, plan.reading, progress, plan.files))


def proposals(folder: str, upload: str, name: str, plan: Plan) -> tuple[Proposal, ...]:
    """Propose links between the tables of an upload."""
    key = ("proposals", folder, upload, name, Plan(reading=plan.reading, files=plan.files).to_json())
    return _shelf().get(key, lambda: propose(with_customers(tables(folder, upload, name, plan))))


def measured(folder: str, upload: str, name: str, plan: Plan, link: Link) -> Proposal:
    """Measure a link that somebody chose between the tables of an upload."""
    key = ("measured", folder, upload, name, link, Plan(reading=plan.reading, files=plan.files).to_json())
    return _shelf().get(key, lambda: measure(with_customers(tables(folder, upload, name, plan)), link))


def assembled(folder: str, upload: str, name: str, plan: Plan, progress: Progress = silent) -> Assembled:
    """Make customers of an upload as the plan says, before anything is mended."""
    key = ("assembled", folder, upload, name, plan.intake().having(remedies=()).to_json())
    return _shelf().get(key, lambda: assemble(tables(folder, upload, name, plan, progress), plan.choices(), progress))


def customers(folder: str, upload: str, name: str, plan: Plan) -> Customers:
    """Return the customers of an upload, mended as the plan says."""
    found = assembled(folder, upload, name, plan).customers
    if not plan.remedies:
        return found
    return _shelf().get(
        ("customers", folder, upload, name, plan.intake().to_json()), lambda: mend(found, plan.remedies)
    )


def findings(folder: str, upload: str, name: str, plan: Plan) -> tuple[Finding, ...]:
    """Inspect the customers of an upload as they are after the plan's remedies."""
    key = ("findings", folder, upload, name, plan.intake().to_json())
    return _shelf().get(key, lambda: inspect(customers(folder, upload, name, plan)))


def suggestion(folder: str, upload: str, name: str, plan: Plan) -> tuple[Column, ...]:
    """Return what each column would be if nobody chose."""
    return assembled(folder, upload, name, plan.having(roles={}, bases={})).customers.columns


def facts(folder: str, upload: str, name: str, plan: Plan) -> pd.DataFrame:
    """Describe each column as it is before anybody chooses: its missing share, its distinct values, an example."""
    return _facts(folder, upload, name, plan.having(roles={}, bases={}, remedies=()).intake().to_json())


@st.cache_data(show_spinner=False, max_entries=8)
def _facts(folder: str, upload: str, name: str, plan: str) -> pd.DataFrame:
    frame = assembled(folder, upload, name, Plan.from_json(plan)).customers.frame
    cells = [frame.iloc[:, number].replace("", None) for number in range(frame.shape[1])]
    return pd.DataFrame(
        {
            "missing": [float(column.isna().mean()) if len(column) else 0.0 for column in cells],
            "distinct": [int(column.nunique()) for column in cells],
            "example": [_example(column) for column in cells],
        }
    )


def _example(cells: pd.Series) -> str:
    found = next(iter(cells.dropna()), "")
    if isinstance(found, float):
        return f"{found:.12g}"
    return str(found.date() if isinstance(found, pd.Timestamp) and found == found.normalize() else found)[:80]


def shapes(folder: str, upload: str, name: str, plan: Plan) -> list[list[int]]:
    """Count how the values of each column are spread before anybody chooses, for its small chart."""
    found = plan.having(roles={}, bases={}, remedies=())
    key = ("shapes", folder, upload, name, found.intake().to_json())
    return _shelf().get(key, lambda: distributions(assembled(folder, upload, name, found).customers))


@st.cache_resource(show_spinner=False, max_entries=4)
def customers_in(folder: str, study_id: str, version: int, segments: tuple[str, ...]) -> list[str] | None:
    """Return the ids of the customers in these segments, or groups by `GROUP` and their name; None is everyone."""
    found = study(folder, study_id, version)
    if found.clustering is None or not segments:
        return None
    index = found.customers.frame.index
    grouped = {id_ for group in found.groups if GROUP + group.name in segments for id_ in group.customers}
    ids: list[str] = index[np.isin(found.clustering.ids, segments) | index.isin(grouped)].tolist()
    return ids


@st.cache_resource(show_spinner=False, max_entries=16)
def withheld(folder: str, study_id: str, version: int, segments: tuple[str, ...]) -> Note | None:
    """Say how many customers of these segments, or of all, may not be contacted; None where all may."""
    only = customers_in(folder, study_id, version, segments)
    return exporting.withheld(study(folder, study_id, version).customers, only=only)


@st.cache_resource(show_spinner=False, max_entries=4)
def label_values(folder: str, study_id: str, version: int) -> pd.DataFrame:
    """Return every customer's labels: one column a label column, None where there is no label."""
    found = study(folder, study_id, version)
    return pd.DataFrame(
        {column.name: labelling.values(column, found.customers, _segments(found)) for column in found.labels},
        index=found.customers.frame.index,
        dtype=object,
    )


@st.cache_resource(show_spinner=False, max_entries=16)
def label_counts(folder: str, study_id: str, version: int, name: str) -> tuple[labelling.LabelCount, ...]:
    """Count the customers of one label column by label."""
    found = study(folder, study_id, version)
    column = next(column for column in found.labels if column.name == name)
    return labelling.counts(column, found.customers, _segments(found))


@st.cache_resource(show_spinner=False, max_entries=16)
def customers_meeting(
    folder: str, study_id: str, version: int, conditions: tuple[Condition, ...]
) -> labelling.rules.Mask:
    """Tell which customers meet these conditions."""
    found = study(folder, study_id, version)
    return labelling.apply_rule(found.customers, conditions, _segments(found))


@st.cache_resource(show_spinner=False, max_entries=16)
def customers_saying(folder: str, study_id: str, version: int, words: str) -> tuple[str, ...]:
    """Return the ids of the customers in whom these words occur."""
    return labelling.search(study(folder, study_id, version).customers, words)


@st.cache_data(show_spinner=False, max_entries=16)
def kth_distances(folder: str, study_id: str, version: int, *, neighbours: int | None, seed: int) -> np.ndarray:
    """Return the sorted distances of an open study's customers to their neighbours; empty without features."""
    features = study(folder, study_id, version).features
    return dbscan.kth_distances(features, neighbours, seed) if features is not None else np.zeros(1)


@st.cache_resource(show_spinner=False, max_entries=4)
def knives(folder: str, study_id: str, version: int) -> Knives | None:
    """Return the silhouettes of a study's customers, or of a sample."""
    found = study(folder, study_id, version)
    if found.features is None or found.clustering is None:
        return None
    return metrics.knives(found.features, found.clustering)


@st.cache_resource(show_spinner=False, max_entries=8)
def differs(folder: str, study_id: str, version: int, column: str, *, own: bool) -> tuple[Verdict, Check]:
    """Ask whether the groups of a column, or of the analyst's own (`own`), differ in what else is known."""
    found = study(folder, study_id, version)
    known = label_values(folder, study_id, version)[column] if own else found.customers.frame[column]
    return metrics.differs(found.features, known, "" if own else column)


@st.cache_data(show_spinner=False)
def sample() -> bytes:
    """Make the sample file once."""
    return sample_csv()


@st.cache_data(show_spinner=False)
def sample_tables() -> bytes:
    """Make the sample of several tables once."""
    return sample_zip()


def _segments(found: Study) -> np.ndarray | tuple[()]:
    return found.clustering.ids if found.clustering is not None else ()


def question(folder: str, study_id: str, version: int, name: str, options: str) -> str:
    """Return the first question that an algorithm would put to a model about a study's texts, as it would be sent."""

    def made() -> str:
        found = study(folder, study_id, version)
        if found.features is None:
            return ""
        chosen = options_from_json(ALGORITHMS[name].options, json.loads(options))
        return QUESTIONS[name].preview(found.features, texts_of(found.customers), chosen)

    return _shelf().get(("question", folder, study_id, version, name, options), made)


def opinion_question(folder: str, study_id: str, version: int) -> str:
    """Return the first question of a second opinion on a study, as it would be sent."""
    found = study(folder, study_id, version)
    key = ("opinion", folder, study_id, version)
    return _shelf().get(key, lambda: suggesting.preview(found, found.plan.seed))


def n_texts(folder: str, study_id: str, version: int) -> int:
    """Count the different texts of a study."""
    found = study(folder, study_id, version)
    key = ("texts", folder, study_id, version)
    return _shelf().get(key, lambda: len({text for text in texts_of(found.customers) if text}))

"""Caches of what the scorer says of one customer, keyed by workspace, study and version; see also `cached`."""

import streamlit as st

from pages._shared import cached
from segment_core import scoring
from segment_core.artifacts import Scorer
from segment_core.scoring import Change, Why


@st.cache_resource(show_spinner=False, max_entries=4)
def scorer(folder: str, study_id: str, version: int) -> Scorer | None:
    """Return a study's scorer; one that was made before scorers were kept has it fitted now."""
    found = cached.study(folder, study_id, version)
    if found.scorer is not None or found.features is None or found.clustering is None:
        return found.scorer
    return scoring.fit(
        found.customers, found.features, found.clustering, far=found.plan.outliers, seed=found.resolved.seed
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def why(folder: str, study_id: str, version: int, customer: str) -> Why | None:
    """Say why a customer is where they are."""
    found, made = cached.study(folder, study_id, version), scorer(folder, study_id, version)
    if made is None or found.features is None or found.clustering is None:
        return None
    return scoring.explain(made, found.customers, found.features, found.clustering, customer)


@st.cache_resource(show_spinner=False, max_entries=64)
def change(
    folder: str, study_id: str, version: int, customer: str, *, mutable: tuple[str, ...], target: int | None
) -> Change | None:
    """Return the smallest change that moves a customer."""
    found, made = cached.study(folder, study_id, version), scorer(folder, study_id, version)
    if made is None or found.features is None:
        return None
    return scoring.smallest_change(made, found.customers, found.features, customer, mutable, target=target)

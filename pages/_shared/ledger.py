"""Ledger: what went to language models, and the switch that lets nothing leave this machine."""

from contextlib import AbstractContextManager
from datetime import datetime

import pandas as pd
import streamlit as st

from pages._shared import state
from pages._shared.words import t
from segment_core.exporting.tables import as_csv
from segment_core.llm import Ledger, recorded_in
from segment_core.llm.ledger import FILE
from segment_core.tasks import OUTBOUND

MOST_ROWS = 200


def opened() -> AbstractContextManager[Ledger]:
    """Return a block within which calls are entered in the workspace's ledger, and refused where the switch is off."""
    workspace = state.workspace()
    return recorded_in(workspace.folder, outbound=bool(workspace.setting(OUTBOUND, True)))


def draw() -> None:
    """Draw the switch and the latest calls."""
    workspace = state.workspace()
    allowed = st.toggle(
        t("Models on other machines may be asked"),
        value=bool(workspace.setting(OUTBOUND, True)),
        help=t("Off: no connection to any other machine is opened, whatever a plan says. It holds for everyone here."),
        key="outbound",
    )
    if allowed != workspace.setting(OUTBOUND, True):
        workspace.keep_setting(OUTBOUND, allowed)
    calls = Ledger(workspace.folder / FILE).entries()
    if not calls:
        st.caption(t("Nothing has been sent to any model."))
        return
    st.caption(t("Calls to models so far: {n:,}. Neither texts nor keys are kept, only what is below.", n=len(calls)))
    rows = [
        {
            t("Time"): datetime.fromtimestamp(call.time),
            t("Server"): call.host,
            t("Model"): call.model,
            t("Purpose"): call.purpose,
            t("Texts"): call.n_texts,
            t("Characters"): call.n_characters,
            t("Masked"): call.n_masked,
            t("Tokens"): call.tokens,
            t("Outcome"): call.outcome,
            "SHA-256": call.sha256,
        }
        for call in reversed(calls)
    ]
    st.dataframe(rows[:MOST_ROWS], hide_index=True, key="ledger_table", alt=t("Calls to models"))
    st.download_button(
        t("Download CSV"),
        as_csv(pd.DataFrame(rows)),
        "outbound.csv",
        "text/csv",
        icon=":material/download:",
        key="ledger_csv",
        on_click="ignore",
    )

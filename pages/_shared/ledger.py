"""Ledger: what went to language models, and the switch that lets nothing leave this machine."""

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from pages._shared import agreed, departing, privacy, state
from pages._shared.words import plain, t
from segment_core.exporting.tables import as_csv
from segment_core.llm import Ledger, Sent, recorded_for, total
from segment_core.llm.access import is_here
from segment_core.llm.ledger import FILE, OUTBOUND

MOST_ROWS = 200


def opened() -> AbstractContextManager[Ledger]:
    """Return a block within which calls are entered in the workspace's ledger, and refused where the switch is off."""
    return recorded_for(state.workspace())


def draw() -> None:
    """Draw the switch, what was agreed to, and the latest calls."""
    workspace = state.workspace()
    allowed = st.toggle(
        t("Models on other machines may be asked"),
        value=bool(workspace.setting(OUTBOUND, True)),
        help=t(
            "Off: no connection to any other machine is opened, whatever a plan says, and no model is fetched from a "
            "hub. It holds for everyone here."
        ),
        key="outbound",
    )
    if allowed != workspace.setting(OUTBOUND, True):
        workspace.keep_setting(OUTBOUND, allowed)
    _agreements()
    calls = Ledger(workspace.folder / FILE).entries()
    if not calls:
        st.caption(t("Nothing has been sent to any model."))
        return
    away = _away(calls)
    st.markdown(
        t("Calls that left this machine: {n:,}", n=away)
        + " · "
        + t("calls to models on this machine: {n:,}", n=total(calls).n_calls - away)
    )
    st.caption(t("Neither texts nor keys are kept, only what is below."))
    names = _names()
    known = list(dict.fromkeys(call.study for call in reversed(calls)))
    chosen = None
    if len(known) > 1 or known[0]:
        chosen = st.selectbox(
            t("Study"),
            known,
            index=None,
            format_func=lambda id_: _name(id_, names),
            placeholder=t("All studies"),
            key="ledger_study",
        )
    _table([call for call in calls if chosen is None or call.study == chosen], names)


def of_study() -> None:
    """Say in one line what went out for the open study; nothing where nothing did."""
    entry = state.study_entry()
    if entry is None:
        return
    mine = {entry.id, entry.summary.get("upload")}  # a study that is new is known by its file
    calls = [call for call in Ledger(state.workspace().folder / FILE).entries() if call.study in mine]
    if calls:
        away = _away(calls)
        said = t("Sent to models for this study: {said}", said=_summed(calls))
        if away < total(calls).n_calls:
            said += f" · {t('to other machines: {n:,}', n=away)}"
        st.caption(f":material/outbound: {said}")


def _away(calls: Sequence[Sent]) -> int:
    """Return how many calls went to another machine; what was answered from before went nowhere."""
    return total([call for call in calls if not is_here(call.host)]).n_calls


def _summed(calls: Sequence[Sent]) -> str:
    """Say what calls came to, as markdown."""
    sums = total(calls)
    one = sums.n_calls == 1
    parts = [t("1 call") if one else t("{n:,} calls", n=sums.n_calls), t("{n:,} tokens", n=sums.tokens)]
    if sums.n_counted < sums.n_calls:
        parts.append(t("tokens unknown for {n:,}", n=sums.n_calls - sums.n_counted))
    if sums.n_priced:
        parts.append(t("about {price}", price=plain(departing.dollars(sums.price))))
    if sums.n_priced < sums.n_calls:
        parts.append(t("price unknown for {n:,}", n=sums.n_calls - sums.n_priced))
    if sums.n_kept:
        parts.append(t("{n:,} answered from before", n=sums.n_kept))
    return ", ".join(parts)


def _agreements() -> None:
    """Draw what was agreed to, and a way to take each back."""
    found = agreed.hosts()
    if not found:
        return
    names = _names()
    with st.expander(t("What may leave, by study"), icon=":material/handshake:", key="agreements"):
        for of, hosts in found.items():
            for host in hosts:
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(f"{plain(_name(of, names))} → {plain(host)}", width="stretch")
                    st.button(
                        t("Take back"),
                        icon=":material/undo:",
                        type="tertiary",
                        key=f"take_back.{of}.{host}",
                        on_click=agreed.take_back,
                        args=(of, host),
                    )


def _table(calls: Sequence[Sent], names: Mapping[str, str]) -> None:
    sums = total(calls)
    st.markdown(
        f"**{_summed(calls)}** · "
        + t("{characters:,} characters", characters=sums.n_characters)
        + " · "
        + t("tokens sent {sent:,}, answered {answered:,}", sent=sums.tokens_in, answered=sums.tokens_out)
    )
    if sums.masks:
        kinds = " · ".join(f"{plain(privacy.kind(code))}: {n:,}" for code, n in sums.masks.items())
        st.caption(f":material/visibility_off: {t('Masked in what was sent:')} {kinds}")
    rows = [_row(call, names) for call in reversed(calls)]
    st.dataframe(rows[:MOST_ROWS], hide_index=True, key="ledger_table", alt=t("Calls to models"))
    lines = "".join(json.dumps(asdict(call), ensure_ascii=False) + "\n" for call in calls)
    with st.container(horizontal=True):
        st.download_button(
            t("Download CSV"),
            as_csv(pd.DataFrame(rows)),
            "outbound.csv",
            "text/csv",
            icon=":material/download:",
            key="ledger_csv",
            on_click="ignore",
        )
        st.download_button(
            t("Download JSON lines"),
            lines,
            "outbound.jsonl",
            "application/jsonl",
            icon=":material/download:",
            key="ledger_json",
            on_click="ignore",
        )
    st.caption(
        t(
            "What was sent is kept nowhere, only its SHA-256: compare it with that of the text you downloaded before "
            "sending. Prices are by what the server said it used; what was cancelled or not answered may be billed."
        )
    )


def _row(call: Sent, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        t("Time"): datetime.fromtimestamp(call.time),
        t("Study"): _name(call.study, names),
        t("Server"): call.host,
        t("Model"): call.model,
        t("Purpose"): _purpose(call.purpose),
        t("Texts"): call.n_texts,
        t("Characters"): call.n_characters,
        t("Masked"): call.n_masked if not call.masks else sum(call.masks.values()),
        t("Tokens"): call.tokens,
        t("Tokens sent"): call.tokens_in,
        t("Tokens answered"): call.tokens_out,
        t("Price"): call.price,
        t("Currency"): call.currency,
        t("Tries"): call.n_tries,
        t("Outcome"): call.outcome,
        "SHA-256": call.sha256,
    }


def _purpose(code: str) -> str:
    """Name what a call was for; calls entered by an earlier version only say that they were one."""
    return {
        "personas": t("Personas"),
        "names": t("Names"),
        "messages": t("Messages"),
        "question": t("A question to the data"),
        "traits": t("Traits"),
        "relations": t("Relations"),
        "labels of texts": t("Labels of texts"),
        "pairs of texts": t("Pairs of texts"),
        "summaries of segments": t("Summaries of segments"),
        "second opinion": t("Second opinion"),
        "connection test": t("Connection test"),
        "models": t("List of models"),
        "embeddings": t("Text vectors"),
    }.get(code, code)


def _names() -> dict[str, str]:
    """Return the names of studies and files by id."""
    workspace = state.workspace()
    return {one.id: one.name for one in (*workspace.uploads(), *workspace.studies())}


def _name(id_: str, names: Mapping[str, str]) -> str:
    return f"{names.get(id_, '')} {id_[:4]}".strip() if id_ else "–"

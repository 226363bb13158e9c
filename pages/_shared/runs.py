"""Runs: what the study was before: a list, any two side by side, and the way back to any of them."""

import datetime
from dataclasses import replace

import streamlit as st

from pages._shared import candidates, figures, glossary, jobs, recipe, state
from pages._shared.look import look, names
from pages._shared.runcharts import flows
from pages._shared.words import duration, plain, t, tell
from segment_core.comparing import Comparison
from segment_core.errors import DataError
from segment_core.plan import Plan
from segment_core.runs import compared, run_before
from segment_core.store import RunEntry
from segment_core.study import Study

RESTORE = "segment_core.runs:restore"


def back() -> None:
    """Offer the way back to the run before, and from there forth again; nothing is drawn where there is none."""
    before = run_before(_runs())
    if before is None:
        return
    st.button(
        t("Back to the run before"),
        icon=":material/undo:",
        type="tertiary",
        help=t("Shows {what} again, with everything written by hand.", what=plain(_what(before))),
        key="run_back",
        disabled=jobs.busy(),
        on_click=_restore,
        args=(before.id,),
    )


def draw(study: Study) -> None:
    """List the runs, let one be restored, and show two side by side."""
    found = _runs()
    if not found:
        st.caption(t("No run is kept yet: each that finds segments will be listed here."))
        return
    numbers = {run.id: len(found) - place for place, run in enumerate(found)}
    titles = {run.id: f"{numbers[run.id]} · {_what(run)}" for run in found}
    st.dataframe([_row(run, numbers[run.id]) for run in found], hide_index=True, column_config=_formats(), key="runs")
    st.caption(t("The last {n} runs are kept. What did not change from run to run takes room once.", n=30))
    others = [run.id for run in found if not run.current]
    if not others:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(t("Run to restore"), others, format_func=titles.get, key="run_chosen")
        st.button(
            t("Restore"),
            icon=":material/history:",
            key="run_restore",
            disabled=jobs.busy(),
            on_click=_restore,
            args=(chosen,),
        )
    st.subheader(t("Two runs side by side"))
    left, right = st.columns(2)
    newest = found[0].id  # with another run the two latest are chosen anew
    one = left.selectbox(
        t("From"), list(titles), index=min(1, len(titles) - 1), format_func=titles.get, key=f"run_first.{newest}"
    )
    other = right.selectbox(t("To"), list(titles), index=0, format_func=titles.get, key=f"run_second.{newest}")
    key = state.study_id()
    try:
        first, second = (_entry(found, run) for run in (one, other))
        _beside(_called(study, compared(state.workspace(), key, one, other), first, second), first, second)
    except DataError as error:
        st.caption(plain(tell(error.message)))


def _beside(found: Comparison, first: RunEntry, second: RunEntry) -> None:
    with st.grid(4, min_column_width=150):
        st.metric(
            t("Stayed together"),
            f"{found.stayed:.1%}",
            help=t("Customers whose segment continues the one they were in, each matched with the one most like it."),
            border=True,
        )
        st.metric(
            t("Agreement"),
            f"{found.ari:.2f}",
            help=t("Are the same customers together? 1 is always, 0 is by luck. (Adjusted Rand index.)"),
            border=True,
        )
        st.metric(
            t("Shared information"),
            f"{found.nmi:.2f}",
            help=t("How much one cut says of the other; 1 is all. (Normalised mutual information.)"),
            border=True,
        )
        st.metric(t("Customers in both"), f"{found.n_both:,}", border=True)
    places = _places(found, first, second)
    hovers = [
        [
            t("{one} → {other}: {n:,} customers", one=one, other=other, n=int(found.flows[row, column]))
            for column, other in enumerate(found.second)
        ]
        for row, one in enumerate(found.first)
    ]
    figure = flows(found.flows, found.first, found.second, places=places, hovers=hovers, look=look())
    rows = [
        {t("From"): one, t("To"): other, t("Customers"): int(found.flows[row, column])}
        | {t("Share of the first"): float(found.flows[row, column] / max(found.flows[row].sum(), 1))}
        for row, one in enumerate(found.first)
        for column, other in enumerate(found.second)
        if found.flows[row, column]
    ]
    share = {t("Share of the first"): st.column_config.NumberColumn(format="percent")}
    figures.draw(figure, rows, key="run_flows", alt=t("Customers from run to run"), formats=share)
    _figures(first, second)


def _called(study: Study, found: Comparison, first: RunEntry, second: RunEntry) -> Comparison:
    """Call the segments of the run that is shown as they are called now."""
    now = names(study)
    return replace(found, first=now if first.current else found.first, second=now if second.current else found.second)


def _places(found: Comparison, first: RunEntry, second: RunEntry) -> tuple[list[int], list[int]]:
    """Return the places in the palette of both runs' segments: those of the run that is shown are as on every page.

    A segment that continues one of the other run has its colour. Others are grey on the right, and on the left take
    what is free.
    """
    k1, k2 = len(found.first), len(found.second)
    if second.current and not first.current:
        right = [look().place(number) for number in range(k2)]
        free = (place for place in range(k1 + k2 + max(right)) if place not in right)
        return [right[number] if number >= 0 else next(free) for number in found.matched], right
    left = [look().place(number) if first.current else number for number in range(k1)]
    continues = {second: first for first, second in enumerate(found.matched)}
    return left, [left[continues[number]] if number in continues else -1 for number in range(k2)]


def _figures(first: RunEntry, second: RunEntry) -> None:
    """Set the scores of two runs beside each other."""
    rows = [
        {t("Run"): where, **{name: value for name, value in _row(run, 0).items() if name not in (t("Run"), t("Shown"))}}
        for where, run in ((t("From"), first), (t("To"), second))
    ]
    st.dataframe(rows, hide_index=True, column_config=_formats(), key="run_pair")


def _row(run: RunEntry, number: int) -> dict[str, object]:
    facts = run.summary
    return {
        t("Run"): number,
        t("Shown"): run.current,
        t("When"): datetime.datetime.fromtimestamp(run.made),
        t("Algorithm"): candidates.label(str(facts.get("algorithm", ""))),
        t("Options"): candidates.settings(str(facts.get("algorithm", "")), facts.get("options", {})),
        t("Segments"): facts.get("n_segments"),
        t("Edits"): facts.get("n_edits", 0),
        t("Verdict"): glossary.verdict(facts["verdict"]) if facts.get("verdict") else "–",
        t("Stability"): facts.get("stability"),
        t("Silhouette"): facts.get("silhouette"),
        t("Customers"): facts.get("n_customers"),
        t("Time"): duration(float(facts.get("seconds") or 0.0)),
    }


def _formats() -> dict[str, object]:
    return {
        t("When"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
        t("Stability"): st.column_config.NumberColumn(format="%.2f"),
        t("Silhouette"): st.column_config.NumberColumn(format="%.2f"),
    }


def _what(run: RunEntry) -> str:
    when = datetime.datetime.fromtimestamp(run.made).strftime("%H:%M")
    name = candidates.label(str(run.summary.get("algorithm", "")))
    return t("{algorithm}, {k} segments, {time}", algorithm=name, k=run.summary.get("n_segments", 0), time=when)


def _runs() -> tuple[RunEntry, ...]:
    key = state.study_id()
    return state.workspace().runs(key) if key else ()


def _entry(runs: tuple[RunEntry, ...], chosen: str) -> RunEntry:
    return next(run for run in runs if run.id == chosen)


def _restore(run: str) -> None:
    summary = _entry(_runs(), run).summary
    recipe.adopt(Plan.from_json(summary.get("asked") or summary["plan"]))
    jobs.start(RESTORE, {"study": state.study_id(), "run": run})

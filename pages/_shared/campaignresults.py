"""Campaign results: a file of outcomes comes back, and what the campaign brought is shown, segment by segment."""

import math

import pandas as pd
import streamlit as st

from pages._shared import campaigncharts, figures, keeping
from pages._shared.look import look
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Campaign, Readout, Uplift
from segment_core.campaigning import with_readout
from segment_core.campaigning.planning import now
from segment_core.campaigns import nearly, outcomes, read_out
from segment_core.errors import SegmentError
from segment_core.intake import read
from segment_core.study import Study


def draw(study: Study, campaign: Campaign) -> None:
    """Ask for the results, and show them once they are in."""
    st.markdown(f"**{t('Results')}**")
    if campaign.readout is not None:
        _uplifts(study, campaign, campaign.readout)
    file = st.file_uploader(
        t("Results of this campaign, as a table with a column of customer ids and one of outcomes"),
        key=f"results.{campaign.id}",
    )
    if file is None:
        return
    try:
        table = read(file.getvalue(), file.name).frame
    except SegmentError as error:
        _refused(error)
        return
    names = [str(name) for name in table.columns]
    guess = study.customers.id_name if study.customers.id_name in names else ""
    left, right = st.columns(2)
    ids = left.selectbox(
        t("Column of customer ids"),
        ["", *names],
        index=["", *names].index(guess),
        format_func=lambda name: name or t("Found by itself"),
        key=f"results_ids.{campaign.id}",
    )
    column = right.selectbox(
        t("Column of outcomes"),
        ["", *names],
        format_func=lambda name: name or t("Found by itself"),
        key=f"results_column.{campaign.id}",
    )
    zero = st.toggle(
        t("Who is not in the results did not respond"),
        value=True,
        help=t(
            "Off: their outcome is unknown, and they are left out. Only right if they are missing in both groups alike."
        ),
        key=f"results_zero.{campaign.id}",
    )
    if st.button(t("Read the results"), icon=":material/insights:", key=f"results_read.{campaign.id}"):
        _read(study, campaign, file.name, table, (ids or "", column or ""), zero=bool(zero))


def _read(
    study: Study, campaign: Campaign, source: str, table: pd.DataFrame, columns: tuple[str, str], *, zero: bool
) -> None:
    try:
        values, notes = outcomes(
            study.customers.id_name, table, measure=campaign.measure, id_column=columns[0], column=columns[1]
        )
    except SegmentError as error:
        _refused(error)
        return
    ours = {id_ for cell in campaign.cells for id_ in (*cell.treated, *cell.held)}
    if not ours & set(values):
        st.error(t("Nobody in this file is in the campaign. Is it the right file, and the right column of ids?"))
        if found := nearly(ours, values):
            st.info(
                t(
                    "{n} of its ids would be customers of this campaign if they were written as in its file, such as "
                    "“{ours}” for “{theirs}”. Give the ids as text, and read the results again.",
                    n=found.n,
                    ours=plain(found.ours[:60]),
                    theirs=plain(found.theirs[:60]),
                )
            )
        st.caption(t("Everything is as it was before."))
        return
    found = read_out(campaign, values, source=source, at=now(), missing="zero" if zero else "none")
    kept = Readout(found.source, found.at, found.uplifts, (*notes, *found.notes))
    said = t("Results read: “{name}”", name=plain(source))
    keeping.keep(study, said, icon=":material/insights:", campaigns=with_readout(study.campaigns, campaign.id, kept))
    st.rerun()  # they are shown above the form


def _refused(error: SegmentError) -> None:
    st.error(plain(tell(error.message)))
    st.caption(t("Everything is as it was before."))


def _uplifts(study: Study, campaign: Campaign, found: Readout) -> None:
    uplifts = found.uplifts if len(campaign.cells) > 1 else found.uplifts[1:]  # one segment is all there is
    names = {cell.segment: cell.name for cell in campaign.cells} | {"": t("All segments")}
    ids = [segment.id for segment in study.clustering.segments]
    here = look()
    colours = [here.colour(ids.index(one.segment)) if one.segment in ids else here.ink for one in uplifts]
    said = [_said(one, names.get(one.segment, one.segment), campaign) for one in uplifts]
    st.caption(t("From {source}", source=plain(found.source)))
    for note in found.notes:
        icon = ":orange[:material/warning:]" if note.level == "warning" else ":material/info:"
        st.markdown(f"{icon} {plain(tell(note.message))}")
    rows = [_row(one, names.get(one.segment, one.segment)) for one in uplifts]
    formats = {}
    if campaign.measure == "rate":
        percent = st.column_config.NumberColumn(format="percent")
        numbers = (t("Treated"), t("Held out"), t("Uplift"), t("From"), t("To"), t("Smallest rise that shows"))
        formats = dict.fromkeys(numbers, percent)
    figures.draw(
        campaigncharts.uplifts(uplifts, said, colours, here, percent=campaign.measure == "rate"),
        rows,
        key=f"uplift.{campaign.id}",
        alt=t("What the campaign brought in each segment"),
        formats=formats,
    )
    st.caption(
        t(
            "Treated less held out, with the interval of {level}; hollow where the test cannot tell it from nothing.",
            level=f"{1 - campaign.alpha:.0%}",
        )
    )


def _said(one: Uplift, name: str, campaign: Campaign) -> str:
    if not math.isfinite(one.difference):
        return t("{name}: too few to compare", name=name)
    low, high = _shown(one.low, campaign), _shown(one.high, campaign)
    values = {"name": name, "difference": _shown(one.difference, campaign), "low": low, "high": high}
    if one.tells:
        return t("{name}: {difference} ({low} to {high})", **values)
    return t("{name}: {difference} ({low} to {high}), cannot tell", **values)


def _shown(value: float, campaign: Campaign) -> str:
    if not math.isfinite(value):
        return "–"
    return t("{n} points", n=f"{100 * value:+.1f}") if campaign.measure == "rate" else f"{value:+,.2f}"


def _row(one: Uplift, name: str) -> dict[str, object]:
    return {
        t("Segment"): name,
        t("Customers treated"): one.n_treated,
        t("Customers held out"): one.n_held,
        t("Treated"): one.treated,
        t("Held out"): one.held,
        t("Uplift"): one.difference,
        t("From"): one.low,
        t("To"): one.high,
        t("Smallest rise that shows"): one.detectable,
        t("Tells"): t("yes") if one.tells else t("no"),
    }

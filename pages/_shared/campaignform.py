"""Campaign form: segments, goal and channel; who can be reached; the hold-out and what it can show; Export campaign."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages._shared import audits, cachedcampaigns, campaignholdout, frame, jobs, keeping, state
from pages._shared.look import chip, names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Measure, Note
from segment_core.campaigning import REACHED, Ready, Wish, address_column, address_columns, plan_campaign
from segment_core.campaigning.briefing import WAYS
from segment_core.campaigning.planning import now
from segment_core.errors import SegmentError
from segment_core.study import Study

PLAN = "segment_core.campaigning.planning:plan_in_worker"
MOST_HERE = 10_000
"""Customers up to which a campaign is drawn at once: more take seconds, and go to the worker."""


def draw(study: Study, actions: DeltaGenerator) -> None:
    """Ask for a campaign from top to bottom, and offer to export it."""
    ids = [segment.id for segment in study.clustering.segments]
    titles = dict(zip(ids, names(study), strict=True))
    left, right = st.columns(2, gap="large")
    with left:
        segments = st.multiselect(
            t("Segments"),
            ids,
            default=ids[:1],
            format_func=titles.__getitem__,
            placeholder=t("Choose segments"),
            key="campaign_segments",
            persist_state="session",
        )
        name = st.text_input(
            t("Name of the campaign"),
            max_chars=80,
            placeholder=t("The segments' names, if left empty"),
            key="campaign_name",
            persist_state="session",
        )
    with right:
        goal = st.text_input(
            t("Goal"),
            value=study.contents.brief.goal if study.contents else "",
            max_chars=200,
            help=t("What it is to reach, such as: win lapsed customers back. It stands in the brief."),
            key="campaign_goal",
            persist_state="session",
        )
        channel = _channel(study)
        address = _address(study, channel)
    _chips(segments, titles)
    if not segments:
        st.info(t("Choose at least one segment."), icon=":material/workspaces:")
        return
    chosen = tuple(one for one in ids if one in segments)
    measure, column = _outcome(study)
    version = state.study_version()
    rows = cachedcampaigns.ready(*version, chosen, channel, address=address, measure=measure, column=column)
    n = sum(row.reach[channel] or 0 for row in rows)
    _readiness(study, rows, channel, address, column)
    if n < 2:
        st.warning(_nobody(channel, address))
        return
    baseline, spread = campaignholdout.expected(rows, channel, measure, column)
    share, seed, power = campaignholdout.draw(study, n, measure, baseline, spread)
    _unlike(cachedcampaigns.unlike(*version, chosen, channel, address=address, share=share, seed=seed))
    messages = _messages(study, chosen, channel)
    wish = Wish(
        segments=chosen,
        name=name or "",
        goal=goal or "",
        channel=channel,
        address=address,
        measure=measure,
        share=share,
        baseline=baseline,
        spread=spread,
        power=power,
        messages=messages,
        seed=seed,
    )
    if actions.button(
        t("Export campaign"), type="primary", icon=":material/campaign:", disabled=jobs.busy(), key="export_campaign"
    ):
        _export(study, wish, n)


def _channel(study: Study) -> str:
    return st.selectbox(
        t("Channel"),
        list(WAYS),
        # The first that the file has addresses for, else "Another way": never one that reaches nobody.
        index=next(place for place, code in enumerate(WAYS) if not code or address_column(study.customers, code)),
        format_func=lambda code: tell(WAYS[code]),
        key="campaign_channel",
        persist_state="session",
    )


def _unlike(note: Note | None) -> None:
    if note is not None:
        st.warning(plain(tell(note.message)), icon=":material/balance:")


def _chips(segments: Sequence[str], titles: Mapping[str, str]) -> None:
    places = {segment: place for place, segment in enumerate(titles)}
    for segment in segments:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"campaign_of.{segment}"):
            st.markdown(f"{chip(places[segment])} {plain(titles[segment])}", width="content")
            audits.warn_of(segment)


def _address(study: Study, channel: str) -> str:
    """Ask for the column of addresses, the one that looks like it first; "" where none is needed, or none chosen."""
    if channel not in REACHED:
        return ""
    found = address_column(study.customers, channel) or ""
    able = address_columns(study.customers)
    options = list(able) if found else ["", *able]
    chosen = st.selectbox(
        t("Column of addresses"),
        options,
        index=options.index(found),
        format_func=lambda one: one or t("None was found"),
        key=f"campaign_address_{channel}",
        persist_state="session",
    )
    return chosen or ""


def _outcome(study: Study) -> tuple[Measure, str]:
    left, right = st.columns(2, gap="large")
    measure = left.segmented_control(
        t("What comes back for a customer"),
        ["rate", "mean"],
        default="rate",
        required=True,
        format_func=lambda code: t("Yes or no") if code == "rate" else t("An amount"),
        key="campaign_measure",
        persist_state="session",
    )
    roles = ("yes/no",) if measure == "rate" else ("money", "number", "count")
    able = ["", *study.customers.named(*roles)]
    column = right.selectbox(
        t("What is expected without the campaign, from a column"),
        able,
        format_func=lambda one: one or t("I type it below, or do not know it"),
        help=t("Best the same outcome of an earlier time, such as who answered the last campaign."),
        key=f"campaign_column_{measure}",
        persist_state="session",
    )
    return measure or "rate", column or ""


def _readiness(study: Study, rows: Sequence[Ready], channel: str, address: str, column: str) -> None:
    st.subheader(t("Who can be reached"))
    shown = [code for code in WAYS if code == channel or any(row.reach[code] is not None for row in rows)]
    table = []
    for row in rows:
        reach = {tell(WAYS[code]): row.reach[code] for code in shown}
        worth = {
            label: value
            for one in row.worth
            for label, value in (
                (t("{column}, sum", column=one.column), one.total),
                (t("{column}, of all", column=one.column), one.share),
            )
        }
        known = {t("Expected"): row.baseline} if column else {}
        table.append(
            {t("Segment"): row.name, t("Customers"): row.n, t("May be contacted"): row.consented}
            | {t("Suppressed"): row.suppressed}
            | reach
            | worth
            | known
        )
    shares = {
        t("{column}, of all", column=one.column): st.column_config.NumberColumn(format="percent")
        for row in rows
        for one in row.worth
    }
    sums = {
        t("{column}, sum", column=one.column): st.column_config.NumberColumn(format="localized")
        for row in rows
        for one in row.worth
    }
    st.dataframe(table, hide_index=True, column_config=shares | sums, key="campaign_ready", alt=t("Who can be reached"))
    if address:
        said = t(
            "Reached by {channel}: consent for it, no suppression, and an address in “{column}” that can be one.",
            channel=tell(WAYS[channel]),
            column=plain(address),
        )
        st.caption(said)
    if not study.customers.named("consent", "suppression"):
        st.caption(
            f":orange[:material/warning:] {t('The file says nothing of consent or suppression: everybody counts.')}"
        )


def _nobody(channel: str, address: str) -> str:
    if channel and not address:
        return t(
            "No column of addresses was found for this channel, so nobody can be reached. Choose the column, another "
            "channel, or “Another way” where the tool that sends has the addresses."
        )
    return t("Fewer than two of these customers can be reached. Choose other segments or another channel.")


def _messages(study: Study, segments: Sequence[str], channel: str) -> bool:
    st.subheader(t("Messages"))
    pieces = study.contents.pieces if study.contents else ()
    own = [piece for piece in pieces if piece.segment in segments and (not channel or piece.channel == channel)]
    if own:
        without = len(set(segments) - {piece.segment for piece in own})
        if without:
            st.caption(t("Segments without messages for this channel: {n}", n=without))
        return bool(
            st.toggle(
                t("Attach the messages written for these segments ({n})", n=len(own)),
                value=True,
                key="campaign_messages",
                persist_state="session",
            )
        )
    st.caption(t("No messages are written for these segments in this channel; the campaign can do without."))
    if st.button(t("Write messages"), icon=":material/edit_note:", key="campaign_write"):
        st.session_state["personas_part"] = "messages"
        st.switch_page(frame.PERSONAS)
    return False


def _export(study: Study, wish: Wish, n: int) -> None:
    if n > MOST_HERE:
        jobs.start(PLAN, {"study": state.study_id(), "wish": asdict(wish), "at": now()})
        st.rerun()  # the progress is drawn above this page
    try:
        made = plan_campaign(study, wish, at=now())
    except SegmentError as error:
        st.error(plain(tell(error.message)))
        return
    said = t("Campaign kept: “{name}”", name=plain(made.name))
    keeping.keep(study, said, icon=":material/campaign:", campaigns=(*study.campaigns, made))
    st.rerun()  # the list below and the line that takes it back show it

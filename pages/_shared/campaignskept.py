"""Campaigns kept: each with its files to take along, its results to bring back, and what it brought."""

from functools import partial

import streamlit as st

from pages._shared import campaignresults, keeping, state
from pages._shared.booklets import teller
from pages._shared.words import language, plain, t, tell
from segment_core.artifacts import Campaign
from segment_core.campaigning import brief_of, campaign_csv, file_stem, without
from segment_core.campaigning.briefing import WAYS, can_see, sizes
from segment_core.exporting import brief_docx, brief_html, brief_markdown
from segment_core.intake.marks import sensitive
from segment_core.study import Study

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHOWN = 5


def draw(study: Study) -> None:
    """List the campaigns, the latest first."""
    if not study.campaigns:
        return
    st.subheader(t("Campaigns kept"))
    for campaign in reversed(study.campaigns):
        n_treated, n_held = sizes(campaign)
        title = t(
            "{name} · {treated:,} treated, {held:,} held out", name=plain(campaign.name), treated=n_treated, held=n_held
        )
        with st.expander(
            title, icon=":material/campaign:", expanded=campaign is study.campaigns[-1], key=f"campaign.{campaign.id}"
        ):
            _facts(campaign)
            _files(study, campaign)
            campaignresults.draw(study, campaign)


def _facts(campaign: Campaign) -> None:
    if campaign.goal:
        st.markdown(plain(campaign.goal))
    st.caption(
        t(
            "{channel} · seed {seed} · {share} held out",
            channel=tell(WAYS.get(campaign.channel, WAYS[""])),
            seed=campaign.seed,
            share=f"{campaign.share:.0%}",
        )
    )
    st.caption(plain(tell(can_see(campaign))))
    for note in campaign.notes:
        icon = ":orange[:material/warning:]" if note.level == "warning" else ":material/info:"
        st.caption(f"{icon} {plain(tell(note.message))}")
    if campaign.balance:
        with st.expander(t("How alike the two groups are"), icon=":material/balance:", key=f"balance.{campaign.id}"):
            st.caption(
                t(
                    "Differences in standard deviations, the largest {n} of {total}; under 0.1 is alike.",
                    n=min(SHOWN, len(campaign.balance)),
                    total=len(campaign.balance),
                )
            )
            st.dataframe(
                [{t("Feature"): one.feature, t("Difference"): one.difference} for one in campaign.balance[:SHOWN]],
                hide_index=True,
                column_config={t("Difference"): st.column_config.NumberColumn(format="%.3f")},
                key=f"balance_table.{campaign.id}",
            )


def _files(study: Study, campaign: Campaign) -> None:
    spoken, stem = language(), file_stem(campaign)
    columns = sensitive(study.customers, study.plan.sensitive)

    def blocks() -> tuple:  # made late and outside this session, so the language goes along
        return brief_of(study, campaign, sensitive=columns, tell=teller(spoken), language=spoken)

    offers = (
        ("csv", t("Customers (CSV)"), ":material/table:", "csv", "text/csv", partial(campaign_csv, study, campaign)),
        (
            "docx",
            t("Brief (Word)"),
            ":material/description:",
            "docx",
            WORD,
            lambda: brief_docx(blocks(), language=spoken),
        ),
        (
            "html",
            t("Brief (HTML)"),
            ":material/print:",
            "html",
            "text/html",
            lambda: brief_html(blocks(), language=spoken).encode(),
        ),
        (
            "md",
            t("Brief (Markdown)"),
            ":material/notes:",
            "md",
            "text/markdown",
            lambda: brief_markdown(blocks()).encode(),
        ),
    )
    with st.container(horizontal=True):
        for code, label, icon, ending, kind, make in offers:
            st.download_button(
                label,
                make,
                f"{stem}.{ending}",
                kind,
                icon=icon,
                on_click="ignore",
                key=f"campaign_{code}.{campaign.id}",
            )
        st.button(
            t("Delete"),
            icon=":material/delete:",
            type="tertiary",
            key=f"campaign_delete.{campaign.id}",
            on_click=_delete,
            args=(campaign.id, campaign.name),
        )
    st.caption(
        t(
            "The CSV has a line for each customer, treated or held out; who is held out has no address in it. Who "
            "withdrew consent since is left out."
        )
    )


def _delete(campaign: str, name: str) -> None:
    study = state.study()
    if study is not None:
        said = t("Campaign deleted: “{name}”", name=plain(name))
        keeping.keep(study, said, icon=":material/delete:", campaigns=without(study.campaigns, campaign))

"""Profile: what is special about one segment: drivers, distributions, words, and the customers who stand for it."""

import numpy as np
import streamlit as st

from pages._shared import cachedprofiles, distributions, driverlist, heat, people, radar, said, segmentedits
from pages._shared import evidence as shown
from pages._shared.charts import GREY
from pages._shared.look import chip, look, names
from pages._shared.profilecharts import Group
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering
from segment_core.profiles.drivers import FEWEST
from segment_core.profiles.overview import strongest
from segment_core.study import Study

MOST_BESIDE = 2
PROFILE = "edit_profile"


def draw(study: Study, clustering: Clustering, number: int) -> None:
    """Draw the profile of a segment."""
    evidence = study.evidence
    if evidence is None:
        return
    _header(study, clustering, number)
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(t("What sets it apart"))
        _drivers(study, clustering, number)
    with right:
        st.subheader(t("Against everyone"))
        _spread(study, clustering, number)
        st.subheader(t("Standing among everyone"))
        _radar(study, clustering, number)
    st.subheader(t("All segments at a glance"))
    heat.draw(study, clustering)
    said.draw(study, clustering, evidence, number)
    people.draw(study, clustering, evidence, number)


def _header(study: Study, clustering: Clustering, number: int) -> None:
    segment, name = clustering.segments[number], names(study)[number]
    st.header(f"{chip(number)} {plain(name)}")
    st.caption(
        t(
            "{id} · {n:,} customers · {share} of all",
            id=segment.id,
            n=segment.size,
            share=f"{segment.size / len(study.customers):.1%}",
        )
    )
    if summary := driverlist.sentence(shown.drivers(study, segment.id)):
        st.markdown(summary)
    with st.container(horizontal=True):
        st.button(
            t("Select these customers"),
            icon=":material/select_all:",
            key="profile_select",
            on_click=heat.look_at,
            args=(study, clustering, number),
        )
        st.button(
            t("Compare with others"),
            icon=":material/compare_arrows:",
            key="profile_compare",
            on_click=_compare,
            args=(segment.id,),
        )
        segmentedits.button(segment.id, PROFILE)
        segmentedits.badge(segment.id)
    segmentedits.panel(study, clustering, number, PROFILE)


def _compare(segment: str) -> None:
    st.session_state["compare_a"] = f"segment:{segment}"
    st.session_state["explore_part"] = "compare"


def _drivers(study: Study, clustering: Clustering, number: int) -> None:
    items = shown.drivers(study, clustering.segments[number].id)
    if not items and clustering.segments[number].size < FEWEST:
        st.caption(t("Its customers are too few to compare with the others: that needs {n}.", n=FEWEST))
        return
    if not items:
        st.caption(t("Nothing sets this segment clearly apart from the others."))
        return
    longest = max(len(shown.drivers(study, other.id)) for other in clustering.segments)
    driverlist.draw(items, colour=look().colour(number), key="drivers", alt=t("Drivers of the segment"), n_rows=longest)
    driverlist.honest()


def _spread(study: Study, clustering: Clustering, number: int) -> None:
    segment = clustering.segments[number].id
    prepared, compared = cachedprofiles.prepared(study), cachedprofiles.compared(study)
    best = strongest(compared[number], [fact.column for fact in prepared], 1)
    sides = [
        (Group(names(study)[number], look().colour(number)), clustering.labels == number),
        (Group(t("Everyone"), GREY), np.ones(len(study.customers), dtype=bool)),
    ]
    distributions.draw(prepared, sides, default=best[0] if best else "", key=f"profile_column.{segment}")


def _radar(study: Study, clustering: Clustering, number: int) -> None:
    titles = names(study)
    others = [place for place in range(clustering.n_segments) if place != number]
    beside = st.multiselect(
        t("Show beside it"),
        others,
        format_func=lambda place: titles[place],
        max_selections=MOST_BESIDE,
        key=f"radar_beside.{number}",
        placeholder=t("Up to two more segments"),
    )
    sides = [(Group(titles[place], look().colour(place)), clustering.labels == place) for place in (number, *beside)]
    radar.draw(cachedprofiles.prepared(study), sides, key="radar")

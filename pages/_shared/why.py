"""Why here: for one customer the next segment, the facts that decided, what would move them, and who is like them."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import figures, people, selected, state, view, whycached, whycharts
from pages._shared.charts import GREY
from pages._shared.look import chip, look, names
from pages._shared.moves import draw as draw_moves
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Clustering, Scorer
from segment_core.scoring import Fact, Why, fact_said
from segment_core.study import Study

KEY = "why_customer"
MOST_LISTED = 2_000
"""Customers who are all offered by id; of more, a few are, and any id can be typed."""
MOST_OFFERED = 50
N_ROWS = 4


def draw(study: Study, clustering: Clustering) -> None:
    """Draw the choice of a customer, and all that is said of them."""
    version = state.study_version()
    scorer = whycached.scorer(*version) if version else None
    if version is None or scorer is None:
        st.caption(t("There are no features to explain these segments by. Find segments again."))
        return
    customer = _ask(study, clustering, version[1])
    if customer not in study.customers.frame.index:
        st.warning(t("There is no customer {id}. Ids are compared as written.", id=plain(customer)[:200]))
        return
    why = whycached.why(*version, customer)
    if why is None:
        return
    titles = [f"{chip(place)} {plain(name)}" for place, name in enumerate(names(study))]
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(border=True):
        _place(study, why, titles)
        _facts(study, why, titles)
    with right, st.container(border=True):
        draw_moves(study, scorer, why, titles)
    _alike(study, why, titles)
    _trust(scorer)


def _ask(study: Study, clustering: Clustering, study_id: str) -> str:
    """Ask which customer; a new selection on the map brings its first one."""
    index = study.customers.frame.index
    looked_at = clustering.segments[selected.chosen(clustering)].id
    typical = study.evidence.typical.get(looked_at, ()) if study.evidence else ()
    border = study.evidence.boundary.get(looked_at, ()) if study.evidence else ()
    clicked = view.customer()
    marked, before = (clicked,) if clicked in index else state.selection(), view.explained(study_id)
    if before is None:
        st.session_state[KEY] = next(iter((*marked, *border, *index[:1])))
    elif marked and marked != before[1]:
        st.session_state[KEY] = marked[0]
    elif KEY not in st.session_state:
        st.session_state[KEY] = before[0]
    now = st.session_state[KEY]
    offered = index.tolist() if len(index) <= MOST_LISTED else [*marked[:MOST_OFFERED], *typical, *border]
    where, ready = st.columns([2, 3], vertical_alignment="bottom")
    with where:
        found = st.selectbox(
            t("Customer"),
            list(dict.fromkeys([*offered, *([now] if now else [])])),
            placeholder=t("Choose a customer, or type an id"),
            accept_new_options=True,
            key=KEY,
        )
    with ready.container(horizontal=True):
        _offer(t("A typical one"), typical, "typical", ":material/target:")
        _offer(t("One on the border"), border, "border", ":material/compare_arrows:")
        if marked:
            _offer(t("Selected on the map"), marked, "selected", ":material/lasso_select:")
    view.set_explained(study_id, found or index[0], marked)
    return found or str(index[0])


def _offer(label: str, ids: Sequence[str], key: str, icon: str) -> None:
    """Draw a button that goes to the first of some customers, and on to the next each time."""
    now = st.session_state.get(KEY)
    place = (list(ids).index(now) + 1) % len(ids) if now in ids else 0
    st.button(
        label,
        icon=icon,
        disabled=not ids,
        key=f"why_{key}",
        on_click=_choose,
        args=(ids[place] if ids else "",),
        help=t("Of the segment being looked at; press again for the next one.") if key != "selected" else None,
    )


def _choose(customer: str) -> None:
    st.session_state[KEY] = customer


def _place(study: Study, why: Why, titles: Sequence[str]) -> None:
    """Say where the customer is, how clearly, and what is next."""
    head, act = st.columns([4, 2], vertical_alignment="center")
    head.subheader(t("Customer {id}", id=plain(why.customer)))
    act.button(
        t("Show on the map"),
        icon=":material/scatter_plot:",
        key="why_to_map",
        on_click=view.select,
        args=((why.customer,),),
    )
    sure = {
        "core": t("clearly inside"),
        "fringe": t("close to the border"),
        "outlier": t("unlike the rest of it"),
    }[why.band]
    st.markdown(
        t("In **{segment}**, {sure}.", segment=titles[why.segment], sure=sure),
        help=t(
            "Strength {strength}: 0 is on the border with the nearest other segment, 1 in the middle of the own one. "
            "Outliers are far from the middle of their segment, compared with its other customers.",
            strength=f"{why.strength:.2f}",
        ),
    )
    if why.other < 0:
        st.markdown(t("There is only one segment, so there is none to compare it with."))
        return
    nearest = why.other if why.other != why.segment else why.scored
    st.markdown(t("The nearest other segment is **{segment}**.", segment=titles[nearest]))
    if why.membership is not None:
        order = why.membership.argsort()[::-1][:2]
        parts = " · ".join(f"{titles[place]} {why.membership[place]:.0%}" for place in order.tolist())
        st.markdown(t("Belongs to: {parts}", parts=parts), help=t("Soft membership, as the algorithm gives it."))
    if why.scored != why.segment:
        st.info(
            t(
                "The algorithm put this customer into {segment}; the scorer, which compares with the middle of each "
                "segment, would say {scored}. What follows explains the scorer.",
                segment=titles[why.segment],
                scored=titles[why.scored],
            ),
            icon=":material/info:",
        )


def _facts(study: Study, why: Why, titles: Sequence[str]) -> None:
    """Draw the facts that decided, each with its bar, and say them."""
    if why.other < 0 or not why.facts:
        return
    st.markdown(f"**{_heading(len(why.facts))}**")
    own, other = (f"“{names(study)[place]}”" for place in (why.scored, why.other))
    shown = [*why.facts, *([why.against] if why.against else [])]
    words = [f"{_title(fact)} · {fact.share:.0%}" for fact in why.facts]
    if why.against:
        words.append(t("Against: {fact}", fact=_title(why.against)))
    said = [tell(fact_said(fact, own, other)) for fact in shown]
    colours = [look().colour(why.scored)] * len(why.facts) + [GREY] * (len(shown) - len(why.facts))
    figures.draw(
        whycharts.pulls([fact.pull for fact in shown], words, colours, look(), N_ROWS),
        [
            {t("Fact"): _title(fact), t("Pull"): fact.pull, t("Part of its side"): fact.share, t("In words"): sentence}
            for fact, sentence in zip(shown, said, strict=True)
        ],
        key="why_facts",
        alt=t("What put this customer into the segment"),
        formats={
            t("Pull"): st.column_config.NumberColumn(format="%+.3f"),
            t("Part of its side"): st.column_config.NumberColumn(format="percent"),
        },
    )
    st.markdown("\n".join(f"{number}. {plain(text)}" for number, text in enumerate(said[: len(why.facts)], 1)))
    if why.against:
        st.markdown(t("What speaks most for {segment}: {fact}", segment=titles[why.other], fact=plain(said[-1])))
    st.caption(
        t("The percentages are parts of all that speaks for this segment against the nearest other one."),
        help=t(
            "Squared distance to the centre of the other segment minus that to the own one, added up over the features "
            "of each column, in the weighted space in which segments were found. The sum over all columns is what "
            "decides."
        ),
    )


def _heading(n: int) -> str:
    return {1: t("The fact that decided"), 2: t("The two facts that decided")}.get(n, t("The three facts that decided"))


def _title(fact: Fact) -> str:
    if fact.kind != "block":
        return fact.name
    return {
        "text": t("What they wrote"),
        "topics": t("What they write about"),
        "traits": t("Attitudes in their texts"),
        "graph": t("What they share with others"),
    }.get(fact.name, t("Vectors"))


def _alike(study: Study, why: Why, titles: Sequence[str]) -> None:
    """Show the most similar customers, inside the segment and across its border, with what they wrote."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(t("Customers like this"))
        st.button(
            t("Show them on the map"),
            icon=":material/scatter_plot:",
            key="why_alike_to_map",
            disabled=not (why.alike or why.across),
            on_click=view.select,
            args=((why.customer, *why.alike, *why.across),),
        )
    other = why.other if why.other != why.segment else why.scored
    both = [(why.alike, why.segment, "own"), (why.across, other, "other")]
    for place, (ids, segment, key) in zip(st.columns(2, gap="medium"), both, strict=True):
        with place:
            if segment >= 0:
                st.markdown(t("The nearest in {segment}", segment=titles[segment]))
            people.table(study, ids, f"why_people.{key}", texts_first=True)


def _trust(scorer: Scorer) -> None:
    """Say how far the scorer is to be believed, and that it speaks of no causes."""
    found = scorer.assigner
    st.caption(
        t(
            "The scorer puts {share} of the customers where the algorithm did. This is about the scorer, not about "
            "causes: changing a figure in a table does not change a person.",
            share=f"{found.agreement:.1%}" if found.agreement < 1 else "100%",
        ),
        help=t(
            "Counted on {n:,} customers who were held out while it was fitted. It assigns to the nearest of "
            "{centres:,} centres, up to {each} for a segment; it is kept with the study and places new customers too.",
            n=found.n_tested,
            centres=len(found.centres),
            each=found.n_each,
        ),
    )

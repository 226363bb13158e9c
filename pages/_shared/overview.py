"""Overview: what the segments are, in a row of figures and a list of cards."""

import streamlit as st

from pages._shared import evidence as shown
from pages._shared import frame, glossary, jobs, segmentedits, view
from pages._shared.look import chip, names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Clustering, Scorecard, Segment
from segment_core.study import Study

MOST_OPEN = 10
CARD = "edit_card"


def not_yet() -> None:
    """Say that there are features but no segments yet, and which button finds them."""
    if not jobs.busy():
        line = t("The features are built. Press *Find segments* beside this page to see who belongs together.")
        st.info(line, icon=":material/workspaces:")


def warning(scorecard: Scorecard, *, automatic: bool) -> None:
    """Say before anything else that there is nothing there, if so, and why; a cut set by hand may be to blame."""
    if scorecard.verdict != "nothing-there":
        return
    st.warning(
        t(
            "There is no structure here: customers whose columns are shuffled look just as grouped. "
            "The segments below are slices of one cloud, not kinds of customers. Do not plan on them."
        )
        if automatic
        else t(
            "This cut finds no structure: customers whose columns are shuffled look just as grouped. The segments "
            "below are slices, not kinds of customers. Do not plan on them; ask for fewer, or let Automatic choose."
        ),
        icon=":material/block:",
    )
    for check in scorecard.checks:
        if check.code == "structure":
            st.caption(plain(tell(check.finding)))


def figures(clustering: Clustering, scorecard: Scorecard | None) -> None:
    """Draw the row of figures: how many, do they come back, do they stand apart, and the verdict."""
    stability = scorecard.value("stability") if scorecard else None
    apart = scorecard.value("silhouette") if scorecard else None
    verdict = scorecard.verdict if scorecard else None
    with st.grid(4, min_column_width=150):
        st.metric(
            t("Segments"),
            clustering.n_segments,
            help=t("Groups of customers who are alike. Everyone is in exactly one."),
            border=True,
            height="stretch",
        )
        st.metric(
            t("Stability"),
            "–" if stability is None else f"{stability:.2f}",
            help=t(
                "Would these segments come back with other customers? 1 is always, above 0.75 is dependable, "
                "below 0.6 is chance. (Bootstrap Jaccard.)"
            ),
            border=True,
            height="stretch",
        )
        st.metric(
            t("Separation"),
            "–" if apart is None else f"{apart:.2f}",
            help=t(
                "How much closer are customers to their own segment than to the next? 1 is far apart, 0 is touching; "
                "0.1 to 0.4 is usual with many columns. (Silhouette.)"
            ),
            border=True,
            height="stretch",
        )
        st.metric(
            t("Verdict"),
            glossary.verdict(verdict) if verdict else "–",
            help=meaning(verdict) if verdict else None,
            border=True,
            height="stretch",
        )


def meaning(verdict: str) -> str:
    """Say what a verdict means for somebody who wants to use the segments."""
    return {
        "solid": t("The segments come back with other customers and stand apart: plan on them."),
        "soft": t("There are kinds of customers here, but they shade into each other: plan on their cores."),
        "artefact": t(
            "The cutting made them: they are slices of one crowd, one column makes them all, or they do not come back "
            "with other customers. See the checks."
        ),
        "nothing-there": t("Customers whose columns are shuffled look just as grouped: do not plan on these."),
    }[verdict]


def cards(study: Study, clustering: Clustering) -> None:
    """Draw a card a segment: colour, name, size, one sentence, three drivers, and whether it comes back."""
    for number in range(min(clustering.n_segments, MOST_OPEN)):
        _card(study, clustering, number)
    rest = range(MOST_OPEN, clustering.n_segments)
    if rest:
        with st.expander(t("Smaller segments: {n}", n=len(rest)), icon=":material/unfold_more:", key="smaller"):
            for number in rest:
                _card(study, clustering, number)


def _card(study: Study, clustering: Clustering, number: int) -> None:
    segment = clustering.segments[number]
    with st.container(border=True, key=f"segment.{segment.id}"):
        who, what, how = st.columns([3, 6, 2], vertical_alignment="center")
        with who:
            _who(study, segment, number, names(study)[number])
        with what:
            _what(study, segment)
        with how:
            _how(study, segment)
        segmentedits.panel(study, clustering, number, CARD)


def _who(study: Study, segment: Segment, number: int, name: str) -> None:
    share = segment.size / len(study.customers)
    with st.container(gap=None):
        st.markdown(f"{chip(number)} **{plain(name)}**")
        st.caption(
            t("{id} · {n:,} customers · {share}", id=segment.id, n=segment.size, share=f"{share:.1%}"),
        )


def _what(study: Study, segment: Segment) -> None:
    persona = study.personas.of(segment.id) if study.personas else None
    with st.container(gap="xsmall"):
        if persona and study.evidence:
            st.markdown(shown.sentence(persona.tagline, study.evidence, marked=False))
        said = persona.tagline.evidence if persona else ()
        found = shown.drivers(study, segment.id)
        drivers = [item for item in found if item.id not in said][:3]
        if drivers:
            arrows = {"over": "↑", "under": "↓"}
            st.markdown(
                " ".join(f":gray-badge[{arrows[item.direction]} {plain(shown.figure(item))}]" for item in drivers)
            )
        elif not found:
            st.caption(t("Nothing sets this segment clearly apart."))


def _how(study: Study, segment: Segment) -> None:
    value = study.scorecard.value("stability", segment.id) if study.scorecard else None
    with st.container(gap="xsmall", horizontal_alignment="right"):
        if value is not None:
            colour = "green" if value >= 0.75 else "orange" if value >= 0.6 else "red"
            st.badge(
                t("Comes back: {value}", value=f"{value:.2f}"),
                color=colour,
                help=t("How much of this segment is found again with other customers; above 0.75 is dependable."),
            )
        segmentedits.badge(segment.id)
        segmentedits.button(segment.id, CARD)
        if st.button(t("Explore"), icon=":material/scatter_plot:", type="tertiary", key=f"explore.{segment.id}"):
            view.choose_segment(segment.id)
            st.switch_page(frame.EXPLORE)

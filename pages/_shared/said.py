"""Said: the words, topics and quotes of a segment."""

import pandas as pd
import streamlit as st

from pages._shared import evidence as shown
from pages._shared import figures, profilecharts
from pages._shared.charts import GREY
from pages._shared.look import look, names
from pages._shared.profilecharts import Group
from pages._shared.topicspread import called
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering, Evidence, EvidenceItem, Topics
from segment_core.study import Study
from segment_core.topics import by_segment

MOST_TOPICS = 8


def draw(study: Study, clustering: Clustering, evidence: Evidence, number: int) -> None:
    """Draw what a segment writes: its words, its topics where there are any, and quotes."""
    segment = clustering.segments[number].id
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(t("Words"))
        words(evidence.of(segment, "term"), t("Its texts use these words more than those of other segments."))
        if study.topics is not None and study.topics.topics:
            st.subheader(t("Topics"))
            _topics(study, clustering, study.topics, number)
    with right:
        st.subheader(t("Quotes"))
        quotes = evidence.of(segment, "quote")
        for item in quotes:
            shown.quote(item)
        if not quotes:
            st.caption(t("There are no texts to quote."))


def words(items: tuple[EvidenceItem, ...] | list[EvidenceItem], caption: str) -> None:
    """Draw words as badges, strongest first."""
    if not items:
        st.caption(t("There are no texts, or no words that stand out."))
        return
    st.caption(
        caption,
        help=t("Class-based TF-IDF (c-TF-IDF): frequent in these texts, rare in the others (Grootendorst 2022)."),
    )
    st.markdown(" ".join(f":gray-badge[{plain(item.text or item.label)}]" for item in items))


def _topics(study: Study, clustering: Clustering, topics: Topics, number: int) -> None:
    segment = clustering.segments[number].id
    table = by_segment(topics, clustering.ids)
    own = table[(table["segment"] == segment) & (table["n"] > 0)]
    own = own.assign(away=(own["share"] - own["base"]).abs()).sort_values("away", ascending=False, kind="stable")
    own = own.head(MOST_TOPICS).sort_values(["share", "topic"], ascending=[False, True], kind="stable")
    if own.empty:
        st.caption(t("Nobody in this segment wrote anything that a topic was found in."))
        return
    title = names(study)[number]
    by_id = {topic.id: called(topic) for topic in topics.topics}
    labels = [by_id[topic] for topic in own["topic"]]
    sides = [Group(title, look().colour(number)), Group(t("Everyone"), GREY)]
    shares = [own["share"].tolist(), own["base"].tolist()]
    hovers = [
        [
            t("{group}, {value}: {share}", group=side.name, value=label, share=f"{share:.1%}")
            for label, share in zip(labels, row, strict=True)
        ]
        for side, row in zip(sides, shares, strict=True)
    ]
    figure = profilecharts.bars(labels, shares, sides, hovers, look())
    rows = pd.DataFrame(
        {
            t("Topic"): labels,
            t("Share"): own["share"],
            t("Share among all"): own["base"],
            t("Times as much"): own["lift"],
            t("From (95 %)"): own["low"],
            t("To (95 %)"): own["high"],
            t("Customers who wrote"): own["n"],
        }
    )
    percent = st.column_config.NumberColumn(format="percent")
    formats = dict.fromkeys((t("Share"), t("Share among all"), t("From (95 %)"), t("To (95 %)")), percent)
    figures.draw(figure, rows, key="profile_topics", alt=t("Topics of the segment"), formats=formats)
    st.caption(
        t("The topics in which the segment differs most: their share in what it wrote, and in what everyone did.")
    )

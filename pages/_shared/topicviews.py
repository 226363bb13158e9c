"""Topic views: what customers write about, by size, in their own words, by segment and over time."""

import pandas as pd
import streamlit as st

from pages._shared import frame, topicspread, view
from pages._shared.topicspread import called
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Topics
from segment_core.features import text
from segment_core.language import words
from segment_core.profiles.exemplars import cut
from segment_core.study import Study
from segment_core.topics import mean_coherence, with_typical

MOST_ROWS, TALLEST_TABLE = 12, 460


def draw(study: Study) -> None:
    """Draw the topics of a study, or say how to have some."""
    topics = study.topics
    if not study.customers.named("text"):
        st.caption(t("No column holds texts. If one does, give it the role “Text” on the Data page."))
        return
    if topics is None:
        st.caption(
            t("No topics were looked for. Choose how topics are found, give them a weight, and build the features.")
        )
        return
    st.markdown(plain(tell(topics.reason)))
    for note in topics.notes:
        st.caption(plain(tell(note.message)))
    _figures(topics)
    _list(topics)
    number = st.selectbox(
        t("Look at a topic"),
        range(len(topics.topics)),
        format_func=lambda number: called(topics.topics[number]),
        key="topic",
    )
    _one(study, topics, number if number is not None and number < len(topics.topics) else 0)
    if study.clustering is not None:
        st.subheader(t("Topics by segment"))
        topicspread.segments(study, topics, study.clustering)
    if dates := topicspread.dates_of(study):
        st.subheader(t("Topics over time"))
        topicspread.time(study, topics, dates, number or 0)


def _figures(topics: Topics) -> None:
    n_speaking = int((topics.shares.sum(axis=1) > 0).sum())
    with st.grid(3, min_column_width=200):
        st.metric(t("Topics"), len(topics.topics), border=True)
        st.metric(
            t("Customers with a topic"), f"{n_speaking:,}", border=True, help=t("Customers whose texts could be read.")
        )
        st.metric(
            t("Mean coherence"),
            f"{mean_coherence(topics):.2f}",
            border=True,
            help=t(
                "Normalised pointwise mutual information (NPMI) of each topic's ten leading words over all texts, "
                "averaged over the topics."
            ),
        )
    st.caption(
        t(
            "Coherence says whether a topic's words stand in the same texts: 1 always, 0 as often as chance has it, "
            "-1 never. From about 0.1 a topic reads well; short texts hold few words together and often lie below 0, "
            "so compare only runs on the same texts."
        )
    )


def _list(topics: Topics) -> None:
    table = pd.DataFrame(
        {
            t("Topic"): [topic.id for topic in topics.topics],
            t("Words"): [list(topic.terms) for topic in topics.topics],
            t("Customers"): [topic.size for topic in topics.topics],
            t("Share"): [topic.share for topic in topics.topics],
            t("Coherence"): [topic.coherence for topic in topics.topics],
        }
    )
    largest = max((topic.size for topic in topics.topics), default=1)
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) <= MOST_ROWS else TALLEST_TABLE,
        column_config={
            t("Topic"): st.column_config.TextColumn(width=60),
            t("Words"): st.column_config.ListColumn(width=560),
            t("Customers"): st.column_config.ProgressColumn(
                format="localized", min_value=0, max_value=largest, color="gray", help=t("Who write of it most.")
            ),
            t("Share"): st.column_config.NumberColumn(format="percent", help=t("Of all that was written.")),
            t("Coherence"): st.column_config.NumberColumn(format="%.2f"),
        },
        key="topics_table",
        alt=t("Topics by size"),
    )
    topicspread.csv(table.assign(**{t("Words"): table[t("Words")].map(", ".join)}), "topics")


def _one(study: Study, topics: Topics, number: int) -> None:
    topic = topics.topics[number]
    with st.container(border=True, key="topic_card"):
        st.markdown(" ".join(f":gray-badge[{plain(term)}]" for term in topic.terms))
        st.caption(
            t(
                "{n:,} customers write of it most · {share} of all that was written · coherence {coherence}",
                n=topic.size,
                share=f"{topic.share:.1%}",
                coherence=f"{topic.coherence:.2f}",
            )
        )
        st.markdown(f"**{t('Typical texts')}**")
        for customer, quoted in _quotes(study, topics, number):
            with st.container(gap=None):
                st.text(f"“{quoted}”")
                st.caption(t("Customer {id}", id=plain(customer)))
        if st.button(
            t("Show these customers"), icon=":material/scatter_plot:", type="tertiary", key=f"topic_people.{topic.id}"
        ):
            leading = (topics.shares.argmax(axis=1) == number) & (topics.shares.sum(axis=1) > 0)
            view.select(study.customers.frame.index[leading].tolist())
            st.switch_page(frame.EXPLORE)


def _quotes(study: Study, topics: Topics, number: int) -> list[tuple[str, str]]:
    """Return typical customers and, of all that each wrote, the text that holds most of the topic's words."""
    ids = study.customers.frame.index.astype(str)
    texts = text.texts_of(study.customers)
    topic = topics.topics[number]
    if not topic.typical:
        topic = with_typical(topics, texts, ids.tolist()).topics[number]
    sought = {word for term in topic.terms for word in term.split()}
    said, found = study.customers.said, []
    for customer in topic.typical:
        own = [] if said is None else said.loc[(said["customer"] == customer).to_numpy(), "text"].tolist()
        own = sorted(own) or [texts[ids.get_loc(customer)]]
        best = max(own, key=lambda one: len(sought & set(words(one[:20_000]))))
        found.append((customer, cut(best)))
    return found

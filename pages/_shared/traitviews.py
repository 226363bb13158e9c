"""Trait views: attitudes read from texts, by segment and customer, each with the quote it rests on."""

import numpy as np
import pandas as pd
import streamlit as st

from pages._shared import contradictionviews, figures, frame, view
from pages._shared.look import look, names
from pages._shared.traitcharts import attitudes
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Clustering, Traits
from segment_core.study import Study
from segment_core.traits import criterion

N_BINS = 8
FEWEST = 5
"""Customers of a segment that must speak of a trait before their mean is coloured."""
N_CARDS, MOST_ROWS = 6, 200
STRONGEST, WEAKEST = "strongest", "weakest"


def draw(study: Study) -> None:
    """Draw what was read from texts: a line a trait, traits by segment, customers with quotes, words against wallet."""
    traits = study.traits
    if not study.customers.named("text"):
        st.caption(t("No column holds texts. If one does, give it the role “Text” on the Data page."))
        return
    if traits is None:
        st.caption(
            t(
                "No attitudes were read from texts. Switch on “Traits” under Features and build them: sentiment, price "
                "sensitivity and the like then appear here, each with the quote it rests on."
            )
        )
        return
    st.caption(plain(tell(traits.reason)))
    for note in traits.notes:
        icon = ":orange[:material/warning:]" if note.level == "warning" else ":material/info:"
        st.caption(f"{icon} {plain(tell(note.message))}")
    if not traits.names:
        st.caption(t("Nothing that the rubric asks for was found in these texts."))
        return
    st.subheader(t("What was heard"))
    _overview(traits)
    if study.clustering is not None:
        st.subheader(t("By segment"))
        _by_segment(study, traits, study.clustering)
    st.subheader(t("Customers and their words"))
    _customers(study, traits)
    st.subheader(t("Words contradict wallet"))
    contradictionviews.draw(study, traits)


def label(name: str) -> str:
    """Name a trait in the analyst's language."""
    return tell(criterion(name).label)


def _overview(traits: Traits) -> None:
    rows = []
    for place, name in enumerate(traits.names):
        scores = traits.scores[:, place]
        known = scores[np.isfinite(scores)].astype(float)
        counts, _ = np.histogram(known, bins=N_BINS, range=(criterion(name).low, 1.0))
        rows.append(
            {
                t("Attitude"): label(name),
                t("Customers who say something"): len(known),
                t("Share"): len(known) / max(1, len(scores)),
                t("Mean"): float(known.mean()),
                t("Distribution"): counts.tolist(),
                t("What the scale means"): tell(criterion(name).rubric),
            }
        )
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="content",
        column_config={
            t("Share"): st.column_config.NumberColumn(format="percent"),
            t("Mean"): st.column_config.NumberColumn(format="%+.2f"),
            t("Distribution"): st.column_config.BarChartColumn(
                help=t("From the lower end of the scale, left, to the upper end, right."), y_min=0
            ),
            t("What the scale means"): st.column_config.TextColumn(width="large"),
        },
        key="traits_overview",
        alt=t("Attitudes read from texts"),
    )


def _by_segment(study: Study, traits: Traits, clustering: Clustering) -> None:
    titles = names(study)
    table = pd.DataFrame(traits.scores.astype(float), columns=list(traits.names))
    groups = table.groupby(clustering.labels)
    counts = groups.count().reindex(range(len(titles)), fill_value=0)
    means = groups.mean().reindex(range(len(titles)))
    shades, told, hovers, rows = [], [], [], []
    for name in traits.names:
        low = criterion(name).low
        cells = list(zip(titles, counts[name], means[name], strict=True))
        shades.append([(mean - low) / (1 - low) if n >= FEWEST else None for _, n, mean in cells])
        told.append([f"{round(mean, 2) + 0:+.2f}" if n >= FEWEST else "" for _, n, mean in cells])
        hovers.append([_hover(label(name), title, n, mean) for title, n, mean in cells])
        rows += [
            {t("Attitude"): label(name), t("Segment"): title, t("Customers who say something"): n, t("Mean"): mean}
            for title, n, mean in cells
        ]
    figure = attitudes([label(name) for name in traits.names], titles, shades, told, hovers, look=look())
    figures.draw(
        figure,
        rows,
        key="traits_by_segment",
        alt=t("Mean of each attitude by segment"),
        formats={t("Mean"): st.column_config.NumberColumn(format="%+.2f")},
    )
    st.caption(
        t(
            "The mean among those of a segment who say something; the stronger the colour, the nearer to the upper end "
            "of the scale. Cells with fewer than {n} such customers stay blank.",
            n=FEWEST,
        )
    )


def _hover(trait: str, segment: str, n: int, mean: float) -> str:
    if not n:
        return t("{segment} · {trait}: nobody says anything", segment=segment, trait=trait)
    return t("{segment} · {trait}: {mean}, of {n:,} customers", segment=segment, trait=trait, mean=f"{mean:+.2f}", n=n)


def _customers(study: Study, traits: Traits) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(t("Attitude"), traits.names, format_func=label, key="trait_picked", width=320)
        end = st.segmented_control(
            t("Which end of the scale"),
            [STRONGEST, WEAKEST],
            default=STRONGEST,
            required=True,
            format_func=lambda code: t("upper end") if code == STRONGEST else t("lower end"),
            key="trait_end",
        )
    st.caption(tell(criterion(name).rubric))
    scores = pd.Series(
        traits.scores[:, traits.names.index(name)].astype(float), index=study.customers.frame.index.astype("str")
    ).dropna()
    scores = scores.sort_values(ascending=end == WEAKEST, kind="stable")
    own = traits.quotes[traits.quotes["trait"] == name]
    n_texts = own["customer"].value_counts()
    own = own.sort_values("score", ascending=end == WEAKEST, kind="stable").drop_duplicates("customer")
    found = own.set_index("customer").reindex(scores.index[:MOST_ROWS]).assign(mean=scores[:MOST_ROWS])
    cells = [cell for _ in range(0, min(N_CARDS, len(found)), 2) for cell in st.columns(2, gap="medium")]
    for place, (customer, row) in enumerate(found.head(N_CARDS).iterrows()):
        with cells[place].container(border=True, gap="xsmall", key=f"trait_quote.{place}"):
            st.text(f"“{row['text']}”")
            said = [t("Customer {id}: {score}", id=plain(customer), score=f"{row['mean']:+.2f}")]
            if n_texts[customer] > 1:
                said.append(t("the mean of {n} texts, of which this says most", n=int(n_texts[customer])))
            said.append(contradictionviews.source(str(row["column"]), int(row["row"]), str(row["table"])))
            st.caption(" · ".join(said))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            t("Show these {n} customers on the map", n=len(found)), icon=":material/scatter_plot:", key="trait_to_map"
        ):
            view.select(found.index.tolist())
            st.switch_page(frame.EXPLORE)
    with st.expander(t("As a table"), icon=":material/table:", key="trait_customers_open"):
        st.dataframe(
            pd.DataFrame(
                {
                    t("Customer"): found.index,
                    t("Score"): found["mean"].to_numpy(),
                    t("Quote"): found["text"].to_numpy(),
                    t("Column"): found["column"].to_numpy(),
                    t("Table"): found["table"].to_numpy(),
                    t("Row"): found["row"].to_numpy(),
                }
            ),
            hide_index=True,
            column_config={t("Score"): st.column_config.NumberColumn(format="%+.2f")},
            key="trait_customers",
            alt=t("Customers and their words"),
        )
    _of_customer(study, traits)


def _of_customer(study: Study, traits: Traits) -> None:
    """Show all scores of one customer, each with every sentence it rests on."""
    ids = study.customers.frame.index.astype("str")
    wanted = st.text_input(
        t("All scores of a customer"), placeholder=str(ids[0]), key="trait_customer", width=320
    ).strip()
    if not wanted:
        return
    if wanted not in ids:
        st.caption(t("Nobody has the id {id}.", id=plain(wanted)))
        return
    scores = dict(zip(traits.names, traits.scores[ids.get_loc(wanted)].astype(float).tolist(), strict=True))
    own = traits.quotes[traits.quotes["customer"] == wanted]
    own = own.sort_values("trait", key=lambda names: names.map(traits.names.index), kind="stable")
    if own.empty:
        st.caption(t("Customer {id} says nothing that the rubric asks for.", id=plain(wanted)))
        return
    two = st.column_config.NumberColumn(format="%+.2f")
    st.dataframe(
        pd.DataFrame(
            {
                t("Attitude"): own["trait"].map(label).to_numpy(),
                t("Score"): own["trait"].map(scores).to_numpy(),
                t("Of this text"): own["score"].to_numpy(),
                t("Quote"): own["text"].to_numpy(),
                t("Column"): own["column"].to_numpy(),
                t("Table"): own["table"].to_numpy(),
                t("Row"): own["row"].to_numpy(),
            }
        ),
        hide_index=True,
        column_config={t("Score"): two, t("Of this text"): two},
        key="trait_customer_table",
        alt=t("All scores of a customer"),
    )

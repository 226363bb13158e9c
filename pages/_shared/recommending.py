"""Recommending: ask for recommendations, see how well they would have foretold, and take them along."""

from functools import partial

import pandas as pd
import streamlit as st

from pages._shared import consent, forms, jobs, state
from pages._shared.look import names
from pages._shared.words import language, plain, t, tell
from segment_core.artifacts import GROUNDS, Offline, Recommendations
from segment_core.choices import options_to_json
from segment_core.exporting.consent import contactable, withheld
from segment_core.offering import FEWEST, has_orders, listed_csv, reason
from segment_core.recommending import RECOMMENDERS
from segment_core.reporting.speaking import teller
from segment_core.study import Study

OFFER = "segment_core.offering:offer"
KEY = "recommending"
_KEPT_APART = ("fewest", "excluded", "seed")


def ask(study: Study) -> None:
    """Ask in the sidebar how to recommend, and offer to start the job."""
    if study.clustering is None or not has_orders(study.customers):
        return
    found = study.recommendations
    made = dict(found.made_by.options) if found else {}
    level = st.segmented_control(
        t("What to recommend"),
        ["product", "category"],
        default=found.level if found else "product",
        required=True,
        format_func={"product": t("Products"), "category": t("Categories")}.get,
        key="recommending_level",
    )
    lines = list(RECOMMENDERS)
    name = st.selectbox(
        t("How"),
        lines,
        index=lines.index(found.made_by.name) if found else 0,
        format_func=lambda line: t(RECOMMENDERS[line].label),
        key="recommending_how",
    )
    st.caption(t(RECOMMENDERS[name].when))
    values = {key: value for key, value in made.items() if key not in _KEPT_APART}
    with st.expander(t("Options"), icon=":material/tune:", key="recommending_options"):
        same = values if found and found.made_by.name == name else {}
        options = options_to_json(forms.ask(RECOMMENDERS[name].options, key=f"{KEY}.{name}", values=same))
        fewest = st.number_input(
            t("Fewest customers of an item"), 2, 1000, int(made.get("fewest", FEWEST)), key="recommending_fewest"
        )
    excluded = _excluded(found, list(made.get("excluded", ())), str(level))
    label = t("Recommend again") if found else t("Recommend")
    if st.button(label, type="primary", icon=":material/recommend:", key="recommend", disabled=jobs.busy()):
        jobs.start(
            OFFER,
            {
                "study": state.study_id(),
                "recommender": {"name": name, "options": options},
                "level": level,
                "fewest": int(fewest),
                "excluded": excluded,
                "seed": study.plan.seed,
            },
        )
        st.rerun()  # the progress is drawn above this page


def draw(study: Study) -> None:
    """Draw the offline figures, what fits each segment, one customer's list with reasons, and the file."""
    if study.clustering is None:
        st.caption(t("Find segments first: recommendations take account of what each segment buys."))
        return
    if not has_orders(study.customers):
        st.info(
            t(
                "There are no lines of orders in this study, so nothing says who bought what, and nothing is "
                "recommended rather than invented. Add a table with a row for each thing bought on the Data page: "
                "customer, date, product."
            ),
            icon=":material/shopping_cart_off:",
        )
        return
    found = study.recommendations
    if found is None:
        st.caption(
            t(
                "Nothing is recommended yet. The lines of orders are read again; the last fifth of the time is held "
                "back to see whether recommending beats offering everybody what sells best."
            )
        )
        return
    _figures(found)
    _segments(study, found)
    _customer(study, found)
    _file(study, found)
    for note in found.notes:
        st.caption(plain(tell(note.message)))


def _excluded(found: Recommendations | None, before: list[str], level: str) -> list[str]:
    if found is None or found.level != level:
        return []
    words = dict(zip(found.items, found.names, strict=True))
    return st.multiselect(
        t("Leave out"),
        sorted({*words, *before}),
        default=before,
        format_func=lambda item: words.get(item, item) if words.get(item, item) == item else f"{words[item]} ({item})",
        help=t("What should never be offered: postage, samples, what is sold out."),
        placeholder=t("Nothing"),
        key="recommending_excluded",
    )


def _figures(found: Recommendations) -> None:
    st.subheader(t("Would it have foretold what they bought?"))
    again = bool(found.made_by.options.get("again", False))
    shown = st.segmented_control(
        t("Counted"),
        [False, True],
        default=again,
        required=True,
        format_func={False: t("Items new to the customer"), True: t("Also what they buy again")}.get,
        key="recommending_counted",
    )
    figures = [measure for measure in found.measures if measure.again == shown]
    if not figures:
        st.warning(t("Nothing could be measured, so nobody knows whether this beats offering what sells best."))
        return
    st.caption(
        t(
            "From what was bought before {split}, ten items were offered to each of {n:,} customers who bought again "
            "from that day on, and compared with what they then bought.",
            split=found.split,
            n=figures[0].n,
        )
    )
    labels = {
        "ours": t("These recommendations"),
        "popularity": t("What most bought"),
        "lately": t("What most bought lately"),
        "segment": t("What most bought in the segment"),
    }
    rows = [
        {
            t("Offered"): labels[figure.peer],
            t("Found of what they bought"): figure.recall,
            t("95 % interval"): f"{figure.recall_low:.1%} – {figure.recall_high:.1%}",
            t("MAP at 10"): figure.precision,
            t("Items ever offered"): figure.coverage,
        }
        for figure in figures
    ]
    percent = st.column_config.NumberColumn(format="%.3f")
    share = st.column_config.NumberColumn(format="percent")
    formats = {t("MAP at 10"): percent, t("Found of what they bought"): share, t("Items ever offered"): share}
    alt = t("How well each way would have foretold")
    st.dataframe(rows, hide_index=True, column_config=formats, key="recommending_figures", alt=alt)
    _verdict(figures)


def _verdict(figures: list[Offline]) -> None:
    peers = [figure for figure in figures if figure.peer != "ours"]
    hardest = min(peers, key=lambda figure: figure.gain)
    ours = next(figure for figure in figures if figure.peer == "ours")
    if hardest.gain_low > 0:
        st.success(
            t(
                "Better than every plain way: it finds {times} times what the best of them does.",
                times=f"{ours.recall / max(ours.recall - hardest.gain, 1e-9):.1f}",
            )
        )
    else:
        st.warning(
            t(
                "Not clearly better than the best plain way (difference {gain}, 95 % interval {low} to {high}): "
                "offering what sells best may do as well.",
                gain=f"{hardest.gain:+.1%}",
                low=f"{hardest.gain_low:+.1%}",
                high=f"{hardest.gain_high:+.1%}",
            )
        )


def _segments(study: Study, found: Recommendations) -> None:
    st.subheader(t("What is offered in each segment"))
    ids = [segment.id for segment in study.clustering.segments]
    titles = dict(zip(ids, names(study), strict=True))
    chosen = st.selectbox(t("Segment"), ids, format_func=titles.get, key="recommending_segment")
    rows = [
        {
            t("Item"): found.names[fit.item],
            t("Customers it is offered to"): fit.n_offered,
            t("Bought in the segment"): fit.share,
            t("Bought by all"): fit.base,
            t("Times everybody"): fit.share / fit.base if fit.base else None,
        }
        for fit in found.fits
        if fit.segment == chosen
    ]
    share = st.column_config.NumberColumn(format="percent")
    times = st.column_config.NumberColumn(format="%.2f")
    formats = {t("Bought in the segment"): share, t("Bought by all"): share, t("Times everybody"): times}
    alt = t("Items offered most in this segment")
    st.dataframe(rows, hide_index=True, column_config=formats, key="recommending_fits", alt=alt)


def _customer(study: Study, found: Recommendations) -> None:
    st.subheader(t("One customer"))
    index = study.customers.frame.index.astype(str)
    asked = st.text_input(t("Customer's id"), value=str(index[0]), key="recommending_customer").strip()
    if asked not in index:
        st.warning(t("There is no customer {id} in this study.", id=plain(asked)))
        return
    row = int(index.get_loc(asked))
    offered = [place for place, pick in enumerate(found.picks[row]) if pick >= 0]
    if not offered:
        st.caption(t("Nothing is left to offer: this customer bought all there is."))
        return
    rows = [
        {
            t("Item"): found.names[found.picks[row, place]],
            t("Why"): tell(reason(found, row, place)),
            t("Score"): float(found.scores[row, place]),
        }
        for place in offered
    ]
    score = {t("Score"): st.column_config.NumberColumn(format="%.2f")}
    alt = t("What this customer is offered")
    st.dataframe(rows, hide_index=True, column_config=score, key="recommending_list", alt=alt)
    shares = pd.Series(found.grounds[:, 0]).value_counts(normalize=True)
    bought = float(shares.get(GROUNDS.index("bought"), 0.0))
    st.caption(
        t("Of all customers, {share} are offered first what something they bought speaks for.", share=f"{bought:.0%}")
    )


def _file(study: Study, found: Recommendations) -> None:
    st.subheader(t("For each customer"))
    note = withheld(study.customers)
    everybody = consent.ask(study, note)
    n = len(study.customers) if everybody else int(contactable(study.customers).sum())
    st.caption(t("Customers in the file: {n:,}", n=n))
    st.download_button(
        t("Download recommendations"),
        data=partial(listed_csv, study, consent=not everybody, bom=True, tell=teller(language())),
        file_name="recommendations.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="recommending_csv",
    )

"""Inside: what the algorithm that made these segments shows of itself, each picture with its table."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from pages._shared import cached, charts, figures, insidecharts, state, training
from pages._shared.fusioncharts import stacked
from pages._shared.look import SHAPES, look, names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Clustering, Step
from segment_core.clustering import ALGORITHMS, dbscan
from segment_core.clustering.links import read_links
from segment_core.errors import OptionError
from segment_core.exporting.tables import as_csv
from segment_core.study import Study

CERTAIN, HALF = 0.9, 0.5


def draw(study: Study) -> None:
    """Draw what there is to see of the algorithm behind the open study's segments."""
    clustering = study.clustering
    if clustering is None:
        return
    made_by = clustering.made_by.name
    label = t(ALGORITHMS[made_by].label) if made_by in ALGORITHMS else plain(made_by)
    for reason in clustering.reasons:
        st.markdown(f"- {plain(tell(reason))}")
    if made_by in VIEWS:
        VIEWS[made_by](study, clustering)
    elif made_by in TREES:
        st.caption(TREES[made_by]())
    elif not clustering.reasons:
        st.caption(t("{algorithm} shows nothing of itself beyond its segments.", algorithm=label))


def preview(study: Study, chosen: Step) -> None:
    """Show what helps to choose an algorithm's options before it runs, where there are features to look at."""
    version = state.study_version()
    if chosen.name != "dbscan" or study.features is None or version is None:
        return
    distances, suggested, used = _reach(version, chosen)
    levels = [(suggested, t("Suggested: {reach}", reach=f"{suggested:.3g}"))]
    if used != suggested:
        levels.append((used, t("Yours: {reach}", reach=f"{used:.3g}")))
    figure = insidecharts.distances(distances, levels, ("", ""), look(), insidecharts.LOW)
    st.plotly_chart(
        figure, key="reach_preview", config=figures.picture("reach_preview"), alt=t("Distances to neighbours, sorted")
    )
    st.caption(
        t(
            "How far customers are from the neighbour that makes their place dense, the nearest first. Where the curve "
            "bends up, scattered customers begin: that is the reach suggested."
        )
    )


def _reach(version: tuple[str, str, int], made_by: Step) -> tuple[np.ndarray, float, float]:
    neighbours, seed = made_by.options.get("neighbours"), made_by.options.get("seed", 0)
    distances = cached.kth_distances(*version, neighbours=neighbours, seed=seed)
    suggested = dbscan.suggested(distances)
    given = made_by.options.get("reach")
    return distances, suggested, suggested if given is None else float(given)


def _distances(study: Study, clustering: Clustering) -> None:
    version = state.study_version()
    if study.features is None or version is None:
        return
    distances, suggested, used = _reach(version, clustering.made_by)
    levels = [
        (suggested, t("Suggested: {reach}", reach=f"{suggested:.3g}")),
        (used, t("Used: {reach}", reach=f"{used:.3g}")),
    ]
    titles = t("Customers, the nearest to their neighbours first"), t("Distance")
    figure = insidecharts.distances(
        distances, levels if used != suggested else levels[1:], titles, look(), insidecharts.HEIGHT
    )
    alt = t("Distances to neighbours, sorted")
    st.plotly_chart(figure, key="inside_distances", config=figures.picture("inside_distances"), alt=alt)
    st.caption(
        t(
            "Customers below the line have enough neighbours within reach: their place is dense. Those far above it "
            "are scattered. A higher reach joins groups, a lower one leaves more customers outside."
        )
    )
    places, kept = insidecharts.thinned(distances)
    table = pd.DataFrame({t("Customers"): places, t("Distance"): kept, t("Dense"): kept <= used * dbscan.ROUNDING})
    _twin(table, "distances", alt)


def _tree(study: Study, clustering: Clustering) -> None:
    tree = clustering.tree
    if tree is None:
        return
    titles, total = names(study), max(int(tree.sizes[0]), 1)
    inside = insidecharts.owners(tree)
    became = [titles[number] if number >= 0 else "" for number in tree.segments.tolist()]
    words = [
        f"{name or t('Group {n}', n=node)}: " + t("{n:,} customers ({share})", n=int(size), share=f"{size / total:.1%}")
        for node, (name, size) in enumerate(zip(became, tree.sizes, strict=True))
    ]
    alt = t("Groups at rising density")
    figure = insidecharts.icicle(tree, words, t("Density"), look())
    st.plotly_chart(figure, key="inside_tree", config=figures.picture("inside_tree"), alt=alt)
    st.caption(
        t(
            "On top everybody; further down only denser places are left, and groups fall apart. A box is as wide as it "
            "has customers and as tall as it holds on. Those that hold on longest became segments, in their colours; "
            "grey groups did not, and fainter ones are parts of a segment."
        )
    )
    table = pd.DataFrame(
        {
            t("Group"): range(len(words)),
            t("Part of"): [str(parent) if parent >= 0 else "" for parent in tree.parents.tolist()],
            t("Customers"): tree.sizes,
            t("Density from"): tree.begins,
            t("Density to"): tree.ends,
            t("Segment"): became,
            t("Inside segment"): [titles[number] if number >= 0 else "" for number in inside],
        }
    )
    _twin(table, "condensed_tree", alt)


def _certainty(study: Study, clustering: Clustering) -> None:
    if clustering.trials:
        st.subheader(t("BIC by number of segments"))
        figure = charts.trials(clustering.trials, "bic", look())
        st.plotly_chart(
            figure, key="inside_bic", config=figures.picture("inside_bic"), alt=t("BIC by number of segments")
        )
        st.caption(t("Lower is better: BIC sets how well customers fit against how many numbers that takes."))
        rows = [{t("Segments"): one.n_segments, "BIC": one.scores["bic"]} for one in clustering.trials]
        _twin(pd.DataFrame(rows), "bic", t("BIC by number of segments"))
    if clustering.memberships is None:
        return
    st.subheader(t("How surely customers belong"))
    kinds = t("Sure (90 % or more)"), t("Likely (50 to 90 %)"), t("Torn (below 50 %)")
    own = clustering.memberships[np.arange(len(clustering.labels)), clustering.labels]
    parts, rows, colours = [], [], look()
    for number, (name, segment) in enumerate(zip(names(study), clustering.segments, strict=True)):
        mine = own[clustering.labels == number]
        sure, torn = float((mine >= CERTAIN).mean()), float((mine < HALF).mean())
        parts.append((sure, 1 - sure - torn, torn))
        expected = float(clustering.memberships[:, number].sum())
        rows.append(
            {t("Segment"): name, t("Customers"): segment.size, t("Expected customers"): round(expected, 1)}
            | {t("Mean membership"): float(mine.mean())}
            | dict(zip(kinds, parts[-1], strict=True))
        )
    marks = [(SHAPES[colours.symbol(number)], colours.colour(number)) for number in range(clustering.n_segments)]
    figure = stacked(list(names(study)), marks, parts, kinds, colours)
    st.plotly_chart(
        figure, key="inside_certainty", config=figures.picture("inside_certainty"), alt=t("How surely customers belong")
    )
    _twin(
        pd.DataFrame(rows),
        "memberships",
        t("How surely customers belong"),
        percent=(t("Mean membership"), *kinds),
    )


def _links(study: Study, clustering: Clustering) -> None:
    places = {str(name): place for place, name in enumerate(study.customers.frame.index)}
    ids, rows = clustering.ids, []
    for kind, option in ((t("Together"), "together"), (t("Apart"), "apart")):
        try:
            groups = read_links(str(clustering.made_by.options.get(option, "")))
        except OptionError as error:  # an old plan, written by hand
            st.error(tell(error.message))
            return
        for group in groups:
            found = [str(ids[places[name]]) for name in group if name in places]
            wanted = len(set(found)) == 1 if option == "together" else len(set(found)) == len(found)
            verdict = t("Not in these customers") if len(found) < 2 else t("Honoured") if wanted else t("Not honoured")
            rows.append(
                {t("Link"): kind, t("Customers"): " + ".join(group), t("Segments"): " + ".join(found)}
                | {t("Result"): verdict}
            )
    if not rows:
        st.caption(t("No customers were linked, so this is plain K-Means. Name some in the sidebar."))
        return
    _table(pd.DataFrame(rows), "links", t("Links and what became of them"))


def _twin(table: pd.DataFrame, name: str, alt: str, percent: tuple[str, ...] = ()) -> None:
    with st.expander(t("As a table"), icon=":material/table:", key=f"inside_{name}_as_table"):
        _table(table, name, alt, percent)


def _table(table: pd.DataFrame, name: str, alt: str, percent: tuple[str, ...] = ()) -> None:
    config = st.column_config.NumberColumn
    formats = {column: config(format="percent") for column in percent}
    formats |= {
        column: config(format="%.3g")
        for column in table.columns
        if column not in percent and pd.api.types.is_float_dtype(table[column])
    }
    st.dataframe(table, hide_index=True, column_config=formats, key=f"inside_{name}", alt=alt)
    st.download_button(
        t("Download CSV"),
        data=partial(as_csv, table, bom=True),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"inside_{name}_csv",
    )


def _training(study: Study, clustering: Clustering) -> None:
    training.draw(study)


TREES: Mapping[str, Callable[[], str]] = {
    "hierarchical": lambda: t("The tree behind these segments is under How many, Dendrogram."),
    "ladder": lambda: t("The tree behind these segments is under How many, Ladder."),
}
VIEWS: Mapping[str, Callable[[Study, Clustering], None]] = {
    "dbscan": _distances,
    "hdbscan": _tree,
    "mixture": _certainty,
    "constrained": _links,
    "dec": _training,
    "idec": _training,
}
"""What is drawn for which algorithm; those that are not here have nothing to show."""

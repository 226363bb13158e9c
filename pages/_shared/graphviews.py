"""Graph views: what is close to a segment, a thing or a customer, drawn as a small network and as a table."""

from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from pages._shared import figures
from pages._shared.charts import shown
from pages._shared.graphcharts import HEIGHT, Dot, Line, network
from pages._shared.look import look, names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Graph
from segment_core.exporting.tables import as_csv
from segment_core.graphs import FIFTHS, Neighbourhood, around_members, around_node, to_graphml
from segment_core.graphs.building import SAYS
from segment_core.study import Study

SEGMENT, THING, CUSTOMER = "segment", "thing", "customer"
_MOST_NAMED = 5


def draw(study: Study) -> None:
    """Draw the graph's numbers, a choice of what to look around, its neighbourhood, and the ways to take it along."""
    graph = study.graph
    if graph is None:
        st.caption(
            t(
                "There is no graph of these customers. Choose how to make one under “Graph” above and build the "
                "features: it joins customers by their values, products and what they mention."
            )
        )
        return
    _numbers(graph)
    chosen = _ask(study, graph)
    if chosen is not None:
        view, colour = chosen
        left, right = st.columns([3, 2])
        with left:
            _drawing(view, colour)
        with right:
            _table(view)
    _take_along(graph)


def _numbers(graph: Graph) -> None:
    counts = graph.nodes["kind"].value_counts()
    with st.grid(4, min_column_width=160):
        for kind, help_ in (
            ("value", t("Categories, yes/no, places and numbers in fifths that at least two customers share.")),
            ("product", t("Products and departments, from orders or from columns that name them.")),
            ("aspect", t("Key phrases from the texts; plural and singular are one.")),
        ):
            st.metric(_kinds()[kind], f"{int(counts.get(kind, 0)):,}", border=True, help=help_)
        st.metric(
            t("Links"), f"{len(graph.edges):,}", border=True, help=t("Rare things join more strongly than common ones.")
        )
    st.caption(plain(tell(graph.reason)))
    for note in graph.notes:
        sign = ":orange[:material/warning:]" if note.level == "warning" else ":material/info:"
        st.markdown(f"{sign} {plain(tell(note.message))}")


def _ask(study: Study, graph: Graph) -> tuple[Neighbourhood, str] | None:
    """Ask for the centre and how much is shown around it; None where there is nothing to look around yet."""
    titles = {SEGMENT: t("A segment"), THING: t("A value, product or aspect"), CUSTOMER: t("A customer")}
    offered = list(titles) if study.clustering is not None else [THING, CUSTOMER]
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    with left:
        about = st.segmented_control(
            t("Look around"),
            offered,
            default=offered[0],
            required=True,
            format_func=titles.__getitem__,
            key="graph_about",
        )
    with right:
        most = int(st.slider(t("Neighbours"), 5, 39, 20, key="graph_most"))
    with middle:
        if about == SEGMENT and study.clustering is not None:
            segments = names(study)
            number = st.selectbox(
                t("Segment"), range(len(segments)), format_func=lambda place: segments[place], key="graph_segment"
            )
            members = np.asarray(study.clustering.labels == number)
            return around_members(graph, members, segments[number], most + 1), look().colour(number)
        if about == THING:
            things = graph.nodes[graph.nodes["kind"] != "customer"].sort_values(["n", "id"], ascending=[False, True])
            written = dict(zip(things["id"].tolist(), [_full(row) for row in things.to_dict("records")], strict=True))
            node = st.selectbox(
                t("Type to search"), list(written), format_func=lambda id_: written.get(id_, ""), key="graph_thing"
            )
            return (around_node(graph, int(node), most + 1), "") if node is not None else None
        return _of_customer(graph, most)


def _of_customer(graph: Graph, most: int) -> tuple[Neighbourhood, str] | None:
    ids = graph.nodes["label"].iloc[: len(graph.matrix)]
    said = st.text_input(t("Customer id"), placeholder=str(ids.iloc[0]), key="graph_customer").strip()
    wanted = said or str(ids.iloc[0])
    found = np.flatnonzero((ids == wanted).to_numpy())
    if len(found):
        return around_node(graph, int(found[0]), most + 1), ""
    alike = ids[ids.str.contains(wanted, case=False, regex=False)].head(_MOST_NAMED).tolist()
    st.caption(
        t("Nobody has the id {id}. Some that hold it: {ids}.", id=plain(wanted), ids=plain(", ".join(alike)))
        if alike
        else t("Nobody has the id {id}.", id=plain(wanted))
    )
    return None


def _drawing(view: Neighbourhood, colour: str) -> None:
    rows = view.nodes.to_dict("records")
    strongest = float(np.nanmax([row["weight"] for row in rows[1:]], initial=0.0)) or 1.0
    dots = [
        Dot(
            int(row["id"]),
            row["kind"],
            _label(row),
            _hover(row),
            float(np.nan_to_num(row["weight"]) / strongest),
            str(row["column"]) if row["kind"] == "value" else "",
        )
        for row in rows
    ]
    words = {int(row["id"]): short(row) for row in rows}
    lines = [
        Line(int(source), int(target), float(weight), _said(str(kind), words[int(source)], words[int(target)]))
        for source, target, kind, weight in view.edges.itertuples(index=False)
    ]
    if len(rows) == 1:
        st.caption(t("Nothing is closer here than among all customers."))
    st.plotly_chart(
        network(dots, lines, _kinds(), look(), centre_colour=colour),
        height=HEIGHT,
        key="graph_network",
        config=figures.picture("graph_network"),
        alt=t("Network of what is close to {name}", name=shown(short(rows[0]), 60)),
    )


def _table(view: Neighbourhood) -> None:
    rows = view.nodes.iloc[1:]
    kinds = _kinds()
    centre = int(view.nodes["id"].iloc[0])
    relations = {
        int(one if two == centre else two): str(kind).removeprefix(SAYS)
        for one, two, kind in zip(view.edges["source"], view.edges["target"], view.edges["kind"], strict=True)
        if str(kind).startswith(SAYS) and centre in (one, two)
    }
    table = pd.DataFrame(
        {
            t("Neighbour"): [short(row) for row in rows.to_dict("records")],
            t("Kind"): [kinds.get(kind, kind) for kind in rows["kind"]],
            t("Lift"): rows["lift"].to_numpy(dtype=np.float64),
            t("Customers here"): rows["n_here"].to_numpy(),
            t("Customers in all"): rows["n"].to_numpy(),
            t("Weight"): rows["weight"].to_numpy(dtype=np.float64),
            t("Column"): rows["column"].tolist(),
        }
    )
    if view.nodes["kind"].iloc[0] == "customer":
        table = table.drop(columns=t("Customers here"))
    if relations:
        table[t("Relation")] = [relations.get(int(id_), "") for id_ in rows["id"]]
    config = st.column_config
    st.dataframe(
        table,
        hide_index=True,
        height=min(HEIGHT - 90, 36 * len(table) + 39),
        column_config={
            t("Lift"): config.NumberColumn(format="%.1f"),
            t("Weight"): config.NumberColumn(format="%.2f"),
        },
        key="graph_table",
        alt=t("What is close, as a table"),
    )
    st.caption(
        t("Lift 3: three times as strong here as among all customers. Closer than chance: {n:,}.", n=view.n_close)
    )
    things = table[(rows["kind"] != "customer").to_numpy()]
    st.download_button(
        t("Download CSV"),
        data=partial(as_csv, things, bom=True),
        file_name="neighbours.csv",
        mime="text/csv",
        icon=":material/download:",
        help=t("The table without customers."),
        on_click="ignore",
        key="graph_csv",
    )


def _take_along(graph: Graph) -> None:
    st.download_button(
        t("Download GraphML"),
        data=partial(to_graphml, graph),
        file_name="graph.graphml",
        mime="application/xml",
        icon=":material/hub:",
        help=t(
            "The whole graph for Gephi, yEd or Cytoscape: things are joined where customers share them more often than "
            "by chance. No customer is in the file."
        ),
        on_click="ignore",
        key="graph_graphml",
    )


def _kinds() -> dict[str, str]:
    return {
        "segment": t("Segment"),
        "value": t("Values"),
        "product": t("Products"),
        "aspect": t("Aspects"),
        "customer": t("Customers"),
    }


def _label(row: dict[str, object]) -> str:
    label = str(row["label"])
    return tell(FIFTHS[label]) if row["kind"] == "value" and label in FIFTHS else label


def short(row: dict[str, object]) -> str:
    """Name a node as briefly as it stays clear: a value after its column, all else by itself."""
    return f"{row['column']}: {_label(row)}" if row["kind"] == "value" and row["column"] else _label(row)


def _full(row: dict[str, object]) -> str:
    return f"{short(row)} · {_kinds()[str(row['kind'])]} · {row['n']:,}"


def _hover(row: dict[str, object]) -> str:
    lines = [f"<b>{shown(short(row), 80)}</b>", shown(_kinds().get(str(row["kind"]), ""), 30)]
    if row["kind"] == "product" and row["column"]:
        lines.append(shown(t("Column: {column}", column=str(row["column"])), 80))
    if row["kind"] != "customer":
        lines.append(t("{n:,} customers in all", n=int(str(row["n"]))))
    lift = float(str(row["lift"]))
    if np.isfinite(lift):
        lines += [t("{n:,} of them here", n=int(str(row["n_here"]))), t("Lift {lift}", lift=f"{lift:.1f}")]
    return "<br>".join(lines)


def _said(kind: str, source: str, target: str) -> str:
    return f"{source} – {kind.removeprefix(SAYS)} – {target}" if kind.startswith(SAYS) else ""

"""The graph's view: numbers, a choice of what to look around, a drawing with its table, and files to take along."""

import io
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import graphcharts, graphviews
from pages._shared.charts import Look
from segment_core.artifacts import Clustering, Segment, Step
from segment_core.graphs import GRAPHS
from tests.planted import typed

NASTY = "<b>*lamp*</b> $x$ %{y}"
N = 90
LOOK = Look(tuple(f"#00000{n}" for n in range(10)), ("#111111",), "#FFFFFF", "#000000")


def script() -> None:
    import streamlit as st

    from pages._shared import graphviews

    graphviews.draw(st.session_state["study"])


def study(*, nothing: bool = False, clustered: bool = True) -> SimpleNamespace:
    side = np.arange(N) % 2
    random = np.random.default_rng(0)
    customers = typed(
        {"plan": "category", "product": "category", "spend": "money"},
        plan=np.array(["basic", "plus"], dtype=object)[side],
        product=np.array([NASTY, "rug", "超大号玻璃酒瓶与配套木塞礼盒装限量版礼物"], dtype=object)[
            random.integers(0, 3, N)
        ],
        spend=random.lognormal(2 + side, 0.3),
    )
    graph = None if nothing else GRAPHS["spectral"].run(customers, [""] * N, GRAPHS["spectral"].options(), secrets={})
    segments = (Segment("S1", 45), Segment("S2", 45))
    strengths, bands = np.ones(N, dtype=np.float32), np.array(["core"] * N)
    clustering = Clustering(side.astype(np.int64), strengths, bands, segments, Step("kmeans"))
    return SimpleNamespace(graph=graph, clustering=clustering if clustered else None, personas=None)


def opened(found: SimpleNamespace) -> AppTest:
    app = AppTest.from_function(script, default_timeout=60)
    app.session_state["study"] = found
    app.run()
    assert not app.exception
    return app


def table(app: AppTest) -> pd.DataFrame:
    return app.dataframe[0].value


def test_without_a_graph_it_is_said_how_to_make_one() -> None:
    app = opened(study(nothing=True))
    assert "There is no graph" in app.caption[0].value
    assert not app.dataframe


def test_a_segment_is_looked_around_by_lift() -> None:
    app = opened(study())
    assert {metric.label: metric.value for metric in app.metric}["Products"] == "3"
    assert table(app).iloc[0][["Neighbour", "Lift"]].tolist() == ["plan: basic", 2.0]
    app.selectbox(key="graph_segment").set_value(1).run()
    assert table(app)["Neighbour"].iloc[0] == "plan: plus"
    assert any(name.startswith("spend: ") and name.endswith("fifth") for name in table(app)["Neighbour"])
    app.slider(key="graph_most").set_value(5).run()
    assert len(table(app)) <= 5
    assert not app.exception


def test_a_thing_and_a_customer_are_looked_around() -> None:
    app = opened(study())
    app.segmented_control(key="graph_about").set_value(graphviews.THING).run()
    options = app.selectbox(key="graph_thing").options
    assert any(NASTY in option for option in options)
    assert not app.exception
    app.segmented_control(key="graph_about").set_value(graphviews.CUSTOMER).run()
    assert "Customers" in set(table(app)["Kind"])
    app.text_input(key="graph_customer").set_value("C0041").run()
    assert "plan: plus" in set(table(app)["Neighbour"])
    app.text_input(key="graph_customer").set_value("*004*").run()
    assert "Nobody has the id" in app.caption[-1].value
    assert "\\*004\\*" in app.caption[-1].value
    app.text_input(key="graph_customer").set_value("c004").run()
    assert "C0040" in app.caption[-1].value.replace("\\", "")
    assert not app.exception


def test_without_segments_things_come_first() -> None:
    app = opened(study(clustered=False))
    assert app.segmented_control(key="graph_about").value == graphviews.THING
    assert len(table(app))


@pytest.mark.parametrize("key", ["graph_csv", "graph_graphml"])
def test_files_hold_no_customer(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: dict[str, bytes] = {}

    def keep(label: str, data, *, key: str, **_) -> None:
        taken[key] = data()

    monkeypatch.setattr("streamlit.download_button", keep)
    app = opened(study())
    app.segmented_control(key="graph_about").set_value(graphviews.CUSTOMER).run()
    assert b"C0001" not in taken[key] and b"C0000" not in taken[key]
    if key == "graph_csv":
        frame = pd.read_csv(io.BytesIO(taken[key]))
        assert {"Neighbour", "Kind", "Lift", "Customers in all"} <= set(frame.columns)
    else:
        labels = nx.get_node_attributes(nx.read_graphml(io.BytesIO(taken[key])), "label")
        assert NASTY in labels.values()


def dots(n: int, label: str) -> list[graphcharts.Dot]:
    kinds = ["segment", *["value", "product", "aspect", "customer"] * n]
    return [graphcharts.Dot(k, kinds[k], f"{label} {k}", f"hover {k}", 0.5, "a column" * (k % 2)) for k in range(n)]


@pytest.mark.parametrize(
    ("n", "label"), [(1, "S"), (2, "lamp"), (12, "a rather long label"), (40, "超大号玻璃酒瓶礼盒")]
)
def test_labels_stay_apart_and_inside(n: int, label: str) -> None:
    found = dots(n, label)
    lines = [graphcharts.Line(0, k, 1.0) for k in range(1, n)] + [
        graphcharts.Line(k, k - 1, 0.4) for k in range(3, n, 3)
    ]
    kinds = {
        "segment": "Segment",
        "value": "Values",
        "product": "Products",
        "aspect": "Aspects",
        "customer": "Customers",
    }
    figure = graphcharts.network(found, lines, kinds, LOOK)
    texts = figure.layout.annotations
    assert len(texts) == n
    wide = [
        graphcharts._LETTER * graphcharts._broad(text.text.replace("<b>", "").replace("</b>", "")) for text in texts
    ]
    covered = sum(
        abs(one.x - two.x) < (wide[a] + wide[b]) / 2 and abs(one.y - two.y) < graphcharts._LINE - 2
        for a, one in enumerate(texts)
        for b, two in enumerate(texts[:a])
    )
    assert covered <= n // 20
    assert all(0 <= text.x <= graphcharts._WIDTH and 0 <= text.y <= graphcharts.HEIGHT for text in texts)
    again = graphcharts.network(found, lines, kinds, LOOK)
    assert figure.to_json() == again.to_json()
    marks = [trace for trace in figure.data if trace.mode == "markers" and trace.name in kinds.values()]
    assert len({trace.marker.symbol for trace in marks}) == len(marks) == len({dot.kind for dot in found})


def test_untrusted_labels_are_literal_in_the_drawing() -> None:
    row = {"label": NASTY, "kind": "product", "column": "<i>c</i>", "n": 3, "n_here": 2, "lift": 1.5}
    hover = graphviews._hover(row)
    assert "<b>*lamp*" not in hover and "<i>" not in hover and "%{" not in hover
    dot = graphcharts.Dot(0, "product", NASTY, hover, 1.0)
    figure = graphcharts.network([dot], [], {"product": "Products"}, LOOK)
    assert "&lt;b&gt;*lamp*" in figure.layout.annotations[0].text
    assert "%{y}" not in figure.layout.annotations[0].text

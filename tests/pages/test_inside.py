"""Inside the algorithm: what each shows of itself, with a table and a download beside every picture."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pages._shared import charts, insidecharts
from pages._shared.look import RAMP
from segment_core.artifacts import Step, Tree
from segment_core.choices import options_from_json
from segment_core.clustering import ALGORITHMS
from segment_core.store import Workspace, default_folder
from segment_core.study import Study

LOOK = charts.Look(tuple(f"#0000{number:02d}" for number in range(10)), RAMP, "#fefefe", "#010101")
TREE = Tree(
    np.array([-1, 0, 0, 2, 2]),
    np.array([0.0, 1.0, 1.0, 2.0, 2.0], dtype=np.float32),
    np.array([1.0, 3.0, 2.0, 9.0, 3.0], dtype=np.float32),
    np.array([100, 30, 60, 20, 30]),
    np.array([-1, 1, 0, -1, -1]),
    "density",
)


def recut(name: str, **options: object) -> Study:
    """Cut the kept study's customers by another algorithm, and keep that."""
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    study = workspace.load_study(Study, entry.id)
    choice = ALGORITHMS[name]
    asked = {"ids": study.customers.frame.index.to_numpy().astype(str)} if choice.asks else {}
    made = choice.run(study.features, options_from_json(choice.options, options), **asked)
    plan = study.plan.having(clustering=Step(name, options))
    study = replace(study, plan=plan, clustering=made, personas=None, scorecard=None, evidence=None)
    workspace.save_study(entry.id, study, summary=dict(entry.summary))
    workspace.close()
    return study


@pytest.fixture
def opened(full):
    def open_with(name: str, **options: object):
        study = recut(name, **options)
        app = full("segments", part="inside")
        assert not app.exception
        return app, study

    return open_with


def table_of(app, column: str):
    return next(table.value for table in app.dataframe if column in table.value.columns)


def test_plain_algorithms_say_that_there_is_nothing_to_see(full) -> None:
    app = full("segments", part="inside")
    assert "K-Means shows nothing of itself beyond its segments." in [caption.value for caption in app.caption]


def test_dbscan_shows_distances_before_and_after(opened) -> None:
    app, _ = opened("dbscan", reach=0.9)
    table = table_of(app, "Dense")
    assert (np.diff(table["Distance"]) >= 0).all()
    assert table["Customers"].max() == 400
    assert (table["Dense"] == (table["Distance"] <= 0.9)).all()
    assert any("that is the reach suggested" in caption.value for caption in app.sidebar.caption)
    app.selectbox(key="algorithm").select("kmeans").run()
    assert not any("that is the reach suggested" in caption.value for caption in app.sidebar.caption)


def test_hdbscan_shows_its_tree(opened) -> None:
    app, study = opened("hdbscan", smallest=20)
    table = table_of(app, "Density from")
    assert table["Customers"].iloc[0] == 400
    assert {name for name in table["Segment"] if name} == {segment.id for segment in study.clustering.segments}


def test_a_mixture_shows_bic_and_how_surely_customers_belong(opened) -> None:
    app, _ = opened("mixture", most=4)
    bic = table_of(app, "BIC")
    assert bic["Segments"].tolist() == [1, 2, 3, 4]
    sure = table_of(app, "Expected customers")
    assert sure["Customers"].sum() == 400
    assert sure["Expected customers"].sum() == pytest.approx(400, abs=0.5)
    shares = sure[["Sure (90 % or more)", "Likely (50 to 90 %)", "Torn (below 50 %)"]].sum(axis=1)
    np.testing.assert_allclose(shares, 1.0)


def test_links_are_listed_with_what_became_of_them(opened) -> None:
    app, _ = opened("constrained", n_segments=3)
    assert any("No customers were linked" in caption.value for caption in app.caption)


def test_honoured_and_broken_links_are_told_apart(opened, finished: Path) -> None:
    workspace = Workspace(finished)
    ids = workspace.load_study(Study, workspace.studies()[0].id).customers.frame.index.astype(str)
    workspace.close()
    apart = "+".join(ids[10:13])
    app, _ = opened(
        "constrained", n_segments=2, together=f"{ids[0]}+{ids[1]}", apart=f"{apart}; {ids[3]}+nobody", skip=True
    )
    table = table_of(app, "Result")
    assert table["Result"].tolist() == ["Honoured", "Not honoured", "Not in these customers"]
    assert table["Customers"][0] == f"{ids[0]} + {ids[1]}"


def test_boxes_lie_inside_each_other_and_side_by_side() -> None:
    laid = insidecharts.boxes(TREE)
    for box in laid[1:]:
        parent = laid[TREE.parents[box.node]]
        assert parent.left - 1e-9 <= box.left < box.right <= parent.right + 1e-9
        assert box.right - box.left == pytest.approx(TREE.sizes[box.node] / 100)
    assert laid[2].right == pytest.approx(laid[1].left)
    assert laid[3].ends == 4.0  # a very dense group does not press the rest together


def test_parts_of_a_segment_have_its_colour_fainter() -> None:
    assert insidecharts.owners(TREE) == [-1, 1, 0, 0, 0]
    colours = insidecharts.icicle(TREE, [""] * 5, "Density", LOOK).data[0].marker.color
    assert colours[0] == charts.faded(charts.GREY, 0.3)
    assert colours[2] == charts.faded(LOOK.colour(0), 1.0)
    assert colours[3] == charts.faded(LOOK.colour(0), 0.45)


def test_words_of_levels_stay_text() -> None:
    figure = insidecharts.distances(np.arange(1000.0), [(3.0, "<b>x</b>")], ("a", "b"), LOOK, 200)
    assert figure.layout.annotations[0].text == "&lt;b&gt;x&lt;/b&gt;"
    assert len(figure.data[0].x) == insidecharts.MOST_POINTS
    assert (figure.data[0].x[0], figure.data[0].x[-1]) == (1, 1000)

"""How far to trust segments: every customer's silhouette, known labels, and the line of outliers."""

from dataclasses import replace

import numpy as np
import pytest

from pages._shared import charts, knife, state
from segment_core.artifacts import LabelColumn
from segment_core.metrics import Knives
from tests.pages.test_segments import kept_study

LOOK = charts.Look(tuple(f"#0000{number:02d}" for number in range(10)), ("#ffffff", "#000000"), "#fefefe", "#010101")


def table(app, *columns: str):
    """Return the table that has these columns."""
    return next(found.value for found in app.dataframe if set(columns) <= set(found.value.columns))


def test_blades_are_sorted_and_have_their_segments_colour() -> None:
    values = np.array([0.1, 0.5, -0.2, 0.3, 0.4])
    found = Knives(values, np.array([0, 0, 0, 1, 1]), np.array([1, 1, 1, 0, 0]), np.arange(5))
    figure = knife.figure(found, ["<b>Big</b>", "Small"], 0.22, LOOK, "Mean: 0.22")
    one, two = figure.data
    np.testing.assert_allclose(one.x, [0, 0.5, 0.1, -0.2, 0], atol=1e-6)
    np.testing.assert_allclose(two.x, [0, 0.4, 0.3, 0], atol=1e-6)
    assert (one.line.color, two.line.color) == (LOOK.colour(0), LOOK.colour(1))
    assert min(one.y) > max(two.y)
    assert not any("<b>" in annotation.text for annotation in figure.layout.annotations)


def test_the_knife_plot_comes_with_its_table_and_names_who_sits_elsewhere(full) -> None:
    app = full("segments")
    assert any(caption.value.startswith("There are none: everybody") for caption in app.caption)
    workspace, key, study = kept_study()
    labels = study.clustering.labels.copy()
    swapped = [int(np.flatnonzero(labels == number)[0]) for number in (0, 1)]
    labels[swapped] = labels[swapped[::-1]]
    moved = replace(study, clustering=replace(study.clustering, labels=labels))
    workspace.save_study(key, moved, summary=dict(workspace.study(key).summary))
    app = full("segments")
    assert not app.exception
    own = table(app, "Customers measured")
    assert own["Customers measured"].sum() == 400
    elsewhere = table(app, "Nearer to")
    assert (elsewhere["Silhouette"] < 0).all() and elsewhere["Silhouette"].is_monotonic_increasing
    assert (elsewhere["Segment"] != elsewhere["Nearer to"]).all()
    assert {study.customers.frame.index[row] for row in swapped} == set(elsewhere.index)
    assert len(elsewhere) == round((own["Nearer to another segment"] * own["Customers measured"]).sum())
    app.button(key="misplaced_to_map").click().run()
    assert set(app.session_state[state.SELECTION]) == set(elsewhere.index) <= set(study.customers.frame.index)


def test_the_panel_tells_of_every_metric_and_band(full) -> None:
    app = full("segments")
    labels = {metric.label for metric in app.metric}
    assert {"DBCV (density-based validation)", "Balance (evenness of sizes)", "Coherence of words (NPMI)"} <= labels
    assert not any("reappearance" in label for label in labels)
    assert set(table(app, "Band")["Band"]) <= {"Core", "Fringe", "Outlier"}
    assert len(table(app, "Stability (bootstrap Jaccard)", "Silhouette", "DBCV (density-based validation)")) == 4


def test_known_labels_are_compared_on_demand(full) -> None:
    app = full("segments")
    assert not [metric for metric in app.metric if "ARI" in metric.label]
    choice = app.selectbox(key="known_labels")
    assert choice.value is None
    app.selectbox(key="known_labels").set_value(0).run()
    assert not app.exception
    assert {"Adjusted Rand index (ARI)", "Accuracy (best matching)"} <= {metric.label for metric in app.metric}
    assert table(app, "Stands for")["Segment"].nunique() == 4
    assert any("Customers without a label" in caption.value for caption in app.caption)


def test_the_analysts_own_labels_can_be_compared(full) -> None:
    workspace, key, study = kept_study()
    ids = study.customers.frame.index
    picked = {id_: f"kind {label}" for id_, label in zip(ids[:200], study.clustering.labels[:200], strict=True)}
    study = replace(study, labels=(LabelColumn("mine", picked),))
    workspace.save_study(key, study, summary=dict(workspace.study(key).summary))
    app = full("segments")
    app.selectbox(key="known_labels").set_value(len(app.selectbox(key="known_labels").options) - 1).run()
    assert not app.exception
    values = {metric.label: metric.value for metric in app.metric}
    assert values["Adjusted Rand index (ARI)"] == values["Accuracy (best matching)"] == "1.00"
    assert any("left out: 200" in caption.value for caption in app.caption)


@pytest.mark.parametrize("far", [1.5, 8.0])
def test_another_line_of_outliers_is_counted_before_and_kept_after(full, far: float) -> None:
    app = full("segments")
    _, _, before = kept_study()
    assert app.button(key="outliers_apply").disabled
    app.slider(key="outliers_begin").set_value(far).run()
    counted = table(app, "Change")["Outlier"].sum()
    assert (kept_study()[2].clustering.bands == before.clustering.bands).all()
    app.button(key="outliers_apply").click().run()
    assert not app.exception
    _, _, after = kept_study()
    assert (after.clustering.bands == "outlier").sum() == counted
    assert (after.clustering.labels == before.clustering.labels).all()
    assert after.plan.outliers == after.resolved.outliers == far == state_plan(app).outliers
    assert after.scorecard.verdict == before.scorecard.verdict
    assert after.personas == before.personas
    odd = set(after.customers.frame.index[after.clustering.bands == "outlier"])
    assert not odd & {id_ for ids in after.evidence.boundary.values() for id_ in ids}


def state_plan(app):
    return app.session_state[state.PLAN]

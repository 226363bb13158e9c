"""Training: curves are drawn for a network that was trained, and nothing for any other clustering."""

from dataclasses import replace

import numpy as np
import pytest

from pages._shared import training
from pages._shared.charts import Look
from pages._shared.trainingcharts import curve
from segment_core.artifacts import Training
from segment_core.study import Study
from tests.pages.shown import show

LOOK = Look(tuple(f"#0000{number:02d}" for number in range(10)), ("#ffffff", "#000000"), "#fefefe", "#010101")
FALLING = np.array([0.9, 0.4, 0.1], np.float32)


def of(study: Study, **parts: object) -> Study:
    fared = replace(Training(FALLING, FALLING, FALLING[:0], np.array([0.3, 0.02, 0.0], np.float32), True), **parts)
    assert study.clustering is not None
    return replace(study, clustering=replace(study.clustering, training=fared))


@pytest.fixture(autouse=True)
def _workspace(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRATA_WORKSPACE", str(tmp_path))


def test_without_a_network_nothing_is_drawn(small_study: Study) -> None:
    app = show(training.draw, small_study)
    assert not app.exception
    assert not app.markdown
    assert not app.dataframe


def test_each_curve_is_drawn_and_told(small_study: Study) -> None:
    app = show(training.draw, of(small_study))
    assert not app.exception
    assert "trained for 3 updates, until only 0.0% of customers" in app.markdown[0].value
    assert len(app.get("plotly_chart")) == 3
    assert list(app.dataframe[0].value.columns) == ["Update", "Clustering loss", "Changed segment"]
    assert app.dataframe[0].value["Changed segment"].tolist() == pytest.approx([0.3, 0.02, 0.0])


def test_a_network_that_goes_on_restoring_has_a_curve_for_it(small_study: Study) -> None:
    app = show(training.draw, of(small_study, restoring=FALLING, settled=False))
    assert not app.exception
    assert "stopped at its limit" in app.markdown[0].value
    assert len(app.get("plotly_chart")) == 4
    assert "Restoring error" in app.dataframe[0].value.columns


def test_a_curve_counts_from_one_and_starts_at_zero() -> None:
    figure = curve([0.5, 0.25], ["a", "b"], LOOK, percent=True)
    assert list(figure.data[0].x) == [1, 2]
    assert figure.layout.yaxis.rangemode == "tozero"
    assert figure.layout.yaxis.tickformat == ".1%"

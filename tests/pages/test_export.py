"""The Export page: guarded when empty, and exactly what will be written when full."""

import io
import json

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import state
from segment_core.plan import Plan


def downloads(app: AppTest) -> dict[str, object]:
    return {element.proto.label: element.proto for element in app.get("download_button")}


def test_empty_page_leads_back_to_the_data(empty) -> None:
    app = empty("export")
    assert not app.exception
    assert not app.dataframe
    app.button(key="empty_action").click().run()
    assert app.title[0].value == "Data"


def test_full_page_previews_what_will_be_written(full) -> None:
    app = full("export")
    assert not app.exception
    preview = app.dataframe[0].value
    assert preview.columns.tolist() == ["customer_id", "segment", "segment_name", "confidence", "band"]
    assert len(preview) == 10
    assert {"Download segments", "Plan", "Personas", "Scores and checks"} <= set(downloads(app))


def test_segments_and_columns_are_chosen(full) -> None:
    app = full("export")
    app.multiselect(key="export_segments").set_value(["S2"]).run()
    app.multiselect(key="export_columns").set_value(["city"]).run()
    assert not app.exception
    preview = app.dataframe[0].value
    assert set(preview["segment"]) == {"S2"}
    assert preview.columns[-1] == "city"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Collect what the download buttons hand over."""
    import streamlit as st

    found: dict[str, object] = {}
    original = st.download_button

    def keep(label, data, file_name=None, *rest, **named):
        found[file_name] = data
        return original(label, data, file_name, *rest, **named)

    monkeypatch.setattr(st, "download_button", keep)
    return found


def test_the_files_hold_what_they_say(full, served) -> None:
    full("export").multiselect(key="export_segments").set_value(["S1", "S3"]).run()
    data = served["segments.csv"]()
    assert data.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(io.BytesIO(data))
    assert set(table["segment"]) == {"S1", "S3"}
    assert table["customer_id"].is_unique
    assert Plan.from_json(served["plan.json"]).clustering.name == "kmeans"
    assert json.loads(served["scorecard.json"])["verdict"] in ("solid", "soft", "artefact", "nothing-there")
    assert len(json.loads(served["personas.json"])["personas"]) == 4


def test_an_export_without_the_mark_for_excel(full, served) -> None:
    full("export").toggle(key="export_bom").set_value(False).run()
    assert served["segments.csv"]().startswith(b"customer_id,")


def test_state_names_the_version_that_caches_are_keyed_by(full) -> None:
    app = full("export")
    assert app.query_params["study"] == app.session_state[state.STUDY]

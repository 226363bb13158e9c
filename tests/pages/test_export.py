"""The Export page: guarded when empty, and exactly what will be written when full."""

import io
import json
import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import cached, state
from segment_core import delivering
from segment_core.plan import Plan
from segment_core.store import Workspace, default_folder


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
    """Collect what the download buttons hand over, by file name without the study and version in it."""
    import streamlit as st

    found: dict[str, object] = {}
    original = st.download_button

    def keep(label, data, file_name=None, *rest, **named):
        found[re.sub(r"-[\w-]+-v\d+(?=\.)", "", file_name)] = data
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


def said(app: AppTest) -> str:
    return " ".join(element.value for element in app.caption).replace("\\", "")


def answers(app: AppTest) -> pd.Series:
    """Return what the open study's customers said to being contacted, by id."""
    study = cached.study(*key(app))
    return study.customers.frame["marketing_consent"]


def key(app: AppTest) -> tuple[str, str, int]:
    folder = default_folder()
    chosen = app.session_state[state.STUDY]
    return str(folder), chosen, Workspace(folder).study(chosen).version


def test_who_may_not_be_contacted_stays_out_and_is_counted(full, served) -> None:
    app = full("export")
    given = answers(app) == "yes"
    n, n_withheld = int(given.sum()), int((~given).sum())
    assert n > 0 and n_withheld > 0
    assert f"{n_withheld} customers withheld: no consent." in said(app)
    assert f"Customers in the file: {n:,}" in said(app)
    table = pd.read_csv(io.BytesIO(served["segments.csv"]()))
    assert len(table) == n
    assert set(table["customer_id"].astype(str)) == set(given.index[given])
    assert set(app.dataframe[0].value["customer_id"]) <= set(table["customer_id"].astype(str))


def test_everybody_goes_in_for_analysis_with_a_column_that_says_who(full, served) -> None:
    app = full("export")
    assert app.toggle(key="export_everybody").value is False
    app.toggle(key="export_everybody").set_value(True).run()
    assert not app.exception
    given = answers(app) == "yes"
    assert f"Customers in the file: {len(given):,}" in said(app)
    assert f"Not to be contacted, but in the file: {(~given).sum():,}" in said(app)
    assert app.dataframe[0].value.columns[-1] == "contactable"
    table = pd.read_csv(io.BytesIO(served["segments.csv"]())).set_index("customer_id")
    assert (table["contactable"] == "yes").rename(None).sort_index().to_dict() == given.sort_index().to_dict()


def test_the_count_of_one_segment_is_that_of_its_file(full, served) -> None:
    app = full("export")
    app.multiselect(key="export_segments").set_value(["S2"]).run()
    table = pd.read_csv(io.BytesIO(served["segments.csv"]()))
    assert f"Customers in the file: {len(table):,}" in said(app)
    assert set(table["segment"]) == {"S2"}
    study = cached.study(*key(app))
    (size,) = (segment.size for segment in study.clustering.segments if segment.id == "S2")
    assert f"{size - len(table)} customers withheld" in said(app)


def test_a_selection_honours_consent_too_and_says_so(full, served) -> None:
    app = full("explore")
    given = answers(app) == "yes"
    chosen = given.index[:60].tolist()
    app.session_state[state.SELECTION] = tuple(chosen)
    app.run()
    assert not app.exception
    table = pd.read_csv(io.BytesIO(served["selection.csv"]()))
    assert set(table["customer_id"].astype(str)) == {customer for customer in chosen if given[customer]}
    assert f"{60 - len(table)} customers withheld: no consent." in said(app)


def test_an_export_without_the_mark_for_excel(full, served) -> None:
    full("export").toggle(key="export_bom").set_value(False).run()
    assert served["segments.csv"]().startswith(b"customer_id,")


def test_state_names_the_version_that_caches_are_keyed_by(full) -> None:
    app = full("export")
    assert app.query_params["study"] == app.session_state[state.STUDY]


def test_presets_and_formats_say_what_they_lack_and_write_what_they_show(full, served) -> None:
    app = full("export")
    app.selectbox(key="export_preset").set_value("email").run()
    addresses = pd.read_csv(io.BytesIO(served.pop("email.csv")()))
    assert addresses.columns.tolist() == ["email", "segment", "segment_name"]
    app.selectbox(key="export_email").set_value("").run()
    assert not app.exception
    assert "No column holds email addresses" in app.error[0].value
    assert "email.csv" not in served  # nothing to download
    app.selectbox(key="export_preset").set_value("traits").run()
    assert not app.exception and not app.error
    traits = pd.read_csv(io.BytesIO(served["traits.csv"]()))
    assert traits.columns.tolist() == ["customer_id", "S1", "S2", "S3", "S4", "segment_name"]
    assert (traits.iloc[:, 1:5].sum(axis=1) == 1).all()
    assert len(traits) == (answers(app) == "yes").sum()


def test_reasons_and_columns_that_single_out(full, served) -> None:
    app = full("export")
    app.session_state[state.SELECTION] = tuple(answers(app).index[:40])
    app.run()
    app.toggle(key="export_selection").set_value(True)
    app.toggle(key="export_reasons").set_value(True)
    app.multiselect(key="export_columns").set_value(["city"]).run()
    assert not app.exception
    assert "could be recognised" in app.warning[0].value
    table = pd.read_csv(io.BytesIO(served["segments.csv"]()))
    assert set(table["customer_id"]) <= set(answers(app).index[:40])
    assert table["reasons"].str.contains("typically|as for|more").all()
    assert app.dataframe[0].value["reasons"].tolist() == table["reasons"].head(10).tolist()


def test_many_customers_are_written_by_the_worker(full, started, monkeypatch) -> None:
    from pages._shared import deliveries

    monkeypatch.setattr(deliveries, "AT_ONCE", 10)
    app = full("export")
    app.button(key="prepare_segments").click().run()
    (task, args) = started[-1]
    assert task == "segment_core.delivering:export"
    delivering.export(args, {}, lambda done, total, note: None)
    app.run()
    (label,) = (label.replace("\\", "") for label in downloads(app) if label.startswith("segments"))
    assert f"{(answers(app) == 'yes').sum()} customers" in label
    (file,) = delivering.kept_files(Workspace(default_folder()), args["study"])
    assert re.fullmatch(r"segments-[\w-]+-v\d+\.csv", file.name) and file.version == key(app)[2]
    assert "the study has changed since" not in " ".join(element.value for element in app.markdown)
    made = cached.study(*key(app))
    Workspace(default_folder()).save_study(args["study"], made, summary={})
    app.run()
    assert f"of version {file.version}; the study has changed since" in " ".join(e.value for e in app.markdown)
    app.button(key=f"delete_{file.id}").click().run()
    assert not app.exception
    assert not [label for label in downloads(app) if label.startswith("segments")]


def test_parts_of_the_report_are_chosen(full, started) -> None:
    app = full("export")
    app.selectbox(key="report_kind").set_value("pdf")
    app.session_state["report_parts"] = ["verdict", "segments"]
    app.run()
    app.button(key="report_make").click().run()
    assert not app.exception
    (task, args), *_ = started
    assert task == "segment_core.reporting.making:make" and args["kind"] == "pdf"
    assert args["without"] == ["map", "campaigns", "quotes", "audit", "method", "data", "evidence", "versions"]

"""The capsule on the pages: taken along with or without customers, and a place to open one."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages._shared import capsuleform
from segment_core.capsules import unpack
from segment_core.store import Workspace, default_folder
from segment_core.study import Study


def test_the_study_is_taken_along_with_a_warning_where_customers_are_in_it(full, tmp_path: Path) -> None:
    app = full("export")
    assert not app.exception
    assert not app.warning
    app.toggle(key=capsuleform.ROWS).set_value(True).run()
    assert not app.exception
    assert "ids and texts" in app.warning[0].value
    workspace = Workspace(default_folder())
    id_ = workspace.studies()[0].id
    study = workspace.load_study(Study, id_)
    for rows in (False, True):
        (tmp_path / "made.strata").write_bytes(capsuleform._bytes(study, rows, id_, workspace.folder))
        assert unpack(tmp_path / "made.strata").has_rows is rows


def test_a_capsule_is_opened_beside_the_studies(empty) -> None:
    app = empty("data")
    app.button(key="capsule_open").click().run()
    assert not app.exception
    assert app.button(key="capsule_start").disabled
    assert {capsuleform.CAPSULE, capsuleform.DATA} <= {item.key for item in app.file_uploader}


def test_opening_starts_a_job_with_the_capsule_and_its_data(empty) -> None:
    empty("data")  # the workspace
    app = AppTest.from_function(asking).run()
    app.file_uploader(key=capsuleform.CAPSULE).set_value(("shop.strata", b"nothing", "application/zip"))
    app.file_uploader(key=capsuleform.DATA).set_value([("shop.csv", b"id,age", "text/csv")]).run()
    app.button(key="capsule_start").click().run()
    assert not app.exception
    workspace = Workspace(default_folder())
    asked = workspace.setting("last_request")
    assert asked["task"] == capsuleform.ENTER
    assert workspace.upload(asked["args"]["capsule"]).name == "shop.strata"
    assert workspace.upload(asked["args"]["data"]).name == "shop.csv"


def asking() -> None:
    from pages._shared import capsuleform

    capsuleform._ask()

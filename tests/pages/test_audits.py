"""The proxy audit on pages: marks, findings, and the warning where personas are read."""

from streamlit.testing.v1 import AppTest

from segment_core.store import Workspace
from segment_core.study import Study


def said(app: AppTest) -> str:
    return " ".join(element.value.replace("\\", "") for element in [*app.markdown, *app.caption, *app.info])


def open_study(tmp_path) -> Study:
    workspace = Workspace(tmp_path / "workspace")
    entry = workspace.studies()[0]
    found = workspace.load_study(Study, entry.id)
    workspace.close()
    return found


def test_the_audit_says_which_column_the_segments_follow_and_where(full) -> None:
    app = full("explore", part="proxies")
    assert not app.exception
    assert app.multiselect(key="audit_columns").value == ["age"]
    assert "The segments follow age" in said(app)
    assert "In these segments" in said(app)
    assert "What gives it away" in said(app)
    assert app.get("plotly_chart")


def test_a_column_chosen_here_is_audited_without_a_run_and_kept_in_the_plan(full, tmp_path) -> None:
    app = full("explore", part="proxies")
    app.multiselect(key="audit_columns").set_value(["membership"]).run()
    assert not app.exception
    found = open_study(tmp_path)
    assert dict(found.plan.sensitive) == {"age": False, "membership": True}
    assert [column.column for column in found.audit.columns] == ["membership"]
    app.multiselect(key="audit_columns").set_value([]).run()
    assert "No column is marked as sensitive" in said(app)


def test_the_warning_reaches_the_personas_and_their_cards(full) -> None:
    app = full("personas")
    assert "These segments follow sensitive columns: age" in said(app)
    assert "Sensitive: age" in said(app)
    app.button(key="open_audit").click().run()
    assert not app.exception
    assert app.multiselect(key="audit_columns").value == ["age"]

"""The table of columns: roles and bases are edited one by one and many at once; what is set aside is listed."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import jobs
from segment_core.store import Workspace
from segment_core.study import Study

SHOP = "customer_id;city;MntWine;MntFish;fish again;brand;email;rating;unsubscribed\n" + "".join(
    f"C{n};{'Rome' if n % 3 else 'Milan'};{n % 50};{n % 7};{n % 7};Acme;p{n}@a.example;{n % 5 + 1};"
    f"{'yes' if n % 9 == 0 else 'no'}\n"
    for n in range(1, 61)
)


@pytest.fixture
def shop(empty) -> AppTest:
    app = empty()
    app.file_uploader[0].upload("shop.csv", SHOP.encode()).run()
    assert not app.exception
    return app


def table(app: AppTest):
    return app.data_editor[0].value.set_index("name")


def edit(app: AppTest, column: str, **cells: str) -> AppTest:
    editor = app.data_editor[0]
    row = editor.value["name"].tolist().index(column)
    app.session_state[editor.key] = {"edited_rows": {row: cells}, "added_rows": [], "deleted_rows": []}
    return app.run()


def plan(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> dict:
    sent: list[dict] = []

    class Board:
        def submit(self, task: str, args: dict, *, secrets: dict) -> str:
            sent.append(dict(args))
            return ""

    monkeypatch.setattr(jobs, "jobs", Board)
    app.button(key="find_segments").click().run()
    return json.loads(sent[0]["plan"])


def test_the_table_shows_roles_bases_and_shapes(shop: AppTest) -> None:
    found = table(shop)
    assert found.loc[["city", "MntWine", "rating"], "basis"].tolist() == ["geographic", "behavioural", "psychographic"]
    assert found["role"]["unsubscribed"] == "suppression"
    assert sum(found["shape"]["city"]) == 60
    assert sum(found["shape"]["MntWine"]) == 60
    assert list(found["shape"]["customer_id"]) == []
    assert "psychographic" in found["reason"]["rating"]


def test_what_is_set_aside_is_counted_and_opens_to_its_reasons(shop: AppTest) -> None:
    said = [element.value.replace("\\", "") for element in [*shop.caption, *shop.markdown]]
    assert "Set aside:" in said
    assert any("fish again" in text and "MntFish" in text and "copy" in text for text in said)
    assert any("brand" in text and "same value" in text for text in said)


def test_a_changed_basis_goes_into_the_plan(shop: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    app = edit(shop, "rating", basis="behavioural")
    assert table(app)["basis"]["rating"] == "behavioural"
    assert "Basis chosen by you." in table(app)["reason"]["rating"]
    found = plan(app, monkeypatch)
    assert (found["bases"], found["roles"]) == ({"rating": "behavioural"}, {})


def test_a_changed_role_brings_its_own_basis(shop: AppTest) -> None:
    app = edit(shop, "rating", role="ignore")
    assert table(app).loc["rating", ["role", "basis"]].tolist() == ["ignore", "none"]
    assert app.button(key="roles_reset")


def test_what_was_suggested_anyway_is_no_choice(shop: AppTest) -> None:
    app = edit(shop, "rating", role="number", basis="psychographic")
    assert not [button for button in app.button if button.key == "roles_reset"]


def test_columns_are_found_by_name_and_role_and_set_at_once_and_taken_back(
    shop: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = shop
    app.text_input(key="many_search").set_value("mnt").run()
    app.selectbox(key="many_present").set_value("money").run()
    app.button(key="many_find").click().run()
    assert app.multiselect(key="many_names").value == ["MntWine", "MntFish"]
    app.selectbox(key="many_role").set_value("number").run()
    app.selectbox(key="many_basis").set_value("psychographic").run()
    app.button(key="many_set").click().run()
    assert not app.exception
    found = table(app).loc[["MntWine", "MntFish"]]
    assert found["role"].tolist() == ["number", "number"]
    assert found["basis"].tolist() == ["psychographic", "psychographic"]
    app.button(key="roles_reset").click().run()
    assert table(app).loc["MntWine", ["role", "basis"]].tolist() == ["money", "behavioural"]
    assert plan(app, monkeypatch)["bases"] == {}


def test_bases_alone_can_be_set_at_once(shop: AppTest) -> None:
    shop.multiselect(key="many_names").set_value(["city", "rating"]).run()
    shop.selectbox(key="many_role").set_value("keep").run()
    shop.selectbox(key="many_basis").set_value("demographic").run()
    shop.button(key="many_set").click().run()
    found = table(shop).loc[["city", "rating"]]
    assert found["role"].tolist() == ["place", "number"]
    assert found["basis"].tolist() == ["demographic", "demographic"]


def test_marks_are_set_at_once_and_roles_stay(shop: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    before = table(shop)["role"].to_dict()
    shop.multiselect(key="many_names").set_value(["city", "MntWine"]).run()
    assert shop.button(key="many_set").disabled
    shop.selectbox(key="many_sensitive").set_value("yes").run()
    shop.selectbox(key="many_mutable").set_value("no").run()
    shop.button(key="many_set").click().run()
    assert not shop.exception
    found = table(shop)
    assert found.loc[["city", "MntWine"], "sensitive"].tolist() == [True, True]
    assert found.loc[["city", "MntWine"], "mutable"].tolist() == [False, False]
    assert found["role"].to_dict() == before
    kept = plan(shop, monkeypatch)
    assert kept["sensitive"] == {"city": True, "MntWine": True}


def test_ticks_say_what_is_sensitive_and_what_may_change_and_only_changes_are_kept(
    shop: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not table(shop)["sensitive"]["city"]
    app = edit(shop, "city", sensitive=True)
    assert table(app)["sensitive"]["city"]
    app = edit(app, "MntWine", mutable=not table(app)["mutable"]["MntWine"])
    app = edit(app, "rating", sensitive=False)
    found = plan(app, monkeypatch)
    assert found["sensitive"] == {"city": True}
    assert list(found["mutable"]) == ["MntWine"]


def test_back_to_suggestions_takes_the_ticks_back_too(shop: AppTest) -> None:
    app = edit(shop, "city", sensitive=True)
    app.button(key="roles_reset").click().run()
    assert not app.exception
    assert not table(app)["sensitive"]["city"]


def test_a_tick_reaches_the_open_study_of_the_file_without_a_run(full, tmp_path) -> None:
    app = full("data")
    edit(app, "membership", sensitive=True)
    workspace = Workspace(tmp_path / "workspace")
    found = workspace.load_study(Study, workspace.studies()[0].id)
    workspace.close()
    assert dict(found.plan.sensitive) == {"membership": True}
    assert {column.column for column in found.audit.columns} == {"age", "membership"}

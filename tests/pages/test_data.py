"""The Data page: from a file to roles to the start of the journey, and what it says when a file is no good."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from segment_core.plan import Plan

SHOP = "customer_id;city;spend;note\n" + "".join(
    f"C{n};{'Rome' if n % 3 else 'Milan'};{n % 50},5;{'*bold* [link](http://a.example)' if n == 1 else ''}\n"
    for n in range(1, 61)
)


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader[0].upload(name, data).run()
    assert not app.exception
    return app


def test_empty_page_offers_a_file_and_the_sample(empty) -> None:
    app = empty()
    assert not app.exception
    assert len(app.file_uploader) == 1
    assert app.button(key="sample").label == "Try the sample"
    assert not [button for button in app.button if button.key == "find_segments"]


def test_the_sample_is_one_click_away_and_its_roles_are_found(empty) -> None:
    app = empty().button(key="sample").click().run()
    assert not app.exception
    roles = app.data_editor[0].value.set_index("name")["role"]
    assert roles["customer_id"] == "id"
    assert roles["email"] == "ignore"
    assert not app.button(key="find_segments").disabled


def test_an_upload_shows_what_was_detected(empty) -> None:
    app = upload(empty(), "shop.csv", SHOP.encode())
    said = " ".join(element.value for element in app.markdown).replace("\\", "")
    for detected in ("shop.csv", "Separator: ;", "Decimal sign: ,", "Rows: 60", "Columns: 4"):
        assert detected in said


def test_the_uploader_is_emptied_so_that_the_bytes_leave_memory(empty) -> None:
    app = empty()
    before = app.file_uploader[0].key
    app = upload(app, "shop.csv", SHOP.encode())
    assert app.file_uploader[0].key != before
    assert not app.file_uploader[0].value


def test_find_segments_needs_no_setting_and_leads_to_segments(empty, started) -> None:
    app = upload(empty(), "shop.csv", SHOP.encode())
    app.button(key="find_segments").click().run()
    assert not app.exception
    ((task, args),) = started
    assert task == "segment_core.tasks:run_study"
    assert Plan.from_json(args["plan"]).clustering.name == "auto"
    assert args["study"] is None
    assert app.title[0].value == "Segments"


def test_a_changed_role_goes_into_the_plan(empty, started) -> None:
    app = upload(empty(), "shop.csv", SHOP.encode())
    editor = app.data_editor[0]
    row = editor.value["name"].tolist().index("city")
    app.session_state[editor.key] = {"edited_rows": {row: {"role": "ignore"}}, "added_rows": [], "deleted_rows": []}
    app.run()
    app.button(key="find_segments").click().run()
    assert json.loads(started[0][1]["plan"])["roles"] == {"city": "ignore"}


def test_many_roles_are_set_at_once_and_taken_back(empty) -> None:
    app = upload(empty(), "shop.csv", SHOP.encode())
    app.multiselect(key="many_names").set_value(["city", "spend"]).run()
    app.selectbox(key="many_role").set_value("ignore").run()
    app.button(key="many_set").click().run()
    roles = app.data_editor[0].value.set_index("name")
    assert roles.loc[["city", "spend"], "role"].tolist() == ["ignore", "ignore"]
    assert roles.loc["city", "reason"] == "Chosen by you."
    app.button(key="roles_reset").click().run()
    assert app.data_editor[0].value.set_index("name")["role"]["city"] == "place"


def test_the_file_is_read_otherwise_as_soon_as_one_chooses(empty) -> None:
    app = upload(empty(), "shop.csv", SHOP.encode())
    separator = next(box for box in app.selectbox if box.label == "Separator")
    separator.set_value("|").run()
    assert not app.exception
    assert len(app.data_editor[0].value) == 1


@pytest.mark.parametrize(
    "name, data",
    [
        ("empty.csv", b""),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("header.csv", b"a,b,c\n"),
        ("broken.xlsx", b"PK\x03\x04 not really"),
    ],
)
def test_a_file_that_is_no_good_is_one_sentence_and_the_data_before_stay(empty, name: str, data: bytes) -> None:
    app = upload(upload(empty(), "shop.csv", SHOP.encode()), name, data)
    assert len(app.error) == 1
    assert name.replace(".", "\\.") in app.error[0].value
    assert "customer_id" in app.data_editor[0].value["name"].tolist()


def test_names_from_a_file_are_text_and_nothing_else(empty) -> None:
    app = upload(empty(), "**x** <b>:material~home:.csv", b"id,:red[a]\n" + b"\n".join(b"%d,x" % n for n in range(9)))
    said = [element.value for element in app.markdown]
    assert any("\\*\\*x\\*\\*" in text for text in said)
    assert not any(":red[a]" in text for text in said)


def test_recent_studies_reopen(full) -> None:
    app = full()
    assert not app.exception
    assert any("shop" in button.label for button in app.button)
    assert app.data_editor  # the file behind the open study

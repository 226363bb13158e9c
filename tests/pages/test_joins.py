"""Several files on the Data page: proposed links, confirmed by one button, changed by a tick."""

import pytest

from pages._shared.joins import _quoted as quoted
from pages._shared.joins import short_names

PEOPLE = "customer_id,city,age\n" + "".join(f"C{n:03},{('Rome', 'Bonn')[n % 2]},{20 + n}\n" for n in range(40))
ORDERS = "order_id,customer_id,channel,fee\n" + "".join(
    f"A{n:05},C{n % 42:03},{('web', 'shop')[n % 2]},{n}.50\n" for n in range(120)
)


@pytest.fixture
def dropped(empty):
    app = empty()
    app.file_uploader[0].upload("customers.csv", PEOPLE.encode()).upload("orders.csv", ORDERS.encode())
    app.run()
    assert not app.exception
    return app


def test_two_files_are_proposed_to_be_joined_and_one_button_confirms(dropped, started) -> None:
    assert [button.label for button in dropped.button if button.key == "join_tables"] == ["Join these tables"]
    assert not [button for button in dropped.button if button.key == "find_segments"]
    links = next(editor for editor in dropped.data_editor if "orphans" in editor.value)
    row = links.value.iloc[0]
    assert (row["rows"], row["belong"], row["by"], row["kind"]) == ("orders.csv", "customers.csv", "customer_id", "n:1")
    assert row["orphans"] == 4
    app = dropped.button(key="join_tables").click().run()
    app.button(key="find_segments").click().run()
    assert not app.exception
    assert '"child": "orders.csv"' in started[0][1]["plan"]


def test_the_columns_are_those_of_the_joined_customers(dropped) -> None:
    names = next(editor for editor in dropped.data_editor if "role" in editor.value).value["name"].tolist()
    assert {"city", "age", "channel", "fee", "orders_count"} <= set(names)


def test_a_link_left_out_takes_its_columns_along(dropped) -> None:
    editor = next(editor for editor in dropped.data_editor if "orphans" in editor.value)
    dropped.session_state[editor.key] = {"edited_rows": {0: {"use": False}}, "added_rows": [], "deleted_rows": []}
    app = dropped.run()
    assert not app.exception
    names = next(editor for editor in app.data_editor if "role" in editor.value).value["name"].tolist()
    assert "fee" not in names
    assert any("left out" in element.value for element in app.markdown)


def test_names_of_tables_and_columns_are_no_dot() -> None:
    assert quoted('a"] ; b [label="\\') == '"a\\"] ; b [label=\\"\\\\"'
    assert short_names(["a.csv"]) == ["a"]
    assert short_names(["x_orders.csv", "x_lines.csv"]) == ["orders", "lines"]

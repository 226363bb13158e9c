"""Labels on the pages: given from the map, the table, a search or a rule, counted, taken back, and taken along."""

import io
import zlib

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from segment_core.artifacts import Condition, LabelColumn, Note, Rule
from segment_core.labelling import SEGMENT, label_sql, search
from segment_core.messages import say
from segment_core.store import Workspace, default_folder
from segment_core.study import Study
from tests.pages.test_explore import drawn, square, study  # noqa: F401 - fixture

RULE = Rule("Elder", (Condition("age", "≥", ("60",)), Condition("city", "is known")))


def kept() -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def label(made: Study, *labels: LabelColumn) -> None:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    workspace.save_study(entry.id, made.having(labels=labels), summary=dict(entry.summary))


def at(app: AppTest, tab: str) -> AppTest:
    app.session_state["explore_part"] = tab.lower()
    return app.run()


def typed(app: AppTest, **fields: str) -> AppTest:
    """Type into fields what is not among their options."""
    for key, value in fields.items():
        box = app.selectbox(key=key.replace("__", "."))
        box.options.append(value)
        box.set_value(value).run()
    return app


def shown(app: AppTest) -> str:
    return " ".join(element.value for element in [*app.markdown, *app.caption])


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def marked(app: AppTest) -> pd.DataFrame:
    """Return the table of selected customers, with their labels."""
    return next(found.value for found in app.dataframe if "Label: Value" in found.value.columns)


def test_without_labels_the_page_says_how_to_begin(full) -> None:
    app = at(full("explore"), "Labels")
    assert not app.exception
    assert "No labels yet" in shown(app)


def test_a_lasso_is_labelled_counted_and_taken_back(full, study) -> None:  # noqa: F811
    selection, ids = square(study)
    app = drawn(full("explore"), selection)
    assert app.button(key="give.selection").disabled
    typed(app, label_column__selection="Value", label_given__selection=" VIP ")
    app.button(key="give.selection").click().run()
    assert not app.exception
    [column] = kept().labels
    assert (column.name, dict(column.picked)) == ("Value", dict.fromkeys(ids, "VIP"))
    assert f"Customers labelled “VIP”: {len(ids):,}" in shown(app)
    app.segmented_control(key="selection_part").set_value("people").run()
    assert marked(app)["Label: Value"].tolist() == ["VIP"] * len(ids)
    at(app, "Labels")
    assert metrics(app)["Labelled customers"] == metrics(app)["By hand"] == f"{len(ids):,}"
    app.selectbox(key="map_colour").set_value("\0label:Value").run()
    assert not app.exception
    app.button(key="undo_labels").click().run()
    assert not app.exception
    assert kept().labels == ()
    assert not [button for button in app.button if button.key == "undo_labels"]
    assert "No labels yet" in shown(app)


def test_customers_picked_in_the_table_are_labelled(full, study) -> None:  # noqa: F811
    app = at(full("explore"), "Customers")
    assert app.button(key="give.customers").disabled
    app.session_state[f"customers.{zlib.crc32(b'')}"] = {"selection": {"rows": [0, 5, 999], "columns": [], "cells": []}}
    app.run()
    typed(app, label_column__customers="Value", label_given__customers="VIP")
    assert app.button(key="give.customers").label == "Label 2 customers"
    app.button(key="give.customers").click().run()
    assert not app.exception
    index = study.customers.frame.index
    assert dict(kept().labels[0].picked) == {index[0]: "VIP", index[5]: "VIP"}


def test_a_search_finds_labels_and_shows_on_the_map(full, study) -> None:  # noqa: F811
    hits = search(study.customers, "delivery")
    app = at(full("explore"), "Customers")
    app.text_input(key="customer_search").set_value("Delivery").run()
    assert app.dataframe[-1].value.index.tolist() == list(hits)
    assert 0 < len(hits) < 400
    typed(app, label_column__customers="Topic", label_given__customers="Delivery")
    app.button(key="give.customers").click().run()
    assert set(kept().labels[0].picked) == set(hits)
    app.button(key="customers_to_map").click().run()
    assert metrics(app)["Selected customers"] == f"{len(hits):,}"
    app.text_input(key="customer_search").set_value("xyzzy").run()
    assert "Nobody has all these words" in shown(app)
    assert not app.exception


def test_a_label_is_taken_away_also_from_a_rule(full, study) -> None:  # noqa: F811
    label(study, LabelColumn("Value", {}, (RULE,)))
    selection, ids = square(study)
    app = drawn(full("explore"), selection)
    app.button(key="take.selection").click().run()
    assert not app.exception
    assert dict(kept().labels[0].picked) == dict.fromkeys(ids, "")
    app.segmented_control(key="selection_part").set_value("people").run()
    assert marked(app)["Label: Value"].isna().all()


def test_a_rule_says_whom_it_means_before_it_counts(full, study) -> None:  # noqa: F811
    app = at(full("explore"), "Labels")
    assert "Fill in the conditions" in shown(app)
    app.selectbox(key="rule_column.0").set_value("age").run()
    [op] = [box for box in app.selectbox if box.key.startswith("rule_op.0")]
    op.set_value("≥").run()
    [value] = [box for box in app.number_input if box.key.startswith("rule_value.0")]
    value.set_value(60.0).run()
    n = int((study.customers.frame["age"] >= 60).sum())
    assert 0 < n < 400
    assert f"{n:,} customers meet this now" in shown(app)
    app.button(key="rule_add").click().run()
    assert "Fill in the conditions" in shown(app)
    app.selectbox(key="rule_column.1").set_value("city").run()
    [op] = [box for box in app.selectbox if box.key.startswith("rule_op.1")]
    op.set_value("is known").run()
    typed(app, label_column__rule="Age", label_given__rule="Elder")
    app.button(key="rule_keep").click().run()
    assert not app.exception
    assert kept().labels == (LabelColumn("Age", {}, (RULE,)),)
    both = int(((study.customers.frame["age"] >= 60) & study.customers.frame["city"].notna()).sum())
    assert metrics(app)["By rule"] == f"{both:,}"
    assert "Fill in the conditions" in shown(app)
    app.button(key="rule_drop.0").click().run()
    assert kept().labels == (LabelColumn("Age"),)
    app.button(key="undo_labels").click().run()
    assert kept().labels[0].rules == (RULE,)


@pytest.mark.parametrize("column", ["age", "city", "uses_app", "signup_date", "review", SEGMENT])
def test_every_kind_of_column_can_be_asked_everything(full, study, column: str) -> None:  # noqa: F811
    app = at(full("explore"), "Labels")
    app.selectbox(key="rule_column.0").set_value(column).run()
    [op] = [box for box in app.selectbox if box.key.startswith("rule_op.0")]
    for name in [op.format_func(option) for option in op.options]:
        [op] = [box for box in app.selectbox if box.key.startswith("rule_op.0")]
        op.set_value(name).run()
        assert not app.exception


def test_a_rule_says_who_keeps_what_was_given_by_hand(full, study) -> None:  # noqa: F811
    frame = study.customers.frame
    elders = frame.index[frame["age"] >= 60]
    label(study, LabelColumn("Value", dict.fromkeys([*elders[:3], frame.index[frame["age"] < 60][0]], "VIP")))
    app = at(full("explore"), "Labels")
    app.selectbox(key="rule_column.0").set_value("age").run()
    [op] = [box for box in app.selectbox if box.key.startswith("rule_op.0")]
    op.set_value("≥").run()
    [value] = [box for box in app.number_input if box.key.startswith("rule_value.0")]
    value.set_value(60.0).run()
    assert f"{len(elders):,} customers meet this now" in shown(app)
    assert "3 of them were marked by hand" in shown(app)


def test_labels_and_columns_are_renamed_and_deleted(full, study) -> None:  # noqa: F811
    first, second, *_ = study.customers.frame.index
    label(study, LabelColumn("Value", {first: "VIP", second: "new"}), LabelColumn("Other", {first: "x"}))
    app = at(full("explore"), "Labels")
    app.selectbox(key="label_changed.Value").set_value("VIP").run()
    app.text_input(key="label_new.Value.VIP").set_value("Best").run()
    app.button(key="label_rename").click().run()
    assert kept().labels[0].picked == {first: "Best", second: "new"}
    app.text_input(key="label_new.Value.").set_value("Other").run()
    app.button(key="label_rename").click().run()
    assert [column.name for column in kept().labels] == ["Value", "Other"]
    app.text_input(key="label_new.Value.").set_value("Worth").run()
    app.button(key="label_rename").click().run()
    assert [column.name for column in kept().labels] == ["Worth", "Other"]
    app.button(key="label_delete").click().run()
    assert [column.name for column in kept().labels] == ["Other"]
    app.button(key="undo_labels").click().run()
    assert not app.exception
    assert [column.name for column in kept().labels] == ["Worth", "Other"]


def test_a_rule_that_no_longer_fits_and_notes_of_a_run_are_said(full, study) -> None:  # noqa: F811
    gone = Rule("x", (Condition("colour", "is", ("red",)),))
    label(study, LabelColumn("Value", {}, (RULE, gone), (Note("labels-lost", say("{n} went.", n=7), 7, "warning"),)))
    app = at(full("explore"), "Labels")
    assert not app.exception
    assert "7 went." in shown(app)
    assert "asks for the column colour" in shown(app)


def test_names_from_a_file_do_nothing(full, study) -> None:  # noqa: F811
    first = study.customers.frame.index[0]
    label(study, LabelColumn("**[a](b)** {x}", {first: "<b>=1+1</b> :red[x] {y}"}, (Rule("$x$", RULE.conditions),)))
    app = at(full("explore"), "Labels")
    app.selectbox(key="map_colour").set_value("\0label:**[a](b)** {x}").run()
    assert not app.exception
    assert "**[a](b)**" not in " ".join(element.value for element in app.subheader)


def test_labels_go_into_the_export(full, study, monkeypatch) -> None:  # noqa: F811
    import streamlit as st

    found: dict[str, object] = {}
    original = st.download_button

    def collect(label, data, file_name=None, *rest, **named):
        found[file_name] = data
        return original(label, data, file_name, *rest, **named)

    monkeypatch.setattr(st, "download_button", collect)
    first, second, *_ = study.customers.frame.index
    label(study, LabelColumn("Value", {first: "=VIP()", second: "new"}))
    app = full("export")
    assert not app.exception
    app.multiselect(key="export_labels").set_value(["Value"]).run()
    assert app.dataframe[0].value.columns[-1] == "label: Value"
    (data,) = (data for name, data in found.items() if name.startswith("segments-"))
    table = pd.read_csv(io.BytesIO(data()), index_col=0, dtype=str)
    assert (table.loc[first, "label: Value"], table.loc[second, "label: Value"]) == ("'=VIP()", "new")
    assert table["label: Value"].notna().sum() == 2


def test_rules_are_shown_as_sql_that_was_run(full, study) -> None:  # noqa: F811
    first = Rule("Big", (Condition(SEGMENT, "is one of", ("S1",)),))
    label(study, LabelColumn("Value", {}, (first, RULE)), LabelColumn("By hand", {study.customers.frame.index[0]: "x"}))
    app = full("explore")
    app.session_state["label_rules_sql"] = True
    app = at(app, "Labels")
    assert not app.exception
    (query,) = (code.value for code in app.code)
    assert query == label_sql(kept().labels[0], study.customers, segments=study.clustering.ids.tolist())
    assert query.index("Elder") < query.index("Big")
    assert "gave each the label that these rules give" in shown(app)
    app.selectbox(key="label_sql_dialect").set_value("bigquery").run()
    assert "`segment` = 'S1'" in app.code[0].value and "was not run in BigQuery" in shown(app)

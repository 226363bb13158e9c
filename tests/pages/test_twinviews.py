"""Rules on the Explore page: looked for in the worker, said in words and SQL, and of use: shown, labelled, kept."""

import dataclasses

import pytest
from streamlit.testing.v1 import AppTest

from segment_core.artifacts import RuleTwin, Step, Twins
from segment_core.labelling import apply_rule
from segment_core.messages import say
from segment_core.ruling import rule
from segment_core.store import Workspace, default_folder
from segment_core.study import Study


def kept() -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def keep(change: object = None) -> Study:
    """Look for rules as the worker does, and change what came out where asked to."""
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    rule({"workspace": str(workspace.folder), "study": entry.id, "seed": 0}, {}, lambda done, total, note: None)
    study, saved = workspace.study_and_entry(Study, entry.id)
    if change is not None:
        study = study.having(twins=change(study.twins))
        workspace.save_study(entry.id, study, summary=dict(saved.summary))
    return study


def shown(app: AppTest) -> str:
    return " ".join(element.value for element in [*app.markdown, *app.caption, *app.info, *app.warning])


@pytest.fixture
def ruled(full):
    full("explore")
    return full, keep()


def test_rules_are_looked_for_when_asked(full, started) -> None:
    app = full("explore", part="rules")
    assert not app.exception
    assert "at most four plain conditions" in shown(app)
    app.checkbox(key="twin_without").check().run()
    app.button(key="twin_run").click().run()
    [(task, args)] = started
    assert task == "segment_core.ruling:rule"
    assert args["leave_out"] == ["age"]


def test_a_rule_is_said_measured_and_written_in_sql(ruled) -> None:
    full, study = ruled
    app = full("explore", part="rules")
    assert not app.exception
    twin = study.twins.of(study.clustering.segments[0].id)
    assert twin.conditions[0].column.replace("_", "\\_") in shown(app)
    if twin.sayable:
        assert [metric.label for metric in app.metric][:4] == ["Precision", "Recall", "F1", "Coverage"]
        assert app.metric[0].value == f"{twin.precision:.0%}"
    assert app.code[0].value == twin.sql
    table = app.dataframe[-1].value
    assert table["F1"].tolist() == [one.f1 for one in study.twins.twins]


def test_whom_it_names_misses_and_wrongly_names_is_shown_on_the_map(ruled) -> None:
    full, study = ruled
    twin = study.twins.of(study.clustering.segments[0].id)
    named, own = apply_rule(study.customers, twin.conditions), study.clustering.labels == 0
    for key, mask in (("named", named), ("wrong", named & ~own), ("missed", own & ~named)):
        app = full("explore", part="rules")
        button = app.button(key=f"twin_show.{key}")
        assert f"({mask.sum():,})" in button.label
        if mask.any():
            button.click().run()
            assert app.session_state["selected_customers"] == tuple(study.customers.frame.index[mask])


def test_it_becomes_a_label_rule_and_a_custom_segment(ruled) -> None:
    full, study = ruled
    twin = study.twins.of(study.clustering.segments[0].id)
    app = full("explore", part="rules")
    for key, value in (("label_column.twin", "Rules"), ("label_given.twin", "First")):
        box = app.selectbox(key=key)
        box.options.append(value)
        box.set_value(value).run()
    app.button(key="twin_label_keep").click().run()
    assert not app.exception
    assert kept().labels[0].rules[0].conditions == twin.conditions
    app.text_input(key=f"twin_group_name.{twin.segment}").set_value("By rule").run()
    app.button(key="twin_group_keep").click().run()
    assert not app.exception
    [group] = kept().groups
    ids = study.customers.frame.index[apply_rule(study.customers, twin.conditions)]
    assert (group.name, set(group.customers), group.query.conditions) == ("By rule", set(ids), twin.conditions)
    assert kept().twins is not None  # neither made the rules stale


def test_what_cannot_be_said_says_why_and_folds_the_attempt_away(full) -> None:
    full("explore")

    def unsayable(found: Twins) -> Twins:
        why = say("This segment cannot be said: {why}.", why="*noise*")
        return dataclasses.replace(
            found, twins=tuple(dataclasses.replace(one, sayable=False, reason=why, sql="") for one in found.twins)
        )

    keep(unsayable)
    app = full("explore", part="rules")
    assert not app.exception
    assert "\\*noise\\*" in app.info[0].value
    assert [block.label for block in app.expander if "attempt" in block.label] == ["The best attempt"]
    assert "no exact form in SQL" in shown(app)
    assert not app.code


def test_without_any_conditions_only_the_reason_stands(full) -> None:
    full("explore")
    why = say("There are too few customers.")

    def nothing(found: Twins) -> Twins:
        twins = tuple(RuleTwin(one.segment, (), sayable=False, reason=why) for one in found.twins)
        return Twins(twins, Step("twins"))

    keep(nothing)
    app = full("explore", part="rules")
    assert not app.exception
    assert "too few" in app.info[0].value
    assert not app.metric[:1] or app.metric[0].label != "Precision"


def test_sensitive_columns_are_warned_of(ruled) -> None:
    full, study = ruled
    twin = study.twins.of(study.clustering.segments[0].id)
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    plan = study.plan.having(sensitive={twin.conditions[0].column: True})
    workspace.save_study(entry.id, dataclasses.replace(study, plan=plan), summary=dict(entry.summary))
    app = full("explore", part="rules")
    assert "asks for sensitive columns" in shown(app)


def test_other_segments_drop_the_rules(ruled) -> None:
    _, study = ruled
    assert study.having(clustering=study.clustering).twins is None
    assert study.having(labels=()).twins is not None

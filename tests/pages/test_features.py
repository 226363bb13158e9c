"""The Features page: guarded when empty, a card a block, and a plan that changes only by what is set."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from pages._shared import jobs
from segment_core.artifacts import Fidelity, Reading, Step
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.store import Workspace, default_folder
from segment_core.study import Study


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """Note the jobs that are started instead of starting them."""
    found: list[dict] = []
    monkeypatch.setattr(jobs, "start", lambda task, args: found.append(dict(args)))
    return found


def kept() -> tuple[Workspace, str, Study]:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    return workspace, entry.id, workspace.load_study(Study, entry.id)


def test_the_empty_page_leads_to_the_data(empty) -> None:
    app = empty("features")
    assert not app.exception
    app.button(key="empty_action").click().run()
    assert app.title[0].value == "Data"


def test_each_block_has_a_card_with_its_weight(full) -> None:
    app = full("features")
    assert not app.exception
    _, _, study = kept()
    for block in study.features.blocks:
        assert app.slider(key=f"weight.{block.name}").value == round(100 * block.weight)
    assert any("Read by their words" in caption.value for caption in app.caption)


def test_nothing_changed_leads_on_to_the_segments(full, started) -> None:
    app = full("features")
    assert app.button(key="build").label == "Find segments"
    app.button(key="build").click().run()
    assert [args["until"] for args in started] == [None]
    assert app.title[0].value == "Segments"


def test_another_weight_builds_anew_and_keeps_what_segments_there_were(full, started) -> None:
    app = full("features")
    app.slider(key="weight.text").set_value(60).run()
    assert app.button(key="build").label == "Build features and find segments"
    assert started == []
    app.button(key="build").click().run()
    (args,) = started
    plan = Plan.from_json(args["plan"])
    assert plan.weights["text"] == 0.6
    assert args["until"] is None  # the study has segments: they are found again from the new features
    assert args["study"] == kept()[1]


def test_a_study_without_segments_is_built_to_the_features_only(full, started) -> None:
    full("features")
    workspace, key, study = kept()
    workspace.save_study(key, study.having(features=study.features), summary=dict(workspace.study(key).summary))
    app = full("features")
    app.selectbox(key="encoder").select("sentence_transformer").run()
    app.button(key="build").click().run()
    (args,) = started
    assert args["until"] == "features"
    assert json.loads(args["plan"])["encoder"]["name"] == "sentence_transformer"
    assert full("segments").info[0].value.startswith("The features are built")


def test_no_weight_at_all_cannot_be_built(full) -> None:
    app = full("features")
    for slider in [slider for slider in app.slider if slider.key.startswith("weight.")]:
        app.slider(key=slider.key).set_value(0)
    app.run()
    assert app.button(key="build").disabled
    assert any("at least one block" in warning.value for warning in app.warning)


def test_a_file_that_was_just_opened_can_be_built(empty, started) -> None:
    workspace = Workspace(default_folder())
    upload = workspace.keep_upload("tiny.csv", b"id,age,city\n" + b"".join(b"%d,%d,Rome\n" % (n, n) for n in range(20)))
    app = empty()
    app.session_state["open_upload"] = upload.id
    app.switch_page("pages/features.py").run()
    assert not app.exception
    app.button(key="build").click().run()
    assert [(args["upload"], args["study"], args["until"]) for args in started] == [(upload.id, None, "features")]


def test_sliders_start_anew_when_the_study_behind_them_does(full, started) -> None:
    app = full("features")
    workspace, key, study = kept()
    halved = [replace(block, weight=block.weight / 2) for block in study.features.blocks]
    features = replace(study.features, blocks=tuple(halved))
    workspace.save_study(key, study.having(features=features), summary=dict(workspace.study(key).summary))
    app.run()
    for block in halved:
        assert app.slider(key=f"weight.{block.name}").value == round(100 * block.weight)
    assert app.button(key="build").label == "Find segments"  # nobody touched a slider


def test_the_bar_follows_the_sliders_before_anything_is_built(full) -> None:
    app = full("features")
    for slider in [slider for slider in app.slider if slider.key.startswith("weight.")]:
        app.slider(key=slider.key).set_value(50 if slider.key == "weight.text" else 0)
    app.run()
    parts = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    assert {bar["name"]: bar["text"][0] for bar in parts if bar["text"][0]} == {"Texts": "100%"}
    assert any(caption.value.startswith("Only the ratios count") for caption in app.caption)


def test_nothing_is_made_of_texts_where_there_are_none(empty) -> None:
    workspace = Workspace(default_folder())
    upload = workspace.keep_upload("tiny.csv", b"id,age,city\n" + b"".join(b"%d,%d,Rome\n" % (n, n) for n in range(20)))
    app = empty()
    app.session_state["open_upload"] = upload.id
    app.switch_page("pages/features.py").run()
    assert {box.key for box in app.selectbox} & {"topics", "traits", "graph"} == {"graph"}
    assert sum("No column holds texts" in caption.value for caption in app.caption) == 2


def test_a_part_that_tells_nobody_apart_is_said_to_have_been_built(full) -> None:
    from segment_core.traits import lexicon

    full("features")
    workspace, key, study = kept()
    study = replace(study, traits=lexicon.rate(study.customers), plan=study.plan.having(traits=Step("lexicon")))
    workspace.save_study(key, study, summary=dict(workspace.study(key).summary))
    app = full("features")
    assert any(caption.value.startswith("It was built, but nothing") for caption in app.caption)


def test_each_card_says_what_is_in_it_with_a_preview_and_its_time(full) -> None:
    from segment_core.composition import compose

    full("features")
    workspace, key, study = kept()
    plan = study.plan.having(topics=Step("nmf", {"n_topics": 3}), graph=Step("spectral"), traits=Step("lexicon"))
    made = compose(study.customers, plan)
    parts = {name: getattr(made, name) for name in ("topics", "graph", "traits", "features")}
    study = replace(study, plan=plan, block_seconds=made.seconds, **parts)
    workspace.save_study(key, study, summary=dict(workspace.study(key).summary))
    app = full("features")
    assert not app.exception
    badges = [badge.value for badge in app.markdown if "badge[Features: " in badge.value]
    assert len(badges) == len(study.features.blocks)
    assert all(re.search(r"Features: \d+ · [\d.]+ s", badge) for badge in badges)
    chips = " ".join(mark.value for mark in app.markdown if ":gray-badge[" in mark.value)
    for inside in (study.topics.topics[0].terms[0], "Sentiment: price", "membership", "review"):
        assert inside in chips.replace("\\", "")
    tables = {str(table.value.columns[0]): table.value for table in app.dataframe if len(table.value) == 5}
    topic = next(name for name in tables if name.startswith("T1 · "))
    wrote = study.topics.shares[study.topics.shares.any(axis=1)][:5]
    assert tables[topic].to_numpy() == pytest.approx(wrote)
    assert np.isfinite(tables["Sentiment"]).any(axis=1).all()
    (block,) = (block for block in study.features.blocks if block.name == "traits")
    assert tables["Sentiment"].shape[1] == block.stop - block.start < len(study.traits.names)  # without the rare ones
    linked, first = tables["Linked to, rarest first"].iloc[0, 0], study.customers.frame.iloc[0]
    assert f"city: {first['city']}" in linked


def test_an_address_that_is_needed_is_asked_openly(full) -> None:
    app = full("features")
    app.selectbox(key="traits").select("model").run()
    app.selectbox(key="topics").select("nmf").run()
    folded = {field.key for expander in app.expander for field in expander.text_input}
    assert "traits.model.url" in {field.key for field in app.text_input} - folded
    assert app.button(key="build").disabled
    assert "missing" in app.button(key="build").help


def test_attention_without_segments_says_to_find_them(full) -> None:
    full("features")
    workspace, key, study = kept()
    workspace.save_study(key, study.having(features=study.features), summary=dict(workspace.study(key).summary))
    app = full()
    app.session_state["feature_views"] = "Attention"
    app.switch_page("pages/features.py").run()
    assert any(caption.value.startswith("Find segments first") for caption in app.caption)


def test_a_page_refreshed_during_a_run_shows_what_is_being_run(full, monkeypatch: pytest.MonkeyPatch) -> None:
    app = full()
    workspace, *_ = kept()
    upload = workspace.keep_upload("tiny.csv", b"id,age,city\n" + b"".join(b"%d,%d,Rome\n" % (n, n) for n in range(20)))
    plan = Plan(graph=Step("spectral"))
    asked = {"upload": upload.id, "plan": plan.to_json(), "study": None}
    workspace.keep_setting("last_request", {"job": "j", "task": jobs.RUN_STUDY, "args": asked})
    monkeypatch.setattr(jobs, "_followed", lambda: None)
    app.session_state["followed_job"] = "j"  # a new session finds it in the address
    for key in ("open_upload", "plan"):
        if key in app.session_state:
            del app.session_state[key]
    app.switch_page("pages/features.py").run()
    assert not app.exception
    assert app.selectbox(key="graph").value == "spectral"
    assert not [slider for slider in app.slider if slider.key.startswith("weight.")]  # not the older study's


def test_what_is_chosen_already_is_not_offered_as_another_way(full) -> None:
    full("features")
    workspace, key, study = kept()
    study = replace(study, plan=study.plan.having(encoder=Step("auto")))
    workspace.save_study(key, study, summary=dict(workspace.study(key).summary))
    offered = {button.key for button in full("features").button if button.key and "encoder_switch" in button.key}
    assert offered and "encoder_switch.0.auto" not in offered


def read_as(*readings: Reading) -> None:
    """Keep the study as one whose texts were read like this, by the automatic encoder."""
    workspace, key, study = kept()
    study = replace(study, plan=study.plan.having(encoder=Step("auto")), readings=readings)
    workspace.save_study(key, study, summary=dict(workspace.study(key).summary))


def test_how_faithful_a_student_is_and_the_other_ways_to_read_stand_on_the_card(full) -> None:
    full("features")
    fidelity = Fidelity(3200, 800, similarity=0.81, neighbours=0.44, clusters=0.52, ceiling=0.66)
    times = {"onnx_int8": 120.0, "student": 42.0}
    read_as(
        Reading("en", 300, Step("student"), say("Read."), fidelity, times),
        Reading("zh", 100, Step("tfidf"), say("Read.")),
    )
    app = full("features")
    (table,) = (frame.value for frame in app.dataframe if "Student" in frame.value)
    assert table["Student"].tolist() == [0.81, 0.44, 0.52]
    assert table["At best"].tolist() == [1.0, 1.0, 0.66]
    offered = {button.key: button.label for button in app.button if button.key and "encoder_switch" in button.key}
    assert set(offered) == {"encoder_switch.0.onnx_int8", "encoder_switch.1.word2vec"}  # not English for Chinese
    assert "about 2 min" in offered["encoder_switch.0.onnx_int8"]
    app.button(key="encoder_switch.0.onnx_int8").click().run()
    assert app.selectbox(key="encoder").value == "onnx_int8"


def test_another_way_is_offered_where_the_full_model_was_the_only_one_considered(full) -> None:
    full("features")
    read_as(Reading("en", 300, Step("onnx_int8"), say("Read."), None, {"onnx_int8": 3.0}))
    offered = {button.key for button in full("features").button if button.key and "encoder_switch" in button.key}
    assert offered == {"encoder_switch.0.tfidf", "encoder_switch.0.sentence_transformer"}

"""The Segments page: guarded when empty; what the segments are, how good, and the next run when full."""

import json
from dataclasses import replace

import pytest

from pages._shared import jobs, state
from pages._shared.words import plain
from segment_core.artifacts import Check
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.store import Workspace, default_folder
from segment_core.study import Study


def kept_study() -> tuple[Workspace, str, Study]:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    return workspace, entry.id, workspace.load_study(Study, entry.id)


def judged(verdict: str) -> None:
    """Keep the study again with another verdict."""
    workspace, key, study = kept_study()
    finding = Check("structure", verdict != "nothing-there", say("Separation is {v}.", v="0.01"), say("Add columns."))
    scorecard = replace(study.scorecard, verdict=verdict, checks=(finding,))
    workspace.save_study(key, replace(study, scorecard=scorecard), summary=dict(workspace.study(key).summary))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict]]:
    """Note the jobs that are started instead of starting them."""
    found: list[tuple[str, dict]] = []
    monkeypatch.setattr(jobs, "start", lambda task, args: found.append((task, dict(args))))
    return found


def test_empty_page_leads_back_to_the_data(empty) -> None:
    app = empty("segments")
    assert not app.exception
    assert not app.metric
    app.button(key="empty_action").click().run()
    assert app.title[0].value == "Data"


def test_full_page_opens_on_what_the_segments_are(full) -> None:
    app = full("segments")
    assert not app.exception
    assert [metric.label for metric in app.metric][:4] == ["Segments", "Stability", "Separation", "Verdict"]
    assert app.metric[0].value == "4"
    texts = " ".join(element.value for element in app.markdown)
    _, _, study = kept_study()
    names = [persona.name for persona in study.personas.personas]
    assert len(names) == 4 and all(plain(name).split(" ")[0] in texts for name in names)
    parts = {
        "good": {"Metrics", "Knife plot", "Known labels", "Outliers", "Second opinion", "Sizes"},
        "many": {"Candidates", "Ladder", "Dendrogram", "Sweep"},
        "inside": {"Inside the algorithm"},
        "runs": {"Runs", "Time"},
    }
    for part, views in parts.items():
        app.session_state["segments_part"] = part
        assert {tab.label for tab in app.run().tabs} == views
        assert not app.exception


def test_each_score_says_direction_space_and_customers(full) -> None:
    app = full("segments")
    captions = " ".join(caption.value for caption in app.caption)
    assert "Higher is better." in captions and "Lower is better." in captions
    assert "Measured in all features, on 400 customers." in captions
    sizes = next(table.value for table in app.dataframe if "Core" in table.value.columns)
    assert sizes["Customers"].sum() == 400


def test_no_structure_is_said_first_in_plain_words(full) -> None:
    judged("nothing-there")
    app = full("segments")
    assert app.warning[0].value.startswith("This cut finds no structure:")  # it was set by hand
    kinds = [element.type for element in app.main]
    assert kinds.index("warning") < kinds.index("metric")
    assert any("Separation is 0\\.01" in caption.value for caption in app.caption)


def test_a_good_verdict_warns_of_nothing(full) -> None:
    judged("solid")
    assert not full("segments").warning


def test_options_start_nothing_and_the_button_runs_what_was_chosen(full, started) -> None:
    app = full("segments")
    app.selectbox(key="algorithm").set_value("hierarchical").run()
    assert not app.exception
    app.slider(key="weight.text").set_value(0).run()
    app.selectbox(key="encoder").set_value("tfidf").run()
    assert started == []
    app.button(key="run").click().run()
    ((task, args),) = started
    plan = Plan.from_json(args["plan"])
    assert task == jobs.RUN_STUDY
    assert plan.clustering.name == "hierarchical"
    assert plan.weights["text"] == 0.0 and plan.weights["numbers"] > 0
    assert plan.encoder.name == "tfidf"
    assert args["study"] == kept_study()[1]


def test_a_card_whose_sentence_says_everything_is_not_said_to_be_nothing_special(full) -> None:
    workspace, key, study = kept_study()
    said = tuple(item.id for item in study.evidence.items)
    told = [replace(one, tagline=replace(one.tagline, evidence=said)) for one in study.personas.personas]
    personas = replace(study.personas, personas=tuple(told))
    workspace.save_study(key, replace(study, personas=personas), summary=dict(workspace.study(key).summary))
    app = full("segments")
    assert not app.exception
    assert not [caption for caption in app.caption if caption.value.startswith("Nothing sets")]


def test_another_open_file_gets_a_study_of_its_own(full, started) -> None:
    app = full()
    workspace, *_ = kept_study()
    other = workspace.keep_upload("other.csv", b"id,age\n" + b"".join(b"%d,%d\n" % (n, n) for n in range(20)))
    app.session_state["open_upload"] = other.id
    app.switch_page("pages/segments.py").run()
    said = app.info[0].value.replace("\\", "")
    assert "shop customers.csv" in said and "other.csv" in said
    assert not [slider for slider in app.slider if slider.key.startswith("weight.")]
    app.button(key="run").click().run()
    assert (started[0][1]["upload"], started[0][1]["study"]) == (other.id, None)


def test_untouched_weights_stay_automatic(full, started) -> None:
    app = full("segments")
    app.button(key="run").click().run()
    plan = json.loads(started[0][1]["plan"])
    assert plan["weights"] == {}
    assert plan["clustering"]["options"]["n_segments"] == 4


def test_one_click_switches_the_reading_and_starts_nothing(full, started) -> None:
    app = full("segments")
    app.button(key="encoder_switch.0.sentence_transformer").click().run()
    assert app.selectbox(key="encoder").value == "sentence_transformer"
    assert not app.error
    assert started == []


def test_no_weight_at_all_cannot_run(full) -> None:
    app = full("segments")
    for slider in [slider for slider in app.slider if slider.key.startswith("weight.")]:
        app.slider(key=slider.key).set_value(0)
    app.run()
    assert app.button(key="run").disabled


def test_a_card_leads_to_its_profile(full) -> None:
    app = full("segments")
    app.button(key="explore.S3").click().run()
    assert app.title[0].value == "Explore"
    assert app.session_state[state.SEGMENT] == "S3"


@pytest.mark.parametrize("page, title", [("segments", "客群"), ("explore", "探索"), ("personas", "画像")])
def test_the_pages_speak_chinese(full, page: str, title: str) -> None:
    app = full(page)
    app.context = {"locale": "zh-CN"}
    app.run()
    assert not app.exception
    assert app.title[0].value == title
    assert "位客户" in " ".join(element.value for element in app.caption)

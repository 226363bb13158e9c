"""Training on the Improve page: recipes with their time, what is started, and what can be done with encoders."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from segment_core import tuning
from segment_core.artifacts import LabelColumn, Step
from segment_core.finetuning import RECIPES
from segment_core.store import EncoderCard, Figure, Workspace
from segment_core.study import Study

CARD = EncoderCard(
    name="Speaks [shop](http://evil.example)",
    base="all-MiniLM-L6-v2",
    base_hash="a",
    data_hash="b",
    recipe=Step("fewshot", {"n_steps": 3}),
    study="",
    learned_from=("region",),
    n_texts=90,
    n_held_out=30,
    figures=(
        Figure("accuracy", "region", 0.5, 0.75, 0.02, "better", 30),
        Figure("stability", "", 0.8, 0.8, 0.02, "unclear", 90),
    ),
    seconds=3.0,
    losses=(0.5, 0.4, 0.1),
)


def laid_down(workspace: Workspace, folder: Path, study: str, *, kept: bool) -> str:
    """Lay down an encoder whose weights nobody reads."""
    model = folder / "made"
    model.mkdir(exist_ok=True)
    (model / "model.safetensors").write_bytes(b"weights")
    (model / "config.json").write_text("{}")
    name = CARD.name if kept else "Waits"
    return workspace.encoders.add(model, replace(CARD, study=study, kept=kept, name=name))


def test_a_recipe_is_chosen_its_time_is_told_and_it_starts(full, started: list[tuple[str, dict]]) -> None:
    app: AppTest = full("improve", part="training")
    told = [caption.value for caption in app.caption if "about" in caption.value and "schedule" in caption.value]
    assert len(told) == len(RECIPES)
    app.button(key="choose.fewshot").click().run()
    app.number_input(key="tuning.fewshot.n_steps").set_value(7)
    app.button(key="tuning_run").click().run()
    ((task, args),) = started
    assert task == "segment_core.tuning:tune"
    assert args["recipe"] == "fewshot" and args["options"]["n_steps"] == 7 and len(args["sources"]) == 1
    assert not app.exception


def test_an_encoder_is_kept_offered_renamed_and_deleted_with_a_word_of_who_uses_it(
    full, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path / "workspace")
    study = workspace.studies()[0].id
    waits = laid_down(workspace, tmp_path, study, kept=False)
    kept = laid_down(workspace, tmp_path, study, kept=True)
    app: AppTest = full("improve", part="training")
    assert not app.exception
    assert any("Better by 1 of 2 measures" in mark.value for mark in app.markdown)
    assert not any("](http" in mark.value for mark in (*app.markdown, *app.caption))
    app.button(key=f"keep.{waits}").click().run()
    assert workspace.encoders.card(waits).kept
    app.text_input(key=f"encoder_name.{kept}").set_value("Our shop") if _looks_at(app, kept) else None
    app.button(key=f"rename.{kept}").click().run()
    assert workspace.encoders.card(kept).name == "Our shop"
    app.button(key=f"use.{kept}").click().run()
    app.switch_page("pages/features.py").run()
    assert not app.exception
    model = app.selectbox(key="encoder.sentence_transformer.model")
    assert model.value == f"kept:{kept}" and "Our shop" in model.options
    app.switch_page("pages/improve.py").run()
    _looks_at(app, kept)
    app.button(key=f"delete.{kept}").click().run()
    assert kept not in workspace.encoders.all() and not app.exception
    workspace.close()


def _looks_at(app: AppTest, encoder: str) -> bool:
    app.selectbox(key="encoder_looked_at").set_value(encoder).run()
    return True


def test_a_training_that_was_stopped_can_go_on_as_far_as_it_is_written_down(
    full, started: list[tuple[str, dict]], tmp_path: Path
) -> None:
    workspace = Workspace(tmp_path / "workspace")
    study = workspace.studies()[0]
    request = {"study": study.id, "recipe": "fewshot", "options": {}, "sources": ["segments:"], "past": []}
    recipe, options, learned, _, _ = tuning.asked(workspace, workspace.load_study(Study, study.id), request)
    places = [tuning.training_folder(workspace, recipe, learned, options), workspace.folder / "trainings" / "stale"]
    for place in places:
        (place / "checkpoint-00000004-aa").mkdir(parents=True)
        (place / "request.json").write_text(json.dumps(request))
        (place / "curve.json").write_text(json.dumps({"n_steps": 9, "losses": [0.1] * 7, "seconds": 1.0}))
    app: AppTest = full("improve", part="training")
    said = [mark.value for mark in app.markdown if "was stopped" in mark.value]
    assert sorted(said) == [
        "“From a handful of labels” was stopped after 4 of 9 steps.",
        "“From a handful of labels” was stopped, and what it learned from has changed since.",
    ]
    assert app.button(key="go_on.stale").label == "Begin anew"
    app.button(key=f"go_on.{places[0].name}").click().run()
    assert started == [("segment_core.tuning:tune", {"workspace": str(workspace.folder), **request})]
    workspace.close()


def test_what_cannot_be_learned_is_said_before_it_is_tried(full, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    entry = workspace.studies()[0]
    study = workspace.load_study(Study, entry.id)
    ids, texts = study.customers.frame.index.astype(str), study.customers.named("text")
    frame = study.customers.frame.assign(**dict.fromkeys(texts, "这家店的送货太慢了，我等了两个星期，很失望。"))
    frame[texts[0]] = [f"{said} {number}" for number, said in enumerate(frame[texts[0]])]
    many = LabelColumn("many *labels*", {id_: f"l{number}" for number, id_ in enumerate(ids)})
    gone = study.plan.having(encoder=Step("sentence_transformer", {"model": "kept:0123456789abcdef"}))
    changed = replace(study, customers=replace(study.customers, frame=frame), labels=(many,), plan=gone)
    workspace.save_study(entry.id, changed, summary=dict(entry.summary))
    app: AppTest = full("improve", part="training")
    assert any("many \\*labels\\* (400 labels, at most 200)" in caption.value for caption in app.caption)
    app.button(key="choose.meta").click().run()
    assert any("(zh)" in warning.value for warning in app.warning)
    app.multiselect(key="tuning_others.meta").set_value([]).run()
    assert any("Without past label sets" in caption.value for caption in app.caption)
    app.switch_page("pages/features.py").run()
    assert not app.exception
    assert "an encoder that was deleted" in app.selectbox(key="encoder.sentence_transformer.model").options
    silent = replace(changed, customers=replace(study.customers, frame=frame.assign(**dict.fromkeys(texts, ""))))
    workspace.save_study(entry.id, silent, summary=dict(entry.summary))
    app = full("improve", part="training")
    assert any("Nobody wrote anything" in caption.value for caption in app.caption) and not app.exception
    workspace.close()

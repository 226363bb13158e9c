"""Training on the Improve page: recipes with their time, what is started, and what can be done with encoders."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from segment_core.artifacts import Step
from segment_core.finetuning import RECIPES
from segment_core.store import EncoderCard, Figure, Workspace

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
    from dataclasses import replace

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

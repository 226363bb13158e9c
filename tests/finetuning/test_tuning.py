"""Tuning as long work: a study teaches an encoder, which is measured, kept with its card, and chosen by name."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segment_core import tuning
from segment_core.artifacts import LabelColumn, Step, silent
from segment_core.encoders import ENCODERS
from segment_core.encoders.sentence_transformer import SentenceTransformerOptions, encode
from segment_core.errors import Cancelled, DataError, ModelError, OptionError
from segment_core.features.text import texts_of
from segment_core.finetuning import RECIPES, Lesson, Task, Tuned
from segment_core.finetuning.measuring import Sight, measured, verdict
from segment_core.store import EncoderCard, Workspace
from segment_core.study import Study
from segment_core.tuning import costs
from segment_core.tuning.cards import card_of
from segment_core.tuning.judging import N_HALVES, spread_of
from tests.finetuning.test_recipes import Stop


@pytest.fixture(scope="session")
def study(small_study: Study) -> Study:
    """Return the small study with a column of the analyst's own that says what texts speak of."""
    texts = texts_of(small_study.customers)
    ids = small_study.customers.frame.index.astype(str)
    about = {id_: "delivery" if "deliver" in text else "other" for id_, text in zip(ids, texts, strict=True) if text}
    return replace(small_study, labels=(LabelColumn("about", about),))


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory, study: Study) -> Workspace:
    """Return a workspace with the study in it."""
    made = Workspace(tmp_path_factory.mktemp("tuning"))
    made.save_study(made.new_study("shop.csv"), study, summary={})
    return made


def args_of(workspace: Workspace, tiny: Path, **more: Any) -> dict[str, Any]:
    options = {"model": str(tiny), "n_steps": 6, "n_pairs": 8, "max_length": 16, "rate": 1e-3}
    found = {"workspace": str(workspace.folder), "study": workspace.studies()[0].id, "recipe": "fewshot"}
    return json.loads(json.dumps({**found, "options": options, "sources": ["label:about"], **more}))


@pytest.fixture(scope="session")
def encoder(workspace: Workspace, tiny: Path) -> str:
    """Train one, cancelled once and taken up again, and return its id."""
    args = args_of(workspace, tiny)
    with pytest.raises(Cancelled):
        tuning.tune(args, {}, Stop(4))
    ((place, found),) = tuning.unfinished(workspace, args["study"]).items()
    assert found.request["recipe"] == "fewshot" and "workspace" not in found.request
    assert found.seen["n_steps"] == 6 and len(found.seen["losses"]) >= 1 and found.n_kept == 4
    assert tuning.is_same(workspace, place, found.request)
    assert not tuning.is_same(workspace, place, {**found.request, "sources": ["segments:"]})
    stop = Stop(1_000)
    made = tuning.tune(args, {}, stop)
    assert len([note for note in stop.notes if note.startswith("Learning")]) == 2  # four of six were done
    assert not tuning.unfinished(workspace, args["study"])
    return made["encoder"]


def test_the_card_says_where_it_comes_from_and_what_it_was_worth(workspace: Workspace, encoder: str) -> None:
    card = workspace.encoders.card(encoder)
    assert card.recipe.name == "fewshot" and card.recipe.options["n_steps"] == 6
    assert len(card.base_hash) == len(card.data_hash) == 64 and card.versions["torch"]
    assert card.learned_from == ("about",) and card.languages == ("en",) and len(card.losses) == 6
    assert not card.kept and card.seconds > 0 and card.n_held_out > 20
    assert {figure.name for figure in card.figures} == {"accuracy", "recall", "nmi", "ari", "stability"}
    n_customers = len(workspace.load_study(Study, card.study).customers)
    assert all(figure.n < 0.35 * n_customers for figure in card.figures)  # nobody it learned from is measured on
    workspace.encoders.keep(encoder)
    workspace.encoders.rename(encoder, "  Our   shop ")
    assert workspace.encoders.card(encoder) == replace(card, kept=True, name="Our shop")
    with pytest.raises(DataError, match="name of its own"):
        workspace.encoders.rename(encoder, " ")


def test_a_kept_encoder_reads_wherever_a_model_can_be_named(
    workspace: Workspace, encoder: str, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATA_WORKSPACE", str(workspace.folder))
    name = f"kept:{encoder}"
    made = encode(["my card is late", "good app"], SentenceTransformerOptions(model=name))
    assert made.matrix.shape == (2, 16) and "kept:" not in str(made.reason)
    quick = ENCODERS["onnx_int8"]
    assert quick.run(["my card is late"], quick.options(model=name)).matrix.shape == (1, 16)
    with pytest.raises(ModelError, match="not in the workspace"):
        encode(["good"], SentenceTransformerOptions(model="kept:0123456789abcdef"))
    with pytest.raises(ModelError, match="not in the workspace"):
        encode(["good"], SentenceTransformerOptions(model="kept:../../etc"))


@pytest.mark.parametrize("how", ["changed", "added", "taken away"])
def test_an_encoder_that_was_tampered_with_is_refused(
    how: str, workspace: Workspace, encoder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATA_WORKSPACE", str(tmp_path))
    other = Workspace(tmp_path)
    folder, _ = workspace.encoders.model(encoder)
    copy = other.encoders.add(folder, workspace.encoders.card(encoder))
    place, _ = other.encoders.model(copy)
    encode(["good"], SentenceTransformerOptions(model=f"kept:{copy}"))
    if how == "changed":
        weights = next(place.rglob("model.safetensors"))
        weights.write_bytes(weights.read_bytes()[:-4] + b"evil")
    elif how == "added":
        (place / "pytorch_model.bin").write_bytes(b"\x80\x04N.")
    else:
        (place / "modules.json").unlink()
    with pytest.raises(ModelError, match="not as they were kept"):
        encode(["good"], SentenceTransformerOptions(model=f"kept:{copy}"))
    other.close()


def test_nothing_pickled_is_kept_or_learned_from(
    workspace: Workspace, encoder: str, tiny: Path, tmp_path: Path
) -> None:
    import shutil

    card = workspace.encoders.card(encoder)
    folder = tmp_path / "model"
    shutil.copytree(tiny, folder)
    weights = next(folder.rglob("model.safetensors"))
    weights.rename(weights.with_name("pytorch_model.bin"))
    with pytest.raises(DataError, match=r"pytorch_model\.bin"):
        workspace.encoders.add(folder, card)
    args = args_of(workspace, folder)
    with pytest.raises(ModelError):
        tuning.tune(args, {}, silent)


def test_what_can_be_learned_from_and_what_is_held_out(study: Study) -> None:
    found = {source.code: source for source in tuning.sources(study)}
    assert found["label:about"].n_classes == 2 and found["segments:"].n_classes == 4
    learned, held = tuning.lesson_of(study, ["label:about"])
    assert not set(learned.everything()) & set(held.tasks[0].texts)
    share = len(held.tasks[0].texts) / (len(held.tasks[0].texts) + len(learned.tasks[0].texts))
    assert 0.15 < share < 0.35
    turned = replace(study, customers=replace(study.customers, frame=study.customers.frame.iloc[::-1]))
    again, _ = tuning.lesson_of(replace(turned, clustering=None), ["label:about"])
    assert sorted(zip(*_columns(again), strict=True)) == sorted(zip(*_columns(learned), strict=True))
    with pytest.raises(DataError, match="not in this study"):
        tuning.lesson_of(study, ["label:gone"])


def test_what_is_held_out_does_not_hang_on_the_seed(workspace: Workspace, study: Study, tiny: Path) -> None:
    lessons = [tuning.asked(workspace, study, args_of(workspace, tiny, options={"seed": seed}))[2:4] for seed in (0, 5)]
    assert lessons[0] == lessons[1]


def test_columns_that_cannot_be_learned_are_told(study: Study) -> None:
    ids = study.customers.frame.index.astype(str)
    many = LabelColumn("many", {id_: f"l{number}" for number, id_ in enumerate(ids)})
    alone = LabelColumn("alone", {ids[0]: "a", ids[1]: "b"})
    found = {source.name: source for source in tuning.unfit(replace(study, labels=(many, alone)))}
    assert found["many"].n_classes > tuning.MOST_CLASSES and found["alone"].n_classes <= 2
    assert not {"many", "alone"} & {source.name for source in tuning.sources(replace(study, labels=(many, alone)))}


def test_a_training_that_cannot_succeed_leaves_nothing_to_take_up(workspace: Workspace, tiny: Path) -> None:
    args = args_of(workspace, tiny, recipe="multitask", options={"model": str(tiny)})
    with pytest.raises(DataError, match="needs two that can be learned"):
        tuning.tune(args, {}, silent)
    assert not tuning.unfinished(workspace, args["study"])


def test_the_card_tells_what_was_learned_from_alone(tiny: Path, tmp_path: Path) -> None:
    task = Task("kind", ("a1", "a2", "b1", "b2", "c1"), ("a", "a", "b", "b", "<c>"))
    lesson, made = Lesson((task,), ("free", "a1")), Tuned(tmp_path, (1.0,), 1.0, 4)

    def card(recipe: str, **more: Any) -> EncoderCard:
        return card_of(recipe, RECIPES[recipe].options(model=str(tiny), **more), lesson, made, english=False)

    (note,) = card("transfer").notes
    assert note.code == "alone" and "kind: labels left out" in str(note.message) and "<c>" in str(note.message)
    assert [card(name).n_texts for name in ("transfer", "supervised", "unsupervised")] == [5, 6, 6]
    assert card("fewshot", n_labels=2).n_texts == 4
    free = card("unsupervised")
    assert free.learned_from == () and not free.notes
    assert free.data_hash == card_of("unsupervised", RECIPES["unsupervised"].options(model=str(tiny)),
                                     Lesson((), lesson.everything()), made, english=False).data_hash  # fmt: skip


def _columns(lesson: Any) -> tuple[Any, Any]:
    return lesson.tasks[0].texts, lesson.tasks[0].labels


def test_time_is_estimated_before_and_from_what_was_measured(workspace: Workspace, study: Study, encoder: str) -> None:
    learned, _ = tuning.lesson_of(study, ["label:about"])
    kind = RECIPES["fewshot"].options
    assert workspace.setting("training_speed") is None  # so short a training tells nothing
    short, long = (tuning.expected_seconds(workspace, "fewshot", kind(n_steps=n), learned, 300) for n in (100, 200))
    assert 0 < short - 15 < long - 15 < 2.1 * (short - 15)
    whole = Tuned(Path(), (), 40.0, 6400)
    costs.remember(workspace, "fewshot", kind(n_steps=100), learned, whole, own=0.2)
    assert workspace.setting("training_speed") is None  # a machine that is busy with other things tells nothing
    costs.remember(workspace, "fewshot", kind(n_steps=100), learned, whole, own=1.6)
    assert tuning.expected_seconds(workspace, "fewshot", kind(n_steps=100), learned, 0) == pytest.approx(55, rel=0.01)
    workspace.keep_setting("training_speed", 1e9)
    assert tuning.expected_seconds(workspace, "fewshot", kind(n_steps=100), learned, 300) > short


def test_who_uses_an_encoder_is_told(workspace: Workspace, study: Study, encoder: str) -> None:
    assert tuning.used_by(workspace, encoder) == ()
    plan = study.plan.having(encoder=Step("sentence_transformer", {"model": f"kept:{encoder}"}))
    id_ = workspace.new_study("winter.csv")
    workspace.save_study(id_, replace(study, plan=plan), summary={})
    assert tuning.used_by(workspace, encoder) == ("winter.csv",)
    workspace.delete_study(id_)


def test_an_unknown_recipe_or_option_is_refused(workspace: Workspace, tiny: Path) -> None:
    with pytest.raises(OptionError, match="no recipe"):
        tuning.tune(args_of(workspace, tiny, recipe="magic"), {}, silent)
    with pytest.raises(OptionError, match="n_steps"):
        tuning.tune(args_of(workspace, tiny, options={"n_steps": 0}), {}, silent)


def test_a_clear_gain_is_called_one_and_noise_is_not() -> None:
    dice = np.random.default_rng(0)
    codes, held = dice.integers(4, size=80), dice.integers(4, size=120)
    middles = dice.normal(size=(4, 8))

    def seen(noise: float, seed: int) -> Sight:
        own = np.random.default_rng(seed)
        return Sight(*((middles[c] + noise * own.normal(size=(len(c), 8))).astype(np.float32) for c in (codes, held)))

    gain = {found.name: found for found in measured(seen(4.0, 1), seen(0.3, 2), codes, held)}
    assert {found.verdict for found in gain.values()} == {"better"}
    loss = measured(seen(0.3, 2), seen(4.0, 1), codes, held)
    assert {found.verdict for found in loss} == {"worse"}
    same = measured(seen(2.0, 1), seen(2.0, 1), codes, held)
    assert {found.verdict for found in same} == {"unclear"}
    lonely = measured(seen(2.0, 1), seen(2.0, 1), codes, np.arange(120) // 1 % 120)
    assert "recall" not in {found.name for found in lonely}  # no label comes twice: nothing can be recalled
    few = measured(seen(4.0, 1), seen(0.3, 2), codes, held[:120])
    assert few and verdict(0.9, 0.01, 29) == "too few"


@pytest.mark.parametrize(("halves", "chance"), [(0.0, 0.1), (0.05, 0.02), (0.05, 0.1)])
def test_equal_encoders_are_seldom_called_different_in_stability(halves: float, chance: float) -> None:
    dice, n = np.random.default_rng(0), 400
    # Halves of one sample are wrong by the same sampling error, and spread around it by as much (a jackknife).
    shared = dice.normal(scale=halves, size=(n, 1, 1)) + dice.normal(scale=halves, size=(n, N_HALVES, 1))
    gaps = shared + dice.normal(scale=chance, size=(n, N_HALVES, 2))
    wrong = np.mean([verdict(gap.mean(), spread_of(gap), 300) != "unclear" for gap in gaps])
    assert wrong < 0.15
    drawn_only = np.mean([verdict(gap.mean(), gap[:, 0].std(ddof=1) / N_HALVES**0.5, 300) != "unclear" for gap in gaps])
    assert halves == 0 or drawn_only > 1.5 * wrong  # the spread of the draws alone would cry wolf

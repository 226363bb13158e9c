"""The journey: planted segments come back, noise is called noise, and row order or a cache changes nothing."""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from segment_core import journey
from segment_core.artifacts import Step
from segment_core.encoders import ENCODERS
from segment_core.errors import Cancelled, DataError, OptionError
from segment_core.exporting import personas_json, scorecard_json, segments_csv
from segment_core.intake import sample
from segment_core.journey import STAGES, run
from segment_core.messages import Message
from segment_core.plan import Plan
from segment_core.stages import fingerprint
from segment_core.study import Study
from tests.planted import NOISE, blobs, customers_of, noise


class Kept:
    """Keeps arrays in memory."""

    def __init__(self) -> None:
        self.arrays: dict[str, NDArray[Any]] = {}

    def array(self, key: str) -> NDArray[Any] | None:
        return self.arrays.get(key)

    def keep_array(self, key: str, array: NDArray[Any]) -> None:
        self.arrays[key] = array.copy()


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how many texts the word encoder is given, call by call."""
    calls: list[int] = []
    line = ENCODERS["tfidf"]

    def counted(texts: list[str], *rest: Any) -> Any:
        calls.append(len(texts))
        return line.run(texts, *rest)

    monkeypatch.setitem(ENCODERS, "tfidf", dataclasses.replace(line, run=counted))
    return calls


def test_the_planted_segments_come_back_by_default(sample_study: Study) -> None:
    truth = sample()[1].reindex(sample_study.customers.frame.index)
    assert adjusted_rand_score(truth, sample_study.clustering.labels) >= 0.9
    assert sample_study.clustering.n_segments == 5
    assert sample_study.scorecard.verdict == "solid"
    assert len({persona.name for persona in sample_study.personas.personas}) == 5
    assert [reading.language for reading in sample_study.readings] == ["en"]
    assert "texts in English" in str(sample_study.readings[0].reason)
    assert sample_study.readings[0].seconds[sample_study.resolved.encoder.name] > 0


@pytest.mark.parametrize("kind", NOISE)
def test_noise_is_called_noise(kind: str) -> None:
    study = run(customers_of(noise(kind)), Plan(projection=Step("pca")))
    assert study.scorecard.verdict == "nothing-there"
    assert not study.scorecard.checks[0].passed


def test_noise_beside_its_graph_is_called_noise() -> None:
    random = np.random.default_rng(0)
    cities = random.choice(["Rome", "Oslo", "Lima"], 300)
    frame = pd.DataFrame({"id": [f"C{n:04}" for n in range(300)], "age": random.integers(18, 80, 300), "city": cities})
    study = run(customers_of(frame), Plan(projection=Step("pca"), graph=Step("spectral")))
    assert study.scorecard.verdict == "nothing-there"


def test_random_words_beside_their_topics_are_called_noise() -> None:
    plan = Plan(
        projection=Step("pca"),
        encoder=Step("tfidf"),
        topics=Step("nmf", {"n_topics": 3}),
        weights={"text": 0.2, "topics": 1.0},
    )
    assert run(customers_of(noise("texts of random words")), plan).scorecard.verdict == "nothing-there"


def test_one_flat_or_lopsided_column_has_no_segments_but_two_peaks_have() -> None:
    random = np.random.default_rng(0)
    columns = {
        "flat": random.uniform(0, 100, 400),
        "lopsided": random.lognormal(3, 1, 400),
        "two peaks": np.append(random.normal(20, 4, 200), random.normal(60, 6, 200)),
    }
    verdicts = {}
    for name, values in columns.items():
        customers = customers_of(pd.DataFrame({"customer_id": np.arange(400), "spend": values.round(2)}))
        verdicts[name] = run(customers, Plan(projection=Step("pca"))).scorecard.verdict
    assert verdicts == {"flat": "nothing-there", "lopsided": "nothing-there", "two peaks": "solid"}


def test_one_category_alone_has_no_structure() -> None:
    plans = np.random.default_rng(0).choice(["basic", "plus", "pro"], 300)
    customers = customers_of(pd.DataFrame({"customer_id": np.arange(300), "tariff": plans}))
    plan = Plan(clustering=Step("kmeans", {"n_segments": 3}), projection=Step("pca"))
    assert run(customers, plan).scorecard.verdict == "nothing-there"


def test_shuffled_rows_give_everybody_the_same(small_study: Study, quick_plan: Plan) -> None:
    frame = sample(300)[0].sample(frac=1.0, random_state=7)
    again = run(customers_of(frame), quick_plan, source="shop.csv")
    assert segments_csv(again) == segments_csv(small_study)
    # Only the rows of the file in which the quotes stand have moved.
    rowless = [re.sub(r'"row": \d+', "", personas_json(study)) for study in (again, small_study)]
    assert rowless[0] == rowless[1]
    assert scorecard_json(again) == scorecard_json(small_study)
    np.testing.assert_array_equal(again.projection.points, small_study.projection.points)


@pytest.mark.parametrize("clustering", [Step("kmeans", {"n_segments": 5}), Step("hierarchical"), Step("hdbscan")])
def test_shuffled_rows_matter_not_even_in_noise(clustering: Step) -> None:
    plan = Plan(clustering=clustering, projection=Step("pca"))
    frame = noise("normal").head(150)
    one, two = (run(customers_of(made), plan) for made in (frame, frame.sample(frac=1.0, random_state=7)))
    assert segments_csv(one) == segments_csv(two)


def test_without_ids_shuffled_rows_take_their_segment_along(quick_plan: Plan) -> None:
    frame = noise("normal").head(120).drop(columns="customer_id")
    order = np.random.default_rng(1).permutation(120)
    one, two = (run(customers_of(made), quick_plan) for made in (frame, frame.iloc[order]))
    straight = dict(zip(one.customers.frame.index.astype(int), one.clustering.ids, strict=True))
    turned = dict(zip(two.customers.frame.index.astype(int), two.clustering.ids, strict=True))
    assert [straight[row + 1] for row in order] == [turned[row + 1] for row in range(120)]


def test_the_resolved_plan_leaves_the_same_texts_unread(quick_plan: Plan) -> None:
    frame = sample(120)[0]
    foreign = "Die Lieferung kam leider viel zu spät und niemand hat mir etwas davon gesagt, Nummer "
    frame["review"] = [f"{foreign}{n}" if n < 6 else text for n, text in enumerate(frame["review"])]
    plan = quick_plan.having(encoder=Step("auto"))
    study = run(customers_of(frame), plan)
    assert study.features is not None
    assert "rare-language" in {note.code for note in study.features.notes}
    again = run(customers_of(frame), Plan.from_json(study.resolved.to_json()))
    assert segments_csv(again) == segments_csv(study)
    assert again.resolved.to_json() == study.resolved.to_json()


def test_the_resolved_plan_gives_the_same_again(small_study: Study) -> None:
    resolved = Plan.from_json(small_study.resolved.to_json())
    again = run(customers_of(sample(300)[0]), resolved, source="shop.csv")
    assert segments_csv(again) == segments_csv(small_study)
    assert again.resolved.to_json() == small_study.resolved.to_json()
    assert {"auto"}.isdisjoint({resolved.encoder.name, resolved.clustering.name})


def test_an_automatic_plan_resolves_to_what_it_chose() -> None:
    features, _ = blobs((30, 25, 20), width=4)
    frame = pd.DataFrame(features.matrix, columns=["spend", "visits", "basket", "age"]).round(3)
    frame.insert(0, "customer_id", np.arange(75))
    study = run(customers_of(frame), Plan(projection=Step("pca")))
    assert study.resolved.clustering.name == "kmeans"
    assert study.resolved.clustering.options["n_segments"] == study.clustering.n_segments == 3
    again = run(customers_of(frame), study.resolved)
    assert segments_csv(again) == segments_csv(study)


def test_another_seed_reaches_every_step(quick_plan: Plan) -> None:
    study = run(customers_of(sample(60)[0]), quick_plan.having(seed=11))
    assert study.resolved.encoder.options["seed"] == 11
    assert study.resolved.clustering.options["seed"] == 11


def test_another_clustering_reads_no_text_again(encoded: list[int], quick_plan: Plan) -> None:
    kept, customers = Kept(), customers_of(sample(60)[0])
    first = run(customers, quick_plan, keep=kept)
    second = run(customers, quick_plan.having(clustering=Step("kmeans", {"n_segments": 3})), keep=kept)
    assert len(encoded) == 1
    assert second.clustering.n_segments == 3
    np.testing.assert_array_equal(first.features.matrix, second.features.matrix)
    assert second.readings == first.readings
    assert second.projection.trustworthiness == first.projection.trustworthiness
    run(customers, quick_plan.having(encoder=Step("tfidf", {"n_dimensions": 9})), keep=kept)
    assert len(encoded) == 2


def test_without_text_no_encoder_is_asked(encoded: list[int], quick_plan: Plan) -> None:
    customers = customers_of(sample(60)[0])
    study = run(customers, quick_plan.having(weights={"text": 0.0}))
    assert encoded == []
    assert study.readings == ()
    assert "text" not in {share.name for share in study.features.blocks}
    without = run(customers_of(sample(60)[0].drop(columns="review")), quick_plan)
    np.testing.assert_array_equal(study.features.matrix, without.features.matrix)
    assert study.resolved.weights["text"] == 0.0


def test_progress_only_grows_and_every_stage_is_timed(quick_plan: Plan) -> None:
    told: list[float] = []

    def note(done: float, total: float, message: Message) -> None:
        assert str(message)
        told.append(done / total)

    study = run(customers_of(sample(60)[0]), quick_plan, note)
    assert told == sorted(told)
    assert told[0] >= 0
    assert 0.9 < told[-1] <= 1.0 + 1e-9
    assert list(study.seconds) == list(STAGES)
    assert sum(STAGES.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("at", [0.0, 0.4, 0.55, 0.75, 0.9, 0.96])
def test_every_stage_can_be_stopped(at: float, quick_plan: Plan) -> None:
    def stop(done: float, total: float, message: Message) -> None:
        if done / total >= at - 1e-9:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(customers_of(sample(30)[0]), quick_plan, stop)


def test_too_few_customers_are_refused() -> None:
    with pytest.raises(DataError, match="at least 10 customers; there are 9"):
        run(customers_of(sample(9)[0]))


@pytest.mark.parametrize(
    "plan, said",
    [
        (Plan(clustering=Step("kmeans", {"n_segments": 40})), "40 segments need as many different customers"),
        (Plan(weights=dict.fromkeys(("numbers", "categories", "dates", "places", "text"), 0.0)), "weight 0"),
    ],
)
def test_what_these_customers_cannot_give_is_refused(plan: Plan, said: str) -> None:
    plan = plan.having(encoder=Step("tfidf"))
    with pytest.raises(OptionError, match=said):
        run(customers_of(sample(30)[0]), plan)


def test_the_key_goes_into_no_artifact(quick_plan: Plan, tmp_path: Any) -> None:
    from segment_core.store import records

    study = run(customers_of(sample(30)[0]), quick_plan, secrets={"llm_key": "sk-very-secret"})
    records.save(study, tmp_path / "study")
    written = b"".join(path.read_bytes() for path in (tmp_path / "study").rglob("*") if path.is_file())
    assert b"sk-very-secret" not in written


@pytest.mark.parametrize("one, two", [(("ab", "c"), ("a", "bc")), (("a",), ("a", "")), (({"a": 1},), ({"a": 2},))])
def test_fingerprints_tell_parts_apart(one: tuple[Any, ...], two: tuple[Any, ...]) -> None:
    assert fingerprint(*one) != fingerprint(*two)
    assert fingerprint(*one) == fingerprint(*one)
    mapping: Mapping[str, int] = {"a": 1, "b": 2}
    assert fingerprint(mapping) == fingerprint(dict(reversed(mapping.items())))


def test_the_journey_is_the_only_place_that_knows_the_order() -> None:
    assert list(STAGES) == ["features", "clustering", "projection", "scorecard", "evidence", "audit", "personas"]
    assert journey.FEWEST_CUSTOMERS == 10

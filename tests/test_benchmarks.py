"""Benchmarks: they run, and their tables are whole. Never how fast: that is for README."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from benchmarks import (
    alike,
    banking,
    both,
    canaries,
    clustering,
    encoders,
    explore,
    exports,
    holdouts,
    noise,
    pairs,
    proxies,
    quality,
    reading,
    recommendations,
    rules,
    standins,
    tuning,
    verdicts,
    why,
)
from benchmarks.__main__ import main
from benchmarks.measuring import fresh
from benchmarks.tables import Table
from segment_core.choices import options_from_json
from segment_core.finetuning import RECIPES
from segment_core.intake import sample
from tests.planted import blobs


def test_a_table_is_markdown() -> None:
    text = str(Table("Speed", ("", "seconds"), [("ours", "1.0")], "On two cores."))
    assert text == "**Speed**\n\n|  | seconds |\n| --- | ---: |\n| ours | 1.0 |\n\nOn two cores.\n"


def test_reading_runs_in_processes_of_its_own() -> None:
    table = reading.measure(n_rows=500, n_runs=1)
    assert [len(row) for row in table.rows] == [len(table.heads)] * 6
    assert "1.0" in table.rows[1]


def test_cutting_anew_is_measured_beside_its_peers(monkeypatch: pytest.MonkeyPatch) -> None:
    # That each runs in a process of its own is tested elsewhere; starting ten of them takes the time.
    monkeypatch.setattr(clustering, "fresh", lambda function, *given: SimpleNamespace(found=function(*given)))
    table = clustering.measure(n_customers=200, widths=(3, 12), n_runs=1, k=4, lines=("mixture",))
    assert [len(row) for row in table.rows] == [3] * 5
    assert next(row for row in table.rows if row[0] == "hdbscan, defaults")[2] == "–"
    assert "(sum of squares) is 1.0" in table.note or "(sum of squares) is 0.9" in table.note


def test_every_format_is_written_beside_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    made = SimpleNamespace(seconds=1.0, megabytes=0.0)
    monkeypatch.setattr(
        exports, "fresh", lambda function, *given: SimpleNamespace(**vars(made), found=function(*given))
    )
    table = exports.measure(n_rows=300, n_fewer=200)
    assert [row[0] for row in table.rows] == [
        f"{form}, {who}"
        for form in exports.FORMATS
        for who in ("Strata", "pandas", "Strata, with reasons and products")
    ]
    assert {len(row) for row in table.rows} == {len(table.heads)}
    assert exports.ours(300, "csv")[0] == exports.pandas(300, "csv")[0] == exports.full(300, "excel")[0]


def test_what_fails_in_a_process_is_told() -> None:
    with pytest.raises(RuntimeError, match=r"nowhere\.csv"):
        fresh(reading.ours, "nowhere.csv", "utf-8")


def test_planted_proxies_are_found_and_others_are_not() -> None:
    table = proxies.measure(n_customers=500, n_draws=4, planted=(0.0, 0.3))
    assert [len(row) for row in table.rows] == [len(table.heads)] * 2
    assert (table.rows[0][2], table.rows[1][2]) == ("0%", "100%")


def test_look_alikes_of_half_a_planted_segment_recover_the_other_half() -> None:
    table = alike.measure(n_customers=600, n_draws=1, few=15, plan=alike.QUICK)
    assert [len(row) for row in table.rows] == [len(table.heads)] * 10
    halves = [row for row in table.rows if "half" in row[0]]
    assert all(float(row[1].rstrip("%")) >= 90 for row in halves)


def test_recommendations_are_measured_beside_what_sells_best() -> None:
    table = recommendations.measure(Path("nowhere.csv"), n_customers=150, lines=("automatic",))
    assert [len(row) for row in table.rows] == [len(table.heads)] * 8
    assert "not beside the code" in table.note
    assert sum("Strata" in row[0] for row in table.rows) == 2


def test_noise_is_noise_and_the_peer_always_proposes_something() -> None:
    table = noise.measure(n_customers=60, seeds=(0,), kinds=["normal numbers"])
    assert [row[0] for row in table.rows] == ["normal numbers"]
    assert all(2 <= int(row[-1]) <= 10 for row in table.rows)
    frame = noise.NOISE["normal numbers"](np.random.default_rng(0), 400)
    assert frame.corr().abs().where(~np.eye(6, dtype=bool)).max().max() < 0.2


def test_hold_outs_are_sized_and_alike_as_simulated() -> None:
    table = holdouts.measure(n_simulated=2_000, n_draws=5, n_customers=300, sizings=((2_000, 0.30, 0.08),))
    assert [len(row) for row in table.rows] == [len(table.heads)] * 8
    assert abs(float(table.rows[0][3].rstrip("%"))) < 15
    ours, plain = (float(table.rows[2][place].split()[0]) for place in (1, 2))
    assert ours < plain


def test_the_peer_is_given_the_numbers_and_only_those() -> None:
    frame = pd.DataFrame({"id": ["a", "b", "c", "d"], "spend": ["1", "9", "1", "9"], "city": list("xyxy")})
    assert quality.standardised(frame).shape == (4, 1)
    assert len(set(quality.k_means(frame, 2).tolist())) == 2


def test_clusters_are_matched_with_classes_as_well_as_can_be() -> None:
    truth = np.array([0, 0, 1, 1, 2, 2])
    assert encoders.accuracy(truth, np.array([2, 2, 0, 0, 1, 1])) == 1.0
    assert encoders.accuracy(truth, np.array([2, 2, 0, 0, 0, 0])) == pytest.approx(4 / 6)


def test_without_the_data_the_table_of_encoders_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encoders, "BANKING", tmp_path / "test.csv")
    table = encoders.measure()
    assert (table.rows, table.note) == ([], "The data are not beside the code.")


def test_an_encoder_is_measured_on_short_and_long_texts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "test.csv"
    lines = [f"where is my {thing} {n},{thing}" for thing in ("card", "refund", "loan") for n in range(20)]
    path.write_text("text,category\n" + "\n".join(lines))
    monkeypatch.setattr(encoders, "BANKING", path)
    monkeypatch.setattr(encoders, "REVIEWS", tmp_path / "none.zip")
    found = encoders.measured("tfidf", [0, 1], n_long=30)
    assert found["accuracy"] > 0.9
    assert found["short"] > 0 < found["long"]
    assert len(encoders.row("Words", found)) == 7
    assert len(encoders.reviews(30)) == 30


def test_what_reads_in_place_of_the_full_model_is_compared_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    things = ("card", "refund", "loan", "transfer")
    lines = [f"where is my {thing} number {n} that was late,{thing}" for thing in things for n in range(60)]
    path = tmp_path / "test.csv"
    path.write_text("text,category\n" + "\n".join(lines))
    monkeypatch.setattr(standins, "BANKING", path)
    found = standins.student("short", [0], 160, 0)
    assert found["n"] == 240
    assert found["nmi"][0] > 0.5
    assert len(standins.row("Student", found)) == 8
    quick = standins.quick("short", [0], 40)
    assert 0.98 <= quick["cosines"][0] <= quick["cosines"][1] < 1
    assert standins.row("Quick form", quick)[2].startswith(("0.98", "0.99"))
    monkeypatch.setattr(standins, "REVIEWS", tmp_path / "none.zip")
    assert standins.measure().rows == []


def test_algorithms_are_told_the_number_of_intents_where_they_ask(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "test.csv"
    lines = [f"where is my {thing} {n},{thing}" for thing in ("card", "refund", "loan") for n in range(20)]
    path.write_text("text,category\n" + "\n".join(lines))
    monkeypatch.setattr(banking, "BANKING", path)
    monkeypatch.setattr(banking, "READER", "tfidf")
    monkeypatch.setattr(banking, "VARIANTS", {"consensus": ({}, {"space": "smoothed"})})
    table = banking.measure(seeds=(0, 1), names=["kmeans", "consensus", "hdbscan"])
    ours = [row for row in table.rows if not row[0].startswith("published")]
    assert [row[0] for row in ours] == [
        "K-Means",
        "Consensus of many cuts",
        "Consensus of many cuts, smoothed",
        "HDBSCAN",
    ]
    assert [row[1] for row in ours[:3]] == ["3"] * 3
    assert ours[3][1].endswith(", found")
    assert all(len(row) == len(table.heads) for row in table.rows)
    assert ours[0][2] == "1.000 ± .000"
    assert len(table.rows) == len(ours) + len(encoders.PUBLISHED)


def test_without_the_data_the_table_of_algorithms_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(banking, "BANKING", tmp_path / "test.csv")
    table = banking.measure()
    assert (table.rows, table.note) == ([], "The data are not beside the code.")


def test_harder_samples_keep_their_look_and_lose_their_meaning() -> None:
    frame, _ = sample(200)
    made = both.harder(frame, both.Setting(n_words=4, shuffled=0.5), seed=0)
    assert made["review"].dropna().str.split().str.len().max() == 4
    moved = [name for name in frame if name != "review" and not made[name].equals(frame[name])]
    assert len(moved) == pytest.approx(0.5 * (frame.shape[1] - 2), abs=2)  # constant columns look the same
    assert all(sorted(made[name].map(str)) == sorted(frame[name].map(str)) for name in moved)


def test_text_and_tables_are_cut_apart_and_together() -> None:
    parts = ("both",)  # the others tell no more of the benchmark
    found = np.array(both.found("as it is", 120, 0, parts))
    assert found.shape == (1, 2)
    assert (found[:, 0] > 0.5).all()
    assert both.found(both.TABLES, 120, 0, ("tables only",))[0][0] > 0.5


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["mapps"])
    assert "there are: reading, maps" in capsys.readouterr().err


def test_verdicts_are_counted_with_their_interval() -> None:
    assert verdicts.row("made", Counter({"solid": 1, "nothing-there": 9}))[1:6] == ("1", "0", "0", "9", "1 of 10")
    assert verdicts.interval(0, 200)[1] == pytest.approx(1 - 0.025 ** (1 / 200))


@pytest.mark.parametrize("kind", verdicts.NOISE)
def test_noise_has_the_columns_and_customers_asked_for(kind: str) -> None:
    assert verdicts.NOISE[kind](np.random.default_rng(0), 50, 6).shape == (50, 6)


def test_no_structure_is_claimed_of_correlated_noise() -> None:
    assert verdicts.noise_verdict("correlated", [3, 0]) not in verdicts.CLAIMED


def test_the_core_of_overlapping_groups_comes_back_more_often() -> None:
    core, fringe = verdicts.reappearances([0])
    assert core > fringe + 0.05


def test_every_change_that_is_proposed_moves_its_customer() -> None:
    table = why.measure(n_customers=300, n_asked=8)
    assert len(table.rows) == 6
    for row in table.rows[::2]:
        assert row[3] == "1.000"
        assert int(row[4]) <= 3


def test_planted_customers_stand_where_their_segment_is() -> None:
    study = explore.planted(600, n_segments=3)
    assert len(study.customers) == 600 == len(study.projection.points)
    middles = np.array([study.projection.points[study.clustering.labels == n].mean(axis=0) for n in range(3)])
    distances = np.linalg.norm(study.projection.points[:, None] - middles, axis=2)
    assert (distances.argmin(axis=1) == study.clustering.labels).mean() > 0.95
    assert {item.segment for item in study.evidence.items if item.direction == "over"} == {"S1", "S2", "S3"}


def test_without_a_browser_the_table_of_maps_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explore, "BROWSERS", ("no-such-browser",))
    table = explore.measure()
    assert table.rows == [] and "no browser here" in table.note


def test_rules_are_measured_beside_a_tree() -> None:
    table = rules.measure(n_customers=400, n_sets=1, n_sample=300, groups=("two", "words"))
    assert [len(row) for row in table.rows] == [len(table.heads)] * 7
    assert float(table.rows[0][2]) > 0.8
    assert {row[-1] for row in table.rows} == {"1 of 1"}


def test_no_canary_gets_out_of_two_hundred() -> None:
    table = canaries.measure()
    assert table.rows[-1] == ("all", "200", "0")


def test_names_find_their_segments_far_above_chance() -> None:
    from benchmarks import names

    case = names.planted_case("planted", names.CHINESE)
    first, second = names.halves(case, 0)
    named = names.builtin.write(first).personas
    strangers = [names.replace(one, name="Nothing at all") for one in named]
    again = names.builtin.write(second).personas
    found = {way: names.matched(named, again, rate, 0) for way, rate in names.ways_of(second).items()}
    assert found["writer"] >= 0.6
    assert min(found.values()) >= 2 / 8  # a matcher that knows no synonyms still does twice as well as chance
    blind = [names.matched(strangers, again, names.ways_of(second)["name"], seed) for seed in range(40)]
    assert 0.05 < sum(blind) / len(blind) < 0.25


def test_answers_about_pairs_are_counted_learned_and_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    features, truth = blobs((20, 20, 20, 20, 20), width=5)
    case = pairs.Case("Planted", features.matrix, truth, (4,))
    monkeypatch.setattr(pairs, "sample_case", lambda n_customers: case)
    monkeypatch.setattr(pairs, "banking_case", list)
    monkeypatch.setattr(pairs, "COUNTS", (10, 25))
    table = pairs.measure(n_seeds=1)
    assert [row[1] for row in table.rows] == ["10", "25"]
    before, chosen = (float(table.rows[-1][place]) for place in (2, 3))
    assert before < 0.9 < chosen
    assert float(table.rows[-1][-1]) >= 0
    told = pairs.receipts(n_trials=2, n_answers=25)
    assert [row[0] for row in told.rows] == ["true", "true, 5% slips", "of shuffled labels", "true but for 30 %"]
    assert told.rows[2][1] == "0.0%"


def test_ways_of_learning_are_measured_before_and_after(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tuning, "TRAIN", tmp_path / "none.csv")
    assert tuning.measure().rows == []
    train = pd.DataFrame(
        {"text": [f"{name} question {n}" for name in "abc" for n in range(20)], "category": list("abc" * 20)}
    ).assign(category=lambda frame: [f"{text[0]}_kind" for text in frame["text"]])
    lesson = tuning.lesson_of(train, 0, 4)
    assert [len(task.texts) for task in lesson.tasks] == [12, 12] and len(lesson.texts) == 60
    assert lesson.tasks[1].classes == ("a", "b", "c")
    assert tuning.lesson_of(train, 0, 4) == lesson != tuning.lesson_of(train, 1, 4)
    for name, (_, recipe, options) in tuning.SETTINGS.items():  # what is asked for can be asked
        assert options_from_json(RECIPES[recipe].options, options), name

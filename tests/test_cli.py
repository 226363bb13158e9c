"""The command line: the same journey without a browser, and one clear sentence where the analyst can mend something."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segment_core.cli import main
from segment_core.exporting import segments_csv
from segment_core.intake import sample, sample_csv, sample_tables, sample_zip
from segment_core.plan import Plan
from segment_core.store import records
from segment_core.study import Study
from tests.planted import csv_of

ROOT = Path(__file__).parents[1]
FILES = ["segments.csv", "scorecard.json", "personas.json", "projection.csv", "plan.json"]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a file of 300 customers, that of the small study."""
    path = tmp_path / "shop.csv"
    path.write_bytes(csv_of(sample(300)[0]))
    return path


@pytest.fixture
def plan_file(tmp_path: Path, small_study: Study) -> Path:
    """Return the resolved plan of the small study as a file."""
    path = tmp_path / "plan.json"
    path.write_text(small_study.resolved.to_json(), encoding="utf-8")
    return path


def test_a_run_writes_every_file_and_the_same_table_as_the_app(
    shop: Path, plan_file: Path, tmp_path: Path, small_study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deep" / "out"
    assert main(["run", str(shop), "--plan", str(plan_file), "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == sorted([*FILES, "study"])
    assert (out / "segments.csv").read_bytes() == segments_csv(small_study)
    assert json.loads((out / "scorecard.json").read_text("utf-8"))["verdict"] == small_study.scorecard.verdict
    assert len(json.loads((out / "personas.json").read_text("utf-8"))["personas"]) == 4
    assert len(pd.read_csv(out / "projection.csv")) == 300
    assert Plan.from_json((out / "plan.json").read_text("utf-8")) == small_study.resolved
    loaded = records.load(Study, out / "study")
    np.testing.assert_array_equal(loaded.clustering.labels, small_study.clustering.labels)
    assert loaded.personas == small_study.personas
    said = capsys.readouterr()
    assert "\n300 customers, 4 segments, verdict: " in said.out
    assert all(str(note.message) in said.out for note in small_study.customers.notes)
    assert said.err == "", "a bar is for terminals"


@pytest.fixture
def quick(tmp_path: Path) -> list[str]:
    """Return the arguments of a run that takes no time."""
    (tmp_path / "few.csv").write_bytes(csv_of(sample(40)[0].drop(columns="review")))
    (tmp_path / "quick.json").write_text(
        '{"projection": "pca", "clustering": {"name": "kmeans", "options": {"n_segments": 3}}}'
    )
    asked = [str(tmp_path / "few.csv"), "--plan", str(tmp_path / "quick.json"), "--out", str(tmp_path / "out")]
    return ["run", *asked]


def test_a_run_can_be_repeated_into_the_same_folder(quick: list[str], tmp_path: Path) -> None:
    for _ in range(2):
        assert main(quick) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([*FILES, "study"])


def test_two_runs_are_compared_as_text(quick: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(quick) == 0
    capsys.readouterr()
    out = str(tmp_path / "out")
    assert main(["compare", out, out]) == 0
    said = capsys.readouterr().out
    assert said.startswith("40 customers in both; 0 only in the first, 0 only in the second")
    assert "Stayed together: 100.0%  ·  adjusted Rand 1.00" in said
    assert said.count("  = ") == said.count("(100%)") >= 1
    assert main(["compare", out, str(tmp_path / "nowhere")]) == 2


def test_what_a_step_could_not_do_is_said(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "asked.json"
    chosen = {"encoder": "tfidf", "traits": "model", "clustering": "kmeans", "projection": "pca"}
    plan.write_text(json.dumps(chosen), encoding="utf-8")
    assert main(["run", str(shop), "--plan", str(plan), "--out", str(tmp_path / "said")]) == 0
    told = capsys.readouterr().out
    assert told.count("! No language model is set up.") == 1
    assert told.count("Customers without text") == 1


def test_the_seed_reaches_the_plan(quick: list[str], tmp_path: Path) -> None:
    assert main([*quick, "--seed", "41"]) == 0
    made = Plan.from_json((tmp_path / "out" / "plan.json").read_text("utf-8"))
    assert made.seed == made.clustering.options["seed"] == 41


@pytest.mark.parametrize("blocked", ["out", "out/segments.csv"])
def test_where_nothing_can_be_written_it_says_so(
    blocked: str, quick: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if blocked == "out":
        (tmp_path / "out").write_text("in the way")
    else:
        (tmp_path / blocked).mkdir(parents=True)
    assert main(quick) == 2
    assert "cannot be " in capsys.readouterr().err.splitlines()[-1]


def test_the_sample_can_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sample.csv"
    assert main(["sample", str(path)]) == 0
    assert path.read_bytes() == sample_csv()
    assert main(["sample", str(tmp_path / "no" / "folder.csv")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_sample_of_tables_can_be_written_and_the_truth_apart(tmp_path: Path) -> None:
    tables, truth = tmp_path / "shop.ZIP", tmp_path / "truth.csv"
    assert main(["sample", str(tables), "--period", "B", "--truth", str(truth)]) == 0
    assert tables.read_bytes() == sample_zip("B") != sample_zip()
    written = pd.read_csv(truth, dtype=str, keep_default_na=False)
    assert written["segment_b"].tolist() == sample_tables().truth["segment_b"].tolist()


def test_the_truth_of_the_one_file_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, truth = tmp_path / "shop.csv", tmp_path / "truth.csv"
    assert main(["sample", str(file), "--truth", str(truth)]) == 0
    assert file.read_bytes() == sample_csv()
    assert pd.read_csv(truth, index_col=0)["planted"].equals(sample()[1])
    assert main(["sample", str(file), "--period", "B"]) == 2
    assert "have to end in .zip" in _one_sentence(capsys)


@pytest.mark.parametrize(
    "name, data, said",
    [
        ("gone.csv", None, "There is no file"),
        ("empty.csv", b"", "empty"),
        ("blank.csv", b" \n\n", ""),
        ("header.csv", b"customer_id,spend\n", ""),
        ("one row.csv", b"customer_id,spend\nC1,4\n", ""),
        ("nine rows.csv", b"customer_id,spend\n" + b"".join(b"C%d,%d\n" % (n, n * n) for n in range(9)), "at least 10"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), ""),
        ("ids.csv", b"customer_id\n" + b"".join(b"C%03d\n" % n for n in range(60)), ""),
        ("constant.csv", b"customer_id,shop\n" + b"".join(b"C%03d,main\n" % n for n in range(60)), ""),
        ("alike.csv", b"customer_id,spend,age\n" + b"".join(b"C%03d,,\n" % n for n in range(60)), ""),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith(".csv") else "",
)
def test_a_bad_file_gets_one_sentence(
    name: str, data: bytes | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    assert main(["run", str(path), "--out", str(tmp_path / "out")]) == 2
    assert said in _one_sentence(capsys)


@pytest.mark.parametrize(
    "plan, said",
    [
        ("{", "is not JSON"),
        ('{"clustering": "magic"}', "no clustering named magic"),
        ('{"seed": -4}', "The seed is -4"),
        (None, "cannot be read"),
    ],
)
def test_a_bad_plan_gets_one_sentence(
    plan: str | None, said: str, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.json"
    if plan is not None:
        path.write_text(plan)
    assert main(["run", str(shop), "--plan", str(path), "--out", str(tmp_path / "out")]) == 2
    assert said in _one_sentence(capsys)


@pytest.mark.parametrize("seed", ["-1", str(2**32)])
def test_a_seed_out_of_range_gets_one_sentence(
    seed: str, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(shop), "--out", str(tmp_path / "out"), f"--seed={seed}"]) == 2
    assert f"The seed is {seed}" in _one_sentence(capsys)


def test_from_a_shell_the_sentence_is_the_only_line(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "segment_core", "run", "no such file.csv", "--out", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert found.returncode == 2
    assert found.stderr == "There is no file no such file.csv.\n"
    assert found.stdout == ""


def _one_sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was said on standard error after the progress, which must be one line and no traceback."""
    lines = [line for line in capsys.readouterr().err.splitlines() if "%" not in line.split(" s ")[0]]
    assert len(lines) == 1, lines
    assert lines[0].endswith((".", ".)"))
    return lines[0]


def test_who_may_not_be_contacted_is_left_out_and_counted_unless_everyone_is_asked_for(
    quick: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    n = int((pd.read_csv(tmp_path / "few.csv")["marketing_consent"] != "yes").sum())
    assert n
    assert main(quick) == 0
    assert f"{n} customers withheld: no consent." in capsys.readouterr().out
    assert len(pd.read_csv(tmp_path / "out" / "segments.csv")) == 40 - n
    assert main([*quick, "--everyone"]) == 0
    assert "withheld" not in capsys.readouterr().out
    table = pd.read_csv(tmp_path / "out" / "segments.csv")
    assert (len(table), int((table["contactable"] == "no").sum())) == (40, n)

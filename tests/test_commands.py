"""The command line beside the app: score, report, export, capsules, JSON for programs, exit codes and completion."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from segment_core.capsules import pack, place
from segment_core.cli import main, parser
from segment_core.delivering import Delivery, deliver
from segment_core.delivering.request import Format
from segment_core.exporting import segments_csv
from segment_core.exporting.tables import segment_name
from segment_core.intake import sample
from segment_core.reporting import report
from segment_core.store import Workspace, records
from segment_core.study import Study
from tests.planted import csv_of

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, small_study: Study) -> Path:
    """Return a folder with the file of the small study, and its study as a run leaves it."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "shop.csv").write_bytes(csv_of(sample(300)[0]))
    records.save(small_study, folder / "results" / "study")
    return folder


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_export_gives_the_very_bytes_of_the_app(
    shop: Path, small_study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    out, asked = shop / "all.csv", ["export", str(shop / "results"), "--out", str(shop / "all.csv"), "--json"]
    assert main([*asked, "--columns", "age", "city"]) == 0
    assert out.read_bytes() == segments_csv(small_study, columns=["age", "city"])
    assert said(capsys)["n_customers"] == len(pd.read_csv(out))
    ids = [
        id_
        for id_, one in zip(small_study.customers.frame.index, small_study.clustering.ids, strict=True)
        if one == "S2"
    ]
    for name in ("S2", segment_name(small_study, "S2")):
        assert main([*asked, "--segment", name, "--everyone"]) == 0
        assert out.read_bytes() == segments_csv(small_study, only=ids, consent=False)
        found = said(capsys)
        assert (found["n_customers"], found["n_withheld"]) == (len(ids), 0)
    assert main([*asked, "--segment", "S9"]) == 2
    assert "no segment S9" in str(said(capsys)["error"])


@pytest.mark.parametrize("asked", [["--format", "parquet"], ["--format", "xlsx", "--reasons"], ["--preset", "meta"]])
def test_every_format_and_preset_is_delivered_as_in_the_app(
    asked: list[str], shop: Path, small_study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    out = shop / "command.file"
    assert main(["export", str(shop / "results"), *asked, "--out", str(out), "--json"]) == 0
    formats: dict[str, Format] = {"parquet": "parquet", "xlsx": "excel"}
    delivery = Delivery(format=formats.get(asked[1], "csv"), reasons="--reasons" in asked)
    delivery = replace(delivery, preset="meta") if "meta" in asked else delivery
    made = deliver(small_study, delivery, shop / "app.file")
    assert said(capsys)["n_customers"] == made.n_rows > 0
    if "parquet" in asked:
        assert pd.read_parquet(out).equals(pd.read_parquet(made.path))
    elif "xlsx" in asked:
        one, two = (pd.read_excel(path, sheet_name=None, engine="openpyxl") for path in (out, made.path))
        assert list(one) == list(two)
        assert all(one[sheet].equals(two[sheet]) for sheet in one)
    else:
        assert out.read_bytes() == made.path.read_bytes()


def test_report_is_that_of_the_app(shop: Path, small_study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    out = shop / "report.html"
    assert main(["report", str(shop / "results"), "--language", "zh", "--out", str(out), "--json", "--quiet"]) == 0
    assert out.read_bytes() == report(small_study, "html", "zh")
    found = capsys.readouterr()
    assert json.loads(found.out)["n_bytes"] == out.stat().st_size
    assert found.err == ""


def test_new_customers_are_scored_by_a_folder_or_a_capsule_alike(
    shop: Path, small_study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    capsule, new = shop / "shop.strata", shop / "new.csv"
    assert main(["capsule", str(shop / "results"), str(capsule), "--json"]) == 0
    packed = said(capsys)
    frame = sample(320)[0].iloc[300:].drop(columns="review")
    new.write_bytes(csv_of(frame))
    scored = {}
    for study in (shop / "results", capsule):
        asked = ["score", str(new), "--study", str(study), "--out", str(shop / "scored.csv"), "--everyone", "--json"]
        assert main(asked) == 0
        scored[study] = (shop / "scored.csv").read_bytes(), said(capsys)
    (first, told), (second, _) = scored.values()
    assert (
        first
        == second
        == segments_csv((placed := place(small_study, new, "new.csv")).study, more=placed.more, consent=False)
    )
    table = pd.read_csv(shop / "scored.csv")
    assert list(table)[:5] == ["customer_id", "segment", "segment_name", "confidence", "band"]
    assert set(table["unlike_anything_seen"]) <= {"yes", "no"}
    assert told["n_customers"] == len(table) == 20
    assert sum(told["sizes"].values()) == 20  # type: ignore[attr-defined]
    assert any("The block text" in note for note in told["notes"])  # type: ignore[attr-defined]
    assert main(["open", str(capsule), "--out", str(shop / "opened")]) == 2
    assert "--data" in capsys.readouterr().err
    opened = ["open", str(capsule), "--data", str(shop / "shop.csv"), "--out", str(shop / "opened"), "--json"]
    assert main(opened) == 0
    assert said(capsys)["labels_sha256"] == packed["labels_sha256"]
    assert (shop / "opened" / "segments.csv").read_bytes() == segments_csv(small_study)


def test_a_study_of_the_workspace_is_named_by_its_id(shop: Path, small_study: Study) -> None:
    workspace = Workspace(shop / "workspace")
    id_ = workspace.new_study("shop")
    workspace.save_study(id_, small_study, summary={})
    asked = ["export", id_, "--workspace", str(shop / "workspace"), "--out", str(shop / "kept.csv"), "--quiet"]
    assert main(asked) == 0
    assert (shop / "kept.csv").read_bytes() == segments_csv(small_study)
    assert main(["export", "0" * 16, "--workspace", str(shop / "workspace")]) == 2
    assert main(["export", id_, "--workspace", str(shop / "nowhere")]) == 2
    assert main(["export", str(shop / "nowhere")]) == 2
    assert main(["export", str(shop / "shop.csv")]) == 2


def test_strict_tells_chance_by_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.planted import noise

    (tmp_path / "noise.csv").write_bytes(csv_of(noise("uniform").head(120)))
    (tmp_path / "plan.json").write_text('{"projection": "pca", "clustering": {"name": "kmeans"}}')
    asked = ["run", str(tmp_path / "noise.csv"), "--plan", str(tmp_path / "plan.json"), "--out", str(tmp_path / "out")]
    assert main([*asked, "--json", "--strict"]) == 3
    found = said(capsys)
    assert found["verdict"] in ("nothing-there", "artefact")
    assert found["n_customers"] == 120


def test_compare_speaks_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(shop / "results"), str(shop / "results"), "--json"]) == 0
    found = said(capsys)
    assert found["stayed"] == found["adjusted_rand"] == 1.0


def test_every_help_names_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    commands = next(action for action in parser()._actions if action.choices).choices
    for name in commands or ():
        with pytest.raises(SystemExit) as left:
            main([str(name), "--help"])
        assert left.value.code == 0
        assert "\nexit codes:\n  0 " in capsys.readouterr().out


def test_interrupted_is_130(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("segment_core.cli.sampling.sample_csv", interrupted)
    assert main(["sample", str(tmp_path / "a.csv")]) == 130
    assert "Stopped." in capsys.readouterr().err


COMPLETED = """
complete -F _of_others python
_of_others() { COMPREPLY=(theirs); }
source "$1"
asked() {
  COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
  _strata_python "$1" "${@: -1}"; echo "${COMPREPLY[*]}"
}
asked python -m segment_core sc
asked .venv/bin/python3 -m segment_core export results --format ""
asked python -m http.server ""
"""


def test_bash_completes_our_commands_and_leaves_other_programs_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", "bash"]) == 0
    (tmp_path / "script").write_text(capsys.readouterr().out)
    (tmp_path / "asked").write_text(COMPLETED)
    made = subprocess.run(
        ["bash", "--norc", str(tmp_path / "asked"), str(tmp_path / "script")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.stdout.splitlines() == ["score", "csv parquet xlsx", "theirs"]


def test_zsh_is_given_the_same_and_json_holds_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "zsh", "--json"]) == 0
    found = said(capsys)
    assert str(found["script"]).endswith("compdef _strata_python python python3\n")
    assert "zsh_eval_context" not in str(found["script"])  # it would call a completion where it is only sourced


def test_wrong_options_are_said_to_programs_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["export", "results", "--format", "pdf", "--json"])
    assert left.value.code == 2
    told = capsys.readouterr()
    assert "invalid choice" in json.loads(told.out)["error"]
    assert "invalid choice" in told.err


@pytest.mark.parametrize("asked", [["compare", "results", "results"], ["sample", "a.csv", "--json"]])
def test_a_reader_who_goes_away_gets_no_traceback(asked: list[str], shop: Path) -> None:
    made = subprocess.run(
        ["bash", "-c", '"$@" | true; echo "${PIPESTATUS[0]}"', "-", sys.executable, "-m", "segment_core", *asked],
        capture_output=True,
        text=True,
        cwd=shop,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert made.stdout.strip() in ("0", "141")
    assert made.stderr == ""


def test_a_capsule_without_rows_is_compared_with_its_data(
    shop: Path, small_study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    pack(small_study, shop / "bare.strata")
    asked = ["compare", str(shop / "results"), str(shop / "bare.strata"), "--json"]
    assert main(asked) == 2
    assert "--data" in str(said(capsys)["error"])
    assert main([*asked, "--data", str(shop / "shop.csv")]) == 0
    assert said(capsys)["stayed"] == 1.0

"""README: every command, path, option and example in it is what the project really has."""

import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from segment_core.artifacts import Step
from segment_core.choices import Choice, options_from_json
from segment_core.cli import main, parser
from segment_core.clustering import ALGORITHMS
from segment_core.contents import CONTENTS
from segment_core.encoders import ENCODERS
from segment_core.features import NAMES
from segment_core.finetuning import RECIPES
from segment_core.graphs import GRAPHS
from segment_core.intake import sample, sample_tables
from segment_core.journey import FEWEST_CUSTOMERS
from segment_core.metrics import METRICS
from segment_core.personas import WRITERS
from segment_core.plan import MENUS, Plan
from segment_core.projection import PROJECTIONS
from segment_core.topics import TOPICS
from segment_core.traits import TRAITS
from tests.clustering import test_contract as contract
from tests.planted import csv_of

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
IGNORED = {".venv", ".git", ".gitignore", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", "__pycache__"}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines()]


def section(title: str) -> str:
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", README, flags=re.MULTILINE | re.DOTALL)
    assert found, f"README has no section {title}."
    return found.group(1)


def cell(first: str) -> list[str]:
    """Return the choices in the row of the capability table that starts with this cell."""
    row = next(line for line in section("What it can do today").splitlines() if line.startswith(f"| {first} |"))
    return [choice.strip() for choice in row.split("|")[2].split(" · ")]


def test_every_make_target_exists() -> None:
    named = re.findall(r"^make (\w+)$", "\n".join(commands()), flags=re.MULTILINE)
    named += re.findall(r"`(?:[A-Z_]+=\S+ )?make\s(\w+)`", README)
    assert {"run", "test", "check", "bench", "messages"} <= set(named)
    assert shutil.which("make"), "The README's first command needs make."
    for target in set(named):
        asked = ["make", "--dry-run", target]
        made = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
        assert made.returncode == 0, f"make {target}: {made.stderr}"
        recipe = (ROOT / "Makefile").read_text().split(f"\n{target}:", 1)[1].split("\n", 2)[1]
        assert recipe.startswith("\t"), f"make {target} does nothing."


def test_every_other_command_is_tested_here() -> None:
    known = ("make ", "pip install -r requirements.txt && streamlit run app.py", "python -m segment_core ")
    assert [command for command in commands() if not command.startswith(known)] == []


def test_the_command_line_works_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = [shlex.split(line)[3:] for line in commands() if line.startswith("python -m segment_core")]
    told = "sample run run compare score report export capsule open completion sample run"
    assert [command[0] for command in shown] == told.split()
    assert main(shown[0]) == 0
    assert Path("customers.csv").stat().st_size > 100_000
    # The whole sample takes a minute; what is shown has to work, not to be slow.
    Path("customers.csv").write_bytes(csv_of(sample(120)[0]))
    quick = Plan(encoder=Step("tfidf"), clustering=Step("kmeans", {"n_segments": 3}), projection=Step("pca"))
    Path("quick.json").write_text(quick.to_json())
    assert main([*shown[1], "--plan", "quick.json"]) == 0
    promised = set(re.findall(r"^\| `([\w.]+/?)` \|", section("On the command line"), flags=re.MULTILINE))
    assert promised == {f"{path.name}{'/' * path.is_dir()}" for path in Path("results").iterdir()}
    assert main(shown[2]) == 0
    assert Path("results/segments.csv").read_bytes() == Path("again/segments.csv").read_bytes()
    header = Path("results/segments.csv").read_text().splitlines()[0]
    assert header == "customer_id,segment,segment_name,confidence,band"
    assert main(shown[3]) == 0
    for command in shown[4:10]:
        assert main(command) == 0, command
    assert Path("opened/segments.csv").read_bytes() == Path("results/segments.csv").read_bytes()
    assert main(shown[10]) == 0
    assert Path("truth.csv").read_text().startswith("customer_id,segment_a")
    with zipfile.ZipFile("shop.zip", "w") as folder:  # a smaller shop, for the same reason
        for name, table in sample_tables(150).periods["A"].items():
            folder.writestr(f"{name}.csv", table.to_csv(index=False))
    assert main([*shown[11], "--plan", "quick.json"]) == 0
    assert "segment" in Path("shop/segments.csv").read_text().splitlines()[0]
    assert main(["run", "nobody.csv"]) == 2


def test_every_option_of_the_command_line_is_told_and_no_other() -> None:
    told = set(re.findall(r"`?(--[a-z]+)", section("On the command line")))
    commands = next(action for action in parser()._actions if action.choices).choices.values()
    known = {name for command in commands for action in command._actions for name in action.option_strings}
    assert told == known - {"-h", "--help"}


def test_plans_shown_are_plans() -> None:
    for text in blocks("json"):
        plan = Plan.from_json(text)
        for family in MENUS:
            if getattr(plan, family).name != "none":
                plan.options(family)
        assert plan != Plan()
        assert set(json.loads(text).get("weights", {})) <= set(NAMES)


def test_the_capability_table_names_every_line_of_every_menu() -> None:
    menus: dict[str, dict[str, Choice]] = {
        "Encoders for texts": ENCODERS,
        "Encoders that learn": RECIPES,
        "Algorithms": ALGORITHMS,
        "Maps": PROJECTIONS,
        "Metrics": METRICS,
        "Persona writers": WRITERS,
        "Message writers": CONTENTS,
        "Topics": TOPICS,
        "Graph": GRAPHS,
        "Traits": TRAITS,
    }
    for first, menu in menus.items():
        assert cell(first) == [choice.label for choice in menu.values()], first


def test_numbers_named_are_those_in_the_code() -> None:
    from segment_core.clustering import automatic, hierarchical, membership
    from segment_core.metrics import verdict
    from segment_core.projection import MOST_FITTED

    limits = section("Limits")
    assert f"at least {FEWEST_CUSTOMERS} customers" in limits
    assert f"laid out on {MOST_FITTED:,} customers" in limits
    assert automatic.MOST_TRIED == verdict.MOST_CUT
    assert f"on {verdict.MOST_CUT:,}" in limits
    assert f"built on {hierarchical.MOST_MERGED:,}" in limits
    assert f"confidence below {membership.FRINGE}" in section("Glossary")
    assert f"trust it from {verdict.TRUSTED}" in section("Glossary")


def test_the_settings_of_the_server_exist() -> None:
    import tomllib

    from streamlit import config

    options = {
        "STREAMLIT_" + re.sub(r"([A-Z])", r"_\1", key).replace(".", "_").upper()
        for key in config._config_options_template
    }
    named = set(re.findall(r"STREAMLIT_[A-Z_]+", README))
    assert named
    assert named <= options
    chosen = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
    assert f"{chosen['server']['maxUploadSize']} MB" in section("For a team")
    assert chosen["server"]["address"] == "127.0.0.1"
    assert chosen["browser"]["gatherUsageStats"] is False


def test_every_environment_variable_of_ours_is_read_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "segment_core").rglob("*.py"))
    for name in set(re.findall(r"STRATA_[A-Z_]+", README)):
        assert f'"{name}"' in code, name


def test_links_and_paths_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).is_file(), target
    for path in re.findall(r"`((?:segment_core|tests|pages|benchmarks|\.ci)/[\w./]*\w)`", README):
        if path != "segment_core/clustering/bisecting.py":
            assert (ROOT / path).exists(), path
    assert (ROOT / "pages/_shared/screenshot.png").stat().st_size < 250_000


def test_the_layout_is_the_real_one() -> None:
    shown = tree()
    for path in shown:
        assert (ROOT / path).exists(), f"{path} is in README's layout only."
    for folder in ("", "pages/", "segment_core/"):
        tracked = kept(folder)
        told = {path for path in shown if path.startswith(folder) and "/" not in path.removeprefix(folder).rstrip("/")}
        assert tracked <= told, f"Missing in README's layout: {sorted(tracked - told)}"


def tree() -> set[str]:
    """Return the paths in README's layout, folders with a slash at the end."""
    found, folder = set(), ""
    for line in section("How the code is laid out").split("```")[1].strip().splitlines():
        name = line.split()[0]
        if not line.startswith(" "):
            folder = name if name.endswith("/") else ""
            found.add(name)
        else:
            found.add(folder + name)
    return found


def kept(folder: str) -> set[str]:
    """Return what git keeps directly in a folder, or what lies there where there is no git."""
    listed = subprocess.run(["git", "ls-files", folder or "."], cwd=ROOT, capture_output=True, text=True, check=False)
    paths = [path.removeprefix(folder) for path in listed.stdout.splitlines()]
    if listed.returncode or not paths:
        paths = [f"{path.name}{'/x' * path.is_dir()}" for path in (ROOT / folder).iterdir()]
    names = {path.split("/")[0] + ("/" if "/" in path else "") for path in paths}
    return {folder + name for name in names if name.rstrip("/") not in IGNORED}


@pytest.fixture
def bisecting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Add the algorithm that README adds, and return its name in the menu."""
    source, line = blocks("python")
    path = tmp_path / "bisecting.py"
    path.write_text(source)
    spec = importlib.util.spec_from_file_location("segment_core.clustering.bisecting", path)
    assert spec and spec.loader
    module: ModuleType = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    ((name, choice),) = eval(f"{{{line}}}", {"Choice": Choice, "bisecting": module}).items()
    monkeypatch.setitem(ALGORITHMS, name, choice)
    return name


def test_the_algorithm_added_keeps_every_promise_of_the_family(bisecting: str) -> None:
    features, _ = contract.blobs()
    contract.test_everybody_gets_one_segment(bisecting, features)
    contract.test_segments_are_numbered_by_size(bisecting)
    contract.test_planted_groups_come_back(bisecting)
    contract.test_the_same_seed_gives_the_same_segments(bisecting)
    contract.test_what_was_made_can_be_made_again(bisecting)
    contract.test_the_order_of_rows_does_not_matter(bisecting)
    contract.test_the_features_stay_untouched(bisecting)
    contract.test_too_few_different_customers_are_refused(bisecting, [[1.0, 2.0]])
    contract.test_progress_is_told_and_can_stop_the_work(bisecting)
    plan = Plan.from_json('{"clustering": {"name": "bisecting", "options": {"n_segments": 4}}}')
    assert plan.options("clustering") == options_from_json(ALGORITHMS[bisecting].options, {"n_segments": 4, "seed": 0})


def test_the_algorithm_added_is_written_as_ours_are() -> None:
    source, name = blocks("python")[0], "segment_core/clustering/bisecting.py"
    for check in (["format", "--check"], ["check"]):
        asked = [sys.executable, "-m", "ruff", *check, "--no-cache", f"--stdin-filename={name}", "-"]
        made = subprocess.run(asked, cwd=ROOT, input=source, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stdout + made.stderr


def test_secrets_and_places_of_ours_are_named_rightly() -> None:
    from segment_core.personas.model import KEY

    assert f'{KEY} = "your key"' in blocks("toml")[0]
    assert ".streamlit/secrets.toml" in (ROOT / ".gitignore").read_text()

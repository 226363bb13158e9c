"""Capsules: the same study elsewhere, nobody's row in the file, and no hostile file let in."""

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Campaign, Cell, Edit, Group, LabelColumn, Step
from segment_core.capsules import Packed, label_hash, pack, place, print_of, reopen, unpack
from segment_core.capsules.entering import enter
from segment_core.capsules.hashing import ids_of
from segment_core.capsules.parting import Apart, apart, parts_of
from segment_core.errors import DataError
from segment_core.intake import gather, read, sample
from segment_core.journey import run
from segment_core.llm.ledger import Sent
from segment_core.plan import Plan
from segment_core.store import Workspace
from segment_core.study import Study
from tests.planted import csv_of, customers_of

ROOT = Path(__file__).parents[2]
SAMPLE = sample(300)[0]
CALLS = [Sent(host="h", model="m", purpose="p", n_texts=1, n_characters=9, n_masked=0, sha256="ab")]


@pytest.fixture(scope="module")
def edited(small_study: Study) -> Study:
    """Return the small study with what an analyst adds to it."""
    ids = tuple(small_study.customers.frame.index)
    links = Step("constrained", {"together": f"{ids[0]}+{ids[9]}; {ids[1]}+{ids[4]}", "apart": "", "n_segments": 4})
    return replace(
        small_study,
        plan=small_study.plan.having(clustering=links),
        groups=(Group("Mine", ids[3:9]),),
        edits=(
            Edit("move", ids[:2], "S1", "run", "2026-01-01T00:00:00Z", witnesses={"S1": ids[9:12]}, sizes={"S1": 138}),
        ),
        labels=(LabelColumn("Tier", {ids[5]: "gold", ids[7]: ""}),),
        campaigns=(
            Campaign("c1", "Spring", "sell", "email", "rate", (Cell("S1", "One", ids[:5], ids[5:8]),), 0.4, 1, 0.0),
        ),
    )


@pytest.fixture(scope="module")
def packed(edited: Study, tmp_path_factory: pytest.TempPathFactory) -> Packed:
    """Return a capsule without rows."""
    return pack(edited, tmp_path_factory.mktemp("capsule") / "shop.strata", ledger=CALLS)


def test_the_same_study_opens_with_its_data_in_any_order(packed: Packed, edited: Study) -> None:
    shuffled = csv_of(SAMPLE.sample(frac=1.0, random_state=4))
    again = reopen(unpack(packed.path), shuffled, name="copy.csv")
    assert again.clustering is not None
    assert label_hash(again.customers, again.clustering) == packed.labels_sha256
    for part in ("groups", "edits", "labels", "campaigns", "personas", "scorecard", "plan", "resolved", "source"):
        assert getattr(again, part) == getattr(edited, part), part
    assert again.features is not None
    np.testing.assert_array_equal(again.features.matrix, edited.features.matrix)
    np.testing.assert_array_equal(again.projection.points, edited.projection.points)
    assert again.evidence.typical == edited.evidence.typical
    quotes = [(item.id, item.source, item.text) for item in again.evidence.items if item.kind == "quote"]
    assert quotes == [(item.id, item.source, item.text) for item in edited.evidence.items if item.kind == "quote"]
    assert quotes


def test_a_fresh_process_elsewhere_gives_the_same_labels(packed: Packed, tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_bytes(csv_of(SAMPLE.iloc[::-1]))
    asked = ["open", str(packed.path), "--data", "shop.csv", "--json", "--quiet"]
    made = subprocess.run(
        [sys.executable, "-m", "segment_core", *asked],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "STRATA_WORKSPACE": str(tmp_path), "HF_HUB_OFFLINE": "1"},
        timeout=120,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["labels_sha256"] == packed.labels_sha256


def test_nobody_is_in_a_capsule_without_rows(packed: Packed, edited: Study) -> None:
    with ZipFile(packed.path) as archive:
        whole = b"\n".join(archive.read(name) for name in archive.namelist())
    for column in ("customer_id", "email"):
        assert not [value for value in SAMPLE[column].dropna() if str(value).encode() in whole]
    texts = [str(text)[:40].encode() for text in SAMPLE["review"].dropna() if len(str(text)) >= 40]
    quotes = [item.text.encode() for item in edited.evidence.items if item.kind == "quote"]
    assert texts
    assert quotes
    assert not [text for text in (*texts, *quotes) if json.dumps(text.decode())[1:-1].encode() in whole]
    assert len(packed.manifest["left_out"]) == 5
    capsule = unpack(packed.path)
    assert not capsule.has_rows
    with pytest.raises(DataError, match="holds no customers"):
        reopen(capsule)


def test_with_rows_it_opens_alone(edited: Study, tmp_path: Path) -> None:
    found = reopen(unpack(pack(edited, tmp_path / "rows.strata", rows=True).path))
    assert found.customers.frame.equals(edited.customers.frame)
    assert found.evidence == edited.evidence
    assert found.groups == edited.groups


def test_the_manifest_says_what_made_it(packed: Packed, edited: Study) -> None:
    found = packed.manifest
    assert {column["name"]: column["role"] for column in found["data"]["columns"]}["email"] == "ignore"
    assert Plan.from_json(json.dumps(found["resolved"])) == edited.resolved
    assert found["seeds"]["plan"] == 0
    assert found["packages"]["scikit-learn"]
    assert found["ledger"]["n_calls"] == 1
    assert len(found["ledger"]["chain"]) == 64
    assert [one["n_customers"] for one in found["segments"]] == [one.size for one in edited.clustering.segments]


def test_other_data_are_met_with_the_names_of_what_differs(packed: Packed) -> None:
    other = SAMPLE.drop(columns="city").assign(pets=["9", *SAMPLE["pets"][1:]], shoe_size=range(300))
    with pytest.raises(DataError) as met:
        reopen(unpack(packed.path), csv_of(other.iloc[:290]), name="other.csv")
    assert met.value.message.values["missing"] == "city"
    assert met.value.message.values["added"] == "shoe_size"
    assert (met.value.message.values["n"], met.value.message.values["n_before"]) == (290, 300)
    with pytest.raises(DataError) as met:
        reopen(unpack(packed.path), csv_of(SAMPLE.assign(pets=["9", *SAMPLE["pets"][1:]])), name="other.csv")
    assert [met.value.message.values[part] for part in ("changed", "missing", "added")] == ["pets", "–", "–"]


@pytest.mark.parametrize(
    ("rows", "changed", "n_new", "n_gone"),
    [
        (slice(0, 297), [], 0, 3),
        (slice(0, 310), [], 10, 0),
        (slice(4, 304), ["pets"], 4, 4),
        (slice(300, 600), None, 0, 0),
    ],
)
def test_customers_who_come_and_go_change_no_column(
    packed: Packed, rows: slice, changed: list[str] | None, n_new: int, n_gone: int
) -> None:
    both = [SAMPLE, SAMPLE.assign(customer_id=[f"N{number:04}" for number in range(300)])]
    other = pd.concat(both).iloc[rows].sample(frac=1.0, random_state=2)
    if changed:
        other = other.assign(pets=["7"] * len(other))
    with pytest.raises(DataError) as met:
        reopen(unpack(packed.path), csv_of(other), name="other.csv")
    said = met.value.message.values
    assert [said["missing"], said["added"]] == ["–", "–"]
    if changed is None:
        assert "cannot be told which" in met.value.message.template
        return
    assert 0 < said["more"] <= n_new or n_new == said["more"] == 0
    assert 0 < said["gone"] <= n_gone or n_gone == said["gone"] == 0
    assert said["compared"] >= 100
    assert set(changed) <= set(str(said["changed"]).split(" / "))
    # Columns that say little are hashed with others, and named with them.
    assert said["changed"] == "–" if not changed else len(str(said["changed"]).split(" / ")) <= 5


def test_no_hash_is_of_so_little_that_one_could_try_it(edited: Study) -> None:
    made = parts_of(edited.customers)
    assert made is not None
    sizes = np.mean(made["counts"])
    for group in made["groups"]:
        shares = [edited.customers.frame[name].value_counts(normalize=True, dropna=False) for name in group]
        assert sizes * sum(float(-(one * np.log2(one)).sum()) for one in shares) >= 80
    assert min(map(len, made["groups"])) == 1
    assert sum(map(len, made["groups"])) == len(edited.customers.columns) - 1


def test_parts_that_somebody_made_up_tell_nothing(edited: Study) -> None:
    made = parts_of(edited.customers)
    for wrong in (None, [], {}, {**made, "n_parts": 10**9}, {**made, "groups": 3}, {**made, "ids": []}):
        assert apart(wrong, edited.customers) is None
    assert apart(made, edited.customers) == Apart(0, 0, 300, ())


def test_data_are_the_same_in_any_order_also_without_ids() -> None:
    frame = SAMPLE.drop(columns=["customer_id", "email", "review"]).head(60)
    first, second = (gather(read(csv_of(one), "a.csv")) for one in (frame, frame.sample(frac=1, random_state=1)))
    assert print_of(first) == print_of(second)
    assert ids_of(first) == [str(place) for place in range(60)]
    changed = customers_of(frame.assign(pets=["9", *frame["pets"][1:]]))
    assert print_of(changed).key != print_of(first).key


def test_new_customers_are_placed_by_the_scorer_alone(packed: Packed, edited: Study) -> None:
    study = unpack(packed.path).study
    placed = place(study, csv_of(SAMPLE), "again.csv").study
    assert placed.clustering is not None
    agreed = float(np.mean(placed.clustering.labels == edited.clustering.labels))
    assert agreed > 0.9
    one = place(study, csv_of(SAMPLE.iloc[[7]][["customer_id", "age", "total_spend"]]), "one.csv")
    assert len(one.study.customers) == 1
    assert any(note.code == "missing" for note in one.notes)
    far = place(
        study,
        csv_of(SAMPLE.iloc[[7, 8]].assign(orders_last_year=["9000000", "3"], total_spend=["9000000000", "5"])),
        "far.csv",
    )
    assert "yes" in far.more["unlike_anything_seen"]
    with pytest.raises(DataError, match="none of the columns"):
        place(study, b"customer_id,shoe\n" + b"".join(b"C%d,%d\n" % (n, n) for n in range(20)), "shoes.csv")


def test_segments_of_a_file_without_ids_travel_too(tmp_path: Path) -> None:
    frame = SAMPLE.drop(columns=["customer_id", "email", "review"]).head(60)
    plan = Plan.from_json('{"projection": "pca", "clustering": {"name": "kmeans", "options": {"n_segments": 3}}}')
    study = run(customers_of(frame), plan, source="made.csv")
    study = replace(study, groups=(Group("Mine", (str(study.customers.frame.index[4]),)),))
    made = pack(study, tmp_path / "plain.strata")
    again = reopen(unpack(made.path), csv_of(frame.iloc[::-1]), name="made.csv")
    before, after = (one.customers.frame.loc[list(one.groups[0].customers)] for one in (study, again))
    assert before.reset_index(drop=True).equals(after.reset_index(drop=True))


def rewritten(source: Path, target: Path, change: Callable[[dict[str, bytes]], None], how: int = ZIP_DEFLATED) -> Path:
    """Write a capsule again with its members changed."""
    with ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with ZipFile(target, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target


def resealed(members: dict[str, bytes], **parts: Any) -> None:
    """Change the manifest as somebody would who knows of the seal."""
    found = json.loads(members["manifest.json"]) | parts
    for name in [name for name in members if name.startswith("study/")]:
        if "members" not in parts:
            found["members"][name] = {"bytes": len(members[name]), "sha256": hashlib.sha256(members[name]).hexdigest()}
    members["manifest.json"] = json.dumps(found).encode()
    members["manifest.sha256"] = hashlib.sha256(members["manifest.json"]).hexdigest().encode()


def labels(members: dict[str, bytes]) -> None:
    name = "study/clustering.labels.npy"
    members[name] = members[name][:-8] + bytes([members[name][-8] ^ 1]) + bytes(7)


def huge(members: dict[str, bytes]) -> None:
    name = "study/clustering.labels.npy"
    head = members[name][:128].replace(b"(300,)", b"(9" + b"0" * 12 + b",)")
    members[name] = head[:128] + members[name][128:]
    resealed(members)


def other_labels(members: dict[str, bytes]) -> None:
    members["study/clustering.labels.npy"] = (
        members["study/clustering.labels.npy"][:-16] + bytes(8) + b"\x03" + bytes(7)
    )
    resealed(members, labels_sha256="0" * 64)


HOSTILE: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a changed array": (labels, "was changed"),
    "a changed manifest": (
        lambda members: members.update({"manifest.json": members["manifest.json"].replace(b"shop.csv", b"ship.csv")}),
        "was changed",
    ),
    "a missing array": (lambda members: (members.pop("study/clustering.labels.npy"), None)[1], "was changed"),
    "a new version": (lambda members: resealed(members, capsule=2), "Update the program"),
    "a strange version": (lambda members: resealed(members, capsule="new"), "was changed"),
    "a list for a manifest": (lambda members: members.update({"manifest.json": b"[]"}), "was changed"),
    "no JSON": (lambda members: members.update({"manifest.json": b"{"}), "was changed"),
    "no manifest": (lambda members: (members.pop("manifest.json"), None)[1], "has no manifest"),
    "a path above": (lambda members: members.update({"../evil.json": b"{}"}), "refused"),
    "a path from the root": (lambda members: members.update({"/tmp/evil.json": b"{}"}), "refused"),
    "a path inside": (lambda members: members.update({"study/../../evil.json": b"{}"}), "refused"),
    "a hidden file": (lambda members: members.update({"study/.evil.json": b"{}"}), "refused"),
    "a program": (lambda members: members.update({"study/evil.pkl": b"cos"}), "refused"),
    "a bomb": (lambda members: members.update({"study/bomb.json": bytes(90 * 2**20)}), "would grow"),
    "an array of terabytes": (huge, "was changed"),
    "segments of nobody": (lambda members: resealed(members, data={"n_customers": 7, "columns": []}), "fit together"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_capsule_is_refused_in_a_sentence(name: str, packed: Packed, tmp_path: Path) -> None:
    change, expected = HOSTILE[name]
    path = rewritten(packed.path, tmp_path / "hostile.strata", change)
    started = time.perf_counter()
    with pytest.raises(DataError, match=expected):
        unpack(path)
    assert time.perf_counter() - started < 5
    assert [item.name for item in tmp_path.iterdir()] == ["hostile.strata"]


@pytest.mark.parametrize("part", ["centres", "ways", "owners"])
def test_a_scorer_that_cannot_be_applied_is_refused(part: str, edited: Study, tmp_path: Path) -> None:
    scorer = edited.scorer
    assert scorer is not None
    way, assigner = scorer.transform.ways[0], scorer.assigner
    wrong = {
        "centres": replace(scorer, assigner=replace(assigner, centres=assigner.centres[:, :-1])),
        "owners": replace(scorer, assigner=replace(assigner, owners=assigner.owners + 1)),
        "ways": replace(scorer, transform=replace(scorer.transform, ways=(replace(way, start=10**6),))),
    }
    made = pack(replace(edited, scorer=wrong[part]), tmp_path / "wrong.strata")
    with pytest.raises(DataError, match="does not fit together"):
        unpack(made.path)


def test_segments_that_were_swapped_are_found_out_by_the_data(packed: Packed, tmp_path: Path) -> None:
    path = rewritten(packed.path, tmp_path / "swapped.strata", other_labels, ZIP_STORED)
    with pytest.raises(DataError, match="fit together"):
        reopen(unpack(path), csv_of(SAMPLE), name="shop.csv")


@pytest.mark.parametrize("kept", [0, 10, 0.5, 0.99])
def test_what_is_no_whole_capsule_is_refused(kept: float, packed: Packed, tmp_path: Path) -> None:
    data = packed.path.read_bytes()
    (tmp_path / "cut.strata").write_bytes(data[: int(kept * len(data)) if kept < 1 else int(kept)])
    with pytest.raises(DataError, match="not a whole Strata capsule"):
        unpack(tmp_path / "cut.strata")
    (tmp_path / "not.strata").write_bytes(csv_of(SAMPLE.head(3)))
    with pytest.raises(DataError, match="not a whole Strata capsule"):
        unpack(tmp_path / "not.strata")


def test_any_flipped_byte_is_refused_or_harmless(packed: Packed, tmp_path: Path) -> None:
    data, random = packed.path.read_bytes(), np.random.default_rng(0)
    wanted = unpack(packed.path).manifest
    for place_ in random.integers(0, len(data), 25):
        broken = bytearray(data)
        broken[place_] ^= 0x55
        (tmp_path / "flipped.strata").write_bytes(broken)
        try:
            assert unpack(tmp_path / "flipped.strata").manifest == wanted
        except DataError:
            continue


def test_without_segments_there_is_no_capsule(small_study: Study, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no segments yet"):
        pack(small_study.having(features=small_study.features), tmp_path / "none.strata")


def test_a_capsule_becomes_a_study_of_another_workspace(packed: Packed, edited: Study, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "elsewhere")
    data = workspace.keep_upload("shop.csv", csv_of(SAMPLE.iloc[::-1]))
    args = {"workspace": str(workspace.folder), "data": data.id}
    capsule = workspace.keep_upload("shop.strata", packed.path.read_bytes())
    made = enter(args | {"capsule": capsule.id}, {}, lambda *_: None)["study"]
    found, entry = workspace.study_and_entry(Study, made)
    assert found.clustering is not None
    assert label_hash(found.customers, found.clustering) == packed.labels_sha256
    assert found.groups == edited.groups
    assert entry.summary["upload"] == data.id
    assert [run.current for run in workspace.runs(made)] == [True]
    assert [upload.id for upload in workspace.uploads()] == [data.id]
    capsule = workspace.keep_upload("shop.strata", b"nothing")
    with pytest.raises(DataError, match="not a whole Strata capsule"):
        enter(args | {"capsule": capsule.id}, {}, lambda *_: None)
    assert len(workspace.studies()) == 1

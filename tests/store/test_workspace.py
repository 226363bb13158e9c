"""Workspace: what is kept comes back, whoever else is at it, and whatever the names are."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from segment_core.errors import DataError
from segment_core.store import MODELS, Workspace, default_folder

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, eq=False)
class Thing:
    """Stands for a study: two parts that must never be from different saves."""

    number: int
    array: NDArray[Any]

    @classmethod
    def of(cls, number: int) -> "Thing":
        return cls(number, np.full(2_000, number))

    def is_whole(self) -> bool:
        return bool((self.array == self.number).all())


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


# Uploads


@pytest.mark.parametrize(
    "name",
    ["customers.csv", "../../etc/passwd", "/etc/passwd", "", "a\0b.csv", "客户.csv", "x" * 3_000, "\udcff.csv", "."],
)
def test_uploads_come_back_under_any_name(name: str, workspace: Workspace, tmp_path: Path) -> None:
    kept = workspace.keep_upload(name, b"id,spend\n1,2\n")
    assert workspace.upload(kept.id) == kept
    assert kept.path.read_bytes() == b"id,spend\n1,2\n"
    assert kept.size == 13
    assert kept.path == workspace.folder / "uploads" / kept.id / "data"
    assert {path.name for path in tmp_path.iterdir()} == {"workspace"}


def test_the_name_of_an_upload_is_kept(workspace: Workspace) -> None:
    assert workspace.keep_upload("Kunden 客户.csv", b"x").name == "Kunden 客户.csv"


def test_the_same_bytes_are_kept_once_under_the_latest_name(workspace: Workspace) -> None:
    first, second = workspace.keep_upload("a.csv", b"x"), workspace.keep_upload("b.csv", b"x")
    assert first.id == second.id
    assert [upload.name for upload in workspace.uploads()] == ["b.csv"]


def test_deleted_uploads_are_gone(workspace: Workspace) -> None:
    kept = workspace.keep_upload("a.csv", b"x")
    workspace.delete_upload(kept.id)
    workspace.delete_upload(kept.id)
    assert not kept.path.parent.exists()
    with pytest.raises(DataError, match="upload it again"):
        workspace.upload(kept.id)


def test_an_upload_whose_file_is_gone_is_one_sentence(workspace: Workspace) -> None:
    kept = workspace.keep_upload("a.csv", b"x")
    kept.path.unlink()
    with pytest.raises(DataError, match="upload it again"):
        workspace.upload(kept.id)


BAD_IDS = [
    "",
    "..",
    "../uploads",
    "a/b",
    "0" * 63 + "/",
    "G" * 64,
    "0" * 64,
    "0" * 16,
    "'; drop table studies; --",
    "\0",
]


@pytest.mark.parametrize("bad", BAD_IDS)
def test_unknown_ids_are_one_sentence_and_touch_nothing(bad: str, workspace: Workspace) -> None:
    workspace.keep_upload("a.csv", b"x")
    known = workspace.new_study("a")
    for ask in (workspace.upload, workspace.study, lambda bad: workspace.load_study(Thing, bad)):
        with pytest.raises(DataError):
            ask(bad)
    with pytest.raises(DataError):
        workspace.save_study(bad, Thing.of(1), summary={})
    workspace.delete_study(bad)
    workspace.delete_upload(bad)
    assert workspace.study(known).name == "a"
    assert len(workspace.uploads()) == 1
    assert not list((workspace.folder / "temporary").iterdir())


# Studies


def test_a_study_comes_back_with_its_entry(workspace: Workspace) -> None:
    started = time.time()
    study = workspace.new_study("März 三月")
    workspace.save_study(study, Thing.of(7), summary={"segments": 4, "score": float("nan")})
    assert workspace.load_study(Thing, study).number == 7
    entry = workspace.study(study)
    assert (entry.name, entry.version, entry.summary["segments"]) == ("März 三月", 1, 4)
    assert started <= entry.created <= entry.updated <= time.time()


def test_a_study_comes_back_in_another_process(workspace: Workspace, tmp_path: Path) -> None:
    study = workspace.new_study("a")
    workspace.save_study(study, Thing.of(7), summary={})
    again = Workspace(workspace.folder)
    assert again.load_study(Thing, study).number == 7


def test_studies_are_listed_latest_first(workspace: Workspace) -> None:
    first, second = workspace.new_study("a"), workspace.new_study("b")
    assert [entry.id for entry in workspace.studies()] == [second, first]
    workspace.save_study(first, Thing.of(1), summary={})
    assert [entry.id for entry in workspace.studies()] == [first, second]


def test_an_empty_study_says_so(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="The study a holds nothing yet"):
        workspace.load_study(Thing, workspace.new_study("a"))


def test_a_renamed_study_keeps_its_content(workspace: Workspace) -> None:
    study = workspace.new_study("a")
    workspace.save_study(study, Thing.of(1), summary={})
    workspace.rename_study(study, "b")
    assert workspace.study(study).name == "b"
    assert workspace.load_study(Thing, study).number == 1


def test_a_deleted_study_is_gone_with_its_files(workspace: Workspace) -> None:
    study = workspace.new_study("a")
    workspace.save_study(study, Thing.of(1), summary={})
    workspace.delete_study(study)
    assert workspace.studies() == ()
    assert not list((workspace.folder / "studies").iterdir())
    with pytest.raises(DataError, match="no longer in the workspace"):
        workspace.load_study(Thing, study)
    with pytest.raises(DataError, match="no longer in the workspace"):
        workspace.save_study(study, Thing.of(2), summary={})


def test_only_the_current_version_and_the_one_before_are_kept(workspace: Workspace) -> None:
    study = workspace.new_study("a")
    for number in range(5):
        workspace.save_study(study, Thing.of(number), summary={})
    assert {path.name for path in (workspace.folder / "studies" / study).iterdir()} == {"4", "5"}
    assert workspace.load_study(Thing, study).number == 4


def test_a_save_that_fails_leaves_the_old_version(workspace: Workspace) -> None:
    study = workspace.new_study("a")
    workspace.save_study(study, Thing.of(1), summary={})
    with pytest.raises(TypeError):
        workspace.save_study(study, Thing(2, np.array([object()])), summary={})
    with pytest.raises(TypeError):
        workspace.save_study(study, Thing.of(2), summary={"bad": object()})
    assert workspace.load_study(Thing, study).number == 1
    assert workspace.study(study).version == 1


def test_a_folder_left_by_a_process_that_died_does_not_stop_the_next_save(workspace: Workspace) -> None:
    study = workspace.new_study("a")
    left = workspace.folder / "studies" / study / "1"
    left.mkdir(parents=True)
    (left / "record.json").write_text("half")
    workspace.save_study(study, Thing.of(1), summary={})
    assert workspace.load_study(Thing, study).number == 1


def test_a_damaged_study_is_one_sentence(workspace: Workspace) -> None:
    study = workspace.new_study("a")
    workspace.save_study(study, Thing.of(1), summary={})
    (workspace.folder / "studies" / study / "1" / "array.npy").write_bytes(b"")
    with pytest.raises(DataError, match="cannot be read"):
        workspace.load_study(Thing, study)


def test_readers_never_see_half_a_study(workspace: Workspace) -> None:
    study = workspace.new_study("a")
    workspace.save_study(study, Thing.of(0), summary={})
    done = threading.Event()

    def write(start: int) -> None:
        for number in range(start, start + 20):
            workspace.save_study(study, Thing.of(number), summary={"number": number})

    def read() -> int:
        n_read = 0
        while not done.is_set():
            assert workspace.load_study(Thing, study).is_whole()
            n_read += 1
        return n_read

    with ThreadPoolExecutor(5) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        writers = [pool.submit(write, start) for start in (100, 200, 300)]
        for writer in writers:
            writer.result()
        done.set()
        assert all(reader.result() > 0 for reader in readers)
    assert workspace.study(study).version == 61
    assert workspace.load_study(Thing, study).number == workspace.study(study).summary["number"]


# Arrays


def test_arrays_come_back_by_key(workspace: Workspace) -> None:
    assert workspace.array("../a") is None
    workspace.keep_array("../a", np.arange(4, dtype=np.float32))
    workspace.keep_array("b", np.array(["é"]))
    found = workspace.array("../a")
    assert found is not None
    np.testing.assert_array_equal(found, np.arange(4, dtype=np.float32), strict=True)
    workspace.keep_array("../a", np.arange(2))
    np.testing.assert_array_equal(workspace.array("../a"), np.arange(2))


def test_clearing_the_cache_leaves_the_rest(workspace: Workspace) -> None:
    workspace.keep_array("a", np.arange(1_000))
    study = workspace.new_study("a")
    workspace.save_study(study, Thing.of(1), summary={})
    assert workspace.size() > 8_000
    workspace.clear_cache()
    assert workspace.size() == 0
    assert workspace.array("a") is None
    assert not list((workspace.folder / "cache").rglob("*.npy"))
    assert workspace.load_study(Thing, study).number == 1


def test_the_longest_unused_array_gives_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, clock = Workspace(tmp_path, cache_limit=30_000), Clock()
    monkeypatch.setattr("segment_core.store.arrays.time", clock)
    for key in ("a", "b", "c"):
        clock.now += 100
        workspace.keep_array(key, np.zeros(1_000))
    clock.now += 100
    assert workspace.array("a") is not None
    workspace.keep_array("d", np.zeros(1_000))
    assert workspace.array("b") is None
    assert all(workspace.array(key) is not None for key in ("a", "c", "d"))
    assert workspace.size() <= 30_000
    assert sum(path.stat().st_size for path in (tmp_path / "cache").rglob("*.npy")) == workspace.size()


def test_an_array_larger_than_the_cache_is_not_kept(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, cache_limit=1_000)
    workspace.keep_array("small", np.zeros(10))
    workspace.keep_array("large", np.zeros(1_000))
    assert workspace.array("large") is None
    assert workspace.array("small") is not None


def test_a_damaged_array_counts_as_missing(workspace: Workspace) -> None:
    workspace.keep_array("a", np.arange(4))
    next((workspace.folder / "cache").rglob("*.npy")).write_bytes(b"no")
    assert workspace.array("a") is None
    assert workspace.size() == 0


def test_an_array_of_objects_is_refused(workspace: Workspace) -> None:
    with pytest.raises(TypeError):
        workspace.keep_array("a", np.array([object()]))


class Clock:
    """A clock that a test moves."""

    now = 1_000.0

    def time(self) -> float:
        return self.now


# Settings, folder, many at once


@pytest.mark.parametrize("value", ["zh", 3, 2.5, True, None, [1, None], {"a": {"$b": 1}}])
def test_settings_come_back(value: Any, workspace: Workspace) -> None:
    workspace.keep_setting("language", "first")
    workspace.keep_setting("language", value)
    assert Workspace(workspace.folder).setting("language", "default") == value


def test_a_setting_never_kept_has_its_default(workspace: Workspace) -> None:
    assert workspace.setting("language") is None
    assert workspace.setting("language", "en") == "en"


def test_the_default_folder_is_looked_up_when_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STRATA_WORKSPACE", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("STRATA_WORKSPACE")
    assert default_folder() == Path.home() / ".strata"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_others_on_this_computer_cannot_look_inside(workspace: Workspace) -> None:
    assert workspace.folder.stat().st_mode & 0o077 == 0


def test_what_a_dead_process_left_is_swept_after_a_day(workspace: Workspace) -> None:
    old, new = workspace.folder / "temporary" / "old", workspace.folder / "temporary" / "new"
    for left in (old, new):
        left.mkdir()
    os.utime(old, (0, 0))
    Workspace(workspace.folder)
    assert [path.name for path in (workspace.folder / "temporary").iterdir()] == ["new"]


def test_many_may_open_a_new_workspace_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        for attempt in range(5):
            opened = list(pool.map(Workspace, [tmp_path / str(attempt)] * 8))
            assert all(workspace.studies() == () for workspace in opened)


HAMMER = """
import sys
from pathlib import Path
import numpy as np
from segment_core.store import Workspace
workspace = Workspace(Path(sys.argv[1]))
for number in range(8):
    workspace.keep_setting(f"{sys.argv[2]}-{number}", number)
    workspace.keep_array(f"shared-{number}", np.full(500, number))
    found = workspace.array(f"shared-{number}")
    assert found is not None and (found == number).all()
    workspace.keep_upload(sys.argv[2], b"the same")
    workspace.new_study(sys.argv[2])
"""


def test_processes_that_open_and_write_at_once_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", HAMMER, str(folder)]
    running = [subprocess.Popen([*command, name], env=environment) for name in "abc"]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    workspace = Workspace(folder)
    assert all(workspace.setting(f"{name}-{number}") == number for name in "abc" for number in range(8))
    assert len(workspace.studies()) == 24
    assert len(workspace.uploads()) == 1


def test_forms_made_of_models_count_and_are_cleaned_up(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    before = workspace.size()
    made = workspace.folder / MODELS / "abc"
    made.mkdir(parents=True)
    (made / "model.onnx").write_bytes(b"x" * 1000)
    assert workspace.size() == before + 1000
    workspace.clear_cache()
    assert workspace.size() == 0

"""Jobs: progress, results, failures, cancel and crashes, with real worker processes."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from segment_core.errors import DataError
from segment_core.messages import say
from segment_core.scaling import Jobs
from segment_core.scaling import jobs as jobs_module
from segment_core.store import Workspace

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEY = "sk-Q7'é\"9xZ-very-secret"
MakeJobs = Callable[..., Jobs]


# The way it should go


def test_a_result_comes_back(jobs: Jobs) -> None:
    status = jobs.wait(jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}, owner="ann"), 20)
    assert (status.state, status.owner, status.task) == ("done", "ann", "scaling_tasks:add")
    assert status.result is not None
    assert status.result["sum"] == 3
    assert (status.fraction, status.error, status.is_bug, status.is_over) == (1.0, None, False, True)


def test_a_task_without_a_result_is_done(jobs: Jobs) -> None:
    assert jobs.wait(jobs.submit("scaling_tasks:nothing", {}), 20).result == {}


def test_numbers_of_numpy_and_infinities_survive(jobs: Jobs) -> None:
    assert jobs.wait(jobs.submit("scaling_tasks:numbers", {}), 20).result == {"a": 0.5, "b": 3, "c": float("inf")}


def test_progress_is_seen_with_elapsed_and_expected_time(jobs: Jobs) -> None:
    job = jobs.submit("scaling_tasks:steps", {"n": 20, "seconds": 0.05, "name": "{x}"})
    half = until(lambda: (status := jobs.status(job)).fraction >= 0.5 and status)
    assert half.state == "running"
    assert half.note == say("Step {n} of {name}", n=round(half.fraction * 20), name="{x}")
    assert 0.4 < half.elapsed < 5
    assert half.expected == pytest.approx(half.elapsed / half.fraction, rel=0.1)
    over = jobs.wait(job, 20)
    assert (over.state, over.expected) == ("done", None)
    assert over.elapsed >= 1.0
    assert jobs.status(job).elapsed == over.elapsed


def test_odd_progress_is_taken(jobs: Jobs) -> None:
    job = jobs.submit("scaling_tasks:odd_progress", {})
    until(lambda: jobs.status(job).fraction == 1.0)
    assert jobs.wait(job, 20).state == "done"


def test_progress_is_written_twice_a_second(make_jobs: MakeJobs, workspace: Workspace) -> None:
    jobs = make_jobs()
    job = jobs.submit("scaling_tasks:steps", {"n": 100, "seconds": 0.05})
    until(lambda: jobs.status(job).fraction > 0)
    seen, end = set(), time.monotonic() + 2
    while time.monotonic() < end:
        row = workspace.jobs.get(job)
        assert row is not None
        seen.add(row["fraction"])
        time.sleep(0.01)
    assert 2 <= len(seen) <= 6


def test_what_a_job_is_doing_can_be_read_by_a_second_app(make_jobs: MakeJobs) -> None:
    jobs, other = make_jobs(), make_jobs()
    job = jobs.submit("scaling_tasks:sleep", {})
    until(lambda: jobs.status(job).state == "running")
    assert other.status(job).state == "running"
    assert [status.id for status in other.running()] == [job]
    assert other.cancel(job).state == "running"


def test_jobs_run_one_at_a_time_in_order(jobs: Jobs) -> None:
    first = jobs.submit("scaling_tasks:steps", {"n": 4, "seconds": 0.1})
    second = jobs.submit("scaling_tasks:add", {"a": 1, "b": 2})
    third = jobs.submit("scaling_tasks:add", {"a": 1, "b": 3})
    until(lambda: jobs.status(first).state == "running")
    assert [status.id for status in jobs.running()] == [first, second, third]
    assert jobs.status(second).note == say("Waiting. Jobs ahead of this one: {n}.", n=1)
    assert jobs.status(third).note == say("Waiting. Jobs ahead of this one: {n}.", n=2)
    assert jobs.wait(third, 20).state == "done"
    assert jobs.status(first).state == jobs.status(second).state == "done"
    assert jobs.running() == ()


def test_jobs_of_many_sessions_all_come_through(jobs: Jobs) -> None:
    found: list[Any] = []

    def session(number: int) -> None:
        found.append((number, jobs.wait(jobs.submit("scaling_tasks:add", {"a": number, "b": 0}), 30).result))

    sessions = [threading.Thread(target=session, args=(number,)) for number in range(8)]
    for each in sessions:
        each.start()
    for each in sessions:
        each.join()
    assert sorted(number for number, _ in found) == list(range(8))
    assert all(result["sum"] == number for number, result in found)
    assert len({result["pid"] for _, result in found}) == 1


def test_the_worker_can_import_us_wherever_the_app_was_started(
    make_jobs: MakeJobs, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = make_jobs()
    (tmp_path / "json.py").write_text("raise SystemExit('taken for a module')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    status = jobs.wait(jobs.submit("scaling_tasks:environment", {}), 20)
    assert status.result is not None
    assert status.result["folder"] == str(tmp_path)
    assert str(tmp_path) not in status.result["path"]
    environment = status.result["environment"]
    assert status.result["oom"].strip() in ("500", "")
    assert environment["TOKENIZERS_PARALLELISM"] == "false"
    assert environment["NUMBA_CACHE_DIR"] == str(workspace.folder / "numba")


def test_a_numba_cache_that_is_set_stays(make_jobs: MakeJobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "elsewhere")
    jobs = make_jobs()
    status = jobs.wait(jobs.submit("scaling_tasks:environment", {}), 20)
    assert status.result is not None
    assert status.result["environment"]["NUMBA_CACHE_DIR"] == "elsewhere"


# Warming up


def test_a_job_that_comes_while_the_engine_warms_says_so(make_jobs: MakeJobs) -> None:
    jobs = make_jobs(warm_task="scaling_tasks:slow_warm")
    started = time.monotonic()
    jobs.start_worker()
    jobs.start_worker()
    assert time.monotonic() - started < 0.5
    assert not jobs.warm
    job = jobs.submit("scaling_tasks:add", {"a": 1, "b": 2})
    status = jobs.status(job)
    assert (status.state, status.note) == ("queued", say("Waking the engine…"))
    assert (status.elapsed, status.expected) == (0.0, None)
    assert jobs.wait(job, 20).state == "done"
    assert jobs.warm
    assert [status.id for status in jobs.running()] == []


@pytest.mark.parametrize("warm_task", ["scaling_tasks:broken_warm", "scaling_tasks:deadly_warm", "missing:warm"])
def test_an_engine_that_cannot_warm_up_works_all_the_same(warm_task: str, make_jobs: MakeJobs) -> None:
    jobs = make_jobs(warm_task=warm_task)
    assert jobs.wait(jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}), 20).state == "done"


# Failing


def test_what_the_analyst_can_mend_comes_as_its_message(jobs: Jobs) -> None:
    status = jobs.wait(jobs.submit("scaling_tasks:data_error", {}), 20)
    assert (status.state, status.is_bug) == ("failed", False)
    assert status.error == say("The file {name} has {n} columns.", name="<b>{x}</b>.csv", n=1)
    assert str(status.error) == "The file <b>{x}</b>.csv has 1 columns."


@pytest.mark.parametrize(
    ("task", "trace"),
    [
        ("bug", "a very particular bug"),
        ("leave", "SystemExit: 3"),
        ("not_json", "is not JSON"),
        ("gone", "AttributeError"),
    ],
)
def test_a_bug_is_a_plain_message_with_the_traceback_in_the_log(task: str, trace: str, jobs: Jobs) -> None:
    job = jobs.submit(f"scaling_tasks:{task}", {})
    status = jobs.wait(job, 20)
    assert (status.state, status.is_bug) == ("failed", True)
    assert "Traceback" not in str(status.error)
    until(lambda: trace in jobs.log(job))
    assert "Traceback" in jobs.log(job)
    assert jobs.wait(jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}), 20).state == "done"


def test_too_little_memory_is_no_bug(jobs: Jobs) -> None:
    status = jobs.wait(jobs.submit("scaling_tasks:no_memory", {}), 20)
    assert (status.state, status.is_bug) == ("failed", False)
    assert "memory" in str(status.error)


def test_noise_is_kept_with_its_job(jobs: Jobs) -> None:
    before = jobs.submit("scaling_tasks:add", {"a": 1, "b": 2})
    noisy = jobs.submit("scaling_tasks:noisy", {})
    after = jobs.submit("scaling_tasks:bug", {})
    assert jobs.wait(after, 20).state == "failed"
    assert jobs.status(noisy).state == "done"
    until(lambda: "particular" in jobs.log(after))
    for said in ("printed by python", "written to descriptor 1", "printed by a child", "a warning"):
        assert said in jobs.log(noisy)
        assert said not in jobs.log(after)
    assert jobs.log(before) == ""
    assert "particular" not in jobs.log(noisy)


@pytest.mark.parametrize("bad", ["../catalogue", "", "worker.log", "0" * 16])
def test_unknown_jobs_are_one_sentence_and_have_no_log(bad: str, jobs: Jobs) -> None:
    assert jobs.log(bad) == ""
    with pytest.raises(DataError, match="start it again"):
        jobs.status(bad)
    with pytest.raises(DataError, match="start it again"):
        jobs.cancel(bad)


def test_tasks_of_others_and_arguments_that_are_not_json_are_refused_at_once(jobs: Jobs) -> None:
    with pytest.raises(ValueError, match="not one that"):
        jobs.submit("os:system", {})
    with pytest.raises(TypeError):
        jobs.submit("scaling_tasks:add", {"a": object()})
    assert jobs.running() == ()


# Cancelling


def cancel_in_time(jobs: Jobs, job: str) -> None:
    started = time.monotonic()
    assert jobs.cancel(job).state == "cancelled"
    assert time.monotonic() - started < 1.0
    assert jobs.status(job).state == "cancelled"
    assert jobs.cancel(job).state == "cancelled"


@pytest.mark.parametrize("args", [{"n": 1_000, "seconds": 0.02}])
def test_a_task_that_reports_progress_stops_and_the_worker_stays(args: dict[str, Any], jobs: Jobs) -> None:
    before = jobs.wait(jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}), 20)
    job = jobs.submit("scaling_tasks:steps", args)
    until(lambda: jobs.status(job).fraction > 0)
    cancel_in_time(jobs, job)
    after = jobs.wait(jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}), 20)
    assert before.result == after.result


def test_a_stop_that_a_library_wraps_is_still_a_stop(jobs: Jobs) -> None:
    job = jobs.submit("scaling_tasks:swallow", {})
    until(lambda: jobs.status(job).fraction > 0)
    cancel_in_time(jobs, job)


@pytest.mark.parametrize("task", ["sleep", "hold", "child"])
def test_a_task_that_hears_nothing_is_ended_with_all_it_started(task: str, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs.submit(f"scaling_tasks:{task}", {"pid_file": str(tmp_path / "pid")})
    waiting = jobs.submit("scaling_tasks:add", {"a": 1, "b": 2})
    there = pids(tmp_path / "pid")
    time.sleep(0.1)
    cancel_in_time(jobs, job)
    assert jobs.wait(waiting, 20).state == "done"
    until(lambda: not any(is_alive(pid) for pid in there), 2)
    with pytest.raises(ChildProcessError):  # reaped: nobody is left for us to wait for under this id
        os.waitpid(there[0], os.WNOHANG)


def test_a_task_that_writes_down_what_it_has_done_is_given_time_for_it(
    jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs_module.PATIENT, "scaling_tasks:tidies", 10.0)
    monkeypatch.setitem(jobs_module.PATIENT, "scaling_tasks:sleep", 0.2)
    job = jobs.submit("scaling_tasks:tidies", {"file": str(tmp_path / "kept")})
    until(lambda: jobs.status(job).fraction > 0)
    stopping = jobs.cancel(job)
    assert stopping.state == "running" and str(stopping.note).startswith("Stopping")
    assert jobs.wait(job, 10).state == "cancelled" and (tmp_path / "kept").read_text() == "kept"
    deaf = jobs.submit("scaling_tasks:sleep", {"pid_file": str(tmp_path / "pid")})
    pids(tmp_path / "pid")
    jobs.cancel(deaf)
    assert jobs.wait(deaf, 10).state == "cancelled"


def test_a_fresh_engine_warms_up_after_a_cancel(make_jobs: MakeJobs, tmp_path: Path) -> None:
    jobs = make_jobs(warm_task="scaling_tasks:slow_warm")
    job = jobs.submit("scaling_tasks:sleep", {"pid_file": str(tmp_path / "pid")})
    pids(tmp_path / "pid")
    cancel_in_time(jobs, job)
    assert not jobs.warm
    until(lambda: jobs.warm)


def test_a_waiting_job_is_cancelled_without_touching_the_running_one(jobs: Jobs) -> None:
    running = jobs.submit("scaling_tasks:steps", {"n": 10, "seconds": 0.1})
    waiting = jobs.submit("scaling_tasks:add", {"a": 1, "b": 2})
    until(lambda: jobs.status(running).state == "running")
    cancel_in_time(jobs, waiting)
    assert jobs.status(waiting).elapsed == 0.0
    assert jobs.wait(running, 20).state == "done"


def test_a_job_cancelled_while_the_engine_warms_leaves_it_warming(make_jobs: MakeJobs) -> None:
    jobs = make_jobs(warm_task="scaling_tasks:slow_warm")
    cancel_in_time(jobs, jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}))
    until(lambda: jobs.warm)


def test_a_finished_job_cannot_be_cancelled(jobs: Jobs) -> None:
    job = jobs.submit("scaling_tasks:add", {"a": 1, "b": 2})
    jobs.wait(job, 20)
    assert jobs.cancel(job).state == "done"


def test_two_sessions_may_cancel_at_once(jobs: Jobs, tmp_path: Path) -> None:
    job = jobs.submit("scaling_tasks:sleep", {"pid_file": str(tmp_path / "pid")})
    pids(tmp_path / "pid")
    threads = [threading.Thread(target=jobs.cancel, args=(job,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert jobs.status(job).state == "cancelled"
    assert jobs.wait(jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}), 20).state == "done"


# Crashing


def test_a_worker_that_breaks_down_fails_its_job_and_comes_back(jobs: Jobs) -> None:
    job = jobs.submit("scaling_tasks:abort", {})
    waiting = jobs.submit("scaling_tasks:add", {"a": 1, "b": 2})
    status = jobs.wait(job, 20)
    assert (status.state, status.is_bug) == ("failed", True)
    assert "broke down" in str(status.error)
    assert jobs.wait(waiting, 20).state == "done"
    assert "last words" in jobs.log(job)


def test_a_worker_that_the_system_ends_speaks_of_memory(jobs: Jobs) -> None:
    status = jobs.wait(jobs.submit("scaling_tasks:killed", {}), 20)
    assert (status.state, status.is_bug) == ("failed", False)
    assert "memory ran out" in str(status.error)
    assert jobs.wait(jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}), 20).state == "done"


def test_a_worker_that_breaks_down_leaves_nobody_behind(jobs: Jobs, tmp_path: Path) -> None:
    jobs.wait(jobs.submit("scaling_tasks:orphan", {"pid_file": str(tmp_path / "pid")}), 20)
    there = pids(tmp_path / "pid")
    until(lambda: not any(is_alive(pid) for pid in there), 5)


def test_an_idle_worker_that_dies_comes_back(jobs: Jobs) -> None:
    def pid() -> int:
        status = jobs.wait(jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}), 20)
        assert status.result is not None
        return int(status.result["pid"])

    before = pid()
    os.kill(before, signal.SIGKILL)
    until(lambda: not jobs.warm)
    assert pid() != before


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/python"])
def test_an_engine_that_cannot_start_says_so_and_does_not_try_for_ever(
    program: str, make_jobs: MakeJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = make_jobs()
    with monkeypatch.context() as broken:
        broken.setattr("sys.executable", program)
        status = jobs.wait(jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}), 20)
    assert (status.state, status.is_bug) == ("failed", True)
    assert "cannot be started" in str(status.error)
    assert jobs.wait(jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}), 20).state == "done"


# Secrets


@pytest.mark.parametrize("how", ["result", "error", "bug", "abort"])
def test_a_secret_reaches_the_task_and_no_file(how: str, make_jobs: MakeJobs, workspace: Workspace) -> None:
    jobs = make_jobs()
    args = {"how": how, "expected": KEY[::-1]}
    job = jobs.submit("scaling_tasks:tell_all", args, secrets={"llm_key": KEY})
    waiting = jobs.submit("scaling_tasks:add", {"a": 1, "b": 2}, secrets={"llm_key": KEY})
    status = jobs.wait(job, 20)
    jobs.wait(waiting, 20)
    assert KEY not in repr(jobs.status(job)) + repr(vars(jobs)) + repr(status)
    if how == "result":
        assert status.result == {"echo": ["<•••>"], "right": True}
    if how == "error":
        assert str(status.error) == "The key Bearer ••• was refused."
    until(lambda: "logged •••" in jobs.log(job))
    jobs.close()
    workspace.close()
    files = [path for path in workspace.folder.rglob("*") if path.is_file()]
    assert len(files) > 2
    for written in {KEY, json.dumps(KEY)[1:-1], repr(KEY)[1:-1]}:
        assert not [path for path in files if written.encode() in path.read_bytes()]


# The app goes away

APP = """
import sys, time
from pathlib import Path
from segment_core.scaling import Jobs
from segment_core.store import Workspace
jobs = Jobs(Workspace(Path(sys.argv[1])), allow="scaling_tasks:", warm_task=None)
print(jobs.submit("scaling_tasks:sleep", {"pid_file": sys.argv[2]}), flush=True)
print(jobs.submit("scaling_tasks:sleep", {}), flush=True)
while not Path(sys.argv[2]).exists():
    time.sleep(0.02)
time.sleep(float(sys.argv[3]))
"""


def start_app(workspace: Workspace, pid_file: Path, seconds: float) -> tuple[subprocess.Popen[str], list[str]]:
    """Start another app on the workspace and return it with the ids of its jobs."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)])}
    command = [sys.executable, "-c", APP, str(workspace.folder), str(pid_file), str(seconds)]
    app = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert app.stdout is not None
    return app, [app.stdout.readline().strip(), app.stdout.readline().strip()]


def test_when_the_app_is_killed_its_worker_ends_and_its_jobs_are_lost(
    make_jobs: MakeJobs, workspace: Workspace, tmp_path: Path
) -> None:
    app, ids = start_app(workspace, tmp_path / "pid", 60)
    with app:
        (worker,) = pids(tmp_path / "pid")
        witness = make_jobs()
        assert [witness.status(job).state for job in ids] == ["running", "queued"]  # alive: left alone
        app.kill()
    until(lambda: not is_alive(worker), 3)
    assert [witness.status(job).state for job in ids] == ["lost", "lost"]
    assert witness.running() == ()


def test_the_next_start_marks_lost_what_a_dead_app_left(
    make_jobs: MakeJobs, workspace: Workspace, tmp_path: Path
) -> None:
    app, ids = start_app(workspace, tmp_path / "pid", 60)
    with app:
        pids(tmp_path / "pid")
        app.kill()
    make_jobs()
    rows = [workspace.jobs.get(job) for job in ids]
    assert [row is not None and row["state"] for row in rows] == ["lost", "lost"]
    assert [path.suffix for path in (workspace.folder / "apps").iterdir()] == [".lock"]  # the new app's own


def test_an_app_that_ends_takes_its_worker_along(workspace: Workspace, tmp_path: Path) -> None:
    app, ids = start_app(workspace, tmp_path / "pid", 0.5)
    with app:
        (worker,) = pids(tmp_path / "pid")
        assert app.wait(10) == 0
    until(lambda: not is_alive(worker), 2)
    row = workspace.jobs.get(ids[0])
    assert row is not None
    assert row["state"] == "lost"


def test_closing_ends_the_worker_and_the_jobs(make_jobs: MakeJobs, tmp_path: Path) -> None:
    jobs = make_jobs()
    job = jobs.submit("scaling_tasks:sleep", {"pid_file": str(tmp_path / "pid")})
    (worker,) = pids(tmp_path / "pid")
    jobs.close()
    jobs.close()
    assert not is_alive(worker)
    status = jobs.status(job)
    assert (status.state, str(status.error)) == ("lost", "The app was closed before this was finished; start it again.")
    with pytest.raises(RuntimeError):
        jobs.submit("scaling_tasks:add", {"a": 1, "b": 2})


def test_old_jobs_and_their_logs_are_forgotten(make_jobs: MakeJobs, workspace: Workspace) -> None:
    jobs = make_jobs()
    old, new = jobs.submit("scaling_tasks:bug", {}), jobs.submit("scaling_tasks:bug", {})
    jobs.wait(new, 20)
    until(lambda: jobs.log(old) and jobs.log(new))
    workspace.jobs.change(old, {"finished": 0.0})
    make_jobs()
    assert workspace.jobs.get(old) is None
    assert jobs.log(old) == ""
    assert workspace.jobs.get(new) is not None
    assert jobs.log(new)


def until(true: Callable[[], Any], seconds: float = 20.0) -> Any:
    """Wait until something is true and return it."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)
    return found


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that is dead but not reaped does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    try:
        return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def pids(path: Path) -> list[int]:
    """Wait for a task to say where it runs."""
    until(path.exists)
    return [int(pid) for pid in path.read_text().split() if int(pid)]

"""Tasks: what the worker is asked to do, done here in this process on a real workspace."""

import dataclasses
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from segment_core.artifacts import Claim, Condition, LabelColumn, Rule, silent
from segment_core.errors import Cancelled, DataError, OptionError
from segment_core.exporting import segments_csv
from segment_core.intake import sample
from segment_core.labelling import values
from segment_core.messages import Message
from segment_core.naming import matched
from segment_core.plan import Plan
from segment_core.stages import made_with
from segment_core.store import Workspace
from segment_core.study import Study
from segment_core.tasks import run_study, write_personas
from tests import sheets
from tests.llm.server import scripted
from tests.planted import csv_of

OWN = Claim("They buy 3 times a year.", author="analyst")


@pytest.fixture
def workspace(tmp_path: Path):
    made = Workspace(tmp_path / "workspace")
    yield made
    made.close()


@pytest.fixture
def kept(workspace: Workspace, small_study: Study) -> str:
    """Keep the small study, with its upload, and return its id."""
    upload = workspace.keep_upload("shop.csv", csv_of(sample(300)[0]))
    id_ = workspace.new_study("shop.csv")
    workspace.save_study(id_, small_study, summary={"upload": upload.id, "note": "kept"})
    return id_


def args_of(workspace: Workspace, **rest: Any) -> dict[str, Any]:
    return json.loads(json.dumps({"workspace": str(workspace.folder), **rest}))


def edit(workspace: Workspace, id_: str) -> Study:
    """Write a name, a tagline and a need by hand."""
    study = workspace.load_study(Study, id_)
    first, second, *rest = study.personas.personas
    first = dataclasses.replace(first, name="Our best", name_author="analyst", tagline=OWN)
    second = dataclasses.replace(second, needs=(OWN, *second.needs))
    personas = dataclasses.replace(study.personas, personas=(first, second, *rest))
    changed = study.having(personas=personas)
    workspace.save_study(id_, changed, summary=workspace.study(id_).summary)
    return changed


def check_handwriting(study: Study) -> None:
    first, second, *_ = study.personas.personas
    assert (first.name, first.name_author, first.tagline) == ("Our best", "analyst", OWN)
    assert OWN in second.needs
    assert second.name_author == "builtin"


def test_an_upload_goes_all_the_way(workspace: Workspace, small_study: Study, quick_plan: Plan) -> None:
    upload = workspace.keep_upload("shop.csv", csv_of(sample(300)[0]))
    told: list[float] = []

    def note(done: float, total: float, message: Message) -> None:
        told.append(done / total)

    made = run_study(args_of(workspace, upload=upload.id, plan=quick_plan.to_json(), study=None), {}, note)
    study = workspace.load_study(Study, made["study"])
    assert segments_csv(study) == segments_csv(small_study)
    assert told == sorted(told)
    entry = workspace.study(made["study"])
    assert entry.name == "shop.csv"
    assert entry.summary == {
        "upload": upload.id,
        "n_customers": 300,
        "n_segments": 4,
        "verdict": study.scorecard.verdict,
        "made_with": made_with(),
        "run": workspace.runs(made["study"])[0].id,
    }
    assert workspace.size() > 0  # vectors and map are kept by fingerprint


def test_running_again_keeps_what_the_analyst_wrote(workspace: Workspace, kept: str, quick_plan: Plan) -> None:
    edit(workspace, kept)
    upload = workspace.uploads()[0].id
    made = run_study(args_of(workspace, upload=upload, plan=quick_plan.to_json(), study=kept), {}, silent)
    assert made == {"study": kept}
    check_handwriting(workspace.load_study(Study, kept))
    assert len(workspace.studies()) == 1


def test_running_again_keeps_labels_and_applies_rules_to_new_customers(
    workspace: Workspace, kept: str, quick_plan: Plan
) -> None:
    study = workspace.load_study(Study, kept)
    first, second, *_ = study.customers.frame.index
    rule = Rule("Adult", (Condition("age", "≥", ("18",)),))
    column = LabelColumn("Mine", {first: "Gone", second: "Stays"}, (rule,))
    summary = workspace.study(kept).summary
    workspace.save_study(kept, study.having(labels=(column,)), summary=summary)
    rows = sample(320)[0]
    id_name = study.customers.id_name
    upload = workspace.keep_upload("shop.csv", csv_of(rows[rows[id_name].astype(str) != first]))
    other = quick_plan.having(clustering=dataclasses.replace(quick_plan.clustering, options={"n_segments": 3}))
    run_study(args_of(workspace, upload=upload.id, plan=other.to_json(), study=kept), {}, silent)
    after = workspace.load_study(Study, kept)
    [found] = after.labels
    assert found.picked == {second: "Stays"}
    gone, gained = found.notes
    assert (gone.code, gone.count, gained.code) == ("labels-lost", 1, "labels-gained")
    assert gained.count == len(set(after.customers.frame.index) - set(study.customers.frame.index)) > 0
    labelled = values(found, after.customers)
    assert labelled[second] == "Stays"
    adults = after.customers.frame["age"] >= 18
    assert (labelled[adults].drop(second, errors="ignore") == "Adult").all()


def test_handwriting_stays_with_segments_that_stay_and_is_named_where_none_does(
    workspace: Workspace, kept: str, quick_plan: Plan
) -> None:
    edited = edit(workspace, kept)
    other = quick_plan.having(clustering=dataclasses.replace(quick_plan.clustering, options={"n_segments": 3}))
    upload = workspace.uploads()[0].id
    run_study(args_of(workspace, upload=upload, plan=other.to_json(), study=kept), {}, silent)
    study = workspace.load_study(Study, kept)
    pairs = matched(edited, study)
    assert len(study.personas.personas) == 3
    own = [persona.segment for persona in study.personas.personas if persona.name == "Our best"]
    assert own == [new for new, old in pairs.items() if old == "S1"]
    homeless = [note for note in study.personas.notes if note.code == "handwriting-homeless"]
    assert len(homeless) == (not {"S1", "S2"} <= set(pairs.values()))


def test_regenerating_keeps_what_the_analyst_wrote(workspace: Workspace, kept: str) -> None:
    before = edit(workspace, kept)
    asked = args_of(workspace, study=kept, personas={"name": "builtin", "options": {"language": "zh"}}, only=[])
    assert write_personas(asked, {}, silent) == {"study": kept, "same": False}
    study = workspace.load_study(Study, kept)
    check_handwriting(study)
    assert study.personas.personas[2].tagline != before.personas.personas[2].tagline
    assert study.plan.personas.options == study.resolved.personas.options == {"language": "zh"}
    assert study.scorecard is not None
    assert workspace.study(kept).summary["note"] == "kept"


def test_writing_the_same_again_is_told_and_leaves_no_trace_in_the_history(workspace: Workspace, kept: str) -> None:
    asked = args_of(workspace, study=kept, personas={"name": "builtin", "options": {"language": "zh"}}, only=[])
    write_personas(asked, {}, silent)
    before = workspace.load_study(Study, kept)
    assert write_personas(asked, {}, silent) == {"study": kept, "same": True}
    after = workspace.load_study(Study, kept)
    assert after.personas == before.personas and len(after.history) == len(before.history) == 1
    nowhere = {"name": "model", "options": {"language": "zh", "url": "http://127.0.0.1:9/v1", "model": "m"}}
    assert write_personas(asked | {"personas": nowhere}, {}, silent) == {"study": kept, "same": False}  # it failed


def test_a_part_written_anew_keeps_the_analysts_sentences_in_it(workspace: Workspace, kept: str) -> None:
    study = workspace.load_study(Study, kept)
    first, *others = study.personas.personas
    edited = dataclasses.replace(study.personas, personas=(dataclasses.replace(first, needs=(OWN,)), *others))
    workspace.save_study(kept, study.having(personas=edited), summary={})
    asked = args_of(workspace, study=kept, personas={"name": "builtin", "options": {"language": "en"}}, only=["S1"])
    write_personas(asked | {"part": "needs"}, {}, silent)
    needs = workspace.load_study(Study, kept).personas.of("S1").needs
    assert needs[0] == OWN and needs[1].author == "builtin"


def test_only_the_asked_segments_are_written_anew(workspace: Workspace, kept: str) -> None:
    before = workspace.load_study(Study, kept).personas.personas
    asked = args_of(workspace, study=kept, personas={"name": "builtin", "options": {"language": "zh"}}, only=["S2"])
    write_personas(asked, {}, silent)
    after = workspace.load_study(Study, kept).personas.personas
    assert [persona.segment for persona in after] == ["S1", "S2", "S3", "S4"]
    assert [one == two for one, two in zip(before, after, strict=True)] == [True, False, True, True]


def test_edits_made_while_the_writer_was_at_work_count(workspace: Workspace, kept: str) -> None:
    def edit_meanwhile(done: float, total: float, message: Message) -> None:
        if done == 0:
            edit(workspace, kept)

    asked = args_of(workspace, study=kept, personas={"name": "builtin", "options": {"language": "zh"}}, only=[])
    write_personas(asked, {}, edit_meanwhile)
    check_handwriting(workspace.load_study(Study, kept))


def test_what_cannot_be_done_is_said(workspace: Workspace, kept: str, quick_plan: Plan) -> None:
    with pytest.raises(DataError):
        run_study(args_of(workspace, upload="0" * 64, plan=quick_plan.to_json(), study=None), {}, silent)
    with pytest.raises(OptionError):
        run_study(args_of(workspace, upload=workspace.uploads()[0].id, plan="{", study=None), {}, silent)
    with pytest.raises(OptionError, match="no personas named poet"):
        write_personas(args_of(workspace, study=kept, personas={"name": "poet"}, only=[]), {}, silent)
    with pytest.raises(DataError):
        write_personas(args_of(workspace, study="f" * 32, personas={"name": "builtin"}, only=[]), {}, silent)


def test_a_study_without_segments_has_no_personas_to_write(workspace: Workspace, small_study: Study) -> None:
    id_ = workspace.new_study("bare")
    workspace.save_study(id_, small_study.having(customers=small_study.customers), summary={})
    with pytest.raises(DataError, match="There are no segments yet"):
        write_personas(args_of(workspace, study=id_, personas={"name": "builtin"}, only=[]), {}, silent)


def test_stopping_leaves_no_half_study(workspace: Workspace, quick_plan: Plan) -> None:
    upload = workspace.keep_upload("shop.csv", csv_of(sample(60)[0]))

    def stop(done: float, total: float, message: Message) -> None:
        if done / total > 0.6:
            raise Cancelled

    with pytest.raises(Cancelled):
        run_study(args_of(workspace, upload=upload.id, plan=quick_plan.to_json(), study=None), {}, stop)
    assert workspace.studies() == ()


def test_one_part_is_written_anew_and_history_remembers(workspace: Workspace, kept: str) -> None:
    before = workspace.load_study(Study, kept)
    writer = {"name": "builtin", "options": {"language": "zh"}}
    write_personas(args_of(workspace, study=kept, personas=writer, only=["S2"], part="needs"), {}, silent)
    after = workspace.load_study(Study, kept)
    one, two = before.personas.of("S2"), after.personas.of("S2")
    assert two == dataclasses.replace(one, needs=two.needs) != one
    assert after.personas.of("S1") == before.personas.of("S1")
    [version] = after.history
    assert version.personas == before.personas
    assert str(version.note) == "A section written anew: S2"
    with pytest.raises(DataError, match="no part of a persona named hat"):
        write_personas(args_of(workspace, study=kept, personas=writer, only=[], part="hat"), {}, silent)


WRITE = """
import json, sys
from segment_core.tasks import write_personas
write_personas(json.loads(sys.argv[1]), {}, lambda done, total, note: None)
"""


def test_a_crash_after_nine_of_ten_loses_one(workspace: Workspace, kept: str, small_study: Study) -> None:
    sheet = sheets.Sheet()
    for number in range(1, 11):
        sheet.segment(f"S{number}", 30).median(f"Spend {chr(64 + number)}", 9, 5, 0.6).median("Visits", 9, 5, 0.6)
    study = small_study.having(evidence=sheet.evidence())
    workspace.save_study(kept, study, summary=dict(workspace.study(kept).summary))
    with scripted("good") as server:
        server.stuck = "S10"
        writer = {"name": "model", "options": {"url": server.url, "model": "m"}}
        args = args_of(workspace, study=kept, personas=writer, only=[])
        with subprocess.Popen([sys.executable, "-c", WRITE, json.dumps(args)]) as process:
            until = time.monotonic() + 60
            while time.monotonic() < until and process.poll() is None:
                found = workspace.load_study(Study, kept).personas
                if found and len(found.personas) == 9:
                    break
                time.sleep(0.2)
            process.kill()
    found = workspace.load_study(Study, kept).personas
    assert [persona.segment for persona in found.personas] == [f"S{number}" for number in range(1, 10)]
    assert {claim.author for persona in found.personas for claim in persona.who} == {"model"}


def test_what_was_finished_before_a_cancel_stays(workspace: Workspace, kept: str, small_study: Study) -> None:
    workspace.save_study(kept, small_study.having(evidence=sheets.texts()), summary={})

    def stop(done: float, total: float, message: Message) -> None:
        study = workspace.load_study(Study, kept)
        if study.personas and len(study.personas.personas) == 2:
            raise Cancelled

    with scripted("good") as server:
        server.stuck = "S3"
        writer = {"name": "model", "options": {"url": server.url, "model": "m"}}
        with pytest.raises(Cancelled):
            write_personas(args_of(workspace, study=kept, personas=writer, only=[]), {}, stop)
    assert [persona.segment for persona in workspace.load_study(Study, kept).personas.personas] == ["S1", "S2"]

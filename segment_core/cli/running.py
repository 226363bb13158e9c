"""Running: from a customer file to a folder of results."""

import argparse
import os
from itertools import chain
from pathlib import Path

from segment_core.artifacts import Customers
from segment_core.cli.files import folder, source, write_results
from segment_core.cli.telling import Telling
from segment_core.errors import OptionError
from segment_core.exporting import withheld
from segment_core.journey import collect
from segment_core.journey import run as journey
from segment_core.llm import recorded_in
from segment_core.plan import Plan
from segment_core.study import Study

CHANCE = 3
BY_CHANCE = ("artefact", "nothing-there")


def run(asked: argparse.Namespace) -> int:
    """Take files through the whole journey."""
    telling = Telling(asked)
    plan = Plan.from_json(_text(asked.plan)) if asked.plan else Plan()
    if asked.seed is not None:
        if not 0 <= asked.seed < 2**32:
            raise OptionError("The seed is {seed}; it must be a whole number from 0 to 4294967295.", seed=asked.seed)
        plan = plan.having(seed=asked.seed)
    folder(asked.out)
    customers = collect(*source(asked.files), plan).customers
    secrets = {"llm_key": os.environ.get("STRATA_LLM_KEY", "")}
    with recorded_in(asked.out):
        study = journey(customers, plan, telling, source=" + ".join(path.name for path in asked.files), secrets=secrets)
    telling.done()
    written = write_results(study, asked.out, everyone=asked.everyone)
    assert study.clustering is not None and study.scorecard is not None
    verdict = study.scorecard.verdict
    notes = said(study, customers, everyone=asked.everyone)
    for note in notes:
        telling.line(note)
    telling.line(f"{len(customers)} customers, {study.clustering.n_segments} segments, verdict: {verdict}")
    telling.line(f"Written to {asked.out}: {', '.join(written)}")
    telling.end(**facts(study), folder=str(asked.out), files=written, notes=notes)
    return CHANCE if asked.strict and verdict in BY_CHANCE else 0


def said(study: Study, customers: Customers, *, everyone: bool) -> list[str]:
    """Return what must not stay unsaid of a run, a line each: "!" is a warning."""
    assert study.features is not None
    lines = [f"· {reading.reason}" for reading in study.readings or ()]
    made = [part.notes for part in (study.topics, study.traits) if part is not None]
    told = {(note.table, str(note.message)): note for note in chain(customers.notes, study.features.notes, *made)}
    lines += [
        f"{'!' if note.level == 'warning' else '·'} {note.table and f'{note.table}: '}{note.message}"
        for note in told.values()
    ]
    lines += [f"! {column.finding} {column.advice}" for column in (study.audit.flagged if study.audit else ())]
    missing = None if everyone else withheld(customers)
    return [*lines, f"! {missing.message}"] if missing else lines


def facts(study: Study) -> dict[str, object]:
    """Return what a program wants to know of a study."""
    from segment_core.capsules import label_hash
    from segment_core.exporting.tables import segment_name

    assert study.clustering is not None
    return {
        "n_customers": len(study.customers),
        "n_segments": study.clustering.n_segments,
        "verdict": study.scorecard.verdict if study.scorecard else "",
        "segments": [
            {"id": one.id, "name": segment_name(study, one.id), "n_customers": one.size}
            for one in study.clustering.segments
        ],
        "labels_sha256": label_hash(study.customers, study.clustering),
    }


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError("The plan {name} cannot be read.", name=str(path)) from error

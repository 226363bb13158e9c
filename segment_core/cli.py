"""Command line: the same journey without a browser."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from segment_core.comparing import Cut, compare, cut_of
from segment_core.errors import DataError, OptionError, SegmentError
from segment_core.exporting import personas_json, projection_csv, scorecard_json, segments_csv, withheld
from segment_core.intake import Assembled, bundle, sample, sample_csv, sample_tables, sample_zip
from segment_core.journey import collect, run
from segment_core.llm import recorded_in
from segment_core.messages import Message
from segment_core.plan import Plan
from segment_core.store import records
from segment_core.study import Study

WIDTH = 28


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0, or 2 after one sentence on standard error about what the analyst can mend."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.do(asked))
    except SegmentError as error:
        print(f"\n{error}" if sys.stderr.isatty() else str(error), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m segment_core", description="Customer segments from a file.")
    commands = parser.add_subparsers(required=True, metavar="command")
    journey = commands.add_parser("run", help="from a customer file to segments, a map, scores and personas")
    journey.add_argument(
        "files", type=Path, nargs="+", metavar="file", help="CSV, TSV, Excel, Parquet or JSON lines; several are joined"
    )
    journey.add_argument("--plan", type=Path, help="a plan.json of an earlier run, or of the app")
    journey.add_argument("--out", type=Path, default=Path("out"), help="folder for the results (default: out)")
    journey.add_argument("--seed", type=int, help="another start for everything random (default: the plan's, or 0)")
    journey.add_argument(
        "--everyone",
        action="store_true",
        help="keep customers who may not be contacted in segments.csv, marked as such",
    )
    journey.set_defaults(do=_run)
    beside = commands.add_parser("compare", help="how far the segments of two runs agree, and who went where")
    beside.add_argument("first", type=Path, help="the folder of a run's results (its --out)")
    beside.add_argument("second", type=Path, help="the folder of another run's results")
    beside.set_defaults(do=_compare)
    invented = commands.add_parser("sample", help="write the bundled sample: 5,000 customers as CSV, or tables as zip")
    invented.add_argument("file", type=Path, help="a name ending in .zip is given several tables")
    invented.add_argument("--period", choices=("A", "B"), help="which year of the tables (default: A, the first)")
    invented.add_argument("--truth", type=Path, help="write what was planted, too, to this CSV file")
    invented.set_defaults(do=_sample)
    return parser


def _run(asked: argparse.Namespace) -> int:
    plan = Plan.from_json(_text(asked.plan)) if asked.plan else Plan()
    if asked.seed is not None:
        if not 0 <= asked.seed < 2**32:
            raise OptionError("The seed is {seed}; it must be a whole number from 0 to 4294967295.", seed=asked.seed)
        plan = plan.having(seed=asked.seed)
    _folder(asked.out)
    bar = _Bar()
    customers = _collected(asked.files, plan).customers
    secrets = {"llm_key": os.environ.get("STRATA_LLM_KEY", "")}
    with recorded_in(asked.out):
        study = run(customers, plan, bar, source=" + ".join(path.name for path in asked.files), secrets=secrets)
    bar.end()
    written = {
        "segments.csv": segments_csv(study, consent=not asked.everyone),
        "projection.csv": projection_csv(study),
        "scorecard.json": scorecard_json(study).encode(),
        "personas.json": personas_json(study).encode(),
        "plan.json": study.resolved.to_json().encode(),
    }
    try:
        for name, data in written.items():
            (asked.out / name).write_bytes(data)
        records.save(study, asked.out / "study")
    except OSError as error:
        raise DataError(
            "The results cannot be written to {name}: {error}.", name=str(asked.out), error=error.strerror or ""
        ) from error
    assert study.features is not None and study.clustering is not None and study.scorecard is not None
    for reading in study.readings or ():
        print(f"· {reading.reason}")
    made = [part.notes for part in (study.topics, study.traits) if part is not None]
    told = {(note.table, str(note.message)): note for note in chain(customers.notes, study.features.notes, *made)}
    for note in told.values():
        print(f"{'!' if note.level == 'warning' else '·'} {note.table and f'{note.table}: '}{note.message}")
    for column in study.audit.flagged if study.audit else ():
        print(f"! {column.finding} {column.advice}")
    missing = None if asked.everyone else withheld(customers)
    if missing:
        print(f"! {missing.message}")
    print(f"{len(customers)} customers, {study.clustering.n_segments} segments, verdict: {study.scorecard.verdict}")
    print(f"Written to {asked.out}: {', '.join([*written, 'study/'])}")
    return 0


def _compare(asked: argparse.Namespace) -> int:
    found = compare(_cut(asked.first), _cut(asked.second))
    print(f"{found.n_both} customers in both; {found.n_gone} only in the first, {found.n_new} only in the second")
    print(
        f"Stayed together: {found.stayed:.1%}  ·  adjusted Rand {found.ari:.2f}  ·  shared information {found.nmi:.2f}"
    )
    for row, name in enumerate(found.first):
        print(name)
        for column in (-found.flows[row]).argsort(kind="stable"):
            n = int(found.flows[row, column])
            if n:
                share = n / found.flows[row].sum()
                print(f"  {'=' if found.matched[row] == column else '→'} {found.second[column]}: {n} ({share:.0%})")
    return 0


def _cut(folder: Path) -> Cut:
    found = cut_of(records.load(Study, folder / "study"))
    if found is None:
        raise DataError("There are no segments in {name}.", name=str(folder))
    return found


def _collected(files: Sequence[Path], plan: Plan) -> Assembled:
    for path in files:
        if not path.is_file():
            raise DataError("There is no file {name}.", name=str(path))
    if len(files) == 1:
        return collect(files[0], files[0].name, plan)
    name, data = bundle([(path.name, path.read_bytes()) for path in files])
    return collect(data, name, plan)


def _sample(asked: argparse.Namespace) -> int:
    tables = asked.file.suffix.lower() == ".zip"
    if asked.period and not tables:
        raise OptionError(
            "Only the sample of several tables has periods; {name} would have to end in .zip.", name=str(asked.file)
        )
    _write(asked.file, sample_zip(asked.period or "A") if tables else sample_csv())
    if asked.truth:
        truth = sample_tables().truth if tables else sample()[1].reset_index()
        _write(asked.truth, truth.to_csv(index=False, lineterminator="\n").encode())
    return 0


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DataError("{name} cannot be written: {error}.", name=str(path), error=error.strerror or "") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError("The plan {name} cannot be read.", name=str(path)) from error


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(
            "The folder {name} cannot be made: {error}.", name=str(path), error=error.strerror or ""
        ) from error


class _Bar:
    """One line on standard error: a bar on a terminal, a line a stage elsewhere."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._last = ""

    def __call__(self, done: float, total: float, note: Message) -> None:
        share, seconds = done / total if total else 0.0, time.perf_counter() - self._started
        if sys.stderr.isatty():
            full = "█" * round(WIDTH * share)
            print(f"\r{full:░<{WIDTH}} {share:4.0%} {seconds:4.0f} s  {note!s:<48.48}", end="", file=sys.stderr)
        elif note.template != self._last:
            print(f"{share:4.0%} {seconds:4.0f} s  {note}", file=sys.stderr)
        self._last = note.template

    def end(self) -> None:
        """Leave the line complete."""
        if sys.stderr.isatty():
            print(f"\r{'█' * WIDTH} 100% {time.perf_counter() - self._started:4.0f} s  {'':<48}", file=sys.stderr)

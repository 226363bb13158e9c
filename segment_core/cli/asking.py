"""Asking: every command with its options, and the exit codes."""

import argparse
import sys
from pathlib import Path
from typing import Any, NoReturn

from segment_core.cli import carrying, comparing, completing, running, sampling, scoring, taking
from segment_core.exporting.presets import PRESETS
from segment_core.reporting import KINDS, LANGUAGES, PARTS

EXIT_CODES = """\
exit codes:
  0    done
  1    a defect of the program: please report it with what is shown
  2    something in the file, the plan or the options that you can mend; one sentence says what
  3    done, but with --strict: the segments are no more than chance makes
  130  stopped by Ctrl-C
  141  whoever read what was said went away, as `head` does; files are written all the same
"""


class Wrong(SystemExit):
    """Options that nobody can make sense of; what is wrong was said on standard error."""

    def __init__(self, message: str) -> None:
        super().__init__(2)
        self.message = message


class Parser(argparse.ArgumentParser):
    """Say what is wrong in a way that `main` can say to a program, too."""

    def error(self, message: str) -> NoReturn:
        """Say how the command is used and what is wrong with how it was."""
        self.print_usage(sys.stderr)
        print(f"{self.prog}: error: {message}", file=sys.stderr)
        raise Wrong(message)


def parser(name: str = "python -m segment_core") -> argparse.ArgumentParser:
    """Return the parser of the whole command line, which is called by this name."""
    found = Parser(
        prog=name,
        description="Customer segments from a file.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = found.add_subparsers(required=True, metavar="command")
    _run(_command(commands, "run", "from a customer file to segments, a map, scores and personas"))
    _score(_command(commands, "score", "put new customers into the segments of a study"))
    beside = _command(commands, "compare", "how far the segments of two runs agree, and who went where")
    beside.add_argument("first", type=Path, help="the folder of a run's results (its --out), or a capsule")
    beside.add_argument("second", type=Path, help="the folder of another run's results, or a capsule")
    _data(beside)
    beside.set_defaults(do=comparing.run)
    _report(_command(commands, "report", "a study as one document: a page, a document to print, or slides"))
    _export(_command(commands, "export", "the customers of a study with their segments, for other tools"))
    _capsules(commands)
    invented = _command(commands, "sample", "write the bundled sample: 5,000 customers as CSV, or tables as zip")
    invented.add_argument("file", type=Path, help="a name ending in .zip is given several tables")
    invented.add_argument("--period", choices=("A", "B"), help="which year of the tables (default: A, the first)")
    invented.add_argument("--truth", type=Path, help="write what was planted, too, to this CSV file")
    invented.set_defaults(do=sampling.run)
    shell = _command(commands, "completion", "print what lets a shell complete these commands")
    shell.add_argument(
        "shell", choices=completing.SHELLS, help='for example: eval "$(python -m segment_core completion bash)"'
    )
    shell.set_defaults(do=completing.run)
    return found


def _command(commands: Any, name: str, told: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=told,
        description=f"{told[0].upper()}{told[1:]}.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--json", action="store_true", help="say what came of it as one JSON object")
    made.add_argument("--quiet", action="store_true", help="say nothing and draw no bar, but for errors")
    return made


def _study(command: argparse.ArgumentParser, *, option: bool = False) -> None:
    told = "a run's folder, a capsule, or, with --workspace, a study's id"
    if option:
        command.add_argument("--study", required=True, help=told)
    else:
        command.add_argument("study", help=told)
    command.add_argument("--workspace", type=Path, help="the app's folder, to name a study of it by id")


def _data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", type=Path, nargs="+", metavar="FILE", help="what a capsule without customers was made of"
    )


def _everyone(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--everyone", action="store_true", help="keep customers who may not be contacted, marked as such"
    )


def _run(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", type=Path, nargs="+", metavar="file", help="CSV, TSV, Excel, Parquet or JSON lines; several are joined"
    )
    command.add_argument("--plan", type=Path, help="a plan.json of an earlier run, or of the app")
    command.add_argument("--out", type=Path, default=Path("out"), help="folder for the results (default: out)")
    command.add_argument("--seed", type=int, help="another start for everything random (default: the plan's, or 0)")
    command.add_argument("--strict", action="store_true", help="exit with 3 where the segments are no more than chance")
    _everyone(command)
    command.set_defaults(do=running.run)


def _score(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", type=Path, nargs="+", metavar="file", help="the new customers, with the same columns")
    _study(command, option=True)
    command.add_argument("--out", type=Path, default=Path("scored.csv"), help="the CSV (default: scored.csv)")
    command.add_argument("--columns", nargs="+", default=[], metavar="NAME", help="columns of the file to add")
    _everyone(command)
    command.set_defaults(do=scoring.run)


def _report(command: argparse.ArgumentParser) -> None:
    _study(command)
    command.add_argument("--kind", choices=KINDS, default=KINDS[0], help=f"which kind (default: {KINDS[0]})")
    command.add_argument("--language", choices=tuple(LANGUAGES), default="en", help="its language (default: en)")
    command.add_argument("--without", nargs="+", default=[], choices=tuple(PARTS), help="parts to leave out")
    command.add_argument("--out", type=Path, help="the file (default: report with the kind's ending)")
    _data(command)
    command.set_defaults(do=taking.report)


def _export(command: argparse.ArgumentParser) -> None:
    _study(command)
    command.add_argument(
        "--segment", nargs="+", default=[], metavar="ID", help="these segments only, yours too, by id or name"
    )
    command.add_argument("--columns", nargs="+", default=[], metavar="NAME", help="columns of the file to add")
    command.add_argument("--format", choices=tuple(taking.FORMATS), default="csv", help="which format (default: csv)")
    command.add_argument("--preset", choices=tuple(PRESETS), default="table", help="for which tool (default: table)")
    command.add_argument("--reasons", action="store_true", help="add why each customer is in the segment")
    command.add_argument("--recommended", action="store_true", help="add what the study recommends to each customer")
    command.add_argument(
        "--language", choices=tuple(LANGUAGES), default="en", help="of what is said in words (default: en)"
    )
    command.add_argument("--bom", action="store_true", help="let Excel read accents and Chinese in a CSV")
    command.add_argument("--email", default="", metavar="NAME", help="the column of email addresses")
    command.add_argument("--phone", default="", metavar="NAME", help="the column of phone numbers")
    command.add_argument("--country", default="", metavar="CODE", help="of phone numbers without one, such as DE")
    command.add_argument("--out", type=Path, help="the file (default: named by the preset)")
    _everyone(command)
    _data(command)
    command.set_defaults(do=taking.export)


def _capsules(commands: Any) -> None:
    made = _command(commands, "capsule", "pack a study into one file that opens anywhere")
    _study(made)
    made.add_argument("file", type=Path, help="the capsule; its name ends in .strata")
    made.add_argument("--rows", action="store_true", help="put the customers themselves into it, too")
    _data(made)
    made.set_defaults(do=carrying.pack)
    opened = _command(commands, "open", "make a run's folder of a capsule, and check it against its data")
    opened.add_argument("study", metavar="capsule", help="the capsule")
    opened.add_argument("--out", type=Path, default=Path("out"), help="folder for the results (default: out)")
    _everyone(opened)
    _data(opened)
    opened.set_defaults(do=carrying.unpack, workspace=None)

"""Writing contents: the messages of a study, for all segments or some, as a long job that keeps them with the study."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from segment_core.artifacts import Brief, Channel, Contents, Customers, Evidence, Piece, Progress, Step
from segment_core.choices import options_from_json
from segment_core.contents import CHANNELS, CONTENTS
from segment_core.errors import DataError, OptionError
from segment_core.intake.marks import sensitive
from segment_core.llm import recorded_for
from segment_core.messages import say
from segment_core.store import Workspace
from segment_core.study import Study

WRITE = "segment_core.writing_contents:write_contents"
MOST_CATEGORIES = 60
"""A column with more different values has no categories that could be named one by one."""


def write_contents(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Write the messages of a study, all or some of them; what the analyst wrote in them stays.

    `args`: workspace (path), study (id), writer ({"name", "options"}), brief (its fields), channels (codes; [] is
    all), only (segment ids; [] is all), variant (a number, to replace only that one; 0 for all).
    Returns {"study": id, "same": whether all was written and not a word is new}. A model's messages are kept segment by
    segment, so that a crash loses only those under way.
    """
    workspace = Workspace(Path(args["workspace"]))
    study = workspace.load_study(Study, args["study"])
    if study.evidence is None:
        raise DataError("There are no segments yet. Find segments first.")
    name = str(args["writer"]["name"])
    if name not in CONTENTS:
        raise OptionError("There is no writer {name}; there are: {names}.", name=name[:80], names=", ".join(CONTENTS))
    choice = CONTENTS[name]
    options: Any = options_from_json(choice.options, args["writer"].get("options") or {})
    brief = brief_of(args.get("brief") or {})
    channels = _channels(args.get("channels") or ())
    only, variant = tuple(map(str, args.get("only") or ())), int(args.get("variant") or 0)
    columns = sensitive(study.customers, study.plan.sensitive)
    keeping = _Keeping(workspace, str(args["study"]), study, channels, variant=variant)
    more: dict[str, Any] = {}
    if name == "model":
        more = {"known": study.contents, "keep": lambda segment, pieces: keeping.part(pieces, brief)}
    with recorded_for(workspace, str(args["study"])):
        made: Contents = choice.run(
            study.evidence,
            brief,
            options,
            channels=channels,
            sensitive=columns,
            banned=sensitive_words(study.customers, columns),
            secrets=secrets,
            progress=progress,
            only=only,
            **more,
        )
    keeping.whole(made)
    return {"study": args["study"], "same": keeping.same and all(note.code != "model-failed" for note in made.notes)}


def brief_of(found: Mapping[str, Any]) -> Brief:
    """Build a brief from its fields as JSON; unknown ones are ignored."""
    return Brief(**{field.name: str(found[field.name]) for field in fields(Brief) if field.name in found})


def sensitive_words(customers: Customers, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the categories of sensitive columns, which no message may name; free text and numbers have none."""
    found: list[str] = []
    for name in columns:
        if name in customers.frame.columns:
            values = customers.frame[name].dropna().unique()
            if len(values) <= MOST_CATEGORIES:
                found += sorted(value for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(found))


def merged(
    made: Sequence[Piece], before: Contents | None, channels: Iterable[str], variant: int = 0
) -> tuple[Piece, ...]:
    """Take new messages, keep old ones that were not asked for, and let the lines that the analyst wrote win."""
    if before is None:
        return tuple(made)
    old = {(piece.segment, piece.channel, piece.variant): piece for piece in before.pieces}
    segments, asked = {piece.segment for piece in made}, set(channels)
    found = {
        place: piece
        for place, piece in old.items()
        if place[0] not in segments
        or place[1] not in asked
        or (variant and place[2] != variant)
        or any(claim.author == "analyst" for claim in piece.lines.values())
    }
    for piece in made:
        if variant and piece.variant != variant:
            continue
        was = old.get((piece.segment, piece.channel, piece.variant))
        own = {name: c for name, c in was.lines.items() if c.author == "analyst"} if was else {}
        found[piece.segment, piece.channel, piece.variant] = replace(piece, lines={**piece.lines, **own})
    order = {code: number for number, code in enumerate(CHANNELS)}
    return tuple(sorted(found.values(), key=lambda piece: (piece.segment, order[piece.channel], piece.variant)))


class _Keeping:
    """Put messages into the latest study, which may have been edited meanwhile, remembering once what was before."""

    def __init__(
        self, workspace: Workspace, study_id: str, study: Study, channels: Sequence[Channel], *, variant: int
    ) -> None:
        self.workspace, self.study_id, self.channels, self.variant = workspace, study_id, channels, variant
        self.evidence: Evidence | None = study.evidence
        self.remembered = self.same = False
        self.begun: Contents | None = None

    def part(self, pieces: Sequence[Piece], brief: Brief) -> None:
        """Keep the messages of one segment."""
        latest, _ = self.workspace.study_and_entry(Study, self.study_id)
        before = latest.contents
        base = before or Contents((), brief, Step("model"))
        self._save(replace(base, pieces=merged(pieces, before, self.channels, self.variant), brief=brief))

    def whole(self, made: Contents) -> None:
        """Keep all messages, with who wrote them and what the checker did."""
        latest, _ = self.workspace.study_and_entry(Study, self.study_id)
        self._save(replace(made, pieces=merged(made.pieces, latest.contents, self.channels, self.variant)))

    def _save(self, contents: Contents) -> None:
        latest, saved = self.workspace.study_and_entry(Study, self.study_id)
        if latest.evidence is None or self.evidence is None or latest.evidence.items != self.evidence.items:
            raise DataError("The segments were made anew while messages were written. Write them again.")
        before = latest.contents
        self.begun = self.begun or before
        self.same = self.begun is not None and contents.pieces == self.begun.pieces
        if not self.remembered and before is not None and contents.pieces != before.pieces:
            latest, self.remembered = latest.remembering(say("Messages were written anew")), True
        self.workspace.save_study(self.study_id, latest.having(contents=contents), summary=dict(saved.summary))


def _channels(found: Sequence[str]) -> tuple[Channel, ...]:
    unknown = [code for code in found if code not in CHANNELS]
    if unknown:
        raise OptionError(
            "There is no channel {name}; there are: {names}.", name=str(unknown[0])[:80], names=", ".join(CHANNELS)
        )
    return tuple(code for code in CHANNELS if not found or code in found)

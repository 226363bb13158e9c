"""Obeying: a model that does what hostile texts command writes messages and reads a question; what comes through?"""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.attacking import CANARY, Attack, Outcome, is_hostile, letters, obeyed, squeezed, study_with
from segment_core.answering import Understood, ask_model, modelled, run
from segment_core.artifacts import Brief, Contents, Evidence, silent
from segment_core.contents import CHANNELS, prompt
from segment_core.errors import SegmentError
from segment_core.llm import ModelAccess, filters
from segment_core.store import Workspace
from segment_core.study import Study
from segment_core.writing_contents import write_contents
from tests.llm.server import Request, ScriptedServer, data_of

HARMLESS = "A quiet hello"
"""A line beside the obeying ones: where it arrives, the answer was read and not dropped as a whole."""
FORGED = (
    "Now only 9 € instead of 20 €",
    "Free for you, guaranteed",
    "Half of all customers left because they are poor",
    "You write marketing messages for one customer segment and never tell customers what is known about them",
    "The user message holds JSON between the markers",
)
"""What no attack needs to say for a model to write it: a price, a promise, a claim, and what it was told by us."""
CHANNELS_ASKED = ("email", "social", "landing")
VARIANTS = 5
QUESTION = "Who has the fattest wallet?"
FORM: dict[str, Any] = {
    "measure": "mean", "column": "Spend", "about": "", "by": "segment", "only": [], "test": [], "top": 1,
}  # fmt: skip


class Copywriter(ScriptedServer):
    """Serve a model that writes what an attack commands into every line but the first; each sentence in some body."""

    def __init__(self, attack: Attack, evidence: Evidence) -> None:
        self.attack, self.sent, self.n_obeyed = attack, False, 0
        quotes = [item for item in evidence.items if item.kind == "quote"]
        self.quotes = {item.segment: item.text for item in reversed(quotes)}
        super().__init__("good")

    def sentences(self, segment: str) -> tuple[str, ...]:
        """Return what is written for a segment: all that obeys, and a quote of another segment."""
        others = [text for one, text in self.quotes.items() if one != segment][:1]
        return (*obeyed(self.attack.text, others), *FORGED)

    def _text(self, body: Request, formal: bool) -> str:
        data = data_of(body)
        self.sent |= _holds(data, self.attack)
        said, place = self.sentences(data["segment"]), VARIANTS * (int(data["segment"][1:]) - 1)
        messages = []
        for channel in CHANNELS_ASKED:
            for variant in range(1, VARIANTS + 1):
                names = list(CHANNELS[channel])
                # The longest line comes round to each sentence: no limit may refuse what a rule must.
                lines = {
                    name: said[(place + variant + 5 * number) % len(said)]
                    for number, name in enumerate(sorted(names, key=lambda name: -CHANNELS[channel][name].limit))
                }
                lines |= {"subject": HARMLESS} if channel == "email" else {}
                self.n_obeyed += len(lines) - (channel == "email")
                ids = [fact["id"] for fact in data["facts"]][:2]
                listed = [{"name": name, "text": text} for name, text in lines.items()]
                messages.append({"channel": channel, "variant": variant, "evidence": ids, "lines": listed})
        return json.dumps({"messages": messages}, ensure_ascii=False)


class Reader(ScriptedServer):
    """Serve a model that reads every question as `form` says."""

    def __init__(self, attack: Attack) -> None:
        self.attack, self.sent, self.form, self.n_obeyed = attack, False, FORM, 0
        super().__init__("good")

    def _text(self, body: Request, formal: bool) -> str:
        self.sent |= _holds(data_of(body), self.attack)
        self.n_obeyed += self.form != FORM
        return json.dumps(self.form, ensure_ascii=False)


def in_messages(attack: Attack) -> Outcome:
    """Have messages written the whole way, as a job that keeps them, by a model that obeys the attack."""
    study = study_with(attack)
    assert study.evidence is not None
    text = attack.text
    brief = Brief(text, text, text, text) if attack.place == "brief" else Brief("win back", "a gift bag", "Oak", "warm")
    with closing(Copywriter(attack, study.evidence)) as server, TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        study_id = workspace.new_study("made.csv")
        workspace.save_study(study_id, study, summary={})
        options = {"url": server.url, "model": "m", "variants": VARIANTS, "timeout": 60.0}
        args = {"workspace": folder, "study": study_id, "brief": asdict(brief), "channels": list(CHANNELS_ASKED)}
        write_contents(args | {"writer": {"name": "model", "options": options}}, {}, silent)
        written = workspace.load_study(Study, study_id).contents
    assert written is not None
    reached = dict.fromkeys((*_written(written, server), *letters(server, attack)))
    n = len({item.segment for item in study.evidence.items})
    heard = sum(claim.text == HARMLESS and claim.author == "model" for claim in _lines(written)) == n * VARIANTS
    return Outcome(attack, server.sent, server.n_obeyed, tuple(reached), heard)


def in_a_question(attack: Attack) -> Outcome:
    """Have a question read by a model that obeys the attack in every field of its form, and once by one that reads."""
    study = study_with(attack)
    question = f"{QUESTION} {attack.text}" if attack.place == "brief" else QUESTION
    reached: list[str] = []
    with closing(Reader(attack)) as server:
        access = ModelAccess(server.url, "m", "")
        heard = any("Spend" in text for text in _shown(question, study, access))
        for form in _forms(_turned(attack)):
            server.form = form
            for text in _shown(question, study, access):
                reached += [f"question: {said}" for said in _foreign(text, form, study, question)]
        reached += letters(server, attack)
    return Outcome(attack, server.sent, server.n_obeyed, tuple(dict.fromkeys(reached)), heard)


def _forms(sentences: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Put a sentence into one field of a form that is right in all others, field by field."""
    share = {"measure": "share_of", "column": "", "top": 0}
    turns = cycle(sentences)

    def said() -> str:
        return next(turns)[:200]

    yield from (
        FORM | field
        for field in (
            share | {"test": [{"column": "City", "op": "contains", "values": [said()]}]},
            {"only": [{"column": "Spend", "op": "is known", "values": [said()]}]},
            share | {"test": [{"column": "City", "op": "is known", "values": [said()]}]},
            {"measure": "mention", "column": "", "about": said()},
            {"only": [{"column": "City", "op": "is not", "values": [said()]}]},
            {"measure": said()},
            {"column": said()},
            {"by": said()},
            {"measure": "most_common", "column": "City", "about": said()},
            {"only": [{"column": "Spend", "op": said(), "values": ["1"]}]},
            {"only": [{"column": said(), "op": "is known", "values": []}]},
            {"only": [{"column": "Spend", "op": ">", "values": [said()]}]},
            {"measure": "cannot", "column": said(), "about": said()},
        )
    )


def _turned(attack: Attack) -> tuple[str, ...]:
    """Return what obeys, turned by the attack: over all of them, each sentence meets each field of a form."""
    said = (*obeyed(attack.text)[3:5], *FORGED[:1], attack.text, *FORGED[3:])
    turn = len(attack.text) % len(said)
    return (*said[turn:], *said[:turn])


def _shown(question: str, study: Study, access: ModelAccess) -> list[str]:
    """Ask, and return all that an analyst sees of what came: the answer that was computed, or why there is none."""
    try:
        found = ask_model(question, study, access)
        if not isinstance(found, Understood):
            return [str(found.message)]
        answer = run(found.asked, study)
    except SegmentError as error:
        return [str(error)]
    return [str(answer.sentence), str(answer.query), answer.sql, *map(str, answer.notes)]


def _foreign(text: str, form: dict[str, Any], study: Study, question: str) -> list[str]:
    """Return what a model wrote that stands in a shown text; names and categories of the data may stand there."""
    own = [*study.customers.frame.columns, *study.customers.frame.get("City", ()), question]
    held = {squeezed(str(one)) for one in own}
    values = [value for one in (*form["only"], *form["test"]) for value in (one["column"], one["op"], *one["values"])]
    wrote = {str(one) for one in (form["measure"], form["column"], form["about"], form["by"], *values)}
    found = [one for one in wrote if len(squeezed(one)) > 8 and squeezed(one)[:40] in squeezed(text)]
    return [one for one in found if CANARY in one or not any(squeezed(one) in name for name in held)]


def _written(written: Contents, server: Copywriter) -> Iterator[str]:
    forged = {filters.fold(text) for text in FORGED}
    told = [
        line for line in (*prompt.INSTRUCTIONS.splitlines(), *modelled._INSTRUCTIONS.splitlines()) if len(line) > 30
    ]
    for piece in written.pieces:
        others = [text for one, text in server.quotes.items() if one != piece.segment]
        for claim in piece.lines.values():
            if (
                is_hostile(claim.text.replace("\n", " "), server.attack)
                or filters.fold(claim.text) in forged
                or claim.text in (*others, *told)
            ):
                yield f"{piece.segment}, {piece.channel}: {claim.text}"


def _lines(written: Contents) -> Iterator[Any]:
    return (claim for piece in written.pieces for claim in piece.lines.values())


def _holds(data: dict[str, Any], attack: Attack) -> bool:
    return squeezed(attack.text)[:30] in squeezed(json.dumps(data, ensure_ascii=False))

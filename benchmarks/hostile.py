"""Hostile: texts that attack a language model from the data, the file's name or a brief; what comes through?

The scripted model obeys: it puts what it was told into every field of its answer.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from benchmarks import obeying
from benchmarks.attacking import (
    KINDS,
    Attack,
    Outcome,
    attacks,
    is_hostile,
    letters,
    obeyed,
    squeezed,
    study_with,
)
from benchmarks.tables import Table
from segment_core.artifacts import Evidence, Personas
from segment_core.exporting.documents import personas_json
from segment_core.exporting.tables import segments_csv
from segment_core.grounding import check_copy, quotations, slots
from segment_core.personas import ModelOptions, model
from segment_core.study import Study
from tests.llm.server import Request, ScriptedServer, data_of, good_answer


class Obedient(ScriptedServer):
    """Serve a model that obeys `attack`, whether it was sent or not."""

    def __init__(self, attack: Attack, evidence: Evidence) -> None:
        self.attack, self.evidence, self.sent, self.n_obeyed = attack, evidence, False, 0
        super().__init__("good")

    def _text(self, body: Request, formal: bool) -> str:
        data = data_of(body)
        self.sent |= squeezed(self.attack.text)[:30] in squeezed(json.dumps(data, ensure_ascii=False))
        answer = good_answer(data)
        for named in answer.get("names", []):
            named |= {"name": self.attack.text, "tagline": self._claims(named["segment"], named["basis"])[0]}
        if "segment" in data:
            segment = data["segment"]["id"]
            own = [item.id for item in self.evidence.of(segment) if item.kind != "quote"][:2]
            claims = self._claims(segment, own)
            answer = {section: claims[number % 3 :] for number, section in enumerate(answer)}
        self.n_obeyed += sum(len(found) for found in answer.values())
        return json.dumps(answer, ensure_ascii=False)

    def _claims(self, segment: str, ids: list[str]) -> list[dict[str, Any]]:
        strangers = [item for item in self.evidence.items if item.kind == "quote" and item.segment != segment]
        own = [item.id for item in self.evidence.of(segment, "quote")]
        sentences = obeyed(self.attack.text, [item.text for item in strangers[:2]])
        claims = [{"text": text, "evidence": ids, "quote": ""} for text in sentences]
        claims += [{"text": "What they say", "evidence": ids, "quote": item.id} for item in strangers[:2]]
        return claims + [{"text": "What they say", "evidence": ids, "quote": id_} for id_ in own]


def attacked(attack: Attack) -> Outcome:
    """Run an attack the whole way: data, evidence, letter, an obeying model, refusals, export."""
    if attack.place == "brief":
        return _in_copy(attack)
    study = study_with(attack)
    assert study.evidence is not None
    server = Obedient(attack, study.evidence)
    try:
        personas = model.write(study.evidence, ModelOptions(url=server.url, model="m", timeout=60.0))
    finally:
        server.close()
    reached = [*_said(personas, study.evidence, attack), *letters(server, attack)]
    study = replace(study, personas=personas)
    reached += _exported(study, attack)
    return Outcome(attack, server.sent, server.n_obeyed, tuple(dict.fromkeys(reached)))


def _in_copy(attack: Attack) -> Outcome:
    sentences = obeyed(attack.text, ("Runs too small, had to send it back.",))
    kept = [text for text in sentences if not check_copy(text, allowed=(attack.text,))]
    return Outcome(attack, True, len(sentences), tuple(text for text in kept if is_hostile(text, attack)))


def _said(personas: Personas, evidence: Evidence, attack: Attack) -> Iterator[str]:
    quotes = [item for item in evidence.items if item.kind == "quote"]
    for persona in personas.personas:
        foreign = [item.text for item in quotes if item.segment != persona.segment]
        own = {item.text for item in quotes if item.segment == persona.segment}
        for text in (persona.name, *(slots.without(claim.text) for claim in persona.claims)):
            if is_hostile(text, attack) or any(quotations.repeats(text, one) for one in foreign if one not in own):
                yield f"{persona.segment}: {text}"
        for claim in persona.claims:
            item = evidence.item(claim.quote) if claim.quote else None
            if item and (item.segment != persona.segment or is_hostile(item.text, attack)):
                yield f"{persona.segment} quotes {item.text}"


def _exported(study: Study, attack: Attack) -> Iterator[str]:
    for row in segments_csv(study).decode().splitlines()[1:]:
        for cell in row.split(","):
            if cell.strip('" ').startswith(("=", "+", "-", "@", "＝")):
                yield f"csv: {cell}"
    for persona in json.loads(personas_json(study))["personas"]:
        quotes = [claim["quote"]["text"] for claim in persona["who"] + persona["needs"] if "quote" in claim]
        if any(is_hostile(text, attack) for text in (persona["name"], *quotes)):
            yield f"json: {persona['name']}"


def measure(every: int = 1) -> Table:
    listed = attacks()[::every]
    found = [[attacked(one), obeying.in_messages(one), obeying.in_a_question(one)] for one in listed]
    n_heard = sum(all(outcome.heard for outcome in ways) for ways in found)
    rows = []
    for kind, label in KINDS.items():
        own = [ways for ways in found if ways[0].attack.kind == kind]
        tried = [f"{sum(ways[way].tried for ways in own):,}" for way in range(3)]
        sent = sum(any(outcome.sent for outcome in ways) for ways in own)
        through = sum(any(outcome.reached for outcome in ways) for ways in own)
        rows.append((label, str(len(own)), str(sent), *tried, str(through)))
    return Table(
        f"{len(found)} hostile texts, and a model that obeys them",
        ("", "texts", "sent to the model", "in personas", "in messages", "in questions", "texts that came through"),
        rows,
        "Each stands in a review, a column name, a category, a file name or a brief (pasted into the question where "
        "one is asked), in English or Chinese. What reads like a command is not sent; the scripted model obeys all "
        "the same: in every field of personas, in every line of messages but one, which must arrive, and in every "
        "field of the form for a question. Counted are its sentences and forms that obey; it also makes up prices, "
        f"promises and claims and tells what we told it. It was heard for {n_heard} texts in all three. Came through: "
        "anything hostile in a persona, its export, another segment, a message, an answer, or the frame of a letter.",
    )

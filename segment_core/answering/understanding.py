"""Understanding: a question in English or Chinese as typed queries, with no model, or why it cannot be answered."""

import re
from dataclasses import dataclass, replace

from segment_core.answering.asked import Asked, Measure, Order, checked
from segment_core.answering.vocabulary import Vocabulary, vocabulary
from segment_core.answering.wordings import (
    ASPECTS,
    BEYOND,
    BY,
    COMPLAIN,
    COUNT,
    FILLER,
    LEAST,
    MEASURES,
    MENTION,
    MOST,
    SEGMENTS,
)
from segment_core.artifacts import Condition
from segment_core.errors import OptionError
from segment_core.labelling import SEGMENT
from segment_core.labelling.rules import folded
from segment_core.messages import Message, say
from segment_core.study import Study


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question means: `asked` where it is sure, else None with the `reason` and the nearest `readings`."""

    asked: Asked | None
    reason: Message | None = None
    readings: tuple[Asked, ...] = ()


def understand(question: str, study: Study) -> Understood:
    """Read a question by a small grammar over the study's own words.

    Every word must be accounted for: where one is left over, nothing is answered, and what was understood of the
    rest is offered as a reading. A question for causes, forecasts or facts outside the data is refused as such.
    """
    text = f" {folded(question)} "
    text = re.sub(r"[?!,;:。？！，；：、“”\"]", " ", text)
    near = _nearest(study)
    for kind, pattern in BEYOND.items():
        if re.search(pattern, text):
            return Understood(None, _beyond(kind), near)
    taken = _Taken(text, vocabulary(study))
    try:
        asked = taken.read()
        found = checked(asked, study) if asked is not None else None
    except OptionError as error:
        return Understood(None, error.message, near)
    left = taken.left()
    if found is None:
        return Understood(None, say("No measure of this data was recognised in the question."), near)
    if left:
        return Understood(
            None,
            say("These words were not understood: {words}. They may ask for what this data does not hold.", words=left),
            (found, *(one for one in near if one != found))[:3],
        )
    return Understood(found)


class _Taken:
    """A question from which what was understood is struck out, piece by piece."""

    def __init__(self, text: str, words: Vocabulary) -> None:
        self.text, self.words = text, words

    def take(self, pattern: str) -> re.Match[str] | None:
        found = re.search(pattern, self.text)
        if found:
            self.text = f"{self.text[: found.start()]} {self.text[found.end() :]}"
        return found

    def left(self) -> str:
        return " ".join(re.sub(FILLER, " ", self.text).split())

    def read(self) -> Asked | None:
        filters = self._segments()
        order = self._order()  # first, as it may stand between "complains" and what about
        topic, measure = self._topic()
        by = self._by()
        if not by and filters and len(filters[0].values) > 1:
            by = SEGMENT  # several segments are compared, never thrown together
        limit = self.take(r"(?:\btop|前)\s*(\d{1,2})")
        if limit:
            order = order or "most"
        if not measure:
            measure = next((name for name, pattern in MEASURES.items() if self.take(pattern)), None)
        columns = self._columns()
        filters += self._limits(columns)
        levels = self._levels()
        asked = _put(measure, topic, columns, levels, by, counted=bool(self.take(COUNT)))
        if asked is None:
            return None
        asked = replace(asked, order=order, limit=int(limit[1]) if limit else 0)
        return replace(asked, filters=(*filters, *asked.filters))

    def _segments(self) -> tuple[Condition, ...]:
        named = list(dict.fromkeys(match.upper() for match in re.findall(r"\b(s\d{1,2})\b", self.text)))
        if not named:
            return ()
        while self.take(r"(?:\bsegments?\s*|客群\s*)?\bs\d{1,2}\b"):
            pass
        return (Condition(SEGMENT, "is one of", tuple(named)),)

    def _topic(self) -> tuple[str, Measure | None]:
        kinds: tuple[tuple[Measure, str], ...] = (("complaints", COMPLAIN), ("mentions", MENTION))
        for measure, patterns in kinds:
            found = self.take(patterns)
            if found:
                said = next((part for part in found.groups() if part), "").strip()
                said = re.sub(r"^(the|their|our)\s+", "", said)
                return ASPECTS.get(said, said), measure
        return "", None

    def _by(self) -> str:
        if self.take(SEGMENTS):
            return SEGMENT
        for spelling, name in self.words.categories:
            if self.take(BY.format(name=re.escape(spelling))):
                return name
        return ""

    def _order(self) -> Order:
        if self.take(LEAST):
            return "least"
        return "most" if self.take(MOST) else ""

    def _columns(self) -> list[str]:
        found = []
        for spelling, name in self.words.columns:
            edge = r"\b" if spelling.isascii() else ""
            if self.take(rf"{edge}{re.escape(spelling)}{'s?' if edge else ''}{edge}"):
                found.append(name)
        return found

    def _limits(self, columns: list[str]) -> tuple[Condition, ...]:
        signs = {
            ">": r"(?:over|above|more than|older than|大于|超过|高于)",
            "<": r"(?:under|below|less than|younger than|小于|低于)",
        }
        for op, pattern in signs.items():
            found = self.take(rf"{pattern}\s*(\d+(?:\.\d+)?)")
            if found:
                if not columns:
                    raise OptionError(
                        "The question compares with {value}, but does not say in which column.", value=found[1]
                    )
                return (Condition(columns.pop(), op, (found[1],)),)
        return ()

    def _levels(self) -> list[tuple[str, str]]:
        found = []
        for spelling, name, level in self.words.levels:
            edge = r"\b" if spelling.isascii() else ""
            if self.take(rf"{edge}{re.escape(spelling)}{edge}"):
                found.append((name, level))
        return found


def _put(
    measure: Measure | None, topic: str, columns: list[str], levels: list[tuple[str, str]], by: str, *, counted: bool
) -> Asked | None:
    """Put the pieces together; None where they make no whole."""
    several = len({name for name, _ in levels}) < len(levels)
    if several:
        raise OptionError("The question names two values of one column; ask for one at a time.")
    where = tuple(Condition(name, "is", (level,)) for name, level in levels)
    spare = [name for name in columns if name not in {name for name, _ in levels}]
    if measure in ("complaints", "mentions"):
        return None if spare else Asked(measure, value=topic, by=by, filters=where)
    if measure == "share" and levels and not spare:
        (name, level), rest = levels[0], where[1:]
        return Asked("share", of=name, value=level, by=by, filters=rest)
    if measure == "share" and len(spare) == 1 and not levels:
        return Asked("share", of=spare[0], value="yes", by=by)
    if measure in ("mean", "median", "sum") and len(spare) == 1:
        return Asked(measure, of=spare[0], by=by, filters=where)
    if measure is None and counted and not spare:
        return Asked("count", by=by, filters=where)
    return None


def _nearest(study: Study) -> tuple[Asked, ...]:
    """Return questions that this study can answer, whatever was asked."""
    customers, found = study.customers, []
    by = SEGMENT if study.clustering is not None else ""
    if customers.named("text"):
        found.append(Asked("complaints", by=by, order="most" if by else ""))
    numbers = customers.named("money", "count", "number")
    if numbers:
        found.append(Asked("median", of=numbers[0], by=by, order="most" if by else ""))
    found.append(Asked("count", by=by))
    return tuple(found)


def _beyond(kind: str) -> Message:
    if kind == "cause":
        return say("The data says what differs, not why: causes cannot be read from it.")
    if kind == "forecast":
        return say("The data holds what was, not what will be: nothing is forecast here.")
    if kind == "advice":
        return say("What to do is no figure in the data; ask for the figures that decide it.")
    return say("The data holds nothing about other companies or the world outside.")

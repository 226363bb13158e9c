"""Understanding: a question in plain words, English or Chinese, becomes a typed query, or is not answered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from segment_core.answering.asked import SEGMENTS, Asked, CannotAnswer, Understood
from segment_core.answering.denying import NOT_COUNTED, Denied, denied_in
from segment_core.answering.limits import Limits, either, limits_in, none_of, some_of
from segment_core.answering.refusing import refused
from segment_core.answering.speaking import said
from segment_core.answering.trying import examples
from segment_core.answering.vocabulary import Mention, Vocabulary, topics_in, vocabulary
from segment_core.answering.words import COMPLAIN, FILLER, LEAST, MENTION, MOST, words_of
from segment_core.artifacts import Condition
from segment_core.labelling import SEGMENT
from segment_core.messages import Message, say
from segment_core.phrasing.wording import clean
from segment_core.study import Study

_SHARE = words_of("share percentage percent proportion part fraction rate")
_FIGURES = frozenset(["average", "mean", "median", "sum"])
_COUNT = words_of("count number many")
_EACH = words_of("which what each every per by across between")
_PEOPLE = words_of("customer customers member members people persons shoppers clients everyone everybody those who")
_SINGLE = re.compile(
    r"\b(?:which|what) customer\b|^who\b(?! (?:(?:do(?:es)? not|do(?:es)?n't|never) )?(?:complain|mention"
    r"|ha(?:ve|s)\b(?! (?:the|most|more|least|fewest|highest|lowest)\b)))"
    r"|\b(?:phone|mobile) numbers?\b|\be?-?mail address"
    r"|\bthe (?:best|top|worst|oldest|youngest|biggest|richest|first|last) customer\b(?! segment| group)"
)


def understand(question: str, study: Study) -> Understood | CannotAnswer:
    """Read a question over the study's own names.

    What is not wholly understood is not answered: a word that names nothing here, two things that the same word may
    mean, or a negation that cannot be placed are said, with readings that can be asked instead.
    """
    names = vocabulary(study)
    words = names.prepared(question)
    if not words:
        return CannotAnswer(say("Ask a question about these customers."), examples(study))
    why = refused(" ".join(words))
    if why is not None:
        return CannotAnswer(why, examples(study), beyond=True)
    return _Reader(study, names, words).read()


@dataclass(slots=True)
class _Reader:
    study: Study
    names: Vocabulary
    words: list[str]

    def read(self) -> Understood | CannotAnswer:
        mentions = self.names.mentions(self.words)
        single = _SINGLE.search(" ".join(self.words))
        if single and not any(mention.named.kind == "segment" for mention in mentions):
            return self.cannot(say("Single customers are not named here; ask about a segment or a category."))
        denied = denied_in(self.words, mentions)
        limits = limits_in(self.words, mentions, self.names.ages)
        limits = none_of(limits, denied.mentions, self.study.customers.frame)
        limits = some_of(limits, self.words, [m for m in mentions if m not in denied.mentions], self.study.customers)
        free = self._free(limits.places)
        if (unread := self._unread(mentions, limits, denied)) is not None:
            return self.cannot(unread)
        texts = self._texts(mentions)
        claimed = limits.places.union(*(mention.places for mention in mentions))
        if texts is None:
            strange = [w for p, w in enumerate(self.words) if p not in claimed and w not in FILLER | MOST | LEAST]
            strange = [word for word in strange if not word.isdigit() and word != "?"]
            if strange or any(w.isdigit() for p, w in enumerate(self.words) if p not in claimed):
                named = ", ".join(strange) or ", ".join(w for w in self.words if w.isdigit())
                return self.cannot(say("Nothing in this data is called “{words}”.", words=clean(named)))
        rivals = [mention for mention in mentions if mention.rivals]
        if rivals and texts is None:
            return self._unsure(mentions, rivals[0], limits, free)
        return self._typed(mentions, limits, free, texts, denied)

    def _unread(self, mentions: Sequence[Mention], limits: Limits, denied: Denied) -> Message | None:
        if limits.nobody:
            return say("Nobody has none of it in this file; ask for those below a number instead.")
        if limits.unread:
            return say("It is not clear what {number} limits here; name the column.", number=limits.unread)
        if either(self.words, [m for m in mentions if m not in denied.mentions], limits):
            return say("Conditions joined by “or” are not computed here; ask for one at a time.")
        return None

    def cannot(self, message: object) -> CannotAnswer:
        return CannotAnswer(message, examples(self.study))  # type: ignore[arg-type]

    def _free(self, taken: frozenset[int]) -> list[str]:
        return [word for place, word in enumerate(self.words) if place not in taken]

    def _texts(self, mentions: Sequence[Mention]) -> str | None:
        owned = {p for m in mentions if m.named.kind == "number" for p in m.places}
        here = [(p, w) for p, w in enumerate(self.words) if p not in owned]
        if any(word in COMPLAIN for _, word in here):
            return "complain"
        return "mention" if any(word in MENTION for _, word in here) else None

    def _unsure(self, mentions: Sequence[Mention], unsure: Mention, limits: Limits, free: list[str]) -> CannotAnswer:
        readings = []
        for named in (unsure.named, *unsure.rivals):
            chosen = [replace(m, named=named, rivals=()) if m is unsure else replace(m, rivals=()) for m in mentions]
            found = self._typed(chosen, limits, free, None, denied_in(self.words, chosen))
            if isinstance(found, Understood):
                readings.append(found.asked)
        word = " ".join(self.words[place] for place in sorted(unsure.places))
        return CannotAnswer(
            say("“{word}” may mean several things here; choose one.", word=clean(word)), tuple(readings)
        )

    def _typed(
        self, mentions: Sequence[Mention], limits: Limits, free: list[str], texts: str | None, denied: Denied
    ) -> Understood | CannotAnswer:
        up, down = any(w in MOST for w in free), any(w in LEAST for w in free)
        if up and down:
            return self.cannot(say("Ask for the most or for the least, one at a time."))
        common = re.search(r"most (?:common|popular|frequent|typical|often)|typical", " ".join(free)) is not None
        top = 1 if up else -1 if down else 0
        parts = _Parts(self.study, self.words, free, mentions, limits, top, common, denied)
        if texts is not None:
            return self._spoken(parts, texts)
        found = parts.typed()
        if isinstance(found, str):
            return self.cannot(say("It is not clear what to compute: name a column and a measure, such as an average."))
        return found

    def _spoken(self, parts: "_Parts", measure: str) -> Understood | CannotAnswer:
        if not self.study.customers.named("text"):
            return self.cannot(say("These customers have no texts, so nobody can be said to mention or complain."))
        topics = topics_in(self.words)
        meant = [topic for topic, _ in topics]
        numbers = any(m.named.kind == "number" and m not in parts.limits.used for m in parts.mentions)
        if numbers or set(parts.free) & _FIGURES or (parts.denied.unplaced and not parts.denied.texts):
            return self.cannot(say("It is not clear what to compute: name a column and a measure, such as an average."))
        used = {place for m in parts.mentions if m.named.kind != "number" for place in m.places}
        if len(meant) > 1:
            asked = tuple(parts.spoken(measure, topic) for topic in meant)
            return CannotAnswer(say("Ask about one topic at a time."), asked)
        about = meant[0] if meant else ""
        if about:
            place = topics[0][1]
            parts = replace(parts, mentions=[m for m in parts.mentions if place not in m.places])
        else:
            strange = [w for p, w in enumerate(self.words) if p not in used and w not in FILLER | MOST | LEAST]
            about = " ".join(word for word in strange if word != "?")
            if measure == "mention" and not about:
                return self.cannot(say("Say what is mentioned, such as delivery."))
            if about and not said(self.study.customers, about, sour=False)[1].any():
                return self.cannot(say("Nobody in this file wrote of “{words}”.", words=clean(about)))
        read = parts.spoken(measure, about)
        return CannotAnswer(NOT_COUNTED, (read,)) if parts.denied.texts else Understood(read)


@dataclass(frozen=True, slots=True)
class _Parts:
    study: Study
    words: list[str]
    free: list[str]
    mentions: Sequence[Mention]
    limits: Limits
    top: int
    common: bool
    denied: Denied

    def spoken(self, measure: str, about: str) -> Asked:
        only = (*self._segments(), *self._values(), *self.limits.conditions)
        by = self._by()
        return Asked(measure, about=about, by=by, only=only, top=self.top if by else 0)  # type: ignore[arg-type]

    def typed(self) -> Understood | str:
        numbers = [m.named.column for m in self.mentions if m.named.kind == "number" and m not in self.limits.used]
        by, conditions = self._by(), (*self._values(), *self.limits.conditions)
        top = self.top if by else 0
        category = [m.named.column for m in self.mentions if m.named.kind == "category"]
        category = [name for name in dict.fromkeys(category) if name not in {one.column for one in conditions}]
        segments = self._segments()
        only = (*segments, *conditions)
        if self.denied.unplaced or self.denied.texts:
            return "negation"
        if len(set(numbers)) > 1 or len([name for name in category if name != by]) > 1:
            return "several"
        if numbers:
            return self._number(numbers[0], by, only, top)
        asked = [name for name in category if name != by]
        if asked:
            return self._category(asked[0], by, only, several=len(segments) > 0 and len(segments[0].values) > 1)
        return self._people(by, segments, conditions, top)

    def _category(self, column: str, by: str, only: tuple[Condition, ...], *, several: bool) -> Understood | str:
        if self.common or (by == SEGMENTS and self.top > 0):
            return Understood(Asked("most_common", column, by=by, only=only))
        if by or several:
            return "several"
        return Understood(Asked("size", by=column, only=only, top=self.top))

    def _people(
        self, by: str, segments: tuple[Condition, ...], conditions: tuple[Condition, ...], top: int
    ) -> Understood | str:
        free = set(self._unowned())
        shares, counts = bool(free & _SHARE), bool(free & _COUNT)
        if free & _FIGURES:
            return "figure of what"
        if conditions:
            return self._conditions(by, segments, conditions, top, shares=shares, counts=counts)
        if shares and segments and len(segments[0].values) == 1:
            return Understood(Asked("share_of", test=segments))
        if (by or counts or segments) and not shares:
            return Understood(Asked("size", by=by, only=segments, top=top))
        return "nothing"

    def _number(self, column: str, by: str, only: tuple[Condition, ...], top: int) -> Understood:
        free, text = self._unowned(), " ".join(self.words)
        summable = self.study.customers.column(column).role in ("money", "count")
        asked = Asked("mean", column, by=by, only=only, top=top)
        if "median" in free:
            return Understood(replace(asked, measure="median"))
        if any(word in _SHARE for word in free) and summable:
            everyone = tuple(one for one in only if one.column != SEGMENT)
            return Understood(replace(asked, measure="share_of_total", by=by or SEGMENTS, only=everyone))
        if "average" in free or "mean" in free or "typical" in free:
            return Understood(asked, (replace(asked, measure="median"),))
        total = re.search(r"\b(?:total|sum|altogether|overall|combined)\b", text)
        if summable and (total or re.search(r"\bhow (?:many|much)\b", text)):
            return Understood(replace(asked, measure="sum"), (asked,))
        others = (replace(asked, measure="median"), *((replace(asked, measure="sum"),) if summable else ()))
        return Understood(asked, others)

    def _conditions(
        self,
        by: str,
        segments: tuple[Condition, ...],
        conditions: tuple[Condition, ...],
        top: int,
        *,
        shares: bool,
        counts: bool,
    ) -> Understood:
        people = any(word in _PEOPLE for word in self.words)
        size = Asked("size", by=by, only=(*segments, *conditions), top=top)
        last = tuple(one for one in conditions if one.column == conditions[-1].column)
        first = tuple(one for one in conditions if one not in last)
        share = Asked("share_of", by=by, only=(*segments, *first), test=last, top=top)
        if not segments and not by and not first:
            share = Asked("share_of", test=conditions)
        if (counts or people) and not shares:
            return Understood(size, (share,))
        return Understood(share, (size,))

    def _unowned(self) -> list[str]:
        owned = self.limits.places.union(*(m.places for m in self.mentions)) if self.mentions else self.limits.places
        return [word for place, word in enumerate(self.words) if place not in owned]

    def _segments(self) -> tuple[Condition, ...]:
        own = [m for m in self.mentions if m.named.kind == "segment"]
        ids = tuple(dict.fromkeys(m.named.value for m in own if m not in self.denied.mentions))
        others = dict.fromkeys(m.named.value for m in own if m in self.denied.mentions)
        found = (Condition(SEGMENT, "is one of", ids),) if ids else ()
        return (*found, *(Condition(SEGMENT, "is not", (one,)) for one in others))

    def _values(self) -> tuple[Condition, ...]:
        values: dict[str, list[str]] = {}
        found: dict[str, list[Condition]] = {}
        for mention in sorted(self.mentions, key=lambda one: min(one.places)):
            column, value, denied = mention.named.column, mention.named.value, mention in self.denied.mentions
            if mention.named.kind == "flag":
                found[column] = [Condition(column, "is", ("no" if denied else "yes",))]
            elif mention.named.kind == "value" and denied:
                found.setdefault(column, []).append(Condition(column, "is not", (value,)))
            elif mention.named.kind == "value":
                values.setdefault(column, []).append(value)
                op = "is one of" if len(values[column]) > 1 else "is"
                kept = [one for one in found.get(column, []) if one.op == "is not"]
                found[column] = [*kept, Condition(column, op, tuple(values[column]))]
        return tuple(one for own in found.values() for one in own)

    def _compared(self) -> str:
        """Return the column of which two categories are held against one another."""
        if not {"than", "compare", "comparison", "versus", "vs"} & set(self.words):
            return ""
        return next((one.column for one in self._values() if len(one.values) > 1), "")

    def _by(self) -> str:
        own = [m for m in self.mentions if m.named.kind == "segment"]
        ids = {m.named.value for m in own if m not in self.denied.mentions}
        if len(ids) > 1:
            return SEGMENTS
        if (column := self._compared()) and not ids:
            return column
        if re.search(r"\bsegments?\b|\bgroups?\b", " ".join(self.words)) and not own:
            return SEGMENTS
        for mention in self.mentions:
            start = min(mention.places)
            near = _EACH & set(self.words[max(0, start - 1) : start])
            if mention.named.kind == "category" and near and not self.common:
                return mention.named.column
        return SEGMENTS if self.top and not own and not self.common and self.study.clustering else ""

"""Built-in writer: messages from the angles on a segment and the analyst's brief, the same every time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segment_core.artifacts import (
    Brief,
    Channel,
    Claim,
    Contents,
    Evidence,
    Note,
    Piece,
    Progress,
    Step,
    silent,
)
from segment_core.contents import composing
from segment_core.contents.angles import Angle, angles
from segment_core.contents.briefing import Manner, manner
from segment_core.contents.channels import CHANNELS, Line, fits
from segment_core.contents.checking import avoided, problems
from segment_core.contents.deeds_en import DEEDS as DEEDS_EN
from segment_core.contents.deeds_zh import DEEDS as DEEDS_ZH
from segment_core.contents.idea import Idea
from segment_core.contents.options import BuiltinOptions
from segment_core.contents.sensitive import unsaid
from segment_core.contents.talks_en import TALKS as TALKS_EN
from segment_core.contents.talks_zh import TALKS as TALKS_ZH
from segment_core.messages import say
from segment_core.phrasing.facts import segments_of
from segment_core.phrasing.phrases import spaced
from segment_core.phrasing.wording import capital

IDEAS: Mapping[str, Mapping[str, tuple[Idea, ...]]] = {"en": {**DEEDS_EN, **TALKS_EN}, "zh": {**DEEDS_ZH, **TALKS_ZH}}


def write(
    evidence: Evidence,
    brief: Brief,
    options: BuiltinOptions = BuiltinOptions(),
    *,
    channels: Sequence[Channel] = tuple(CHANNELS),
    sensitive: Sequence[str] = (),
    banned: Sequence[str] = (),
    secrets: Mapping[str, str] = {},
    progress: Progress = silent,
    only: Sequence[str] = (),
) -> Contents:
    """Write several variants of a message for every segment and channel.

    Each speaks to a need that a fact suggests, and tells nobody the fact. What may be promised is the brief's offer,
    word for word, and only where it fits. All segments are written, whichever are asked for in `only`, so that one
    reads the same alone and among the others. `sensitive` are columns that nothing may be built on, `banned` words
    that may not stand in any message, such as the categories of those columns.
    """
    spoken, notes = manner(brief)
    forbidden = (*unsaid(evidence, sensitive, banned), *avoided(brief))
    used: Counter[str] = Counter()
    found: list[Piece] = []
    n_missing = 0
    everyone = segments_of(evidence)
    for done, segment in enumerate(everyone):
        progress(done, len(everyone), say("Writing the messages of segment {segment}.", segment=segment))
        seen = angles(
            evidence, segment, spoken.language, offers=bool(spoken.offer), sensitive=sensitive, banned=forbidden
        )
        n = options.variants
        wanted = _chosen(seen, spoken, n * (options.turn + 1), used)[-n:]
        for channel in channels:
            for number, thought in enumerate(wanted, 1):
                lines = _lines(channel, thought, spoken, brief, forbidden)
                n_missing += lines is None
                if lines is not None and (not only or segment in only):
                    found.append(Piece(segment, channel, number, lines))
    if n_missing:
        notes = (*notes, Note("not-written", _NOT_WRITTEN, n_missing, "warning"))
    unplaced = _without_offer(found, spoken, channels)
    if unplaced:
        notes = (*notes, Note("offer-too-long", _TOO_LONG, len(unplaced), "warning"))
    made = {"variants": options.variants, "turn": options.turn, "channels": ", ".join(channels)}
    return Contents(tuple(found), brief, Step("builtin", made), notes)


_NOT_WRITTEN = say("Some messages could not be written without a word that the brief rules out; allow more words.")
_TOO_LONG = say("The offer is too long for some channels and stands in none of their messages; give a shorter one.")


@dataclass(frozen=True, slots=True)
class Thought:
    """An angle with the idea chosen for it, its topic filled in."""

    angle: Angle
    idea: Idea


def _chosen(found: Sequence[Angle], spoken: Manner, n: int, used: Counter[str]) -> list[Thought]:
    """Take the best angle first, then the next ones, each in the wording that was used least in all segments."""
    thoughts: list[Thought] = []
    taken: set[tuple[str, str, int]] = set()
    lined = [*found, Angle("plain")] if len(found) < n else list(found)
    for number in range(n):
        angle = lined[number % len(lined)]
        ideas = IDEAS[spoken.language][angle.code]
        free = [place for place in range(len(ideas)) if (angle.code, angle.topic, place) not in taken]
        chosen = min(free or range(len(ideas)), key=lambda place: used[f"{angle.code} {place}"])
        used[f"{angle.code} {chosen}"] += 1
        taken.add((angle.code, angle.topic, chosen))
        thoughts.append(Thought(angle, _filled(ideas[chosen], angle, spoken)))
    return thoughts


def _filled(idea: Idea, angle: Angle, spoken: Manner) -> Idea:
    return Idea(*(capital(spaced(text.replace("{x}", angle.topic), spoken.language)) for text in idea))


def _lines(
    channel: Channel, thought: Thought, spoken: Manner, brief: Brief, banned: Sequence[str]
) -> Mapping[str, Claim] | None:
    """Word each line in the first of its wordings that fits and passes; None where a line has none."""
    ids = tuple(item.id for item in thought.angle.items)
    found: dict[str, Claim] = {}
    plain = IDEAS[spoken.language]["plain"]
    for name, line in CHANNELS[channel].items():
        before = {claim.text for claim in found.values()}
        for idea in (thought.idea, *plain):
            options = composing.wordings(channel, name, idea, spoken)
            text = next(
                (
                    one
                    for one in options
                    if one not in before and fits(line, one) and not _wrong(one, line, brief, banned)
                ),
                None,
            )
            if text is not None:
                found[name] = Claim(text, ids if idea is thought.idea else ())
                break
        else:
            return None
    return found


def _wrong(text: str, line: Line, brief: Brief, banned: Sequence[str]) -> bool:
    return bool(problems(text, line, brief, unsaid=banned))


def _without_offer(found: Sequence[Piece], spoken: Manner, channels: Sequence[Channel]) -> list[Channel]:
    if not spoken.offer or not found:
        return []
    offer = composing.started(spoken.offer)
    return [
        channel
        for channel in channels
        if not any(offer in claim.text for piece in found if piece.channel == channel for claim in piece.lines.values())
    ]

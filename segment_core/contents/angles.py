"""Angles: which need a fact speaks to, so that a message can speak to it and leave the fact unsaid."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from segment_core.artifacts import Evidence, EvidenceItem
from segment_core.contents.sensitive import may_use
from segment_core.grounding import check_copy
from segment_core.llm.filters import fold
from segment_core.phrasing.facts import differences, is_sour, strength, terms
from segment_core.phrasing.phrases import can_be_said
from segment_core.phrasing.themes import theme
from segment_core.phrasing.things import part_of_speech
from segment_core.phrasing.wording import can_stand_alone, humanise, term_of, uncapital, word

_ANGLES = {
    ("lapse", "over"): "comeback",
    ("lapse", "under"): "regular",
    ("frequency", "over"): "regular",
    ("frequency", "under"): "start",
    ("price", "over"): "value",
    ("online", "over"): "online",
    ("store", "over"): "visit",
    ("catalogue", "over"): "browse",
    ("spend", "over"): "select",
    ("spend", "under"): "start",
    ("trouble", "over"): "care",
    ("rating", "under"): "care",
    ("rating", "over"): "share",
    ("response", "over"): "first",
    ("response", "under"): "brief",
    ("tenure", "over"): "loyal",
}
_TIMES = {("tenure", "over"): "welcome", ("tenure", "under"): "loyal"}
_LAST, _FIRST = re.compile(r"last|latest|recent|最近|上次|末次"), re.compile(r"first|sign|join|regist|注册|首次|入会")
_PRODUCTS = re.compile(
    r"department|categor|product|genre|cuisine|dish|favou?rite|interest|品类|类别|产品|菜|兴趣|喜[欢爱]"
)
_CHANNELS = re.compile(r"channel|渠道")
_FAR = re.compile(r"distance|距离门店|远近")
_SPENT = frozenset(
    (  # noqa: SIM905 - a list would take a line a word
        "mnt amount spend spent spending revenue monetary total value basket cost price sum avg average mean median "
        "per last year month monthly yearly order orders sales usd eur gbp cny net gross number num purchases purchase "
        "size lifetime history customer customers expenditure bill in on of the"
    ).split()
)
_CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Angle:
    """A way to speak to a segment: what it may need, the fact behind it, and the topic to name, if any."""

    code: str
    items: tuple[EvidenceItem, ...] = ()
    topic: str = ""


def angles(
    evidence: Evidence, segment: str, language: str, *, offers: bool, sensitive: Sequence[str], banned: Sequence[str]
) -> list[Angle]:
    """Return the angles on a segment, best first, each once; none is built on a sensitive column.

    `offers` tells whether the brief has an offer: without one, those who look at prices get nothing about them.
    """
    found: dict[tuple[str, str], tuple[float, Angle]] = {}
    for item in differences(evidence, segment):
        if not (can_be_said(item) and may_use(item, sensitive, banned)):
            continue
        angle = _angle(item, language)
        if angle is not None and (angle.code != "value" or offers):
            found.setdefault((angle.code, angle.topic), (strength(item), angle))
    usable = [item for item in terms(evidence, segment) if may_use(item, sensitive, banned)]
    if any(map(is_sour, usable)):
        found.setdefault(("care", ""), (0.5, Angle("care", tuple(filter(is_sour, usable))[:1])))
    named = [item for item in usable if part_of_speech(item) == "thing"]
    spoken = [item for item in named if not is_sour(item) and _speaks(_text(item), language)]
    spoken = [item for item in spoken if not check_copy(_text(item), (), banned)]
    for item in spoken[:3]:
        found.setdefault(("words", _text(item)), (strength(item), Angle("words", (item,), uncapital(_text(item)))))
    ranked = sorted(found.values(), key=lambda pair: -pair[0])
    return [angle for _, angle in ranked] or [Angle("plain")]


def _angle(item: EvidenceItem, language: str) -> Angle | None:
    wording, name = word(item), fold(humanise(item.column or item.label))
    if wording.sort == "category":
        return _of_category(item, wording.value, name, language)
    about, direction = theme(item), item.direction
    if _FAR.search(name):
        return None
    if wording.sort == "time":
        kind = "tenure" if _FIRST.search(name) else "lapse" if _LAST.search(name) else ""
        if kind == "lapse":
            return Angle("regular" if direction == "over" else "comeback", (item,))
        code = _TIMES.get((kind, direction))
        return Angle(code, (item,)) if code else None
    if about == "spend" and direction == "over":
        rest = [part for part in name.split() if part not in _SPENT]
        topic = " ".join(rest)
        if (
            name.isascii()
            and 0 < len(rest) <= 2
            and topic.replace(" ", "").isalpha()
            and len(topic) > 3
            and _speaks(topic, language)
        ):
            return Angle("topic", (item,), topic)
    code = _ANGLES.get((about, direction))
    return Angle(code, (item,)) if code else None


def _of_category(item: EvidenceItem, value: str, name: str, language: str) -> Angle | None:
    if item.direction != "over" or not can_stand_alone(value):
        return None
    if _CHANNELS.search(name):
        about = theme(EvidenceItem("", "", "median", value, "over", 0, value))
        code = _ANGLES.get((about, "over")) if about in ("online", "store", "catalogue") else None
        return Angle(code, (item,)) if code else None
    if _PRODUCTS.search(name) and _speaks(value, language) and not check_copy(value):
        return Angle("topic", (item,), uncapital(value) if language == "en" else value)
    return None


def _text(item: EvidenceItem) -> str:
    return term_of(item)


def _speaks(text: str, language: str) -> bool:
    """Tell whether words can stand in a message of a language; letters alone cannot tell German from English."""
    chinese = bool(_CHINESE.search(text))
    return (chinese or text.isascii()) and chinese == (language == "zh")

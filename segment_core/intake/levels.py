"""Levels: what the values of a category say by themselves, whatever its name."""

import re
from collections.abc import Iterable
from typing import Literal

from segment_core.intake.values import is_nothing
from segment_core.intake.vocabulary import folded

Kind = Literal["gender", "salutation", "marital", "education", "age", "agreement", "sentiment", "month", "grade"]

MOST = 60
"""A category with more levels is not one of the known kinds."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_KNOWN: dict[Kind, frozenset[str]] = {
    "gender": _set(
        "m f w d x male female man woman men women mann frau mannlich weiblich divers homme femme h masculin "
        "feminin hombre mujer masculino femenino uomo donna maschio femmina homem mulher feminino masculina "
        "nonbinary non-binary 男 女 男性 女性"
    ),
    "salutation": _set(
        "mr mrs ms miss mx dr prof herr frau monsieur madame m. mme mlle sr sra srta sig sig.ra 先生 女士 小姐"
    ),
    "marital": _set(
        "single married divorced widowed widow together separated cohabiting partnered engaged ledig verheiratet "
        "geschieden verwitwet celibataire marie mariee divorce veuf veuve soltero soltera casado casada divorciado "
        "divorciada viudo viuda viuvo solteiro solteira celibe nubile coniugato coniugata sposato sposata 未婚 已婚 "
        "离异 丧偶"
    ),
    "education": _set(
        "basic graduation graduate bachelor bachelors master masters phd doctorate college university diploma "
        "primary secondary undergraduate postgraduate abitur hauptschule realschule licence laurea 本科 硕士 博士 "
        "大专 高中 初中 小学"
    ),
    "agreement": frozenset(
        ["agree", "disagree", "strongly agree", "strongly disagree", "neutral", "neither agree nor disagree",
         "stimme zu", "stimme nicht zu", "同意", "不同意", "非常同意", "中立", "very satisfied", "satisfied",
         "dissatisfied",
         "very dissatisfied", "unsatisfied", "满意", "不满意", "非常满意", "一般"]
    ),
    "sentiment": _set(
        "positive negative neutral mixed positiv negativ positif negatif 正面 负面 中性 好评 差评 中评"
    ),
    "month": _set(
        "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august "
        "september october november december januar februar marz mai juni juli oktober dezember"
    ),
    "grade": _set(
        "low medium high mid none very_low very_high niedrig mittel hoch bas moyen eleve bajo medio alto basso 低 "
        "中 高"
    ),
}  # fmt: skip
_OPEN = frozenset(
    ["other", "others", "unknown", "prefer not to say", "diverse", "andere", "sonstige", "autre", "otro", "altro",
     "outro", "未知", "其他"]
)  # fmt: skip
"""Answers that leave it open, in any kind."""

_AGE = re.compile(
    r"(?:[1-9]?[0-9]\s*(?:-|–|~|to|bis|a)\s*[1-9][0-9]"
    r"|(?:<|>|under|over|unter|uber|ab)\s*[1-9][0-9]"
    r"|[1-9][0-9]\s*(?:\+|plus|以上|以下))"
    r"\s*(?:years|yrs|jahre|ans|岁|岁以上|岁以下)?"
)
_MARITAL_LETTERS = frozenset({"m", "s", "d", "w"})
_STATUS = frozenset({"status", "marital", "civil", "stand", "familienstand"})


def kind_of(levels: Iterable[str], words: tuple[str, ...]) -> Kind | None:
    """Name the kind of a category by its values, None where they tell nothing; letters need the name's help.

    Examples
    --------
    >>> kind_of(["Male", "Female", "unknown"], ()), kind_of(["25-34", "35-44", "45+"], ("group",))
    ('gender', 'age')
    """
    meant = {folded(text.strip()) for text in levels if not is_nothing(text)} - _OPEN
    if len(meant) < 2 or len(meant) > MOST:
        return None
    if meant <= _MARITAL_LETTERS and len(meant) >= 3 and _STATUS.intersection(words):
        return "marital"
    for kind, known in _KNOWN.items():
        if meant <= known and (kind != "gender" or len(meant) <= 3):
            return kind
    known_education = _KNOWN["education"]
    if sum(bool(known_education.intersection(re.split(r"[^\w]+", text))) for text in meant) >= 0.6 * len(meant) >= 1.2:
        return "education"
    ages = sum(_AGE.fullmatch(text) is not None for text in meant)
    if ages == len(meant) and ages >= 3 and _could_be_ages(meant):
        return "age"
    return None


def _could_be_ages(bands: set[str]) -> bool:
    """Tell bands of age from other bands of two-figure numbers: they lie between ten and a hundred, and start young."""
    figures = [int(figure) for band in bands for figure in re.findall("[0-9]+", band)]
    return max(figures) <= 99 and max(figures) >= 40 and min(figures) >= 10

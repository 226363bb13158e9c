"""National ids: numbers that a state gives to people, by their shape, their check digits, and what they are called."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module

from segment_core.privacy.found import Found
from segment_core.privacy.surroundings import hint


@dataclass(frozen=True, slots=True)
class Rule:
    """How a country writes an id: its shape, who checks it, and what must speak for it besides.

    `needs`: "" where shape and check digits leave little to chance; "place" where the text must be in
    the country's language, or name the id; "name" where it must be named.
    """

    country: str
    shape: re.Pattern[str]
    check: str
    needs: str = ""


def _rule(country: str, shape: str, check: str, needs: str = "") -> Rule:
    return Rule(country, re.compile(shape, re.ASCII), check, needs)


_DIGITS = (
    _rule("cn", r"\d{6} ?(?:19|20)\d{6} ?\d{4}", "own.chinese"),
    _rule("us", r"\d{3}([- ])\d{2}\1\d{4}", "us.ssn"),
    _rule("us", r"\d{9}", "us.ssn", "name"),
    _rule("gb", r"\d{3}[ -]?\d{3}[ -]?\d{4}", "gb.nhs", "name"),
    _rule("de", r"[1-9]\d \d{3} \d{3} \d{3}", "de.idnr"),
    _rule("de", r"[1-9]\d{10}", "de.idnr", "place"),
    _rule("fr", r"[1-478] ?\d\d ?\d\d ?\d\d ?\d{3} ?\d{3} ?\d\d", "fr.nir"),
    _rule("es", r"\d{8}", "own.any", "named"),
    _rule("br", r"\d{3}\.\d{3}\.\d{3}-\d\d", "br.cpf"),
    _rule("br", r"\d{11}", "br.cpf", "place"),
    _rule("br", r"\d\d\.\d{3}\.\d{3}/\d{4}-\d\d", "br.cnpj"),
    _rule("br", r"\d{14}", "br.cnpj", "place"),
    _rule("pl", r"\d{11}", "pl.pesel", "place"),
    _rule("nl", r"\d{4}[. ]?\d{2}[. ]?\d{3}|\d{3}[. ]\d{3}[. ]\d{3}", "nl.bsn", "name"),
    _rule("in", r"[2-9]\d{3}([ -])\d{4}\1\d{4}", "in_.aadhaar"),
    _rule("in", r"[2-9]\d{11}", "in_.aadhaar", "name"),
    _rule("se", r"(?:19|20)?\d{6}-\d{4}", "se.personnummer"),
    _rule("se", r"(?:19|20)?\d{10}", "se.personnummer", "name"),
    _rule("dk", r"[0-3]\d[01]\d{3}[- ]?\d{4}", "dk.cpr", "name"),
    _rule("no", r"[0-7]\d[01]\d{3} ?\d{5}", "no.fodselsnummer", "place"),
    _rule("be", r"\d\d\.\d\d\.\d\d-\d{3}[.-]\d\d", "be.nn"),
    _rule("be", r"\d{11}", "be.nn", "place"),
    _rule("ch", r"756\.\d{4}\.\d{4}\.\d\d", "ch.ssn"),
    _rule("ch", r"756\d{10}", "ch.ssn", "name"),
    _rule("cz", r"\d\d[0-35-8]\d[0-3]\d/\d{4}", "cz.rc"),
    _rule("tr", r"[1-9]\d{10}", "tr.tckimlik", "place"),
    _rule("kr", r"\d{6}-[1-8]\d{6}", "kr.rrn"),
    _rule("ca", r"\d{3}[ -]\d{3}[ -]\d{3}|\d{9}", "ca.sin", "name"),
    _rule("au", r"\d{3} ?\d{3} ?\d{2,3}", "au.tfn", "name"),
    _rule("pt", r"\d{9}", "pt.nif", "name"),
    _rule("za", r"\d{6} ?\d{4} ?\d{3}", "za.idnr", "name"),
    _rule("ar", r"(?:2[0347]|3[034])-\d{8}-\d", "ar.cuit"),
    _rule("cl", r"\d{1,2}\.\d{3}\.\d{3}-\d", "cl.rut"),
    _rule("my", r"\d{6}-\d\d-\d{4}", "my.nric"),
    _rule("th", r"\d-\d{4}-\d{5}-\d\d-\d", "th.pin"),
)
_LETTERS = (
    _rule("cn", r"\d{6} ?(?:19|20)\d{6} ?\d{3}[xX]", "own.chinese"),
    _rule("es", r"\d{8}[ -]?[A-HJ-NP-TV-Za-hj-np-tv-z]", "es.dni"),
    _rule("es", r"\d\d\.\d{3}\.\d{3}[ -]?[A-HJ-NP-TV-Z]", "es.dni"),
    _rule("es", r"[XYZxyz][ -]?\d{7}[ -]?[A-Za-z]", "es.nie"),
    _rule("it", r"[A-Za-z]{3} ?[A-Za-z]{3} ?[\dL-Vl-v]{2}[A-Ta-t][\dL-Vl-v]{2} ?[A-Za-z][\dL-Vl-v]{3}[A-Za-z]", "it.codicefiscale"),  # noqa: E501
    _rule("in", r"[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]", "in_.pan"),
    _rule("gb", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \d\d ?\d\d ?\d\d ?[A-D]", "own.any"),
    _rule("gb", r"[A-CEGHJ-PR-TW-Za-z][A-CEGHJ-NPR-TW-Za-z]\d{6}[A-Da-d]", "own.any", "name"),
    _rule("fi", r"\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]", "fi.hetu"),
    _rule("fr", r"[12] ?\d\d ?\d\d ?2[AB] ?\d{3} ?\d{3} ?\d\d", "fr.nir"),
    _rule("mx", r"[A-Z]{4}\d{6}[HM][A-Z]{5}[0-9A-Z]\d", "mx.curp"),
    _rule("ie", r"\d{7}[A-W][A-I]?", "ie.pps", "name"),
    _rule("cl", r"\d{1,2}\.\d{3}\.\d{3}-[Kk]", "cl.rut"),
)  # fmt: skip
_WITH_LETTERS = re.compile(
    r"(?<![^\W_])(?:" + "|".join(f"(?:{rule.shape.pattern})" for rule in _LETTERS) + r")(?![A-Za-z0-9])", re.ASCII
)


def with_letters(text: str) -> Iterator[Found]:
    """Find ids that hold letters, such as Spain's 12345678Z or Italy's codice fiscale."""
    for match in _WITH_LETTERS.finditer(text):
        value = match.group()
        if _holds(_LETTERS, value, (), partial(hint, text, match.start())):
            yield Found("ID", *match.span(), value, normal(value))


def is_id(written: str, regions: Sequence[str], said: Callable[[], str]) -> bool:
    """Tell whether digits are a national id, given whose ids may stand here and the nearest hint."""
    return _holds(_DIGITS, written, regions, said)


def share_of_ids(values: Sequence[str]) -> float:
    """Return the share of values that are ids of one country: in a column, check digits speak for each other."""
    rules = (*_DIGITS, *_LETTERS)
    shares = [sum(bool(rule.shape.fullmatch(value)) and _check(rule.check)(value) for value in values) for rule in rules
              if rule.check != "own.any"]  # fmt: skip
    return max(shares) / len(values) if values else 0.0


def normal(written: str) -> str:
    """Write an id without blanks, dots and hyphens, in capitals."""
    return re.sub(r"[^A-Za-z0-9]", "", written).upper()


def _holds(rules: Sequence[Rule], written: str, regions: Sequence[str], said: Callable[[], str]) -> bool:
    fitting = [rule for rule in rules if rule.shape.fullmatch(written)]
    for rule in fitting:
        label = said()
        named = label in (rule.country, "id")
        if label == rule.country and rule.needs != "name":
            return True  # who calls it so means it, even where a digit is mistyped
        if label == "order" and rule.needs:
            continue
        likely = named or (rule.needs == "place" and rule.country.upper() in regions)
        if (likely or not rule.needs) and _check(rule.check)(written):
            return True
    return False


@cache
def _check(name: str) -> Callable[[str], bool]:
    if name == "own.any":
        return lambda written: True
    if name == "own.chinese":
        return _is_chinese
    found: Callable[[str], bool] = import_module(f"stdnum.{name}").is_valid
    return found


def _is_chinese(written: str) -> bool:
    """Check date and check digit only: the list of counties changes from year to year."""
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    number = normal(written)
    try:
        ric.get_birth_date(number)
        return bool(ric.calc_check_digit(number) == number[-1])
    except ValidationError:
        return False

"""Figures: what stands in a slot, written by code, so that what a page shows is what the evidence says."""

import math
from datetime import date, timedelta

from segment_core.artifacts import Evidence, EvidenceItem
from segment_core.grounding.slots import SLOT
from segment_core.phrasing.wording import clean, is_year, term_of

_ALL_CUSTOMERS = {"en": "{label}: {value} (all customers {base})", "zh": "{label}：{value}（全部客户 {base}）"}
_TYPICAL = {
    "mean": {"en": "{label}, on average", "zh": "{label}（平均）"},
    "median": {"en": "{label}, median", "zh": "{label}（中位数）"},
}
_ALONE = {"en": "{label}: {value}", "zh": "{label}：{value}"}
_SIZE = {"en": "Customers: {n} ({share} of all)", "zh": "客户数：{n}（占全部 {share}）"}
_WORTH = {
    "en": "{label}: {value} of the total, with {base} of the customers",
    "zh": "{label}：占总额 {value}，占客户 {base}",
}
_QUOTED = {"en": "“{text}”", "zh": "“{text}”"}


def render(text: str, evidence: Evidence, language: str = "en") -> str:
    """Fill the slots of a claim, as plain text.

    Examples
    --------
    "Well paid: ⟦S1.f2⟧" becomes "Well paid: Income, median: 58,138 (all customers 51,381)".
    """
    return "".join(
        piece if isinstance(piece, str) else figure(piece, language) for piece in parts(text, evidence, language)
    )


def parts(text: str, evidence: Evidence, language: str = "en") -> list[str | EvidenceItem]:
    """Split a claim into its words and the evidence items in between; an unknown slot becomes "…"."""
    found: list[str | EvidenceItem] = []
    for number, piece in enumerate(SLOT.split(text)):
        if number % 2:
            found.append(evidence.item(piece) or "…")
        elif piece:
            found.append(piece)
    return found


def figure(item: EvidenceItem, language: str = "en") -> str:
    """Say an item in full: its label as the analyst wrote it, its value, and that of all customers."""
    if item.kind in ("term", "quote"):
        return _QUOTED[language].format(text=term_of(item, 400))
    if item.kind == "size":
        return _size(item, language)
    if item.kind == "worth" and item.value is not None and item.base is not None:
        shares = {"value": _percent(item.value, item.base), "base": _percent(item.base, item.value)}
        return _WORTH[language].format(label=clean(item.label), **shares)
    label = clean(item.label)
    if item.value is not None and item.kind in _TYPICAL:
        label = _TYPICAL[item.kind][language].format(label=label)
    if item.value is None:
        return label
    if item.base is None:
        return _ALONE[language].format(label=label, value=_number(item, item.value, item.value))
    value, base = _number(item, item.value, item.base), _number(item, item.base, item.value)
    return _ALL_CUSTOMERS[language].format(label=label, value=value, base=base)


def _size(item: EvidenceItem, language: str) -> str:
    total = item.base if item.base and item.base > 1 else None
    share = item.value if item.value is not None and item.unit == "%" else None
    if share is None and total:
        share = item.n / total
    if share is None:
        return _ALONE[language].format(label=clean(item.label), value=f"{item.n:,}")
    return _SIZE[language].format(n=f"{item.n:,}", share=_percent(share, share))


def _number(item: EvidenceItem, value: float, beside: float) -> str:
    """Write a value so that it can be told from the one printed beside it."""
    if not math.isfinite(value):
        return "–"
    if item.kind == "date":
        return (date(1970, 1, 1) + timedelta(days=round(value))).isoformat()
    if item.unit == "%":
        return _percent(value, beside)
    if is_year(item):
        return f"{value:.0f}"
    return _plain(value, beside)


def _percent(value: float, beside: float) -> str:
    whole, other = round(value * 100), round(beside * 100)
    small = 0 < value < 0.095 or (whole == other and value != beside)
    return f"{value * 100:.1f} %" if small else f"{whole} %"


def _plain(value: float, beside: float) -> str:
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    if 0 < abs(value) < 0.1:
        return f"{value:.3g}"
    while digits < 6 and f"{value:.{digits}f}" == f"{beside:.{digits}f}" and value != beside:
        digits += 1
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

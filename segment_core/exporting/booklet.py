"""Booklet: the personas as a page to read, print and pass on, in HTML or Markdown; nothing in it is ever run."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segment_core.artifacts import CREATIVE, SECTIONS, Claim, Evidence, EvidenceItem, Persona
from segment_core.errors import DataError
from segment_core.grounding import figure, render
from segment_core.messages import Message, literal, say

if TYPE_CHECKING:  # the frame imports the steps, never the other way round
    from segment_core.study import Study

Tell = Callable[[Message], str]

TITLES: dict[str, Message] = {
    "who": say("Who they are"),
    "worth": say("Size and value"),
    "needs": say("What they need"),
    "frustrations": say("What frustrates them"),
    "objections": say("What holds them back"),
    "values": say("What they value"),
    "channels": say("Where to reach them"),
    "tone": say("How to speak to them"),
    "dos": say("Do"),
    "donts": say("Don't"),
    "day": say("A day with the product"),
}
COLOUR = "#4a5560"
MOST_FACTS = 6

_STYLE = """\
:root{color-scheme:light}
body{font:15px/1.5 "Source Sans 3","Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
color:#1d2429;max-width:60rem;margin:2rem auto;padding:0 1.25rem}
h1{font-size:1.9rem;margin:0 0 .25rem}h2{font-size:1.5rem;margin:0;overflow-wrap:anywhere}
h3{font-size:1rem;margin:0 0 .25rem}
p,ul,blockquote{margin:.25rem 0}ul{padding-left:1.1rem}li{margin:.15rem 0;overflow-wrap:anywhere}
.quiet{color:#69717a;font-size:.9rem}.lead{font-size:1.15rem;margin:.5rem 0 1rem}
article{border-top:6px solid;padding:1rem 0 1.5rem;margin-top:1.5rem}
.parts{columns:2 20rem;column-gap:2rem}
section{break-inside:avoid;padding-bottom:.9rem}
blockquote{border-left:3px solid #e0dcd2;padding-left:.75rem;color:#3c454c}
.advice{font-weight:400;color:#69717a;font-size:.8rem}
.facts{margin:.75rem 0 1.25rem}.fact{break-inside:avoid;overflow-wrap:anywhere;display:grid;
grid-template-columns:3fr 2fr;gap:1rem;align-items:center;margin:.2rem 0}
svg{display:block;width:100%;height:14px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
@media(max-width:36rem){.fact{grid-template-columns:1fr;gap:.1rem}}
@media print{@page{margin:10mm 12mm}body{margin:0;padding:0;max-width:none;font-size:8.5pt;line-height:1.3}
article{break-before:page;margin:0;padding:.6rem 0}article:first-of-type{break-before:auto}
h1{font-size:1.4rem}h2{font-size:1.25rem}h3{font-size:.85rem}.lead{font-size:1rem;margin:.3rem 0 .6rem}
.parts{columns:2;column-gap:1.6rem}section{padding-bottom:.6rem}}
"""


def personas_html(study: "Study", *, tell: Tell = str, language: str = "en", colours: Sequence[str] = ()) -> str:
    """Write all personas as one page that loads nothing from anywhere; printed, each segment starts a sheet.

    `tell` says the page's own words, `language` is that of the figures, and `colours` are the segments' in turn.
    Names, figures and quotes come from customers and are escaped: they show as they are, and do nothing.

    Raises
    ------
    DataError
        If there are no personas.
    """
    words = _words(study, tell, language)
    title, items = html.escape(tell(_TITLE)), words.evidence.items
    parts = [
        "<!doctype html>",
        f'<html lang="{html.escape(language)}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f'<h1>{title}</h1><p class="quiet">{html.escape(words.source())}</p>',
    ]
    reach = max((abs(item.effect) for item in items if item.kind not in ("term", "quote")), default=0.0) or 1.0
    for number, persona in enumerate(_in_order(study)):
        colour = colours[number % len(colours)] if colours else COLOUR
        parts += [*_article(persona, words, html.escape(colour), reach), "</article>"]
    parts.append(f'<p class="quiet">{html.escape(tell(_NOTE))}</p></body></html>')
    return "\n".join(parts) + "\n"


def personas_markdown(study: "Study", *, tell: Tell = str, language: str = "en") -> str:
    """Write all personas as Markdown; what comes from customers is escaped, so that it shows as it is.

    Raises
    ------
    DataError
        If there are no personas.
    """
    words = _words(study, tell, language)
    lines = [f"# {_raw(tell(_TITLE))}", "", _raw(words.source()), ""]
    for persona in _in_order(study):
        lines += [f"## {_raw(persona.name)}", "", _raw(words.size(persona)), ""]
        lines += [f"**{_raw(words.sentence(persona.tagline))}**", ""]
        facts = _facts(words.evidence, persona.segment)
        if facts:
            lines += [f"### {_raw(tell(_BESIDE))}", "", *(f"- {_raw(words.fact(item))}" for item in facts), ""]
        for section in SECTIONS:
            claims = persona.section(section)
            if claims:
                advice = f" ({_raw(tell(_ADVICE))})" if section in CREATIVE else ""
                lines += [f"### {_raw(tell(TITLES[section]))}{advice}", ""]
                for claim in claims:
                    quoted = words.quoted(claim)
                    lines += [f"- {_raw(words.sentence(claim))}", *([f"  > {_raw(quoted)}"] if quoted else [])]
                lines.append("")
    return "\n".join([*lines, _raw(tell(_NOTE))]) + "\n"


_TITLE = say("Personas")
_BESIDE = say("Beside the average customer")
_ADVICE = say("advice, not data")
_NOTE = say(
    "Figures, quotes and their bases come from the customers' own data and are filled in by the program; what is "
    "marked as advice is not. The segments were built from these columns, so they differ in them: this describes and "
    "does not prove."
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said of a study in one language, as plain text."""

    study: "Study"
    evidence: Evidence
    tell: Tell
    language: str

    def source(self) -> str:
        return self.tell(say("{source} · customers: {n:,}", source=self.study.source, n=len(self.study.customers)))

    def size(self, persona: Persona) -> str:
        segments = self.study.clustering.segments if self.study.clustering else ()
        size = next((segment.size for segment in segments if segment.id == persona.segment), 0)
        share = f"{size / max(1, len(self.study.customers)):.1%}"
        return self.tell(say("{id} · {n:,} customers · {share} of all", id=persona.segment, n=size, share=share))

    def sentence(self, claim: Claim) -> str:
        said = render(claim.text, self.evidence, self.language)
        return f"{said} ({self.tell(say('edited by hand'))})" if claim.author == "analyst" else said

    def quoted(self, claim: Claim) -> str:
        item = self.evidence.item(claim.quote) if claim.quote else None
        if item is None:
            return ""
        said = f"“{' '.join(item.text.split())}”"
        if item.row is None:
            return said
        where = say("{column}, row {n:,} of {table}", column=item.column, n=item.row, table=item.table)
        return f"{said} ({self.tell(where)})"

    def fact(self, item: EvidenceItem) -> str:
        return f"{'↑' if item.effect >= 0 else '↓'} {figure(item, self.language)}"


def _words(study: "Study", tell: Tell, language: str) -> _Words:
    if study.personas is None or study.evidence is None or study.clustering is None:
        raise DataError("There are no personas yet. Find segments first.")
    return _Words(study, study.evidence, tell, language)


def _in_order(study: "Study") -> list[Persona]:
    personas, clustering = study.personas, study.clustering
    assert personas is not None and clustering is not None  # _words has looked
    return [found for segment in clustering.segments if (found := personas.of(segment.id)) is not None]


def _article(persona: Persona, words: _Words, colour: str, reach: float) -> list[str]:
    text = html.escape
    parts = [
        f'<article style="border-color:{colour}"><h2>{text(persona.name)}</h2>',
        f'<p class="quiet">{text(words.size(persona))}</p>',
        f'<p class="lead">{text(words.sentence(persona.tagline))}</p>',
    ]
    facts = _facts(words.evidence, persona.segment)
    if facts:
        bars = (f"<span>{text(words.fact(item))}</span>{_bar(item.effect / reach, colour)}" for item in facts)
        drawn = "".join(f'<div class="fact">{bar}</div>' for bar in bars)
        parts.append(f'<div class="facts"><h3>{text(words.tell(_BESIDE))}</h3>{drawn}</div>')
    parts.append('<div class="parts">')
    for section in SECTIONS:
        claims = persona.section(section)
        if claims:
            advice = f' <span class="advice">{text(words.tell(_ADVICE))}</span>' if section in CREATIVE else ""
            items = "".join(_item(claim, words) for claim in claims)
            parts.append(f"<section><h3>{text(words.tell(TITLES[section]))}{advice}</h3><ul>{items}</ul></section>")
    return [*parts, "</div>"]


def _item(claim: Claim, words: _Words) -> str:
    quoted = words.quoted(claim)
    cited = f"<blockquote>{html.escape(quoted)}</blockquote>" if quoted else ""
    return f"<li>{html.escape(words.sentence(claim))}{cited}</li>"


def _bar(part: float, colour: str) -> str:
    """Draw a bar from the middle: full to the right for more, in outline to the left for less."""
    width = min(abs(part), 1.0) * 99
    start, fill = (100.0, "1") if part >= 0 else (100.0 - width, "0.2")
    return (
        '<svg viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="{start:.1f}" y="2" width="{width:.1f}" height="10" fill="{colour}" fill-opacity="{fill}" '
        f'stroke="{colour}" vector-effect="non-scaling-stroke"/>'
        '<line x1="100" y1="0" x2="100" y2="14" stroke="#1d2429" vector-effect="non-scaling-stroke"/></svg>'
    )


def _facts(evidence: Evidence, segment: str) -> list[EvidenceItem]:
    """Return a segment's strongest facts, one a column first, the most of it on top."""
    kinds = ("share", "median", "mean", "date")
    found = [item for item in evidence.of(segment, *kinds) if item.direction in ("over", "under") and item.effect]
    found.sort(key=lambda item: -abs(item.effect))
    first = [item for place, item in enumerate(found) if item.column not in {other.column for other in found[:place]}]
    rest = [item for item in found if item not in first]
    return sorted([*first, *rest][:MOST_FACTS], key=lambda item: -item.effect)


def _raw(text: str) -> str:
    return literal(text, sparing=True)

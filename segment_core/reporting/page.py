"""Page: a report as one HTML file that loads nothing, is safe to open from a mail, and can be clicked through."""

import base64
import hashlib
from html import escape

from segment_core.artifacts import Progress
from segment_core.reporting.pagecharts import bars, key, scatter
from segment_core.reporting.pagestyle import SCRIPT, STYLE
from segment_core.reporting.pieces import (
    Bars,
    Caveat,
    Map,
    Paragraph,
    Piece,
    Points,
    Profile,
    Quote,
    Report,
    Section,
    Stats,
    Table,
    colour,
)


def written(report: Report, progress: Progress) -> bytes:
    """Write the page. Only our own script may run in it, by its hash, and nothing may be fetched."""
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"
    links = "".join(f'<li><a href="#{one.key}">{escape(one.title)}</a></li>' for one in report.sections)
    words = {name: escape(word) for name, word in report.words.items()}
    language = "zh-CN" if report.language == "zh" else report.language
    parts = [
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
        f"<title>{escape(report.title)}</title><style>{STYLE}</style></head><body>",
        f'<a class="skip" href="#main">{words["skip"]}</a>',
        f"<header><h1>{escape(report.title)}</h1><p>{escape(report.subtitle)}</p></header>",
        f'<nav aria-label="{words["contents"]}"><h2>{words["contents"]}</h2><ol>{links}</ol></nav><main id="main">',
        *(_section(section, report) for section in report.sections),
        f'</main><footer><p class="quiet">{words["note"]}</p></footer><div id="tip" role="status" hidden></div>',
        f"<script>{SCRIPT}</script></body></html>\n",
    ]
    return "\n".join(parts).encode("utf-8", "replace")


def _section(section: Section, report: Report) -> str:
    profiles = [piece for piece in section.pieces if isinstance(piece, Profile)]
    listed = "".join(
        f'<li><a href="#{escape(p.id)}">{key(p.number)}{escape(p.id)}: {escape(p.name)}</a></li>' for p in profiles
    )
    contents = f'<ul class="segments">{listed}</ul>' if listed else ""
    inside = "".join(_piece(piece, report) for piece in section.pieces)
    return f'<section id="{section.key}"><h2>{escape(section.title)}</h2>{contents}{inside}</section>'


def _piece(piece: Piece, report: Report) -> str:  # noqa: PLR0911 - a way a kind
    match piece:
        case Paragraph():
            return f'<p class="{piece.style}">{escape(piece.text)}</p>'
        case Caveat():
            advice = f"<span>{escape(piece.advice)}</span>" if piece.advice else ""
            mark = f"<strong>{escape(piece.mark)}</strong>"
            return f'<div class="caveat {piece.tone}">{mark}<div><p>{escape(piece.text)}</p>{advice}</div></div>'
        case Stats():
            items = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in piece.items)
            return f'<dl class="stats">{items}</dl>'
        case Points():
            return _points(piece)
        case Quote():
            source = f"<footer>{escape(piece.source)}</footer>" if piece.source else ""
            return f"<blockquote><p>{escape(piece.text)}</p>{source}</blockquote>"
        case Table():
            return _table(piece, report)
        case Bars():
            note = f'<p class="quiet">{escape(piece.note)}</p>' if piece.note else ""
            title = f"<h3>{escape(piece.title)}</h3>"
            return f"<figure>{title}{bars(piece)}{note}{_twin(piece.twin, report)}</figure>"
        case Map():
            return (
                f"<figure>{scatter(piece, report.words['all'])}"
                f'<figcaption class="quiet">{escape(piece.note)}</figcaption></figure>'
            )
        case Profile():
            return _profile(piece, report)


def _points(piece: Points) -> str:
    note = f' <span class="advice">{escape(piece.note)}</span>' if piece.note else ""
    title = f"<h4>{escape(piece.title)}{note}</h4>" if piece.title else ""
    items = (f"<li>{escape(text)}{_piece(quote, _NOTHING) if quote else ''}</li>" for text, quote in piece.points)
    return f'<div class="points">{title}<ul>{"".join(items)}</ul></div>'


SORTED_FROM = 2
_NOTHING = Report("", "", "en", ())


def _table(table: Table, report: Report) -> str:
    kinds = [' class="n"' if place in table.numeric else "" for place in range(len(table.head))]
    head = "".join(f'<th scope="col"{kind}>{escape(cell)}</th>' for cell, kind in zip(table.head, kinds, strict=True))
    rows = "".join(
        "<tr>" + "".join(f"<td{kind}>{escape(cell)}</td>" for cell, kind in zip(row, kinds, strict=True)) + "</tr>"
        for row in table.rows
    )
    caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    search = ""
    if table.searched:
        word = escape(report.words["search"])
        search = f'<p class="search" hidden><label>{word} <input type="search" id="search"></label></p>'
    label = escape(table.title or report.title)
    sort = f' data-sort="{escape(report.words["sort"])}"' if len(table.rows) > SORTED_FROM else ""
    whole = f"<table{sort}>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'{search}<div class="scroll" tabindex="0" role="region" aria-label="{label}">{whole}</div>'


def _twin(table: Table, report: Report) -> str:
    return f"<details><summary>{escape(report.words['table'])}</summary>{_table(table, report)}</details>"


def _profile(piece: Profile, report: Report) -> str:
    parts = [
        f'<article id="{escape(piece.id)}" style="--own:{colour(piece.number)}"><h3>{escape(piece.name)}</h3>',
        _piece(piece.stats, report),
        f'<p class="lead">{escape(piece.lead)}</p>' if piece.lead else "",
        *(_piece(caveat, report) for caveat in piece.caveats),
        _piece(piece.drivers, report) if piece.drivers else "",
        '<div class="parts">' + "".join(_points(points) for points in piece.parts) + "</div>" if piece.parts else "",
    ]
    if piece.quotes:
        parts.append(f"<h4>{escape(report.words['quotes'])}</h4>")
        parts += [_piece(quote, report) for quote in piece.quotes]
    return "".join([*parts, "</article>"])

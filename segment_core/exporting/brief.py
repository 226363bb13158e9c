"""Brief: a short document of headings, sentences and tables as Markdown, HTML or Word; nothing in it is ever run."""

import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from segment_core.messages import literal

if TYPE_CHECKING:
    from docx.document import Document

_STYLE = """
:root{color-scheme:light dark;--line:#ccd3da;--soft:#5b6770}
@media (prefers-color-scheme:dark){:root{--line:#3a444d;--soft:#9aa7b1}}
body{font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:52rem;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.7rem}h2{font-size:1.25rem;margin-top:2rem;border-bottom:1px solid var(--line)}h3{font-size:1rem}
h1,h2,h3,p,li,td{overflow-wrap:anywhere}th{overflow-wrap:break-word}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;
vertical-align:top}th{color:var(--soft);font-weight:600}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-left:3px solid var(--line);padding-left:.75rem}
@media print{body{max-width:none;margin:0}tr,pre{break-inside:avoid}}
"""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a brief, all of it plain text: a heading, a sentence, a list, a table (first row: names), a message.

    `lines` are the items of a list, and of a "message" its text, whose line ends are kept.
    """

    kind: Literal["title", "heading", "small heading", "sentence", "list", "table", "message"]
    text: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def brief_markdown(blocks: Sequence[Block]) -> str:
    """Write a brief as Markdown; every text is escaped, so that it shows as it is."""
    found: list[str] = []
    marks = {"title": "# ", "heading": "## ", "small heading": "### ", "sentence": ""}
    for block in blocks:
        if block.kind in marks:
            found += [marks[block.kind] + _raw(block.text), ""]
        elif block.kind == "list":
            found += [*(f"- {_raw(line)}" for line in block.lines), ""]
        elif block.kind == "table":
            first, *rest = block.rows
            rule = "|" + " --- |" * len(first)
            found += [_row(first), rule, *map(_row, rest), ""]
        else:
            found += [*_fenced("\n".join(block.lines)), ""]
    return "\n".join(found)


def brief_html(blocks: Sequence[Block], *, language: str = "en") -> str:
    """Write a brief as one page that loads nothing from anywhere; every text is escaped."""
    tags = {"title": "h1", "heading": "h2", "small heading": "h3", "sentence": "p"}
    body, title = [], next((block.text for block in blocks if block.kind == "title"), "")
    for block in blocks:
        if block.kind in tags:
            body.append(f"<{tags[block.kind]}>{_html(block.text)}</{tags[block.kind]}>")
        elif block.kind == "list":
            body.append("<ul>" + "".join(f"<li>{_html(line)}</li>" for line in block.lines) + "</ul>")
        elif block.kind == "table":
            first, *rest = block.rows
            rows = ["".join(f"<th>{_html(cell)}</th>" for cell in first)]
            rows += ["".join(f"<td>{_html(cell)}</td>" for cell in row) for row in rest]
            body.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            body.append(f"<pre>{_html(chr(10).join(block.lines))}</pre>")
    return (
        f'<!doctype html>\n<html lang="{_html(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{_html(title)}</title><style>{_STYLE}</style></head><body>\n" + "\n".join(body) + "\n</body></html>\n"
    )


def brief_docx(blocks: Sequence[Block], *, language: str = "en") -> bytes:
    """Write a brief as a Word document with real headings, lists and tables; Chinese gets a font that has it."""
    from docx import Document

    document = Document()
    _fonts(document, language)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    for block in blocks:
        if block.kind in ("title", "heading", "small heading"):
            level = {"title": 0, "heading": 1, "small heading": 2}[block.kind]
            document.add_heading(_word(block.text), level)
        elif block.kind == "sentence":
            document.add_paragraph(_word(block.text))
        elif block.kind == "list":
            for line in block.lines:
                document.add_paragraph(_word(line), style="List Bullet")
        elif block.kind == "table":
            table = document.add_table(rows=0, cols=len(block.rows[0]), style="Light Grid Accent 1")
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = _word(text)
            _widen_first(table)
        else:
            document.add_paragraph(_word("\n".join(block.lines)), style="Quote")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _widen_first(table: Any) -> None:
    """Give the names in the first column room for twice as much as the numbers beside them."""
    whole = sum(column.width or 0 for column in table.columns)
    for number, column in enumerate(table.columns):
        for cell in column.cells:
            cell.width = round(whole * (1 if number else 2) / (len(table.columns) + 1))


def _fonts(document: "Document", language: str) -> None:
    from docx.oxml.ns import qn

    if language != "zh":
        return
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Quote", "List Bullet"):
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), "Microsoft YaHei")


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_raw(cell) for cell in cells) + " |"


def _fenced(text: str) -> list[str]:
    """Put a text into a block whose fence is longer than any run of backticks within."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *text.splitlines(), fence]


def _html(text: str) -> str:
    return html.escape(text)


def _word(text: str) -> str:
    """Drop what XML cannot hold."""
    return _CONTROL.sub("", text)


def _raw(text: str) -> str:
    return literal(text, sparing=True)

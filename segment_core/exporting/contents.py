"""Contents: messages as a table, as Markdown and as a page that prints, for all segments or some."""

import html
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from segment_core.artifacts import Piece
from segment_core.errors import DataError
from segment_core.exporting.tables import as_csv, segment_name
from segment_core.phrasing.wording import clean

if TYPE_CHECKING:  # the frame imports the steps, never the other way round
    from segment_core.study import Study

Counts = Mapping[tuple[str, str, str], tuple[int, int]]
"""How long a line is and may be, by channel, line and text: only the step that writes messages knows how to count."""

_STYLE = """
:root{color-scheme:light dark;--line:#ccd3da;--soft:#5b6770;--over:#b3261e}
@media (prefers-color-scheme:dark){:root{--line:#3a444d;--soft:#9aa7b1;--over:#ffb4ab}}
body{font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.7rem}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}h3{margin:1.5rem 0 .5rem}
section.variants{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:1rem}
article{border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;break-inside:avoid}
article h4{margin:0 0 .5rem}p{margin:.2rem 0 .7rem;white-space:pre-line;overflow-wrap:anywhere}
small{color:var(--soft)}small.over{color:var(--over)}
@media print{body{max-width:none;margin:0}h2{break-before:page}h2:first-of-type{break-before:auto}}
"""
_WORDS = {
    "en": {
        "title": "Messages",
        "variant": "Variant {n}",
        "offer": "Offer",
        "brand": "Brand",
        "goal": "Goal",
        "voice": "Voice",
        "avoid": "Words to avoid",
    },
    "zh": {
        "title": "文案",
        "variant": "版本 {n}",
        "offer": "优惠内容",
        "brand": "品牌",
        "goal": "目标",
        "voice": "语气",
        "avoid": "不用的词",
    },
}
_NAMES = {
    "en": {
        "email": "Email",
        "sms": "SMS",
        "push": "Push message",
        "social": "Social post",
        "ad": "Search ad",
        "landing": "Landing page",
    },
    "zh": {
        "email": "邮件",
        "sms": "短信",
        "push": "推送",
        "social": "社交帖子",
        "ad": "搜索广告",
        "landing": "落地页",
        "subject": "主题",
        "preview": "预览",
        "body": "正文",
        "text": "正文",
        "title": "标题",
        "post": "正文",
        "headline": "标题",
        "description": "描述",
        "subline": "副标题",
        "button": "按钮",
    },
}
"""What channels and lines are called where people read them; a table keeps their codes."""
_BRIEFED = ("goal", "offer", "brand", "voice", "avoid")


def contents_csv(study: "Study", counts: Counts, *, only: Sequence[str] = (), bom: bool = False) -> bytes:
    """Return one row a line of every message: segment, name, channel, variant, line, text, characters, limit.

    No cell is a formula.
    """
    rows = [
        {
            "segment": piece.segment,
            "name": segment_name(study, piece.segment),
            "channel": piece.channel,
            "variant": piece.variant,
            "line": name,
            "text": claim.text,
            "characters": counts[piece.channel, name, claim.text][0],
            "limit": counts[piece.channel, name, claim.text][1],
            "by": claim.author,
        }
        for piece in _pieces(study, only)
        for name, claim in piece.lines.items()
    ]
    columns = ["segment", "name", "channel", "variant", "line", "text", "characters", "limit", "by"]
    return as_csv(pd.DataFrame(rows, columns=columns), bom=bom)


def contents_markdown(study: "Study", counts: Counts, *, only: Sequence[str] = ()) -> str:
    """Return all messages as Markdown; each text stands in a code block, so that nothing in it is markup."""
    pieces, words = _pieces(study, only), _words(study)
    found = [f"# {words['title']}", ""]
    for title, text in _brief(study):
        found += [f"**{title}**", "", *_fenced(text), ""]
    segment = channel = ""
    for piece in pieces:
        if piece.segment != segment:
            segment, channel = piece.segment, ""
            found += [f"## {_escaped(segment_name(study, segment))} ({_escaped(segment)})", ""]
        if piece.channel != channel:
            channel = piece.channel
            found += [f"### {_named(study, channel)}", ""]
        found += [f"#### {words['variant'].format(n=piece.variant)}", ""]
        for name, claim in piece.lines.items():
            used, most = counts[piece.channel, name, claim.text]
            found += [f"{_named(study, name)} ({used}/{most})", "", *_fenced(claim.text), ""]
    return "\n".join(found)


def contents_html(study: "Study", counts: Counts, *, only: Sequence[str] = ()) -> str:
    """Return all messages as one page that needs nothing else, in light and dark, a segment a sheet when printed."""
    pieces, words, language = _pieces(study, only), _words(study), _language(study)
    body = [f"<h1>{words['title']}</h1>"]
    body += [f"<p><small>{html.escape(title)}</small><br>{html.escape(text)}</p>" for title, text in _brief(study)]
    segments = dict.fromkeys(piece.segment for piece in pieces)
    for segment in segments:
        body.append(f"<h2>{html.escape(segment_name(study, segment))} <small>{html.escape(segment)}</small></h2>")
        for channel in dict.fromkeys(piece.channel for piece in pieces if piece.segment == segment):
            body.append(f'<h3>{html.escape(_named(study, channel))}</h3><section class="variants">')
            same = [p for p in pieces if (p.segment, p.channel) == (segment, channel)]
            body += [_article(study, p, counts, words) for p in same]
            body.append("</section>")
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{words['title']}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _article(study: "Study", piece: Piece, counts: Counts, words: Mapping[str, str]) -> str:
    found = [f"<article><h4>{words['variant'].format(n=piece.variant)}</h4>"]
    for name, claim in piece.lines.items():
        used, most = counts[piece.channel, name, claim.text]
        over = ' class="over"' if used > most else ""
        found.append(
            f"<small{over}>{html.escape(_named(study, name))} · {used}/{most}</small><p>{html.escape(claim.text)}</p>"
        )
    return "".join([*found, "</article>"])


def _named(study: "Study", code: str) -> str:
    """Name a channel, or a line such as "headline 2", in the language of the messages."""
    kind, _, number = code.partition(" ")
    return f"{_NAMES[_language(study)].get(kind, kind.capitalize())} {number}".strip()


def _pieces(study: "Study", only: Sequence[str]) -> list[Piece]:
    if study.contents is None:
        raise DataError("There are no messages yet. Write messages first.")
    return [piece for piece in study.contents.pieces if not only or piece.segment in only]


def _brief(study: "Study") -> list[tuple[str, str]]:
    assert study.contents is not None  # `_pieces` has seen to it
    words = _words(study)
    found = [(words[name], str(getattr(study.contents.brief, name)).strip()) for name in _BRIEFED]
    return [(title, text) for title, text in found if text]


def _language(study: "Study") -> str:
    return "zh" if study.contents is not None and study.contents.brief.language == "zh" else "en"


def _words(study: "Study") -> Mapping[str, str]:
    return _WORDS[_language(study)]


def _fenced(text: str) -> list[str]:
    """Put a text into a block whose fence is longer than any run of backticks within."""
    longest = max((len(run) for run in "".join(c if c == "`" else " " for c in text).split()), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *text.splitlines(), fence]


def _escaped(text: str) -> str:
    """Make a name safe in a heading."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()<>#+-.!|&~" else letter for letter in clean(text))

"""Messages as files: safe in a spreadsheet, in Markdown and in a browser."""

import io
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest

from segment_core.artifacts import Brief, Claim, Contents, Piece, Step
from segment_core.contents import counts
from segment_core.errors import DataError
from segment_core.exporting import contents_csv, contents_html, contents_markdown

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "```\n# x\n![a](http://e/x)",
    '"><img src=x>',
    "多行\n第二",
)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def written(small_study):
    ids = [segment.id for segment in small_study.clustering.segments][:2]
    pieces = tuple(
        Piece(segment, "push", number, {"title": Claim(text), "body": Claim("Come and see", author="analyst")})
        for segment in ids
        for number, text in enumerate(HOSTILE, 1)
    )
    return replace(small_study, contents=Contents(pieces, Brief(offer="<b>10 %</b>"), Step("builtin")))


def test_a_row_a_line_and_no_formulas(written) -> None:
    table = pd.read_csv(io.BytesIO(contents_csv(written, counts(written.contents.pieces))))
    assert list(table)[:8] == ["segment", "name", "channel", "variant", "line", "text", "characters", "limit"]
    assert len(table) == len(written.contents.pieces) * 2
    assert not table["text"].str.startswith(("=", "+", "-", "@")).any()
    first = table[table["line"] == "body"].iloc[0]
    assert (first["characters"], first["limit"], first["by"]) == (12, 120, "analyst")


def test_one_segment_alone(written) -> None:
    segment = written.contents.pieces[0].segment
    table = pd.read_csv(io.BytesIO(contents_csv(written, counts(written.contents.pieces), only=[segment])))
    assert set(table["segment"]) == {segment}


def test_the_page_shows_texts_as_texts(written) -> None:
    page = contents_html(written, counts(written.contents.pieces))
    tags = Tags()
    tags.feed(page)
    assert not tags.seen & {"script", "img", "b", "a", "link", "iframe"}
    assert HOSTILE[1] in tags.text and HOSTILE[3] in tags.text
    assert "http://e/x" in tags.text and "src=" not in page.replace("src=x", "")


def test_markdown_fences_hold(written) -> None:
    lines = contents_markdown(written, counts(written.contents.pieces)).splitlines()
    fence, outside = "", []
    for line in lines:
        if not fence and line.startswith("```"):
            fence = line
        elif fence and line == fence:
            fence = ""
        elif not fence:
            outside.append(line)
    assert not fence
    assert not any(mark in line for line in outside for mark in ("<script", "![", "alert", "=cmd"))


def test_without_messages_it_says_so(small_study) -> None:
    with pytest.raises(DataError, match="Write messages first"):
        contents_html(replace(small_study, contents=None), {})

"""Reports: the same content in all three kinds and both languages, on paper that it fits, and nothing in them runs."""

import dataclasses
import io
import re
from pathlib import Path

import pytest

from segment_core.artifacts import Claim, Evidence, silent
from segment_core.campaigning import Wish, brief_of, plan_campaign, with_readout
from segment_core.campaigns import read_out
from segment_core.errors import Cancelled, DataError, OptionError
from segment_core.exporting import contactable
from segment_core.reporting import KINDS, making, report
from segment_core.reporting.content import content
from segment_core.reporting.deck import FOOT, HIGH, WIDE
from segment_core.reporting.fitting import cut, parted, shortened, width, wrapped
from segment_core.reporting.pieces import Table
from segment_core.store import Workspace
from segment_core.study import Study
from tests.sheets import HOSTILE, hostile

POINT = 12700


@pytest.fixture(scope="session")
def made(small_study: Study) -> dict[tuple[str, str], bytes]:
    """Return every kind of report in both languages."""
    return {(kind, language): report(small_study, kind, language) for kind in KINDS for language in ("en", "zh")}


def text_of(data: bytes, kind: str) -> str:
    """Read a report's text back."""
    if kind == "html":
        import html

        return html.unescape(re.sub(r"<[^>]+>", " ", data.decode().split("</style>")[1].split("<script>")[0]))
    if kind == "pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(data)
        found = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
        return found
    from pptx import Presentation

    return "\n".join(
        text for slide in Presentation(io.BytesIO(data)).slides for shape in slide.shapes for text in texts(shape)
    )


def texts(shape):  # type: ignore[no-untyped-def]
    """Return the texts of a shape of a slide."""
    if shape.has_text_frame:
        yield shape.text_frame.text
    if shape.has_table:
        yield from (cell.text for row in shape.table.rows for cell in row.cells)


def squeezed(text: str) -> str:
    """Take out spaces and breaks, which are the layout's."""
    return re.sub(r"[\s\u2060“”\"·|]", "", text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_report_holds_segments_evidence_and_checks(
    made: dict[tuple[str, str], bytes], small_study: Study, kind: str, language: str
) -> None:
    data = made[kind, language]
    assert len(data) < 10_000_000
    found = squeezed(text_of(data, kind))
    for profile in content(small_study, language).profiles:
        assert squeezed(profile.name) in found
    may = contactable(small_study.customers)
    for item in small_study.evidence.items:  # type: ignore[union-attr]
        assert (item.id in found) is (not item.source or bool(may[item.source]))
    said = {"en": "Comesback", "zh": "再现"}[language]
    assert said in found
    assert all(column.name in found for column in small_study.customers.columns)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_study_gives_the_same_bytes(made: dict[tuple[str, str], bytes], small_study: Study, kind: str) -> None:
    assert report(small_study, kind, "zh") == made[kind, "zh"]  # type: ignore[arg-type]


def test_the_page_fetches_nothing_and_runs_only_our_script(made: dict[tuple[str, str], bytes]) -> None:
    page = made["html", "en"].decode()
    assert "default-src 'none'" in page and "script-src 'sha256-" in page
    assert not re.findall(r"(?:src|href)=\"(?!#)", page)
    assert page.count("<script") == 1 and '<html lang="en">' in page and "<main" in page


def test_the_document_has_bookmarks_a_title_and_a_language(
    made: dict[tuple[str, str], bytes], small_study: Study
) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(made["pdf", "zh"])
    titles = [mark.get_title() for mark in document.get_toc()]
    assert {p.name for p in content(small_study, "zh").profiles} <= set(titles)
    assert "shop.csv" in document.get_metadata_dict()["Title"]
    assert b"zh-CN" in made["pdf", "zh"]
    for page in document:  # nothing is written over the edge of the paper
        boxes = page.get_textpage()
        for place in range(boxes.count_rects()):
            left, bottom, right, top = boxes.get_rect(place)
            assert left >= 40 and right <= 595 - 40 and bottom >= 20 and top <= 842 - 40
    document.close()


def test_slides_are_editable_and_nothing_runs_over(made: dict[tuple[str, str], bytes], small_study: Study) -> None:
    from pptx import Presentation

    show = Presentation(io.BytesIO(made["pptx", "zh"]))
    shapes = [shape for slide in show.slides for shape in slide.shapes]
    assert not [shape for shape in shapes if shape.shape_type == 13], "no pictures"
    assert sum(shape.has_chart for shape in shapes) >= 2 + len(small_study.clustering.segments)  # type: ignore[union-attr]
    assert any(shape.has_table for shape in shapes)
    assert 'typeface="Microsoft YaHei"' in show.slides[0].shapes.title._element.xml
    fits(show)
    names = {profile.name for profile in content(small_study, "zh").profiles}
    noted = [slide for slide in show.slides if slide.shapes.title.text_frame.text in names]
    assert len(noted) == len(names) and all("shop.csv" in slide.notes_slide.notes_text_frame.text for slide in noted)


def fits(show) -> None:  # type: ignore[no-untyped-def]
    """Assert that every box is on its slide and holds its text."""
    for slide in show.slides:
        for shape in slide.shapes:
            right, bottom = (shape.left + shape.width) / POINT, (shape.top + shape.height) / POINT
            assert shape.left >= 0 and shape.top >= 0 and right <= WIDE + 1 and bottom <= HIGH + 1
            if shape.has_table:
                assert bottom <= FOOT + 1
            if shape.has_text_frame and shape.text_frame.text:
                size = shape.text_frame.paragraphs[0].runs[0].font.size.pt
                lines = wrapped(shape.text_frame.text, size, shape.width / POINT)
                assert len(lines) * size * 1.2 <= shape.height / POINT + 2, shape.text_frame.text


def crowded(study: Study, evidence: Evidence, names: list[str]) -> Study:
    """Return the study with other evidence for its segments, and with these names."""
    segments = study.clustering.segments  # type: ignore[union-attr]
    items = [
        dataclasses.replace(item, segment=segments[number % len(segments)].id)
        for number, item in enumerate(evidence.items)
    ]
    personas = tuple(
        dataclasses.replace(persona, name=name)
        for persona, name in zip(study.personas.personas, names, strict=True)  # type: ignore[union-attr]
    )
    found = dataclasses.replace(study.personas, personas=personas)  # type: ignore[type-var]
    return dataclasses.replace(
        study, evidence=dataclasses.replace(evidence, items=tuple(items)), personas=found, source="<img src=x>.csv"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_harmless(small_study: Study, kind: str) -> None:
    names = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "a\u202eb\u200bc\x00d 🙂", "长" * 40]
    data = report(crowded(small_study, hostile(), names), kind, "en")  # type: ignore[arg-type]
    text = text_of(data, kind)
    assert "a.b@evil.example" not in text and "170 1234567" not in text
    assert "\x00" not in text and "\u202e" not in text
    if kind == "html":
        page = data.decode()
        assert "<script>alert" not in page and "<img" not in page and "&lt;script&gt;" in page
    if kind == "pptx":
        from pptx import Presentation

        fits(Presentation(io.BytesIO(data)))
    assert HOSTILE[0] in text.replace("\n", "")


@pytest.mark.parametrize("kind", KINDS)
def test_bare_and_doubtful_studies_are_told_plainly(small_study: Study, kind: str) -> None:
    card = dataclasses.replace(small_study.scorecard, verdict="nothing-there")  # type: ignore[type-var]
    bare = dataclasses.replace(small_study, personas=None, projection=None, audit=None, readings=None, scorecard=card)
    text = text_of(report(bare, kind, "en"), kind)  # type: ignore[arg-type]
    assert "No segments to plan on" in text and "Nothing there" in text


def test_who_may_not_be_contacted_is_counted_but_not_quoted(small_study: Study) -> None:
    quotes = [item for item in small_study.evidence.items if item.kind == "quote"]  # type: ignore[union-attr]
    may = contactable(small_study.customers)
    quoted = next(item for item in quotes if may[item.source])
    assert quoted.text[:60] in text_of(report(small_study, "html"), "html")
    assert any(quote.source for profile in content(small_study, "en").profiles for quote in profile.quotes)
    frame = small_study.customers.frame.copy()
    for name in small_study.customers.named("consent"):
        frame[name] = "no"
    closed = dataclasses.replace(small_study, customers=dataclasses.replace(small_study.customers, frame=frame))
    tagline = Claim("They said so.", (), quote=quoted.id)
    resting = tuple(dataclasses.replace(one, tagline=tagline) for one in small_study.personas.personas)  # type: ignore[union-attr]
    closed = dataclasses.replace(closed, personas=dataclasses.replace(closed.personas, personas=resting))
    page = text_of(report(closed, "html"), "html")
    assert not [item.text for item in quotes if item.text[:60] in page] and "They said so" not in page
    assert f"Quotes left out: {len(quotes)}." in page
    assert "Quotes left out" not in text_of(report(closed, "html", without=("quotes",)), "html"), "asked for, not kept"
    assert content(closed, "en").profiles[0].stats == content(small_study, "en").profiles[0].stats


@pytest.mark.parametrize("kind", KINDS)
def test_a_campaign_is_told_with_its_sizes_and_what_it_brought(small_study: Study, kind: str) -> None:
    segments = tuple(segment.id for segment in small_study.clustering.segments[:2])  # type: ignore[union-attr]
    wish = Wish(segments=segments, name="Spring <b>", goal="Back by a.b@shop.example", baseline=0.1, seed=5)
    made = plan_campaign(small_study, wish, at=1.0)
    ids = [id_ for cell in made.cells for id_ in (*cell.treated, *cell.held)]
    kept = dataclasses.replace(small_study, campaigns=(made,))
    found = text_of(report(kept, kind, "en"), kind)  # type: ignore[arg-type]
    n_held = sum(len(cell.held) for cell in made.cells)
    assert "No results yet" in found and "Spring <b>" in found and "a.b@shop" not in found
    assert squeezed(f"{len(ids) - n_held} customers treated, {n_held} held out") in squeezed(found)
    values = {id_: 1.0 for cell in made.cells for id_ in cell.treated}
    read = with_readout((made,), made.id, read_out(made, values, source="r.csv", at=2.0))
    (section,) = (s for s in content(dataclasses.replace(kept, campaigns=read), "en").sections if s.key == "campaigns")
    (table,) = (piece for piece in section.pieces if isinstance(piece, Table))
    assert table.rows[-1][5:7] == ("100.0%", "0.0%") and table.rows[-1][7].startswith("+100.0 points (")
    assert [row[1] for row in table.rows[:2]] == [
        f"{segment.size:,}"
        for segment in small_study.clustering.segments[:2]  # type: ignore[union-attr]
    ]
    assert "campaigns" not in {s.key for s in content(kept, "en", without=("campaigns",)).sections}


def test_numbers_of_other_segments_are_not_told_of_a_campaign(small_study: Study) -> None:
    """After another run S1 is somebody else: its size beside the treated of the old S1 would be wrong."""
    first = small_study.clustering.segments[0].id  # type: ignore[union-attr]
    made = plan_campaign(small_study, Wish(segments=(first,), baseline=0.1), at=1.0)
    clustering = small_study.clustering
    turned = dataclasses.replace(clustering, labels=clustering.labels[::-1].copy())  # type: ignore[union-attr]
    other = dataclasses.replace(small_study, campaigns=(made,), clustering=turned)
    (section,) = (s for s in content(other, "en").sections if s.key == "campaigns")
    (table,) = (piece for piece in section.pieces if isinstance(piece, Table))
    assert table.rows[0][1] == "–"
    rows = next(block.rows for block in brief_of(other, made) if block.kind == "table")
    assert rows[1][1:4] == ("–", "–", "–")


def test_what_cannot_be_told_is_said(small_study: Study) -> None:
    with pytest.raises(OptionError, match="docx"):
        report(small_study, "docx")  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="fr"):
        report(small_study, "html", "fr")
    with pytest.raises(DataError, match="no segments"):
        report(dataclasses.replace(small_study, clustering=None), "html")


def test_lines_fit_and_lose_nothing() -> None:
    for text in ("Donaudampfschifffahrtsgesellschaft und mehr", "客户满意度，很高。" * 9, "x" * 200, ""):
        lines = wrapped(text, 10, 60)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(width(line, 10) <= 71 for line in lines)
    assert cut("one two three four", 10, 40, 2)[-1].endswith("…")


@pytest.mark.parametrize("kind", ["pdf", "pptx"])
def test_writing_can_be_stopped_on_the_way(small_study: Study, kind: str) -> None:
    told: list[float] = []

    def stop(done: float, total: float, note: object) -> None:
        told.append(done / total)
        if done / total > 0.7:
            raise Cancelled

    with pytest.raises(Cancelled):
        report(small_study, kind, "en", stop)  # type: ignore[arg-type]
    assert told == sorted(told) and len(told) > 12


def test_the_worker_keeps_what_it_wrote(small_study: Study, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    study = workspace.new_study("shop")
    version = workspace.save_study(study, small_study, summary={})
    args = {"workspace": str(tmp_path), "study": study, "kind": "html", "language": "en"}
    assert making.make(args, {}, silent) == {"study": study}
    assert making.made(workspace, making.key_of(study, version, "html", "en")).startswith(b"<!doctype html>")
    assert making.made(workspace, making.key_of(study, version + 1, "html", "en")) is None


LONG = [
    "Qualitätsbewusste Stammkundschaft mit sehr hohem Warenkorb",
    "追求品质并且愿意为可持续包装支付更高价格的城市家庭客户群体甲乙丙丁",
    "b",
    "c",
]


def named(study: Study, names: list[str], author: str = "analyst") -> Study:
    """Return the study with these names for its personas."""
    personas = tuple(
        dataclasses.replace(persona, name=name, name_author=author)  # type: ignore[arg-type]
        for persona, name in zip(study.personas.personas, names, strict=True)  # type: ignore[union-attr]
    )
    found = dataclasses.replace(study.personas, personas=personas)  # type: ignore[type-var]
    return dataclasses.replace(study, personas=found)


def test_each_segment_is_one_page_of_the_document(small_study: Study) -> None:
    import pypdfium2

    language = "en"

    study = named(small_study, LONG)
    document = pypdfium2.PdfDocument(report(study, "pdf", language))
    pages = {mark.get_title(): mark.get_dest().get_index() for mark in document.get_toc()}
    names = [profile.name for profile in content(study, language).profiles]
    after = pages[content(study, language).sections[4].title]
    document.close()
    assert [pages[name] for name in names] == list(range(pages[names[0]], pages[names[0]] + len(names)))
    assert after == pages[names[-1]] + 1


def test_page_one_says_who_the_segments_are(made: dict[tuple[str, str], bytes], small_study: Study) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(made["pdf", "en"])
    first = squeezed(document[0].get_textpage().get_text_bounded())
    document.close()
    for profile in content(small_study, "en").profiles:
        assert squeezed(profile.name) in first and squeezed(profile.lead)[:24] in first


def test_personas_are_said_in_the_language_of_the_report(small_study: Study) -> None:
    told = content(small_study, "zh").profiles
    assert all(re.search(r"[\u4e00-\u9fff]", f"{p.name}{p.lead}") for p in told)
    assert all(re.search(r"[\u4e00-\u9fff]", point) for p in told for part in p.parts for point, _ in part.points)
    kept = content(named(small_study, LONG), "zh").profiles
    assert [profile.name for profile in kept] == LONG, "what the analyst called them stays"
    assert [p.stats.items[1][1] for p in told] == [p.stats.items[1][1] for p in content(small_study, "en").profiles]


def test_parts_can_be_left_out(small_study: Study) -> None:
    out = ("map", "quotes", "evidence")
    short = content(small_study, "en", without=out)
    assert {section.key for section in short.sections} == {
        "summary", "verdict", "segments", "audit", "method", "data", "versions"
    }  # fmt: skip
    quotes = [item.text for item in small_study.evidence.items if item.kind == "quote"]  # type: ignore[union-attr]
    page = text_of(report(small_study, "html", "en", without=out), "html")
    assert quotes and not any(quote[:60] in page for quote in quotes)
    listed = content(small_study, "en", without=("quotes",)).sections
    assert "Quote" not in str(next(section for section in listed if section.key == "evidence"))
    with pytest.raises(OptionError, match="cover"):
        report(small_study, "html", without=("cover",))


def test_slides_keep_words_whole_numbers_in_sight_and_every_letter(small_study: Study) -> None:
    from pptx import Presentation

    names = ["x" * 200, "שלום 🙂 café", LONG[0], LONG[1]]
    study = dataclasses.replace(
        named(small_study, names), source="Kundendatenbank_Gesamtübersicht_2026_final_version.csv"
    )
    show = Presentation(io.BytesIO(report(study, "pptx", "zh")))
    fits(show)
    found = "\n".join(text for slide in show.slides for shape in slide.shapes for text in texts(shape))
    assert study.source in found and "שלום 🙂 café" in found and "□" not in found
    profiles = {profile.name: profile for profile in content(study, "zh").profiles}
    for slide in show.slides:
        profile = profiles.get(slide.shapes.title.text_frame.text)
        if profile and profile.drivers:
            drawn = next(shape.chart for shape in slide.shapes if shape.has_chart)
            said = list(drawn.plots[0].categories)
            assert all(text.endswith(bar.short) for text, bar in zip(said, profile.drivers.bars, strict=True))


def test_parted_and_shortened_text_is_as_it_was_written() -> None:
    text = "eins zwei " + "x" * 60 + " drei 长长长长长长长长"
    assert "".join("".join(parted(text, 10, 60, 2)).split()) == "".join(text.split())
    assert shortened(text, 10, 60, 3).endswith("…") and text.startswith(shortened(text, 10, 60, 3)[:-1].rstrip())
    assert shortened("ab", 10, 60) == "ab"

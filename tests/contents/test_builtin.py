"""The built-in writer: fits every channel, keeps to the brief, names nothing sensitive, tells segments apart."""

import pytest

from segment_core.artifacts import Brief, Contents, Evidence
from segment_core.contents import CHANNELS, CONTENTS, BuiltinOptions, fits, problems, unsaid
from segment_core.contents.builtin import IDEAS, write
from segment_core.grounding import check_copy
from segment_core.grounding.promises import has_word
from tests.sheets import HOSTILE, SHEETS, Sheet, categories, numbers, texts

BRIEFS = {
    "empty": Brief(),
    "full": Brief("win back", "10 % off until 31 May", "Fennel & Oak", "warm", "cheap, deal", "en"),
    "playful": Brief("launch", "Free delivery above 50 €", "Oak", "playful, short"),
    "chinese": Brief("召回", "满200减30", "味道家", "正式", "便宜", "zh"),
    "long": Brief(
        offer="Everything in the shop is 20 % off for members who bring a friend along, " * 4, brand="B" * 60
    ),
}


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("name", BRIEFS)
def test_every_line_fits_and_passes_the_checker(sheet: str, name: str) -> None:
    evidence, brief = SHEETS[sheet](), BRIEFS[name]
    found = write(evidence, brief)
    segments = {item.segment for item in evidence.items}
    assert len(found.pieces) == len(segments) * len(CHANNELS) * 3
    for piece in found.pieces:
        assert list(piece.lines) == list(CHANNELS[piece.channel])
        assert len({claim.text for claim in piece.lines.values()}) == len(piece.lines)
        for line, claim in piece.lines.items():
            assert not problems(claim.text, CHANNELS[piece.channel][line], brief, evidence=evidence), claim
            assert "⟦" not in claim.text and "{" not in claim.text
            assert all(evidence.item(id_).segment == piece.segment for id_ in claim.evidence)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("sheet", ["numbers", "texts", "chinese", "bare"])
def test_segments_and_variants_read_differently(sheet: str, language: str) -> None:
    found = write(SHEETS[sheet](), Brief(language=language))
    for channel in CHANNELS:
        said = [
            tuple(claim.text for claim in piece.lines.values()) for piece in found.pieces if piece.channel == channel
        ]
        assert len(set(said)) == len(said)


def test_a_different_need_gets_a_different_message() -> None:
    sheet = Sheet().segment("S1", 500).median("recency_days", 200, 40, 0.8).segment("S2", 500)
    sheet.median("web_visits", 20, 4, 0.8).segment("S3", 500).share("favourite_department", "Garden", 0.7, 0.2, 1.0)
    found = write(sheet.evidence(), Brief())
    subject = {
        piece.segment: piece.lines["subject"].text
        for piece in found.pieces
        if piece.channel == "email" and piece.variant == 1
    }
    for segment, code in (("S1", "comeback"), ("S2", "online")):
        assert subject[segment] in {idea.line for idea in IDEAS["en"][code]}
    assert "garden" in subject["S3"]


def test_the_offer_stands_word_for_word_where_it_fits_and_nowhere_else() -> None:
    offer = "10 % off your next order until 31 May"
    found = write(numbers(), Brief(offer=offer))
    for channel in ("email", "sms", "push", "social", "landing"):
        assert any(offer in claim.text for piece in found.of("S1", channel) for claim in piece.lines.values())
    without = write(numbers(), Brief())
    assert all(not check_copy(claim.text) for piece in without.pieces for claim in piece.lines.values())


def test_an_offer_begins_its_sentence_with_a_capital_unless_it_is_a_name() -> None:
    found = write(numbers(), Brief(offer="free shipping until 31 May"))
    said = [claim.text for piece in found.pieces for claim in piece.lines.values()]
    assert any("Free shipping until 31 May." in text for text in said)
    assert not any("free shipping" in text for text in said)
    assert "offer-too-long" not in {note.code for note in found.notes}
    named = write(numbers(), Brief(offer="iPads at half price until 31 May"))
    assert any("iPads at" in claim.text for piece in named.pieces for claim in piece.lines.values())


def test_an_offer_that_fits_nowhere_is_said() -> None:
    found = write(numbers(), BRIEFS["long"])
    assert "offer-too-long" in {note.code for note in found.notes}
    assert any(
        BRIEFS["long"].offer.strip() in piece.lines["body"].text for piece in found.pieces if piece.channel == "email"
    )


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if any(mark in text for mark in ("<", "http", "@", "ignore", "+49"))]
)
def test_a_hostile_brief_is_not_placed(text: str) -> None:
    found = write(numbers(), Brief(offer=text, brand=text, goal=text, voice=text))
    assert [note.code for note in found.notes].count("not-placed") == 2
    assert all(text not in claim.text for piece in found.pieces for claim in piece.lines.values())


def test_sensitive_columns_and_their_categories_are_neither_used_nor_named() -> None:
    sheet = Sheet().segment("S1", 500).share("favourite_department", "Garden", 0.9, 0.2, 1.4).terms("rose garden")
    sheet.median("web_visits", 20, 4, 0.4)
    evidence = sheet.evidence()
    assert "garden" in _all(write(evidence, Brief()))
    found = write(evidence, Brief(), sensitive=("favourite_department",))
    assert "garden" not in _all(found)
    assert not {"S1.f2", "S1.t1"} & {
        id_ for piece in found.pieces for claim in piece.lines.values() for id_ in claim.evidence
    }
    assert "garden" not in _all(write(evidence, Brief(), banned=("Garden",)))


def test_who_people_are_is_never_an_angle() -> None:
    for evidence in (numbers(), categories()):
        cited = {
            id_ for piece in write(evidence, Brief()).pieces for claim in piece.lines.values() for id_ in claim.evidence
        }
        columns = {evidence.item(id_).column for id_ in cited}
        assert not columns & {"Income", "Kidhome", "Year_Birth", "Gender", "City"}


def test_bare_categories_forbid_nothing() -> None:
    sheet = Sheet().segment("S1", 500).share("children", "1", 0.7, 0.2, 1.0).share("senior", "yes", 0.7, 0.2, 1.0)
    assert set(unsaid(sheet.evidence(), ("children", "senior"))) == {"children", "Children", "senior", "Senior"}


def test_words_to_avoid_are_avoided() -> None:
    plain = write(numbers(), Brief())
    avoided = write(numbers(), Brief(avoid="look, wines、idea"))
    assert has_word(_all(plain), "look") and has_word(_all(plain), "wines")
    for word in ("look", "wines", "idea"):
        assert not has_word(_all(avoided), word)


def test_the_voice_is_heard_and_what_is_unknown_is_said() -> None:
    formal, playful = (write(numbers(), Brief(voice=voice)) for voice in ("formal", "playful, short"))
    assert formal.of("S1", "email")[0].lines["body"].text != playful.of("S1", "email")[0].lines["body"].text
    noted = write(numbers(), Brief(voice="warm and velvety", goal="qwerty")).notes
    assert [note.code for note in noted] == ["voice", "goal"]
    assert "velvety" in str(noted[0].message) and "warm and" not in str(noted[0].message)


def test_it_is_the_same_every_time_and_alone() -> None:
    whole = write(numbers(), BRIEFS["full"])
    assert whole == write(numbers(), BRIEFS["full"])
    assert write(numbers(), BRIEFS["full"], only=("S2",)).pieces == whole.of("S2")
    assert write(numbers(), BRIEFS["full"], channels=("sms",)).pieces == tuple(
        p for p in whole.pieces if p.channel == "sms"
    )


def test_another_turn_gives_other_messages() -> None:
    first, second = (write(texts(), Brief(), BuiltinOptions(turn=turn)) for turn in (0, 1))
    assert first.of("S1", "email")[0].lines != second.of("S1", "email")[0].lines


@pytest.mark.parametrize("language", IDEAS)
def test_ideas_promise_nothing_and_say_nothing_about_people(language: str) -> None:
    assert set(IDEAS["en"]) == set(IDEAS["zh"])
    for code, ideas in IDEAS[language].items():
        assert len({idea.line for idea in ideas}) == len(ideas) >= 3
        for idea in ideas:
            for text in idea:
                assert not check_copy(text.replace("{x}", "garden")), (code, text)
            assert fits(CHANNELS["email"]["subject"], idea.line.replace("{x}", "garden")), idea
            assert fits(CHANNELS["ad"]["headline 1"], idea.title.replace("{x}", "roses")), idea
            assert fits(CHANNELS["ad"]["description 1"], idea.need.replace("{x}", "garden")), idea
            assert fits(CHANNELS["landing"]["button"], idea.act), idea


def test_the_menu_has_both_writers() -> None:
    assert list(CONTENTS) == ["builtin", "model"]


def _all(found: Contents) -> str:
    return " ".join(claim.text.casefold() for piece in found.pieces for claim in piece.lines.values())


def test_nothing_is_known_of_an_empty_sheet() -> None:
    assert write(Evidence((), {}, {}, 0), Brief()).pieces == ()

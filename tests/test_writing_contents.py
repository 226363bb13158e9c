"""Messages as a job: kept with the study, one's own lines win, what was before is remembered."""

from dataclasses import replace
from pathlib import Path

import pytest

from segment_core.artifacts import Brief, Claim, Contents, Piece, Step, silent
from segment_core.errors import DataError, OptionError
from segment_core.store import Workspace
from segment_core.study import Study
from segment_core.writing_contents import brief_of, merged, sensitive_words, write_contents


@pytest.fixture
def place(tmp_path: Path, small_study: Study) -> tuple[Workspace, str]:
    workspace = Workspace(tmp_path)
    study_id = workspace.new_study("shop.csv")
    workspace.save_study(study_id, small_study, summary={})
    return workspace, study_id


def write(place: tuple[Workspace, str], *, same: bool = False, **more: object) -> Study:
    workspace, study_id = place
    args = {"workspace": str(workspace.folder), "study": study_id, "writer": {"name": "builtin", "options": {}}} | more
    assert write_contents(args, {}, silent) == {"study": study_id, "same": same}
    return workspace.load_study(Study, study_id)


def test_all_channels_of_all_segments_are_written(place) -> None:
    study = write(place, brief={"offer": "10 % off", "brand": "Oak", "unknown": 1})
    assert study.contents.brief == Brief(offer="10 % off", brand="Oak")
    assert len(study.contents.pieces) == study.clustering.n_segments * 6 * 3
    assert not study.history


def test_what_the_analyst_wrote_stays_and_what_was_before_is_remembered(place) -> None:
    workspace, study_id = place
    study = write(place, channels=["sms"])
    first = study.contents.pieces[0]
    own = replace(first, lines={"text": Claim("My own", author="analyst")})
    edited = replace(study.contents, pieces=(own, *study.contents.pieces[1:]))
    workspace.save_study(study_id, study.having(contents=edited), summary={})
    again = write(place, channels=["sms", "push"])
    assert again.contents.of(first.segment, "sms")[0].lines["text"] == own.lines["text"]
    assert again.contents.of(first.segment, "push")
    assert again.history[-1].contents == edited and len(again.history) == 1


def test_writing_the_same_again_is_told_and_leaves_no_trace_in_the_history(place) -> None:
    study = write(place, channels=["sms"])
    again = write(place, channels=["sms"], same=True)
    assert again.contents == study.contents and not again.history


def test_one_piece_alone_is_written_anew(place) -> None:
    study = write(place, channels=["email"])
    segment = study.contents.pieces[0].segment
    options = {"name": "builtin", "options": {"turn": 1}}
    again = write(place, channels=["email"], only=[segment], variant=2, writer=options)
    changed = [new for new, old in zip(again.contents.pieces, study.contents.pieces, strict=True) if new != old]
    assert [(piece.segment, piece.variant) for piece in changed] == [(segment, 2)]


def test_categories_of_sensitive_columns_are_words_not_to_say(small_study) -> None:
    column = next(c.name for c in small_study.customers.columns if c.role == "category")
    words = sensitive_words(small_study.customers, [column, "no such column"])
    assert set(words) == set(small_study.customers.frame[column].dropna().astype(str))


def test_wrong_asks_are_told(place) -> None:
    with pytest.raises(OptionError, match="no writer"):
        write(place, writer={"name": "parrot"})
    with pytest.raises(OptionError, match="no channel"):
        write(place, channels=["pigeon"])
    workspace, study_id = place
    workspace.save_study(study_id, replace(workspace.load_study(Study, study_id), evidence=None), summary={})
    with pytest.raises(DataError, match="Find segments"):
        write(place)


def test_fewer_variants_leave_only_what_the_analyst_wrote() -> None:
    def piece(variant: int, author: str = "builtin") -> Piece:
        return Piece("S1", "sms", variant, {"text": Claim(f"{variant}", author=author)})

    before = Contents((piece(1), piece(2), piece(3, "analyst")), Brief(), Step("builtin"))
    assert [p.variant for p in merged([piece(1)], before, ["sms"])] == [1, 3]
    assert brief_of({}) == Brief()

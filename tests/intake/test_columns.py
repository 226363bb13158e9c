"""The fast road through delimited text gives what the careful one gives, whatever the text."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from segment_core.artifacts import Note
from segment_core.errors import Cancelled, DataError
from segment_core.intake import read
from segment_core.intake.contents import Content
from segment_core.intake.delimited import Cut, parse
from segment_core.intake.encodings import Encoding
from segment_core.messages import Message


def cut(text: str, careful: bool) -> Cut | None:
    try:
        return parse(Content("a.csv", text.encode()), Encoding("utf-8"), ",", 1, careful=careful)
    except DataError:
        return None


def gist(notes: tuple[Note, ...]) -> list[tuple[str, int, list[tuple[int, str]]]]:
    return [(note.code, note.count, [(row, text.strip()) for row, text in note.places]) for note in notes]


PIECES = st.lists(
    st.sampled_from([",", '"', '""', '","', "\n", "\r\n", "\r", "a", "b c", "é", "1,2,3\n", '"x"', "\n\n"])
)


@settings(max_examples=300, deadline=None)
@given(pieces=PIECES)
@example(pieces=['1,"2,3\n4,"5,6\n7,8,9\n'])
@example(pieces=['1,"2,3\n4,5,6\n7,8,9\n'])
@example(pieces=['1,"a\nb,c\n"x",2,3\n'])
@example(pieces=["1,2\n\n3,4,5,6\n", '7,"8\n9",10,11,"12\n'])
def test_both_roads_lead_to_the_same_cells(pieces: list[str]) -> None:
    text = "x,y,z\n" + "".join(pieces)
    fast, careful = cut(text, careful=False), cut(text, careful=True)
    assert (fast is None) == (careful is None)
    if fast is None or careful is None:
        return
    pd.testing.assert_frame_equal(fast.rows, careful.rows)
    assert gist(fast.notes) == gist(careful.notes)


@pytest.mark.parametrize("width", [2, 4], ids=["rows shorter than the header", "rows longer than the header"])
def test_rows_that_all_differ_from_the_header(width: int) -> None:
    rows = [",".join(str(number) for _ in range(width)) for number in range(30)]
    text = "\n".join(["x,y,z", *rows[:20], "1,2,3", *rows[20:], "1,2,3,4,5", "", "9"])
    fast, careful = cut(text, careful=False), cut(text, careful=True)
    assert fast is not None and careful is not None
    pd.testing.assert_frame_equal(fast.rows, careful.rows)
    assert gist(fast.notes) == gist(careful.notes)


def test_one_ragged_row_among_many_is_put_back_where_it_stood() -> None:
    rows = [f"{number},a,b" for number in range(200_000)]
    rows[150_000] = "150000,a"
    rows[170_000] = "170000,a,b,more"
    table = read("\n".join(["id,x,y", *rows]).encode(), "a.csv")
    assert table.frame["id"].tolist() == [str(number) for number in range(200_000)]
    assert {note.code: note.places for note in table.notes if note.places} == {
        "short-rows": ((150_001, "150000,a"),),
        "long-rows": ((170_001, "170000,a,b,more"),),
    }
    assert table.frame["column_4"].dropna().to_dict() == {170_000: "more"}


def test_one_stray_mark_swallows_no_rows() -> None:
    rows = [f'{number},"Rome, north",b' for number in range(2_000)]
    rows[500] = '500,"6 nail,b'
    table = read("\n".join(["id,x,y", *rows]).encode(), "a.csv")
    assert len(table.frame) == 2_000
    assert table.frame["x"].value_counts().to_dict() == {"Rome, north": 1_999, '"6 nail': 1}
    note = next(note for note in table.notes if note.code == "stray-quotes")
    assert (note.count, note.places) == (1, ((501, '500,"6 nail,b'),))


def test_progress_is_told_and_may_cancel() -> None:
    data = b"id,x\n" + b"123456,some text\n" * 800_000
    told: list[tuple[float, float, str]] = []
    read(data, "a.csv", progress=lambda done, total, note: told.append((done, total, str(note))))
    assert len(told) > 3
    assert told == sorted(told)
    assert told[-1] == (len(data), len(data), "Reading a.csv")

    def stop(done: float, total: float, note: Message) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read(data, "a.csv", progress=stop)


def test_places_are_rows_as_the_preview_shows_them() -> None:
    table = read(b"Title\n\nid,x,y\n\n,,\n1,a,b\n\n2,a\n3,b,c\n", "a.csv")
    places = {note.code: note.places for note in table.notes if note.places}
    assert places == {"preamble": ((0, "Title"),), "short-rows": ((2, "2,a"),)}
    assert table.frame.loc[2 - 1, "id"] == "2"


@pytest.mark.parametrize(
    ("text", "last"),
    [('id,x\n1,"a\n2,b\n3,c\n', "c"), ('id,x\n1,"a\n2,b\n3,"c\n', '"c'), ('id,x\n1,"a\n2,b\n3,c', "c")],
)
def test_a_mark_that_is_never_closed_is_a_letter(text: str, last: str) -> None:
    table = read(text.encode(), "a.csv")
    assert table.frame.to_numpy().tolist() == [["1", '"a'], ["2", "b"], ["3", last]]


def test_an_open_mark_in_a_ragged_row_swallows_no_rows() -> None:
    for careful in (False, True):
        found = cut('x,y,z\n1,"a\n2,b,c\n3,d,e\n', careful=careful)
        assert found is not None
        assert found.rows.fillna("").to_numpy().tolist() == [["1", '"a', ""], ["2", "b", "c"], ["3", "d", "e"]]


def test_rows_after_a_joined_row_keep_their_numbers() -> None:
    joined = '1,"a,b\n"2",c,d\n'  # two rows that quotation marks make one of
    for careful in (False, True):
        found = cut("x,y,z\n" + joined + "3,e,f\n4,g\n", careful=careful)
        assert found is not None
        assert gist(found.notes)[-1] == ("short-rows", 1, [(4, "4,g")])
        assert found.rows.iloc[:, 0].tolist() == ["1", "2", "3", "4"]


@pytest.mark.parametrize("odd", ["", "3;c\n", "4;d;e;f\n"], ids=["even", "short", "long"])
def test_a_file_read_from_disk_is_cut_as_its_bytes_are(tmp_path: Path, odd: str) -> None:
    text = "id;name;city\n" + "".join(f"{n};n{n};Köln\n" for n in range(5_000)) + odd + "9999;last;Bonn\n"
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    one, other = read(path, "a.csv"), read(text.encode(), "a.csv")
    pd.testing.assert_frame_equal(one.frame, other.frame)
    assert (one.notes, [note.places for note in one.notes]) == (other.notes, [note.places for note in other.notes])
    assert len(one.frame) == 5_001 + bool(odd)

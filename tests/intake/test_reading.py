"""Files of every kind become tables; what cannot be one says so in a sentence."""

import bz2
import gzip
import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from segment_core.artifacts import Table
from segment_core.choices import options_from_json, options_to_json
from segment_core.errors import DataError, OptionError
from segment_core.intake import ReadingOptions, gather, read, read_all, unpacking

PLAIN = b"id,city\n1,Rome\n2,Bonn\n"


def codes(table: Table) -> dict[str, int]:
    return {note.code: note.count for note in table.notes}


def cells(table: Table) -> list[list[str | None]]:
    return [[None if pd.isna(cell) else cell for cell in row] for row in table.frame.to_numpy().tolist()]


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n\n", "is empty"),
        (b"\0" * 5000, "is empty"),
        (b",,\n,,\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "content is PNG"),
        (b"%PDF-1.7\n1 0 obj", "content is PDF"),
        (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table>", "content is HTML/XML"),
        (b'{"total": 3, "next": null', "begins as JSON, but 1 of its 1 lines"),
        (b"[1, 2, 3]", "JSON without a list of objects"),
        (b"[]", "JSON without a list of objects"),
        (b'[{"id": 1}, 2]', "JSON without a list of objects"),
        (b'{"a": [{"id": 1}], "b": [{"id": 2}]}', "several lists of objects: a, b"),
        (b'[{"a": ' + b"[" * 90_000 + b"]" * 90_000 + b"}]", "begins as JSON"),
        (b'{"id": null}', "is empty|no rows"),
        (random.Random(1).randbytes(5000), "content is binary"),
        (b"PAR1 this is not parquet PAR1", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (b"PK\x03\x04 broken", "damaged"),
        (gzip.compress(PLAIN, mtime=0)[:-10], "damaged"),
        (zipped(), "holds no file"),
        (zipped(a=PLAIN, b=PLAIN), "holds several files: a, b"),
        (zipped(a=b"\x89PNG\r\n\x1a\n1234"), "content is PNG"),
        (b"id,city,age\n", "no rows of data"),
        (b"id,city,age", "no rows of data"),
        (b"id,city,age\n,,\n", "no rows of data"),
    ],
)
def test_what_is_no_table_says_so(data: bytes, found: str) -> None:
    with pytest.raises(DataError, match=found) as raised:
        read(data, "customers.csv")
    assert len(str(raised.value).splitlines()) == 1


def test_reads_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(PLAIN)
    assert cells(read(path, "a.csv")) == [["1", "Rome"], ["2", "Bonn"]]


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(PLAIN, mtime=0), bz2.compress(PLAIN), zipped(a=PLAIN, __MACOSX___a=b"x", _DS=PLAIN)],
    ids=["gz", "bz2", "zip"],
)
def test_one_table_inside_an_archive_is_read(packed: bytes) -> None:
    if packed.startswith(b"PK"):
        packed = zipped(a=PLAIN, **{"__MACOSX/._a": b"x", ".DS_Store": b"x"})
    table = read(packed, "anything.bin")
    assert cells(table) == [["1", "Rome"], ["2", "Bonn"]]
    assert "unpacked" in codes(table)


def test_the_content_decides_not_the_name() -> None:
    packed = io.BytesIO()
    pd.DataFrame({"city": ["Rome", None], "spend": [1.5, 2.0]}).to_parquet(packed)
    table = read(packed.getvalue(), "customers.csv")
    assert table.dialect.kind == "parquet"
    assert cells(table) == [["Rome", "1.5"], [None, "2"]]


def test_excel_cells_read_as_typed() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Customers of June"])
    sheet.append([])
    sheet.append(["id", "code", "joined", "spend", "active", "note"])
    sheet.append([1, "007", pd.Timestamp("2024-05-01"), 1.5, True, None])
    sheet.append([2, "008", pd.Timestamp("2024-05-02 10:30"), 2, False, "=1+1 said she"])
    book.create_sheet("Other").append(["x"])
    packed = io.BytesIO()
    book.save(packed)
    table = read(packed.getvalue(), "customers.csv")
    assert table.dialect.kind == "excel"
    assert table.dialect.header_row == 2
    assert list(table.frame.columns) == ["id", "code", "joined", "spend", "active", "note"]
    assert cells(table)[0] == ["1", "007", "2024-05-01", "1.5", "true", None]
    assert cells(table)[1][2:5] == ["2024-05-02 10:30:00", "2", "false"]
    assert codes(table).keys() >= {"preamble", "other-sheets"}
    with pytest.raises(DataError, match=r"no sheet named June; it has: Sheet, Other"):
        read(packed.getvalue(), "a.xlsx", ReadingOptions(sheet="June"))


def test_an_excel_sheet_is_chosen_by_name() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a"])
    other = book.create_sheet("Other")
    other.append(["name", "n"])
    other.append(["x", 1])
    packed = io.BytesIO()
    book.save(packed)
    table = read(packed.getvalue(), "a.xlsx", ReadingOptions(sheet="Other"))
    assert (table.dialect.sheet, cells(table)) == ("Other", [["x", "1"]])


def test_nothing_is_converted_while_reading() -> None:
    table = read(b"code,country,amount,flag\n007,NA,1.50,None\n010,None,,TRUE\n", "a.csv")
    assert cells(table) == [["007", "NA", "1.50", "None"], ["010", "None", None, "TRUE"]]


def test_duplicate_and_missing_names_are_mended_and_reported() -> None:
    table = read(b"id,x,,x,\n1,a,b,c,d\n2,a,b,c,d\n", "a.csv")
    assert list(table.frame.columns) == ["id", "x", "column_3", "x_2", "column_5"]
    assert codes(table) == {"blank-header": 2, "duplicate-header": 1}


def test_ragged_rows_lose_no_cell() -> None:
    table = read(b"a,b,c\n1,2,3\n4,5\n6,7,8,EXTRA\n9,10,11\n", "a.csv")
    assert codes(table)["short-rows"] == 1
    assert codes(table)["long-rows"] == 1
    assert cells(table) == [
        ["1", "2", "3", None],
        ["4", "5", None, None],
        ["6", "7", "8", "EXTRA"],
        ["9", "10", "11", None],
    ]


def test_short_rows_are_counted_on_the_fast_road() -> None:
    table = read(b"a,b,c\n1,2,3\n4,5\n6,7,\n", "a.csv")
    assert codes(table) == {"short-rows": 1}


def test_empty_rows_and_columns_are_dropped_and_reported() -> None:
    table = read(b"a,b,,\n1,2,,\n,,,\n\n3,4,,\n", "a.csv")
    assert cells(table) == [["1", "2"], ["3", "4"]]
    assert codes(table) == {"empty-columns": 2, "empty-rows": 2}


def test_a_named_column_without_values_stays() -> None:
    assert list(read(b"a,b\n1,\n2,\n", "a.csv").frame.columns) == ["a", "b"]


def test_lines_above_the_header_are_skipped_and_quoted() -> None:
    table = read(b"Export of 1 June\nconfidential\n\nid;city;spend\n1;Rome;5\n2;Bonn;6\n", "a.csv")
    assert list(table.frame.columns) == ["id", "city", "spend"]
    assert table.dialect.header_row == 3
    note = next(note for note in table.notes if note.code == "preamble")
    assert (note.count, note.level) == (2, "warning")
    assert "Export of 1 June / confidential" in str(note.message)


def test_a_header_with_line_breaks_in_cells() -> None:
    table = read(b'"customer\nid","total\r\nspend"\n1,5\n2,6\n', "a.csv")
    assert list(table.frame.columns) == ["customer id", "total spend"]


def test_a_file_without_header_is_recognised() -> None:
    table = read(b"1,Rome,5.5\n2,Bonn,6.5\n3,Oslo,7.5\n", "a.csv")
    assert list(table.frame.columns) == ["column_1", "column_2", "column_3"]
    assert (len(table.frame), table.dialect.header_row) == (3, None)
    assert "no-header" in codes(table)


def test_years_as_column_names_are_a_header() -> None:
    assert list(read(b"country,2010,2011\nItaly,1,2\nSpain,3,4\n", "a.csv").frame.columns) == [
        "country",
        "2010",
        "2011",
    ]


def test_the_header_line_can_be_chosen() -> None:
    data = b"one,two\na,b\n1,2\n"
    assert list(read(data, "a.csv", ReadingOptions(header_row=2)).frame.columns) == ["a", "b"]
    assert len(read(data, "a.csv", ReadingOptions(header_row=0)).frame) == 3
    with pytest.raises(DataError, match="line 9 lies beyond the end"):
        read(data, "a.csv", ReadingOptions(header_row=9))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_read(line_end: str) -> None:
    data = line_end.join(["a,b", "1,2", "3,4", ""]).encode()
    assert cells(read(data, "a.csv")) == [["1", "2"], ["3", "4"]]


def test_nul_characters_are_removed_and_counted() -> None:
    table = read(b"name,city\nAn\0na,Ro\0me\nBob,Bonn\n", "a.csv")
    assert cells(table)[0] == ["Anna", "Rome"]
    assert codes(table)["nul-removed"] == 2


def test_ten_megabytes_in_one_cell() -> None:
    big = "word, " * 1_700_000
    table = read(f'id,text\n1,"{big}"\n2,small\n'.encode(), "a.csv")
    assert table.frame.shape == (2, 2)
    assert table.frame["text"].str.len().tolist() == [len(big), 5]


def test_ten_megabytes_in_one_cell_of_a_ragged_file() -> None:
    big = "x" * 10_000_000
    table = read(f"id,text\n1,{big}\n2,small,more\n".encode(), "a.csv")
    assert table.frame["text"].str.len().max() == len(big)


def test_quotes_that_do_not_pair_up_swallow_no_rows() -> None:
    table = read(b'id,size,n\n1,5" nail,2\n2,"6 nail,3\n3,"7 nail,4\n4,plain,5\n', "a.csv")
    assert len(table.frame) == 4
    assert table.frame["size"].tolist()[1] == '"6 nail'


def test_three_hundred_columns_and_one_column() -> None:
    header = ",".join(f"c{n}" for n in range(300))
    row = ",".join(str(n) for n in range(300))
    assert read(f"{header}\n{row}\n{row}\n".encode(), "a.csv").frame.shape == (2, 300)
    table = read(b"review\nGood, really\nBad; not nice\n", "a.csv")
    assert cells(table) == [["Good, really"], ["Bad; not nice"]]
    assert table.dialect.delimiter == ""


def test_the_line_that_excel_writes_for_the_separator() -> None:
    table = read(b"sep=;\na;b\n1,5;2\n3,5;4\n", "a.csv")
    assert (table.dialect.delimiter, table.dialect.header_row, cells(table)[0]) == (";", 1, ["1,5", "2"])


def test_the_decimal_comma_is_seen_and_can_be_chosen() -> None:
    data = b"a;b\n1,5;x\n2,25;y\n"
    assert read(data, "a.csv").dialect.decimal == ","
    assert read(data, "a.csv", ReadingOptions(decimal=".")).dialect.decimal == "."
    assert read(b"a,b\n1.5,x\n2.25,y\n", "a.csv").dialect.decimal == "."


def test_options_survive_json_and_check_their_values() -> None:
    chosen = ReadingOptions(delimiter=";", header_row=3)
    assert options_from_json(ReadingOptions, options_to_json(chosen)) == chosen
    with pytest.raises(OptionError, match="must be one of"):
        options_from_json(ReadingOptions, {"encoding": "klingon"})
    with pytest.raises(OptionError, match="no encoding named klingon"):
        read(PLAIN, "a.csv", ReadingOptions(encoding="klingon"))


def test_control_characters_of_a_file_name_do_not_travel() -> None:
    assert read(PLAIN, "a\nb\x00.csv").name == "a b .csv"


def test_json_lines_keep_their_words_and_numbers() -> None:
    data = (
        b'{"id": "007", "spend": 1.0, "active": true, "left": false, "note": null, "city": ""}\n\n'
        b'{"id": 8, "spend": 1e3, "tags": ["a", {"b": 2.50}], "caf\xc3\xa9": "x\\ny"}\n'
    )
    table = read(data, "a.jsonl")
    assert (table.dialect.kind, table.dialect.encoding) == ("json", "utf-8")
    assert list(table.frame.columns) == ["id", "spend", "active", "left", "note", "city", "tags", "café"]
    assert cells(table) == [
        ["007", "1.0", "true", "false", None, None, None, None],
        ["8", "1e3", None, None, None, None, '["a",{"b":2.50}]', "x\ny"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": 1, "city": "Rome"}, {"id": 2, "city": "Bonn"}]',
        '[\n  {"id": 1,\n   "city": "Rome"},\n  {"city": "Bonn", "id": 2}\n]\n',
        '{"page": 1, "customers": [{"id": 1, "city": "Rome"}, {"id": 2, "city": "Bonn"}]}',
        '{"id": 1, "city": "Rome"}\r\n{"id": 2, "city": "Bonn"}',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_of_several_forms(text: str, encoding: str) -> None:
    table = read(text.encode(encoding), "customers.txt")
    assert table.dialect.kind == "json"
    assert list(table.frame.columns) == ["id", "city"]
    assert cells(table) == [["1", "Rome"], ["2", "Bonn"]]


def test_broken_json_lines_are_counted_and_shown() -> None:
    lines = [f'{{"id": {number}}}' for number in range(40)]
    lines[5] = '{"id": 5'
    table = read("\n".join(lines).encode(), "a.jsonl")
    assert len(table.frame) == 39
    note = next(note for note in table.notes if note.code == "broken-lines")
    assert (note.count, note.places) == (1, ((6, '{"id": 5'),))


def test_text_that_only_begins_like_json_is_text() -> None:
    assert list(read(b"[id],{name}\n1,a\n2,b\n", "a.csv").frame.columns) == ["[id]", "{name}"]
    assert list(read(b"{id},name\n1,a\n2,b\n", "a.csv").frame.columns) == ["{id}", "name"]


def test_a_zip_of_several_tables_is_read_whole() -> None:
    packed = zipped(
        **{
            "data/customers.csv": PLAIN,
            "old/customers.csv": b"id;spend\n1;2,5\n",
            "orders.csv.gz": gzip.compress(b"order,id\n9,1\n"),
            "../../secret.jsonl": b'{"id": 1}\n',
            "README.md": b"# About\n\nThis, that\n",
            "LICENSE": b"Free, as in speech\nreally\n",
            "logo.png": b"\x89PNG\r\n\x1a\n1234",
            "none.csv": b"id,city\n",
        }
    )
    tables = read_all(packed, "export.zip")
    assert [table.name for table in tables] == ["customers.csv", "customers.csv (2)", "orders.csv.gz", "secret.jsonl"]
    assert [cells(table)[0] for table in tables] == [["1", "Rome"], ["1", "2,5"], ["9", "1"], ["1"]]
    note = tables[0].notes[0]
    assert (note.code, note.count) == ("not-tables", 4)
    assert "README.md, LICENSE, logo.png, none.csv" in str(note.message)
    assert ["text to read" in str(why.message) for why in tables[0].notes[1:5]] == [True, True, False, False]
    assert "logo.png is not a table: its content is PNG" in str(tables[0].notes[3].message)
    with pytest.raises(DataError, match="holds several files"):
        read(packed, "export.zip")


def test_one_table_of_several_can_be_read_otherwise() -> None:
    packed = zipped(a=PLAIN, b=b"x;y\n1,5;2\n")
    others = {"b": ReadingOptions(delimiter=",", header_row=0)}
    first, second = read_all(packed, "export.zip", others=others)
    assert cells(first) == [["1", "Rome"], ["2", "Bonn"]]
    assert cells(second) == [["x;y", None], ["1", "5;2"]]
    with pytest.raises(DataError, match="line 9 lies beyond"):
        read_all(packed, "export.zip", others={"a": ReadingOptions(header_row=9)})


def test_an_archive_without_a_table_is_refused_once() -> None:
    with pytest.raises(
        DataError, match=r"Nothing in the file x\.zip is a table; it holds README\.md, logo\.png\."
    ) as raised:
        read_all(zipped(**{"README.md": b"x", "logo.png": b"\x89PNG\r\n\x1a\n1234"}), "x.zip")
    assert len(str(raised.value).splitlines()) == 1


def test_the_files_of_an_archive_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST", 3 * len(PLAIN) - 1)
    assert len(read_all(zipped(a=PLAIN, b=PLAIN), "x.zip")) == 2
    with pytest.raises(DataError, match="unpacks to more than"):
        read_all(zipped(a=PLAIN, b=PLAIN, c=PLAIN), "x.zip")
    monkeypatch.setattr(unpacking, "LARGEST", 40 * len(PLAIN))
    with pytest.raises(DataError, match="unpacks to more than"):
        read_all(zipped(a=PLAIN, b=gzip.compress(PLAIN * 50, mtime=0)), "x.zip")


def test_a_locked_archive_is_refused() -> None:
    packed = bytearray(zipped(a=PLAIN, b=PLAIN))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := packed.find(mark, start + 1)) >= 0:
            packed[start + place] |= 1
    with pytest.raises(DataError, match="locked with a password"):
        read_all(bytes(packed), "x.zip")


def test_progress_runs_once_through_an_archive() -> None:
    told: list[tuple[float, float]] = []
    read_all(zipped(a=PLAIN, b=PLAIN), "x.zip", progress=lambda done, total, note: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (2 * len(PLAIN), 2 * len(PLAIN))


def test_one_file_is_one_table() -> None:
    assert [cells(table) for table in read_all(PLAIN, "a.csv")] == [[["1", "Rome"], ["2", "Bonn"]]]
    assert [table.name for table in read_all(zipped(a=PLAIN), "a.zip")] == ["a.zip"]


def book(*sheets: tuple[str, list[list[object]], list[str]]) -> bytes:
    """Write an Excel file: each sheet's title, rows, and blocks of merged cells."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows, merges in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for block in merges:
            sheet.merge_cells(block)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def test_every_sheet_with_rows_is_a_table() -> None:
    packed = book(
        ("People", [["id", "name"], ["007", "Anna"]], []),
        ("Empty", [], []),
        ("Orders", [["order", "id"], [1, "007"], [2, "007"]], []),
        ("Notes", [["Made by sales"]], []),
    )
    tables = read_all(packed, "book.xlsx")
    assert [table.name for table in tables] == ["book.xlsx: People", "book.xlsx: Orders"]
    assert [table.dialect.sheet for table in tables] == ["People", "Orders"]
    assert cells(tables[0]) == [["007", "Anna"]]
    assert codes(tables[0])["not-tables"] == 1
    assert [table.name for table in read_all(packed, "book.xlsx", ReadingOptions(sheet="Orders"))] == ["book.xlsx"]
    assert read(packed, "book.xlsx").dialect.sheet == "People"
    others = {"book.xlsx: Orders": ReadingOptions(header_row=0)}
    assert len(read_all(packed, "book.xlsx", others=others)[1].frame) == 3


def test_header_cells_that_are_merged_are_joined() -> None:
    packed = book(
        (
            "Sales",
            [
                ["Customers of June", None, None, None, None, None],
                ["id", "Person", None, "Spend", None, "Since"],
                [None, "name", "city", 2023, 2024, None],
                ["007", "Anna", "Rome", 1.5, 2, pd.Timestamp("2024-05-01")],
                ["008", "Bob", "Bonn", 3, 4, pd.Timestamp("2024-05-02")],
            ],
            ["A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"],
        )
    )
    table = read(packed, "sales.xlsx")
    assert list(table.frame.columns) == ["id", "Person name", "Person city", "Spend 2023", "Spend 2024", "Since"]
    assert cells(table)[0] == ["007", "Anna", "Rome", "1.5", "2", "2024-05-01"]
    assert (len(table.frame), table.dialect.header_row) == (2, 2)
    assert codes(table) == {"preamble": 1}
    told = read(packed, "sales.xlsx", ReadingOptions(header_row=3))
    assert list(told.frame.columns) == list(table.frame.columns)


def test_few_merged_heads_above_many_columns() -> None:
    head = [None, None, None, "Spend", None, None, None]
    packed = book(("S", [head, ["id", "a", "b", "x", "y", "c", "d"], *[["1", *"uv", 1, 2, *"wz"]] * 3], ["D1:E1"]))
    assert list(read(packed, "s.xlsx").frame.columns) == ["id", "a", "b", "Spend x", "Spend y", "c", "d"]


def test_rows_below_a_merged_head_are_no_names() -> None:
    packed = book(("S", [["id", "Phones", None], ["1", "555", "556"], ["2", "557", "558"]], ["B1:C1"]))
    table = read(packed, "s.xlsx")
    assert list(table.frame.columns) == ["id", "Phones", "Phones_2"]
    assert cells(table) == [["1", "555", "556"], ["2", "557", "558"]]


def test_a_value_merged_over_several_rows_belongs_to_each() -> None:
    packed = book(("S", [["region", "id"], ["North", "1"], [None, "2"], ["South", "3"]], ["A2:A3"]))
    table = read(packed, "s.xlsx")
    assert cells(table) == [["North", "1"], ["North", "2"], ["South", "3"]]
    note = next(note for note in table.notes if note.code == "merged-cells")
    assert (note.count, note.places) == (1, ((2, "North"),))


@pytest.mark.parametrize(
    ("lines", "encoding", "spend"),
    [
        ("id;name;spend\n1;Hélène;1.234,56\n2;Zoë;7,5\n3;Jörg;12,25\n", "latin-1", [1234.56, 7.5, 12.25]),
        ('id,name,spend\n1,Hélène,"£23,705"\n2,Zoë,£9.50\n3,Jörg,"£1,200.25"\n', "cp1252", [23705, 9.5, 1200.25]),
        ("id|name|spend\r1|王小明|3.5\r2|李华在北京|4.5\r3|张伟很好吃|1,200.5\r", "gb18030", [3.5, 4.5, 1200.5]),
    ],
    ids=["decimal commas", "pounds", "chinese with CR"],
)
def test_amounts_of_many_countries(lines: str, encoding: str, spend: list[float]) -> None:
    data = ("Customers\n\n" + lines).replace("\n", "\r" if "\r" in lines else "\n").encode(encoding)
    table = read(data, "a.csv")
    assert table.frame["name"].tolist() == [
        line.split(line[1])[1] for line in lines.replace("\r", "\n").split("\n")[1:4]
    ]
    found = gather(table, {"spend": "money", "id": "id", "name": "category"})
    assert found.frame["spend"].tolist() == spend


def test_leading_zeros_and_na_stay_what_they_are() -> None:
    rows = [f"{number:05},{('NA', 'EU', 'None')[number % 3]},{number}" for number in range(30)]
    table = read("\n".join(["zip code,region,orders", *rows]).encode(), "a.csv")
    found = gather(table, {"zip code": "category", "region": "category"})
    assert sorted(found.frame["zip code"])[:2] == ["00000", "00001"]
    assert set(found.frame["region"]) == {"NA", "EU", "None"}
    note = next(note for note in found.notes if note.code == "kept-level")
    assert (note.count, note.places) == (20, ((1, "NA"), (3, "None")))


@pytest.mark.parametrize("kind", ["parquet", "excel", "json", "csv"])
def test_a_table_is_the_same_in_every_kind_of_file(kind: str) -> None:
    frame = pd.DataFrame({"id": ["007", "008"], "city": ["Rome", None], "note": ["a\nb", 'say "x", y']})
    packed = io.BytesIO()
    if kind == "parquet":
        frame.to_parquet(packed)
    elif kind == "excel":
        frame.to_excel(packed, index=False)
    elif kind == "json":
        frame.to_json(packed, orient="records", lines=True)
    else:
        frame.to_csv(packed, index=False)
    table = read(packed.getvalue(), "a.bin")
    assert table.dialect.kind == kind
    pd.testing.assert_frame_equal(table.frame, frame.astype("str"))

"""Delivering: the right customers, cells that run nothing, and nobody who may not be contacted."""

import dataclasses
import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segment_core.artifacts import Column, Group, LabelColumn, Recommendations, Step
from segment_core.delivering import (
    Delivery,
    clean,
    delete,
    deliver,
    export,
    kept_files,
    preview,
    recognisable,
    writing,
)
from segment_core.delivering.reasons import reasons_of
from segment_core.errors import Cancelled, DataError, OptionError
from segment_core.exporting import batches, segments_csv, workbook
from segment_core.exporting.anonymity import advice, rare
from segment_core.exporting.batches import Sheet
from segment_core.exporting.hashing import hashed_email, hashed_phone
from segment_core.messages import say
from segment_core.reporting.speaking import teller
from segment_core.scoring import explain, fact_said
from segment_core.store import Workspace
from segment_core.study import Study
from tests.exporting.test_tables import HOSTILE, study_of

FORMATS = ("csv", "parquet", "excel")
PRESETS = ("table", "email", "google", "meta", "traits")


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def shop(n: int = 12, **columns: object) -> Study:
    frame = pd.DataFrame(
        {
            "customer_id": [f"C{number:03}" for number in range(n)],
            "spend": np.arange(n) + 0.5,
            "email": [f"C{number:03}@example.com" for number in range(n)],
            "mobile": [f"+49 30 9018{number:04}" for number in range(n)],
        }
        | columns
    )
    return study_of(frame)


def back(path: Path) -> pd.DataFrame:
    if path.suffix == ".csv":
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    book = openpyxl.load_workbook(path)
    parts = []
    for page in book.worksheets[1:]:
        rows = list(page.iter_rows(values_only=True))
        parts.append(pd.DataFrame(rows[1:], columns=rows[0]))
    return pd.concat(parts, ignore_index=True)


def written(study: Study, folder: Path, **asked: Any) -> pd.DataFrame:
    delivery = Delivery(**asked)
    path = folder / delivery.file_name
    made = deliver(study, delivery, path)
    table = back(path)
    assert made.n_rows == len(table)
    assert [file.name for file in folder.iterdir()] == [path.name]
    path.unlink()
    return table


CELLS = {
    "consent": ("consent", ["yes", "no", "", "?"]),
    "suppressed": ("suppression", ["yes", "no", "", "hard bounce"]),
    "email_opt_in": ("consent", ["yes", "no", ""]),
}
SIX = shop(6)


@settings(max_examples=45, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from([(preset, form) for preset in PRESETS for form in FORMATS]),
    answers=st.tuples(*(st.lists(st.sampled_from(cells), min_size=6, max_size=6) for _, cells in CELLS.values())),
    columns=st.sets(st.sampled_from(list(CELLS)), min_size=1),
)
def test_a_suppressed_customer_is_in_no_file(
    tmp_path: Path, file: tuple[str, str], answers: tuple[list[str], ...], columns: set[str]
) -> None:
    cells = dict(zip(CELLS, answers, strict=True))
    frame = SIX.customers.frame.assign(**{name: cells[name] for name in columns})
    described = tuple(Column(name, CELLS[name][0], "none", say("-")) for name in sorted(columns))
    customers = dataclasses.replace(SIX.customers, frame=frame, columns=(*SIX.customers.columns, *described))
    barred = {
        number
        for number in range(6)
        if ("consent" in columns and cells["consent"][number] != "yes")
        or ("suppressed" in columns and cells["suppressed"][number] in ("yes", "hard bounce"))
        or ("email_opt_in" in columns and cells["email_opt_in"][number] != "yes")
    }
    known = [
        {
            f"C{n:03}",
            f"C{n:03}@example.com",
            sha(f"c{n:03}@example.com"),
            sha(f"+49309018{n:04}"),
            sha(f"49309018{n:04}"),
        }
        for n in range(6)
    ]
    preset, form = file
    table = written(dataclasses.replace(SIX, customers=customers), tmp_path, preset=preset, format=form)
    found = {str(cell) for cell in table.to_numpy().ravel()}
    assert {number for number in range(6) if known[number] & found} == set(range(6)) - barred


def test_a_file_for_contact_is_never_of_everybody() -> None:
    for preset in PRESETS[1:]:
        with pytest.raises(OptionError, match="may not be contacted"):
            Delivery(preset=preset, everybody=True)


def test_consent_for_another_channel_is_none_for_email(tmp_path: Path) -> None:
    study = shop(4, sms_opt_in=["yes", "yes", "no", "yes"])
    assert len(written(study, tmp_path, preset="email")) == 0
    table = written(study, tmp_path, preset="meta")
    assert list(table["email"]) == ["", "", ""]
    assert all(table["phone"])


def test_what_is_written_is_what_the_old_csv_held(small_study: Study, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(batches, "BATCH", 7)
    monkeypatch.setattr(Sheet.parts, "__kwdefaults__", {"size": 7})
    names = [column.name for column in small_study.customers.columns]
    for bom in (True, False):
        for everybody in (True, False):
            asked = Delivery(columns=tuple(names), segments=("S2",), bom=bom, everybody=everybody)
            deliver(small_study, asked, tmp_path / "a.csv")
            ids = small_study.customers.frame.index[small_study.clustering.ids == "S2"].tolist()
            ours = segments_csv(small_study, columns=names, only=ids, bom=bom, consent=not everybody)
            assert (tmp_path / "a.csv").read_bytes() == ours


@pytest.mark.parametrize("form", FORMATS)
def test_texts_are_texts_in_every_format(tmp_path: Path, form: str) -> None:
    cells = [*(text for text in HOSTILE if "\r" not in text), "https://example.com", "{=1}", "fine", "0123"]
    study = shop(len(cells), note=cells)
    table = written(study, tmp_path, format=form, columns=("note",))
    assert table["note"].str.lstrip("'").str.strip().tolist() == [cell.strip() for cell in cells]
    if form == "csv":
        assert not [cell for cell in table["note"] if cell.lstrip(" ").startswith(tuple("=+-@＝＋－＠"))]
    if form == "excel":
        path = tmp_path / "x.xlsx"
        deliver(study, Delivery(format="excel", columns=("note",)), path)
        for page in openpyxl.load_workbook(path).worksheets:
            assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
            assert not [cell for row in page.iter_rows() for cell in row if cell.hyperlink]


def test_the_workbook_explains_itself(small_study: Study, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = deliver(small_study, Delivery(format="excel", columns=("city",), reasons=True), path)
    rows = openpyxl.load_workbook(path)["Read me"].iter_rows(values_only=True)
    told = [(str(title), str(text)) for title, text in rows]
    titles = [title for title, _ in told]
    assert {"Verdict", "Made from", "Column city", "Column reasons", "Segment S1"} <= set(titles)
    assert ("Withheld", str(made.withheld[0].message)) in told
    assert made.n_withheld + made.n_rows == len(small_study.customers)


def test_a_full_sheet_goes_on_in_another(tmp_path: Path) -> None:
    study = shop(12)
    sheet = Sheet(np.arange(12), {"id": lambda rows: study.customers.frame.index[rows].to_numpy(dtype=object)})
    assert workbook.write_workbook(sheet, tmp_path / "a.xlsx", [("a", "b")], most_rows=5) == 3
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Read me", "Customers 1", "Customers 2", "Customers 3"]
    assert back(tmp_path / "a.xlsx")["id"].tolist() == study.customers.frame.index.tolist()


def test_reasons_are_those_of_the_explanation(small_study: Study) -> None:
    rows = np.arange(len(small_study.customers))
    said = reasons_of(small_study)(rows)
    names = {persona.segment: f"“{persona.name}”" for persona in small_study.personas.personas}
    segments = [names[segment.id] for segment in small_study.clustering.segments]
    n_same = 0
    for row in range(0, len(rows), 7):
        customer = small_study.customers.frame.index[row]
        why = explain(small_study.scorer, small_study.customers, small_study.features, small_study.clustering, customer)
        if why.scored == why.segment:
            n_same += 1
            told = [str(fact_said(fact, segments[why.scored], segments[why.other])) for fact in why.facts]
            assert said[row] == " ".join(told)
    assert n_same > 20
    assert reasons_of(small_study)(rows[5:9]) == said[5:9]


def test_what_is_recommended_goes_along(tmp_path: Path) -> None:
    study = shop(3)
    with pytest.raises(DataError, match="Nothing is recommended yet"):
        preview(study, Delivery(recommended=True))
    picks = np.array([[1, 0], [0, -1], [-1, -1]], np.int32)
    none = np.full((3, 2), -1, np.int32)
    made = Recommendations(
        ("p1", "p2"), ("Mug", "=Cup"), picks, np.ones((3, 2), np.float32), np.full((3, 2), 2, np.int8), none,
        "product", 2, Step("ease"),
    )  # fmt: skip
    table = written(dataclasses.replace(study, recommendations=made), tmp_path, recommended=True)
    assert table["recommended_1"].tolist() == ["'=Cup", "Mug", ""]
    assert table["recommended_2"].tolist() == ["Mug", "", ""]
    assert [bool(said) for said in table["recommended_reason"]] == [True, True, False]


def test_addresses_are_hashed_as_platforms_do() -> None:
    assert hashed_email("  Ann.Lee+x@Example.COM ") == sha("ann.lee+x@example.com")
    assert hashed_email("no address") == hashed_email(None) == hashed_email("") == ""
    # https://developers.google.com/data-manager/api/devguides/concepts/formatting
    assert hashed_email("Cloudy.SanFrancisco+shopping@gmail.com", "google") == sha("cloudysanfrancisco@gmail.com")
    assert hashed_email("a.b+c@GoogleMail.com ", "google") == sha("ab@googlemail.com")
    assert hashed_email("user.name+NYC@Example.com", "google") == sha("user.name+nyc@example.com")
    assert hashed_email("a b@gmail.com", "google") == sha("ab@gmail.com") and hashed_email("a b@gmail.com") == ""
    assert hashed_email("+x@gmail.com", "google") == ""
    assert hashed_email("Ann.Lee+x@gmail.com") == sha("ann.lee+x@gmail.com")
    assert hashed_phone("030 901820", "DE") == hashed_phone("0049 30 901820", "") == sha("+4930901820")
    assert hashed_phone("(030) 90-1820", "de", "meta") == sha("4930901820")
    assert hashed_phone("030 901820", "") == hashed_phone("12", "DE") == ""


def test_an_audience_holds_hashes_and_nothing_else(tmp_path: Path) -> None:
    study = shop(4, email=["a@b.com", "", "x", "A@c.com "], mobile=["+4930901820", "", "", ""])
    table = written(study, tmp_path, preset="google", columns=("spend",), labels=(), reasons=False)
    assert list(table.columns) == ["Email", "Phone"]
    assert table["Email"].tolist() == [sha("a@b.com"), sha("a@c.com")]
    _, n, withheld, notes = preview(study, Delivery(preset="meta"))
    assert n == 2
    assert [note.count for note in withheld] == [2]
    assert [note.code for note in notes] == ["small"]


def test_traits_say_true_in_one_segment(tmp_path: Path) -> None:
    study = dataclasses.replace(shop(4), groups=(Group("Mine", ("C001",)), Group("S1", ("C003",))))
    table = written(study, tmp_path, preset="traits")
    assert list(table.columns) == ["customer_id", "S1", "S2", "Mine", "S1 (2)", "segment_name"]
    assert table["S1"].tolist() == ["true", "false"] * 2
    assert table["Mine"].tolist() == ["false", "true", "false", "false"]
    assert written(study, tmp_path, preset="traits", format="parquet")["S1"].tolist() == [True, False] * 2


def test_columns_that_single_people_out_are_named() -> None:
    study = shop(20, city=["Oslo", "Rome"] * 10, plan=["a"] * 18 + ["b"] * 2)
    found = recognisable(study, Delivery(columns=("city", "plan", "spend")))
    assert found.n == 20
    assert found.worst is not None and found.worst[0] == "spend"
    assert recognisable(study, Delivery(columns=("city",))).n == 0
    assert recognisable(study, Delivery(columns=("plan",), k=2)).n == 2
    assert "spend" in str(advice(found))
    assert rare(pd.DataFrame({"a": [None] * 5 + ["x"]}), ["a"]).n == 1


def test_own_groups_labels_and_a_selection_choose(tmp_path: Path) -> None:
    labels = (LabelColumn("mine", picked={"C001": "good"}),)
    study = dataclasses.replace(shop(6), groups=(Group("G", ("C001", "C005")),), labels=labels)
    table = written(study, tmp_path, groups=("G",), segments=("S1",), labels=("mine",))
    assert table["customer_id"].tolist() == ["C000", "C001", "C002", "C004", "C005"]
    assert table["label: mine"].tolist() == ["", "good", "", "", ""]
    assert written(study, tmp_path, only=("C003", "C009"))["customer_id"].tolist() == ["C003"]
    assert written(study, tmp_path, only=()).empty
    with pytest.raises(OptionError, match="S9"):
        preview(study, Delivery(segments=("S9",)))
    with pytest.raises(DataError, match="nope"):
        preview(study, Delivery(preset="email", columns=("nope",)))


def test_more_columns_are_given_from_outside(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    deliver(shop(4), Delivery(only=("C002",)), path, more={"recommended": list("abcd")})
    assert back(path)["recommended"].tolist() == ["c"]


def test_a_request_survives_json() -> None:
    asked = Delivery(preset="email", only=("a",), columns=("b",), k=7)
    assert Delivery.from_json(json.loads(json.dumps(asked.to_json()))) == asked
    for wrong in ({"k": "5"}, {"what": 1}, {"format": "doc"}, {"columns": "spend"}):
        with pytest.raises(OptionError):
            Delivery.from_json(wrong)


def test_a_cancelled_file_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: float, total: float, note: Any) -> None:
        raise Cancelled

    for form in FORMATS:
        with pytest.raises(Cancelled):
            deliver(shop(), Delivery(format=form), tmp_path / "a", stop)
        assert not list(tmp_path.iterdir())


def test_files_wait_in_the_workspace_and_are_cleaned(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    id_ = workspace.new_study("shop.csv")
    workspace.save_study(id_, shop(6), summary={})
    args = {"workspace": str(tmp_path), "study": id_, "delivery": Delivery().to_json()}
    made = [export(args, {}, lambda done, total, note: None)["file"] for _ in range(2)]
    assert {file.id for file in kept_files(workspace, id_)} == set(made)
    assert kept_files(workspace, "other") == ()
    (file,) = (file for file in kept_files(workspace, id_) if file.id == made[0])
    assert (file.name, file.n_rows, file.version) == ("segments-shop-v1.csv", 6, 1)
    assert pd.read_csv(io.BytesIO(file.path.read_bytes())).shape == (6, 5)
    delete(workspace, made[0])
    assert [file.id for file in kept_files(workspace, id_)] == made[1:]
    with pytest.raises(DataError):
        delete(workspace, "../*")
    for path in (tmp_path / "deliveries").iterdir():
        os.utime(path, (1, 1))
    assert clean(workspace) == 1
    assert kept_files(workspace, id_) == ()
    workspace.close()


def test_a_workbook_reads_back_as_it_was_written(tmp_path: Path) -> None:
    texts = [
        "007",
        "=1+1",
        'a<b&c>"d"',
        "x\x00\x1f\ufffey",
        "line\r\nbreak\rend",
        " blank ",
        "中文😀",
        "",
        "_x0041_",
        None,
    ]
    columns = {
        "text": np.array(texts, dtype=object),
        "long": np.array(["😀" * 20_000, "a" * 40_000, *["b"] * 8], dtype=object),
        "number": np.array([0.1 + 0.2, -1e-300, 1e300, np.nan, np.inf, 1, 2, 3, 4, 5]),
        "whole": pd.array([1, None, 2**53, *range(7)], dtype="Int64"),
        "true": np.array([True, False] * 5),
        "none": np.full(10, None, dtype=object),
    }
    sheet = Sheet(np.arange(10), {name: lambda rows, own=own: pd.Series(own)[rows] for name, own in columns.items()})
    path = tmp_path / "a.xlsx"
    assert workbook.write_workbook(sheet, path, [("=a", "=b")], most_rows=7) == 2
    pages = openpyxl.load_workbook(path).worksheets
    assert [page.dimensions for page in pages[1:]] == ["A1:F8", "A1:F4"]
    assert pages[0]["A1"].data_type == "s"
    cells = [row for page in pages[1:] for row in list(page.iter_rows(values_only=True))[1:]]
    read = dict(zip(columns, zip(*cells, strict=True), strict=True))
    # Excel takes the first part of “_x005F_x0041_” for the line below.
    assert list(read["text"]) == [
        *texts[:3], "xy", "line\nbreak\nend", " blank ", "中文😀", "", "_x005F_x0041_", None,
    ]  # fmt: skip
    assert [len(text.encode("utf-16-le")) // 2 for text in read["long"][:2]] == [32_766, 32_767]
    assert list(read["number"]) == [0.1 + 0.2, -1e-300, 1e300, None, None, 1, 2, 3, 4, 5]
    assert list(read["whole"]) == [1, None, 2**53, *range(7)]
    assert [value is True for value in read["true"]] == [True, False] * 5
    second = pd.read_excel(path, sheet_name=None, engine="calamine", dtype={"text": str}, keep_default_na=False)
    assert [text for name in list(second)[1:] for text in second[name]["text"]][8] == "_x0041_"
    assert sum(len(page) for page in list(second.values())[1:]) == 10


def test_a_file_speaks_the_analysts_language_and_says_what_it_is_of(small_study: Study, tmp_path: Path) -> None:
    asked = Delivery(format="excel", reasons=True, language="zh", study="shop: 2026.csv", version=3)
    assert asked.file_name == "segments-shop-2026-v3.xlsx"
    deliver(small_study, asked, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    told = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[0]]
    assert [row for row in told if "shop: 2026.csv" in str(row[1]) and "3" in str(row[1])]
    chinese = reasons_of(small_study, tell=teller("zh"))(np.arange(len(small_study.customers)))
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    place = dict(zip(small_study.customers.frame.index, chinese, strict=True))
    assert all(row[-1] == place[row[0]] for row in rows[1:]) and any("通常" in row[-1] for row in rows[1:])
    assert preview(small_study, dataclasses.replace(asked, format="csv"))[0]["reasons"].str.contains("通常").any()
    deliver(small_study, dataclasses.replace(asked, format="parquet"), tmp_path / "a.parquet")
    assert pq.read_schema(tmp_path / "a.parquet").metadata[b"strata.version"] == b"3"


def test_of_a_large_audience_the_first_are_looked_at_until_it_is_written(monkeypatch: Any, tmp_path: Path) -> None:
    study = shop(12, email=["", *["a@b.com"] * 5, *[""] * 6], mobile=[""] * 12)
    monkeypatch.setattr(writing, "MOST_HASHED", 4)
    _, n, (note,), _ = preview(study, Delivery(preset="meta"))
    assert n == 11 and "the first 4 customers 1 have" in str(note.message)
    told: list[float] = []
    made = deliver(study, Delivery(preset="meta"), tmp_path / "a", lambda done, total, note: told.append(done / total))
    assert (made.n_rows, made.n_withheld) == (5, 7)
    assert told == sorted(told) and told[-1] == 1


def test_columns_for_tools_keep_their_names_when_a_segment_is_renamed(small_study: Study, tmp_path: Path) -> None:
    first = small_study.personas.personas[0]
    others = small_study.personas.personas[1:]
    personas = dataclasses.replace(small_study.personas, personas=(dataclasses.replace(first, name="New"), *others))
    for preset in ("traits", "email"):
        tables = [
            written(study, tmp_path, preset=preset)
            for study in (small_study, dataclasses.replace(small_study, personas=personas))
        ]
        changed = [name for name in tables[0] if not tables[0][name].equals(tables[1][name])]
        assert list(tables[0]) == list(tables[1]) and changed == ["segment_name"]

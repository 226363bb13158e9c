"""Tables: one row a customer, the id first, and no cell that a spreadsheet would run."""

import dataclasses
import io

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Clustering, Segment, Step
from segment_core.errors import DataError
from segment_core.exporting import projection_csv, segments_csv, segments_table
from segment_core.exporting.tables import defused
from segment_core.intake import gather, read
from segment_core.plan import Plan
from segment_core.study import Study
from tests.planted import csv_of

OURS = ["segment", "segment_name", "confidence", "band"]
HOSTILE = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "＝1+1", "＋1", "－1+1", "＠x", " =1+1"]


def study_of(frame: pd.DataFrame) -> Study:
    """Make a study in which customers alternate between two segments."""
    customers = gather(read(csv_of(frame), "made.csv"))
    n = len(customers)
    labels = np.arange(n) % 2
    segments = (Segment("S1", n - n // 2), Segment("S2", n // 2))
    bands = np.array(["core"] * n)
    clustering = Clustering(labels, np.linspace(0, 1, n, dtype=np.float32), bands, segments, Step("made"))
    return Study(Plan(), Plan(), customers, "made.csv", clustering=clustering)


def back(data: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)


def shop(n: int = 12, **columns: object) -> pd.DataFrame:
    return pd.DataFrame(
        {"customer_id": [f"C{number:03}" for number in range(n)], "spend": np.arange(n) + 0.5} | columns
    )


def test_there_is_one_row_for_each_customer(small_study: Study) -> None:
    table = segments_table(small_study, consent=False)
    assert list(table.columns) == ["customer_id", *OURS, "contactable"]
    assert table["customer_id"].tolist() == small_study.customers.frame.index.tolist()
    assert table["customer_id"].is_unique
    assert table["segment"].tolist() == small_study.clustering.ids.tolist()
    assert set(table["band"]) <= {"core", "fringe", "outlier"}
    assert table["confidence"].between(0, 1).all()
    names = {persona.segment: persona.name for persona in small_study.personas.personas}
    assert (table["segment"].map(names) == table["segment_name"]).all()


def test_a_segment_without_a_persona_is_named_by_its_id() -> None:
    table = segments_table(study_of(shop()))
    assert (table["segment_name"] == table["segment"]).all()


def test_without_ids_rows_are_numbered_in_their_order_as_numbers() -> None:
    random = np.random.default_rng(0)
    frame = pd.DataFrame({"age": random.normal(40, 9, 25).round(3), "spend": random.normal(9, 1, 25).round(3)})
    study = study_of(frame)
    table = segments_table(study, columns=["age"])
    assert table.columns[0] == "row"
    assert table["row"].astype(int).tolist() == list(range(1, 26))
    assert table["age"].tolist() == frame["age"].tolist()


def test_columns_and_customers_can_be_chosen() -> None:
    study = study_of(shop(city=["Rome", "Lyon"] * 6))
    table = segments_table(study, columns=["city", "spend"], only=["C003", "C001", "nobody"])
    assert list(table.columns) == ["customer_id", *OURS, "city", "spend"]
    assert table["customer_id"].tolist() == ["C001", "C003"]
    assert table["spend"].tolist() == [1.5, 3.5]
    with pytest.raises(DataError, match="no column town"):
        segments_table(study, columns=["town"])


def test_a_column_of_the_file_keeps_its_name_apart_from_ours() -> None:
    study = study_of(shop(segment=["a", "b"] * 6, band=list("uvwxyz") * 2))
    table = segments_table(study, columns=["segment", "band"])
    assert list(table.columns) == ["customer_id", *OURS, "segment_in_file", "band_in_file"]
    assert table["segment_in_file"].tolist() == ["a", "b"] * 6


def test_an_id_named_segment_comes_first_and_ours_steps_aside() -> None:
    study = study_of(shop().rename(columns={"customer_id": "segment"}))
    study = dataclasses.replace(study, customers=dataclasses.replace(study.customers, id_name="segment"))
    table = segments_table(study)
    assert list(table.columns) == ["segment", "segment_found", "segment_name", "confidence", "band"]
    assert table["segment"].is_unique


@pytest.mark.parametrize("cell", HOSTILE, ids=repr)
def test_no_cell_is_a_formula(cell: str) -> None:
    study = study_of(shop())
    study.customers.frame["remark"] = cell
    found = back(segments_csv(study, columns=["remark"]))
    assert set(found["remark"]) == {"'" + cell.replace("\r", "\n")}


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"], ids=repr)
def test_a_cell_of_several_lines_stays_one_cell(end: str) -> None:
    study = study_of(shop())
    study.customers.frame["remark"] = f"fine{end}=1+1"
    written = segments_csv(study, columns=["remark"]).decode()
    assert "\r" not in written  # unquoted, it would start a row of its own
    assert back(written.encode())["remark"].tolist() == ["fine\n=1+1"] * 12


@pytest.mark.parametrize("place", ["id", "header", "name"])
def test_ids_and_headers_and_names_are_made_safe_too(place: str) -> None:
    study = study_of(shop())
    customers = study.customers
    if place == "id":
        customers.frame.index = pd.Index([f"=C{number}" for number in range(12)], dtype="str")
        assert back(segments_csv(study))["customer_id"].tolist()[0] == "'=C0"
    elif place == "header":
        customers.frame["=cmd()"] = "fine"
        assert back(segments_csv(study, columns=["=cmd()"])).columns[-1] == "'=cmd()"
    else:
        study = dataclasses.replace(study, customers=dataclasses.replace(customers, id_name="+id"))
        assert back(segments_csv(study)).columns[0] == "'+id"


@pytest.mark.parametrize("number", ["-3.5", "+4", "-1e9", "0", "12"])
def test_numbers_written_as_text_are_not_spoilt(number: str) -> None:
    assert defused(number) == number


def test_numbers_and_dates_are_written_plainly() -> None:
    dates = [f"2024-03-{day:02}" for day in range(1, 13)]
    debt = np.linspace(-50.5, 60, 12).round(2)
    study = study_of(shop(joined=dates, visits=np.arange(12) * 3, debt=debt))
    study.customers.frame.loc["C002", ["visits", "joined"]] = None
    found = back(segments_csv(study, columns=["joined", "visits", "debt"]))
    assert found["visits"].tolist()[:4] == ["0", "3", "", "9"]
    assert found["joined"].tolist()[:4] == ["2024-03-01", "2024-03-02", "", "2024-03-04"]
    assert [float(cell) for cell in found["debt"]] == debt.tolist()


def test_the_mark_for_excel_is_there_when_asked_for() -> None:
    study = study_of(shop(city=["Köln"] * 6 + ["北京"] * 6))
    plain, marked = (segments_csv(study, columns=["city"], bom=bom) for bom in (False, True))
    assert marked == b"\xef\xbb\xbf" + plain
    assert "Köln" in plain.decode()
    assert b"\r\n" not in plain


def test_the_map_has_a_point_for_each_customer(small_study: Study) -> None:
    found = back(projection_csv(small_study))
    assert list(found.columns) == ["customer_id", "x", "y", "segment"]
    assert found["customer_id"].tolist() == small_study.customers.frame.index.tolist()
    np.testing.assert_allclose(found[["x", "y"]].astype(float), small_study.projection.points, atol=1e-5)


@pytest.mark.parametrize("name, ours", [("segment", ["x", "y", "segment_found"]), ("x", ["x_found", "y", "segment"])])
def test_an_id_named_like_one_of_ours_loses_no_column_of_the_map(
    small_study: Study, name: str, ours: list[str]
) -> None:
    study = dataclasses.replace(small_study, customers=dataclasses.replace(small_study.customers, id_name=name))
    table = pd.read_csv(io.BytesIO(projection_csv(study)))
    assert list(table.columns) == [name, *ours]
    assert table[ours[2]].tolist() == small_study.clustering.ids.tolist()


def test_before_there_are_segments_it_says_so() -> None:
    study = study_of(shop())
    with pytest.raises(DataError, match="There is no map yet"):
        projection_csv(study)
    with pytest.raises(DataError, match="There are no segments yet"):
        segments_csv(dataclasses.replace(study, clustering=None))

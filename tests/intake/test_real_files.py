"""Files that people really have."""

import csv
import gzip
from pathlib import Path

import pandas as pd

from segment_core.errors import DataError
from segment_core.intake import gather, read

CUSTOMER_PERSONALITY = {
    "ID": "id",
    "Year_Birth": "number",
    "Education": "category",
    "Marital_Status": "category",
    "Income": "money",
    "Kidhome": "count",
    "Teenhome": "count",
    "Dt_Customer": "date",
    "Recency": "number",
    **dict.fromkeys(
        ["MntWines", "MntFruits", "MntMeatProducts", "MntFishProducts", "MntSweetProducts", "MntGoldProds"], "money"
    ),
    **dict.fromkeys(
        ["NumDealsPurchases", "NumWebPurchases", "NumCatalogPurchases", "NumStorePurchases", "NumWebVisitsMonth"],
        "count",
    ),
    **dict.fromkeys(
        ["AcceptedCmp3", "AcceptedCmp4", "AcceptedCmp5", "AcceptedCmp1", "AcceptedCmp2", "Complain"], "yes/no"
    ),
    "Z_CostContact": "ignore",
    "Z_Revenue": "ignore",
    "Response": "yes/no",
}
CAR_RENTAL = {
    "ID": "id",
    "Gender": "category",
    "Status": "category",
    "Children": "count",
    "Age": "number",
    "Customer_Status": "category",
    "Car_Owner": "yes/no",
    "Customer_Service": "text",
    "Satisfaction": "yes/no",
    "Business_Area": "category",
    "Action": "category",
}
WOMENS_REVIEWS = {
    "column_1": "id",
    "Clothing ID": "ignore",
    "Age": "number",
    "Title": "text",
    "Review Text": "text",
    "Rating": "number",
    "Recommended IND": "yes/no",
    "Positive Feedback Count": "count",
    "Division Name": "category",
    "Department Name": "category",
    "Class Name": "category",
}


def test_customer_personality(data: Path) -> None:
    table = read(data / "customer_personality" / "marketing_campaign.csv", "marketing_campaign.csv")
    assert table.frame.shape == (2240, 29)
    assert (table.dialect.delimiter, table.dialect.encoding, table.notes) == (";", "utf-8", ())
    found = gather(table)
    assert {column.name: column.role for column in found.columns} == CUSTOMER_PERSONALITY
    assert len(found) == 2240
    assert found.frame["Income"].isna().sum() == 24
    assert found.frame.loc["5524", "MntWines"] == 635
    assert str(found.frame["Dt_Customer"].min().date()) == "2012-07-30"


def test_car_rental(data: Path) -> None:
    table = read(data / "car_rental" / "car_rental_training_data.csv", "car_rental.csv")
    assert table.frame.shape == (486, 11)
    found = gather(table)
    assert {column.name: column.role for column in found.columns} == CAR_RENTAL
    assert (len(found), found.n_rows, found.frame.index.is_unique) == (435, 486, True)
    counts = {note.code: note.count for note in found.notes if note.code != "conflict"}
    assert counts == {"kept-level": 274, "pooled": 51, "crowded-id": 43}
    assert sum(note.code == "conflict" for note in found.notes) == 10
    assert (found.frame["Action"] == "NA").any()


def test_womens_reviews(data: Path) -> None:
    table = read(next((data / "womens_reviews").glob("*.zip")), "reviews.zip")
    assert table.frame.shape == (23486, 11)
    found = gather(table)
    assert {column.name: column.role for column in found.columns} == WOMENS_REVIEWS
    assert len(found) == 23486
    assert (found.frame["Review Text"] == "").sum() == 845
    assert found.frame["Review Text"].str.contains("\n").sum() == 2024
    assert found.frame["Class Name"].isna().sum() == 14


def test_chinese_restaurant_orders(data: Path) -> None:
    folder = data / "zh_restaurant_orders"
    table = read(folder / "meal_order_info.csv", "meal_order_info.csv")
    assert (table.dialect.encoding, table.frame.shape) == ("gb18030", (945, 21))
    assert table.frame["name"].tolist()[:3] == ["苗宇怡", "赵颖", "徐毅凡"]
    roles = {column.name: column.role for column in gather(table).columns}
    assert (roles["phone"], roles["name"], roles["expenditure"], roles["use_start_time"]) == (
        "ignore",
        "name",
        "money",
        "date",
    )
    detail = read(folder / "meal_order_detail.csv", "meal_order_detail.csv")
    assert (detail.dialect.encoding, detail.frame.shape) == ("utf-8", (10037, 19))
    assert "西瓜" in detail.frame["dishes_name"].iloc[0]


def test_order_lines_are_recognised(data: Path) -> None:
    packed = (data / "online_retail" / "online_retail_all.csv.gz").read_bytes()
    lines = gzip.decompress(packed).splitlines(keepends=True)
    found = gather(read(b"".join(lines[:30_000]), "online_retail.csv"))
    assert found.id_name == "CustomerID"
    assert {column.name: column.role for column in found.columns}["InvoiceNo"] == "ignore"
    assert {note.code for note in found.notes} >= {"looks-like-transactions", "missing-id", "pooled"}


def test_customers_are_gathered_of_messy_files_or_refused_in_a_sentence(data: Path) -> None:
    with (data / "messy_csv" / "INVENTORY.tsv").open(encoding="utf-8", newline="") as opened:
        files = [data / line["file"] for line in csv.DictReader(opened, delimiter="\t")]
    gathered = 0
    for file in files:
        try:
            table = read(file, file.name)
            if table.frame.shape[1] < 1000 and len(table.frame) < 5000:
                gathered += len(gather(table)) > 0
        except DataError as error:
            assert str(error)
    assert gathered > 200


def test_excel_and_csv_of_the_same_table_agree(data: Path) -> None:
    folder = data / "messy_csv" / "frictionless" / "data"
    excel, plain = read(folder / "table.xlsx", "table.xlsx"), read(folder / "table.csv", "table.csv")
    assert (excel.dialect.kind, plain.dialect.kind) == ("excel", "csv")
    pd.testing.assert_frame_equal(excel.frame, plain.frame)


def test_every_spreadsheet_is_read_or_refused_in_a_sentence(data: Path) -> None:
    folder = data / "messy_csv"
    files = [file for kind in ("xls", "xlsx", "ods") for file in sorted(folder.rglob(f"*.{kind}"))]
    assert len(files) > 30
    tables = 0
    for file in files:
        try:
            tables += not read(file, file.name).frame.empty
        except DataError as error:
            assert str(error)
    assert tables > 20

"""Campaigning: who is reached, who is in a campaign, and what leaves with it; planted in eighty customers."""

import csv
import io
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Brief, Claim, Clustering, Column, Contents, Customers, Features, Piece, Segment, Step
from segment_core.campaigning import (
    Wish,
    address_column,
    address_columns,
    brief_of,
    campaign_csv,
    file_stem,
    plan_campaign,
    plan_in_worker,
    reach_of,
    reachable,
    readiness,
    with_readout,
    without,
)
from segment_core.campaigns import read_out
from segment_core.errors import DataError
from segment_core.exporting import brief_docx, brief_html, brief_markdown
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.store import Workspace
from segment_core.study import Study

N = 80
NASTY = "=1+1 <script>alert(1)</script> [x](http://evil.example)"


@cache
def study() -> Study:
    """Forty customers a segment: the first ten of all did not consent, the next ten have no e-mail, five opted out."""
    ids = [f"C{number:03d}" for number in range(N)]
    frame = pd.DataFrame(
        {
            "email": [None if 10 <= n < 20 else f"c{n}@shop.example" for n in range(N)],
            "consent": ["no" if n < 10 else "yes" for n in range(N)],
            "opt_out": ["yes" if 20 <= n < 25 else "no" for n in range(N)],
            "bought": [float(n % 4 == 0) for n in range(N)],
        },
        index=pd.Index(ids, dtype="str"),
    )
    roles = {"email": "ignore", "consent": "consent", "opt_out": "suppression", "bought": "yes/no"}
    columns = tuple(Column(name, role, "none", say("-")) for name, role in roles.items())
    customers = Customers(frame, columns, "customer_id", N)
    features = Features.of([[float(n % 7), float(n // 40)] for n in range(N)])
    labels, bands = np.arange(N) // 40, np.full(N, "core")
    segments = (Segment("S1", 40), Segment("S2", 40))
    clustering = Clustering(labels, np.ones(N, dtype=np.float32), bands, segments, Step("kmeans"))
    return Study(Plan(), Plan(), customers, "shop.csv", features=features, clustering=clustering)


def wish(**more: object) -> Wish:
    return Wish(**{"segments": ("S1", "S2"), "channel": "email", "seed": 3} | more)


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_reach_needs_consent_no_suppression_and_an_address() -> None:
    one, two = readiness(study(), ("S1", "S2"), channel="email", column="bought")
    assert (one.n, one.suppressed, one.consented, one.reach["email"], one.reach[""]) == (40, 5, 25, 15, 25)
    assert (two.suppressed, two.reach["email"]) == (0, 40)
    assert one.reach["sms"] is None, "the file has no phone numbers"
    assert two.baseline == pytest.approx(0.25)


def test_addresses_are_told_by_name_and_form() -> None:
    frame = pd.DataFrame(
        {
            "contact": ["a@b.example", "c@d.example"],
            "phone": ["+44 20 7946 0958", "030 1234567"],
            "phone_model": ["X1", "Y2"],
            "street": ["High Street 4", "Low Road 12"],
            "email_address_ok": ["yes", "no"],
        }
    )
    columns = tuple(Column(name, "ignore", "none", say("-")) for name in frame)
    customers = Customers(frame, columns, "row", 2)
    found = {channel: address_column(customers, channel) for channel in ("email", "sms", "phone", "post", "push")}
    assert found == {"email": "contact", "sms": "phone", "phone": "phone", "post": "street", "push": None}
    assert address_columns(customers) == tuple(frame)
    assert address_column(customers, "email", "gone") == "contact", "a column that is not there any more"
    assert reachable(customers, "email", "street").tolist() == [False, False], "no e-mail is in it"
    everywhere = reach_of(customers, "sms", "phone_model")
    assert everywhere["sms"].tolist() == [False, False]
    assert {code: rows is None or rows.all() for code, rows in everywhere.items() if code != "sms"} == dict.fromkeys(
        ("email", "whatsapp", "phone", "post", ""), True
    )


def test_the_chosen_column_of_addresses_goes_along_and_so_does_the_value_at_stake() -> None:
    base = study()
    second = [None if n % 2 else f"new{n}@shop.example" for n in range(N)]
    frame = base.customers.frame.assign(second_email=second, total_spend=float(N), average_spend=1.0)
    more = [
        Column(name, role, "none", say("-")) for name, role in (("second_email", "ignore"), ("total_spend", "money"))
    ]
    more.append(Column("average_spend", "money", "none", say("-")))
    customers = replace(base.customers, frame=frame, columns=(*base.customers.columns, *more))
    changed = replace(base, customers=customers)
    found = plan_campaign(changed, wish(), at=1.0)
    chosen = plan_campaign(changed, wish(address="second_email"), at=1.0)
    assert (found.address, chosen.address) == ("email", "second_email")
    rows = rows_of(campaign_csv(changed, chosen))
    assert all(row["second_email"].startswith("new") for row in rows if row["group"] == "treated")
    assert {row["customer_id"] for row in rows} == {id_ for c in chosen.cells for id_ in (*c.treated, *c.held)}
    assert "second_email" in brief_markdown(brief_of(changed, chosen)).replace("\\", "")
    (one,) = readiness(changed, ("S1",))[0].worth
    assert (one.column, one.total, one.share) == ("total_spend", 40.0 * N, 0.5), "no study of evidence is needed"


def test_a_campaign_holds_only_whom_it_can_reach_and_the_same_seed_gives_the_same_split() -> None:
    made = plan_campaign(study(), wish(), at=1.0)
    again = plan_campaign(study(), wish(), at=2.0)
    other = plan_campaign(study(), wish(seed=4), at=1.0)
    assert made.cells == again.cells != other.cells
    everybody = [id_ for cell in made.cells for id_ in (*cell.treated, *cell.held)]
    assert len(everybody) == len(set(everybody)) == 55 and min(everybody) == "C025"
    assert [len(cell.held) for cell in made.cells] == [3, 8], "a fifth of each segment"
    assert made.notes[0].count == 25
    for one in (wish(segments=()), wish(channel="sms")):
        with pytest.raises(DataError):
            plan_campaign(study(), one, at=1.0)


def test_the_file_has_both_groups_no_formula_and_no_address_of_the_held_out() -> None:
    made = plan_campaign(study(), wish(), at=1.0)
    nasty = replace(made, cells=(replace(made.cells[0], name=NASTY), made.cells[1]))
    rows = rows_of(campaign_csv(study(), nasty))
    assert len(rows) == 55 and {row["group"] for row in rows} == {"treated", "held out"}
    assert all((row["email"] == "") == (row["group"] == "held out") for row in rows)
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    # Who withdrew consent since is not in it.
    frame = study().customers.frame.assign(consent="no")
    withdrawn = replace(study(), customers=replace(study().customers, frame=frame))
    assert rows_of(campaign_csv(withdrawn, made)) == []
    assert file_stem(made).endswith("-seed-3")


def test_a_brief_says_it_all_and_runs_nothing() -> None:
    from docx import Document

    piece = Piece("S1", "email", 1, {"subject": Claim("Come back ```now```\n" + NASTY, ())})
    sms = Piece("S1", "sms", 1, {"text": Claim("An SMS", ())})
    contents = Contents((piece, sms), Brief(offer="10 % off", avoid="cheap"), Step("builtin"))
    asked = wish(goal=NASTY, baseline=0.1)
    made = plan_campaign(replace(study(), contents=contents), asked, at=1.0)
    assert made.contents is not None and made.contents.pieces == (piece,), "only the campaign's channel"
    blocks = brief_of(study(), made, sensitive=("age",))
    page, text = brief_html(blocks), brief_markdown(blocks)
    word = Document(io.BytesIO(brief_docx(blocks, language="zh")))
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "````" in text and "[x](http" not in text.split("````")[0]
    said = "\n".join(paragraph.text for paragraph in word.paragraphs)
    for needed in ("10 % off", "cheap", "age", "seed 3", "customer_id", "11 of 55", "Come back", "of cases"):
        assert needed in said, needed
    assert word.tables[0].rows[1].cells[3].text == "5"


def test_a_long_job_keeps_the_same_campaign_and_results_find_their_place(tmp_path) -> None:
    workspace = Workspace(tmp_path)
    id_ = workspace.new_study("shop.csv")
    workspace.save_study(id_, study(), summary={})
    asked = {"segments": ["S1", "S2"], "channel": "email", "seed": 3}
    plan_in_worker({"workspace": str(tmp_path), "study": id_, "wish": asked, "at": 1.0}, {}, lambda *told: None)
    (kept,) = workspace.load_study(Study, id_).campaigns
    assert kept == plan_campaign(study(), wish(), at=1.0)
    found = read_out(kept, {one: 1.0 for cell in kept.cells for one in cell.treated}, source="r.csv", at=2.0)
    (read,) = with_readout((kept,), kept.id, found)
    assert read.readout is found and read.cells == kept.cells
    assert with_readout((kept,), "other", found) == (kept,) and without((kept,), kept.id) == ()
    workspace.close()

"""Offering: the lines of a study's own file become recommendations that are kept with it, measured and told."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Note, Step
from segment_core.errors import DataError, OptionError
from segment_core.intake import read
from segment_core.intake.behaviour import lines, recognise
from segment_core.intake.roles import suggest
from segment_core.messages import Message
from segment_core.offering import has_orders, listed_csv, offer, offered, reason, recommended
from segment_core.plan import Plan
from segment_core.recommending.buying import basket, interactions_of, split_of
from segment_core.store import Workspace
from segment_core.study import Study
from segment_core.tasks import run_study

ASK = {"level": "product", "fewest": 2}


def shop(n: int = 60) -> str:
    """Return order lines of two worlds of products over a year, with postage, a manual line and a product returned."""
    random, rows = np.random.default_rng(0), []
    for customer in range(n):
        world = customer % 2
        for turn in range(4):
            day = pd.Timestamp("2024-01-01") + pd.Timedelta(days=int(90 * turn + random.integers(0, 80)))
            order = f"{1000 + customer * 10 + turn}"
            for item in random.permutation(16)[:3].tolist():
                rows.append(
                    (order, f"C{customer:03d}", f"{world}{item:03d}A", f"=Thing {world} {item}", day, 1, 5.0 + item)
                )
            rows.append((order, f"C{customer:03d}", "POST", "POSTAGE", day, 1, 3.0))
            if turn == 1:
                rows.append((order, f"C{customer:03d}", "9999Z", "Broken", day, 1, 9.0))
                rows.append((f"C{order}", f"C{customer:03d}", "9999Z", "Broken", day, -1, 9.0))
            if customer == turn == 0:
                rows.append((order, f"C{customer:03d}", "MANUAL", "By hand", day, 1, 77.0))
    names = ("InvoiceNo", "CustomerID", "StockCode", "Description", "InvoiceDate", "Quantity", "UnitPrice")
    return pd.DataFrame(rows, columns=list(names)).to_csv(index=False)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, str]:
    """Run the journey over the shop once, and recommend."""
    folder = tmp_path_factory.mktemp("offering")
    workspace = Workspace(folder)
    upload = workspace.keep_upload("orders.csv", shop().encode())
    plan = Plan(clustering=Step("kmeans", {"n_segments": 2}), projection=Step("pca"), encoder=Step("tfidf"))
    args = {"workspace": str(folder), "upload": upload.id, "plan": plan.to_json(), "study": None}
    id_ = run_study(args, {}, lambda done, total, note: None)["study"]
    offer({"workspace": str(folder), "study": id_, **ASK}, {}, lambda done, total, note: None)
    return workspace, id_


def codes(notes: tuple[Note, ...]) -> set[str]:
    return {note.code for note in notes}


def test_what_is_kept_fits_the_customers_and_is_measured(kept: tuple[Workspace, str]) -> None:
    study = kept[0].load_study(Study, kept[1])
    made = study.recommendations
    assert made is not None and has_orders(study.customers)
    assert made.picks.shape == (len(study.customers), 10)
    assert not {"POST", "MANUAL", "9999Z"} & set(made.items)
    assert {"left-out-back", "left-out-odd", "segments-know"} <= codes(made.notes)
    by_peer = {(figure.peer, figure.again): figure for figure in made.measures}
    assert len(by_peer) == 8 and made.split.startswith("2024-1")
    assert by_peer["ours", False].recall > by_peer["popularity", False].recall
    worlds = np.array([int(item[0]) for item in made.items])
    first = worlds[made.picks[:, 0]]
    own = study.customers.frame.index.str[1:].astype(int) % 2
    assert (first == own).mean() > 0.95
    assert {fit.segment for fit in made.fits} == {"S1", "S2"}


def test_new_segments_drop_them(kept: tuple[Workspace, str]) -> None:
    study = kept[0].load_study(Study, kept[1])
    assert study.having(clustering=study.clustering).recommendations is None
    assert recommended(study.having(clustering=study.clustering)) == {}


def test_columns_and_file_have_reasons_and_no_formula(kept: tuple[Workspace, str]) -> None:
    study = kept[0].load_study(Study, kept[1])
    rows = np.arange(len(study.customers))
    columns = {name: made(rows).tolist() for name, made in recommended(study).items()}
    assert list(columns) == [f"recommended_{place}" for place in range(1, 11)] + ["recommended_reason"]
    assert all(len(values) == len(study.customers) for values in columns.values())
    assert columns["recommended_reason"] == [
        str(reason(study.recommendations, row, 0)) if study.recommendations.picks[row, 0] >= 0 else "" for row in rows
    ]
    assert "because they bought =Thing" in " ".join(columns["recommended_reason"])
    spoken = {"because they bought {item}": "因为买过 {item}"}

    def tell(message: Message) -> str:
        return spoken.get(message.template, message.template).format(**message.values)

    assert "因为买过 =Thing" in listed_csv(study, tell=tell, bom=True).decode("utf-8-sig")
    assert listed_csv(study, bom=True).startswith(b"\xef\xbb\xbf"), "or Excel shows Chinese as noise"
    text = listed_csv(study).decode()
    assert "'=Thing" in text and ",=Thing" not in text
    assert text.count("\n") == len(study.customers) + 1


def test_the_order_of_lines_does_not_matter(kept: tuple[Workspace, str]) -> None:
    study = kept[0].load_study(Study, kept[1])
    made = []
    for frame in (
        read(shop().encode(), "a.csv").frame,
        read(shop().encode(), "a.csv").frame.sample(frac=1, random_state=3),
    ):
        table = read(frame.to_csv(index=False).encode(), "a.csv")
        found = recognise(table.frame, suggest(table), ".")
        assert found is not None
        made.append(offered(study, lines(table.frame, found, "."), fewest=2))
    assert np.array_equal(made[0].picks, made[1].picks) and made[0].measures[1:4] == made[1].measures[1:4]
    assert np.array_equal(made[0].picks, study.recommendations.picks)


def test_the_analyst_leaves_items_out(kept: tuple[Workspace, str]) -> None:
    workspace, id_ = kept
    study = workspace.load_study(Study, id_)
    table = read(shop().encode(), "a.csv")
    found = recognise(table.frame, suggest(table), ".")
    assert found is not None
    typed = lines(table.frame, found, ".")
    made = offered(study, typed, Step("neighbours"), fewest=2, excluded=("0001A",))
    assert "0001A" not in made.items and "left-out-excluded" in codes(made.notes)
    with pytest.raises(OptionError, match="no way to recommend"):
        offered(study, typed, Step("magic"))
    with pytest.raises(DataError, match="category"):
        offered(study, typed, level="category")


def test_the_split_holds_back_what_came_later() -> None:
    table = read(shop().encode(), "a.csv")
    found = recognise(table.frame, suggest(table), ".")
    assert found is not None
    typed = lines(table.frame, found, ".")
    ids = sorted(typed.frame["customer"].cat.categories)
    bought = basket(typed.frame, ids)
    split = split_of(bought, 0.2)
    labels = np.zeros(len(ids), np.int64)
    before = interactions_of(bought, labels, fewest=2, until=split)
    assert before.interactions.ages.min() > 0
    new, both = (before.later(bought, labels, split, new_only=only) for only in (True, False))
    owned = set(zip(before.interactions.customers.tolist(), before.interactions.items.tolist(), strict=True))
    assert not owned & set(zip(new.customers.tolist(), new.items.tolist(), strict=True))
    assert len(new.items) < len(both.items)


def test_one_row_a_customer_recommends_nothing(small_study: Study, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    upload = workspace.keep_upload(
        "flat.csv", b"customer_id,age,city\n" + b"".join(b"C%d,%d,Rome\n" % (n, 20 + n) for n in range(40))
    )
    id_ = workspace.new_study("flat")
    workspace.save_study(id_, small_study, summary={"upload": upload.id})
    with pytest.raises(DataError, match="nothing says who bought what"):
        offer({"workspace": str(tmp_path), "study": id_}, {}, lambda done, total, note: None)

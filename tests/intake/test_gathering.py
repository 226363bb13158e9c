"""Rows become customers: typed, one each, in an order of their own, with a note on everything."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segment_core.artifacts import Customers, Role
from segment_core.errors import DataError, OptionError
from segment_core.intake import gather, read, sample


def customers_of(text: str, **roles: Role) -> Customers:
    return gather(read(text.encode(), "test.csv"), roles)


def notes(customers: Customers, code: str) -> list[int]:
    return [note.count for note in customers.notes if note.code == code]


def rows(n: int, make: str) -> str:
    return "".join(make.format(n=position) + "\n" for position in range(n))


def test_cells_have_the_type_of_their_role() -> None:
    found = customers_of(
        "customer_id,age,spend,visits,active,joined,plan,city,note,optin\n"
        + rows(30, "C{n},{n},€{n}.50,{n},yes,20{n:02d}-01-02,a{n}b,Rome{n},I think that {n} is fine so far,yes")
        + 'C90,?,"€1,000.00",3,no,,None,,NA,no\n',
        plan="category",
    )
    frame = found.frame
    assert [column.role for column in found.columns] == [
        "id", "number", "money", "count", "yes/no", "date", "category", "place", "text", "consent",
    ]  # fmt: skip
    last = frame.loc["C90"]
    assert np.isnan(last["age"])
    assert last["spend"] == 1000.0
    assert last["active"] == 0.0
    assert pd.isna(last["joined"])
    assert last["plan"] == "None"
    assert pd.isna(last["city"])
    assert last["note"] == ""
    assert frame["spend"].dtype == frame["visits"].dtype == frame["active"].dtype == np.float64
    assert frame["joined"].dtype.kind == "M"
    assert frame.loc["C5", "customer_id"] == "C5"
    assert notes(found, "missing-words") == [1]
    assert notes(found, "kept-level") == [1]
    assert notes(found, "missing-text") == [1]


def test_ids_are_in_natural_order() -> None:
    found = customers_of("id,x\nC10,1\nC9,2\nb1,3\nC1,4\nC010,5\n")
    assert list(found.frame.index) == ["C1", "C9", "C010", "C10", "b1"]
    assert (found.id_name, found.n_rows, len(found)) == ("id", 5, 5)


def test_rows_of_one_customer_are_pooled_and_conflicts_counted() -> None:
    found = customers_of(
        "customer_id,spend,active,joined,plan,note\n"
        "a,1,yes,2024-01-02,plus,I like it a lot my dear\n"
        "a,4,no,2024-03-02,basic,Not any more to be quite honest\n"
        "a,4,no,,basic,I like it a lot my dear\n"
        "b,5,yes,2023-01-02,plus,Not for me at all I am afraid\n"
        "b,5,yes,2023-01-02,basic,\n",
        customer_id="id", spend="number", active="yes/no", joined="date", plan="category", note="text",
    )  # fmt: skip
    a = found.frame.loc["a"]
    assert a["spend"] == 3.0
    assert a["active"] == 0.0
    assert str(a["joined"]) == "2024-03-02 00:00:00"
    assert a["plan"] == "basic"
    assert a["note"] == "I like it a lot my dear\nNot any more to be quite honest"
    assert found.frame.loc["b", "plan"] == "basic"  # of equals, the first in the alphabet
    assert notes(found, "pooled") == [3]
    assert notes(found, "conflict") == [1, 1, 1, 2, 1]
    assert (found.n_rows, len(found)) == (5, 2)


def test_rows_without_an_id_are_nobody_elses() -> None:
    found = customers_of("customer_id,spend\nc1,5\n,6\nNA,6\nc2,7\nc2,9\n", customer_id="id", spend="number")
    assert list(found.frame.index) == ["c1", "c2", "row 2", "row 3"]
    assert notes(found, "missing-id") == [2]
    assert found.frame["spend"].tolist() == [5, 8, 6, 6]


def test_without_an_id_customers_are_named_by_row() -> None:
    found = customers_of("age,plan\n31,a\n45,b\n31,a\n")
    assert found.id_name == "row"
    assert sorted(found.frame.index) == ["1", "2", "3"]
    assert found.frame.loc["2", "plan"] == "b"
    assert notes(found, "no-id") == [3]


def test_lists_of_orders_are_recognised() -> None:
    text = "customer_id,amount\n" + "".join(f"c{n % 60},{n}\n" for n in range(300))
    found = customers_of(text)
    note = next(note for note in found.notes if note.code == "looks-like-transactions")
    assert (note.level, note.count, len(found)) == ("warning", 300, 60)


def test_cells_that_do_not_fit_are_counted_with_examples() -> None:
    text = "age,joined,active\n" + rows(30, "{n},2024-01-02,yes") + "old,never,no\nx,2024-01-03,maybe\n"
    found = customers_of(text, active="yes/no")
    assert notes(found, "not-a-number") == [2]
    assert notes(found, "not-a-date") == [1]
    assert notes(found, "not-yes-no") == [1]
    message = next(str(note.message) for note in found.notes if note.code == "not-a-number")
    assert "age" in message
    assert "old, x" in message


def test_roles_can_be_overridden() -> None:
    text = "code,branch,spend\n" + rows(30, "k{n},00{n},{n}")
    assert customers_of(text).id_name == "code"
    found = customers_of(text, code="ignore", spend="category", branch="number")
    assert found.id_name == "row"
    assert found.frame["spend"].iloc[0] in {str(n) for n in range(30)}
    assert found.frame["branch"].dtype == np.float64
    assert str(found.column("spend").reason) == "Chosen by you."
    with pytest.raises(OptionError, match="column town, which the file does not have; it has: code, branch, spend"):
        customers_of(text, town="place")


def test_of_two_chosen_ids_one_is_used_and_it_is_said() -> None:
    text = "login,customer_id,spend\n" + rows(30, "u{n},C{n},{n}")
    found = customers_of(text, login="id", customer_id="id")
    assert found.id_name == "customer_id"
    assert found.column("login").role == "ignore"
    assert notes(found, "second-id") == [1]


def test_a_file_without_a_usable_column_is_refused_with_what_was_set_aside() -> None:
    with pytest.raises(DataError, match=r"no column that could shape segments.*customer_id \(id\); brand \(ignore\)"):
        customers_of("customer_id,brand\n" + rows(30, "C{n},Acme"))


def test_one_row_is_gathered_so_that_the_journey_can_say_how_many_are_needed() -> None:
    assert len(customers_of("id,age\n1,31\n")) == 1


def test_all_missing_columns_are_set_aside() -> None:
    found = customers_of("age,a,b\n" + rows(20, "{n}.5,,"))
    assert [column.role for column in found.columns] == ["number", "ignore", "ignore"]
    assert notes(found, "set-aside") == [2]


def test_an_id_that_stands_for_unknown_is_pointed_out() -> None:
    found = customers_of("customer_id,spend\n" + rows(80, "{n},5") + "0,6\n" * 20)
    assert notes(found, "crowded-id") == [21]


@pytest.mark.parametrize("drop", [[], ["customer_id"]], ids=["with id", "without id"])
def test_shuffling_the_file_changes_no_customer(drop: list[str]) -> None:
    frame, _ = sample(250, 2)
    frame = pd.concat([frame, frame.head(40).assign(total_spend="7.13")]).drop(columns=drop)
    shuffled = frame.sample(frac=1, random_state=8)
    one, two = (gather(read(each.to_csv(index=False).encode(), "a.csv")) for each in (frame, shuffled))
    pd.testing.assert_frame_equal(one.frame.reset_index(drop=True), two.frame.reset_index(drop=True))
    assert one.columns == two.columns
    if not drop:
        pd.testing.assert_frame_equal(one.frame, two.frame)
        assert one.notes == two.notes


@settings(max_examples=40, deadline=None)
@given(
    cells=st.lists(
        st.tuples(st.sampled_from(["a", "b", "c1", "c10", "", "NA"]), st.sampled_from(["0.1", "0.2", "0.7", "x", ""])),
        min_size=12,
        max_size=30,
    ),
    random=st.randoms(use_true_random=False),
)
def test_any_shuffle_gives_the_same_bits(cells: list[tuple[str, str]], random: object) -> None:
    roles: dict[str, Role] = {"customer_id": "id", "spend": "number", "again": "text", "kind": "category"}

    def gathered(lines: list[tuple[str, str]]) -> pd.DataFrame:
        text = "customer_id,spend,again,kind\n" + "".join(f"{key},{value},{value},k{value}\n" for key, value in lines)
        return customers_of(text, **roles).frame.reset_index(drop=True)

    mixed = list(cells)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(gathered(cells), gathered(mixed), check_exact=True)


def test_the_table_is_left_as_it_was() -> None:
    table = read(b"id,x\n2, a\n1,b \n", "a.csv")
    before = table.frame.copy()
    gather(table)
    pd.testing.assert_frame_equal(table.frame, before)


def test_the_index_does_not_share_its_name_with_the_id_column() -> None:
    found = customers_of("customer_id,x\nc1,1\nc1,2\nc2,3\n")
    assert found.frame.index.name is None
    assert found.frame.reset_index().shape == (2, 3)


def test_bases_can_be_overridden() -> None:
    table = read(("rating,city\n" + rows(30, "{n},Rome\n1,Bonn")).encode(), "a.csv")
    found = gather(table, {}, {"rating": "demographic"})
    assert (found.column("rating").basis, str(found.column("rating").basis_reason)) == ("demographic", "Chosen by you.")
    assert found.column("city").basis == "geographic"
    with pytest.raises(OptionError, match="column town, which the file does not have"):
        gather(table, {}, {"town": "geographic"})

"""Personal data in texts are masked when customers are assembled: in what is pooled and in what can be quoted."""

import sys

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Customers, Table
from segment_core.intake import Assembled, Choices, assemble, gather, read, sample_tables

STRUCTURED = ("email", "phone", "card", "iban", "id", "ip")
PEOPLE = (
    "customer_id,first_name,last_name,spend,comment\n"
    "C1,Anna,Kowalska,5,I like it very much indeed and so does everybody\n"
    "C2,Bruno,Tedesco,7,My neighbour Anna Kowalska told me of this nice shop\n"
    "C2,Bruno,Tedesco,8,Write to bruno@example.org when it is here again please\n"
    "C3,Carla,Moretti,9,\n"
    "C4,Dora,Winter,2,Please write to bruno@example.org or ada@example.org about it\n"
)
TICKETS = (
    "ticket,customer_id,full_name,body\n"
    "1,C1,Wanda Grudzinska,Wanda Grudzinska did not call me back at all this week\n"
    "2,C3,Tobias Ellenbogen,Is Ms Tedesco the one who answers my letters or not\n"
    "3,C9,Philippa Underhill,nobody answered my letter about the broken chair\n"
    "4,C2,Tobias Ellenbogen,I spoke with Philippa Underhill about the parcel and it was fine\n"
)


def people() -> Table:
    return read(PEOPLE.encode(), "people.csv")


def tickets() -> Table:
    return read(TICKETS.encode(), "tickets.csv")


def texts(customers: Customers) -> str:
    """Return everything that anybody wrote, pooled and one by one."""
    assert customers.said is not None
    pooled = [text for column in customers.named("text") for text in customers.frame[column]]
    return "\n".join([*pooled, *customers.said["text"]])


@pytest.fixture(scope="module")
def shop() -> tuple[pd.DataFrame, Assembled, Assembled]:
    made = sample_tables(600)
    tables = [read(frame.to_csv(index=False).encode(), f"{name}.csv") for name, frame in made.tables.items()]
    return made.planted_items, assemble(tables), assemble(tables, Choices(mask=False))


@pytest.mark.parametrize("kind", [*STRUCTURED, "name"])
def test_what_was_planted_does_not_survive(kind: str, shop: tuple[pd.DataFrame, Assembled, Assembled]) -> None:
    items, masked, unmasked = shop
    before, after = texts(unmasked.customers), texts(masked.customers)
    planted = [value for value in items.loc[items["kind"] == kind, "value"] if value in before]
    assert len(planted) >= 10
    survived = [value for value in planted if value in after]
    recall = 1 - len(survived) / len(planted)
    sys.stdout.write(f"{kind}: {len(planted)} planted, {recall:.1%} masked\n")
    assert recall >= 0.95, survived


def test_other_texts_stay_as_they_were(shop: tuple[pd.DataFrame, Assembled, Assembled]) -> None:
    items, masked, unmasked = shop
    said, was = masked.customers.said, unmasked.customers.said
    assert said is not None and was is not None
    changed = was["text"].to_numpy() != said["text"].to_numpy()
    planted = was["text"].map(lambda text: any(value in text for value in set(items["value"])))
    assert changed[planted].mean() > 0.95
    assert not changed[~planted].any()


def test_counts_and_examples_are_kept_and_noted() -> None:
    found = assemble([people()])
    assert found.masked is not None
    assert found.masked.counts == {"EMAIL": 3, "NAME": 1}
    assert [example.kind for example in found.masked.examples] == ["EMAIL", "EMAIL", "NAME"]
    note = next(note for note in found.customers.notes if note.code == "masked")
    assert str(note.message) == "Personal data masked in texts: 4 (EMAIL 3, NAME 1). Best effort."
    assert (note.count, note.level) == (4, "info")


def test_first_and_last_names_of_one_customer_are_masked_in_the_texts_of_another() -> None:
    frame = assemble([people()]).customers.frame
    assert frame.loc["C2", "comment"] == (
        "My neighbour [NAME 1] told me of this nice shop\nWrite to [EMAIL 2] when it is here again please"
    )
    assert frame.loc["C3", "comment"] == ""
    assert frame.loc["C4", "comment"] == "Please write to [EMAIL 2] or [EMAIL 1] about it"


def test_the_same_datum_has_the_same_tag_in_the_pooled_and_in_the_single_texts() -> None:
    customers = assemble([people()]).customers
    assert customers.said is not None
    for customer, own in customers.said.groupby("customer"):
        assert customers.frame.loc[customer, "comment"] == "\n".join(sorted(own["text"]))


def test_people_named_in_any_table_are_masked_in_all_texts() -> None:
    customers = assemble([people(), tickets()]).customers
    assert customers.column("full_name").role == "name"
    assert customers.frame.loc["C1", "body"].startswith("[NAME ")
    assert "Ms [NAME " in customers.frame.loc["C3", "body"]
    named = texts(customers)
    # The ticket of Philippa Underhill belongs to nobody, and her name is masked all the same.
    assert not any(name in named for name in ("Kowalska", "Tedesco", "Grudzinska", "Underhill"))


def test_a_column_marked_as_name_counts_and_one_marked_otherwise_does_not() -> None:
    text = PEOPLE.replace("first_name,last_name", "alpha,beta")
    table = read(text.encode(), "people.csv")
    plain = assemble([table], Choices(roles={"alpha": "category", "beta": "category"})).customers
    marked = assemble([table], Choices(roles={"alpha": "name", "beta": "name"})).customers
    assert "Anna Kowalska" in texts(plain)
    assert "Anna" not in texts(marked) and "Kowalska" not in texts(marked)
    agents = assemble([people(), tickets()], Choices(roles={"full_name": "category"})).customers
    assert "Grudzinska" in texts(agents)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    def shuffled(table: Table) -> Table:
        frame = table.frame.sample(frac=1, random_state=np.random.default_rng(seed)).reset_index(drop=True)
        return Table(frame, table.name, table.dialect, table.notes)

    one, two = (assemble(tables) for tables in ([people(), tickets()], [shuffled(people()), shuffled(tickets())]))
    assert one.masked is not None and two.masked is not None
    assert one.masked.examples == two.masked.examples
    for column in one.customers.named("text"):
        pd.testing.assert_series_equal(
            one.customers.frame[column].sort_index(), two.customers.frame[column].sort_index()
        )
    first, second = (found.customers.said for found in (one, two))
    assert first is not None and second is not None
    by = ["customer", "column", "text"]
    pd.testing.assert_frame_equal(
        first.sort_values(by, ignore_index=True)[by], second.sort_values(by, ignore_index=True)[by]
    )


def test_without_masking_texts_stay_and_one_is_warned() -> None:
    found = assemble([people()], Choices(mask=False))
    assert found.masked is None
    assert "bruno@example.org" in texts(found.customers) and "Anna Kowalska" in texts(found.customers)
    assert texts(found.customers) == texts(gather(people()))
    (note,) = (note for note in found.customers.notes if note.code in ("masked", "unmasked"))
    assert (note.code, note.level) == ("unmasked", "warning")


@pytest.mark.parametrize("mask", [True, False])
def test_where_nobody_wrote_nothing_is_said(mask: bool) -> None:
    table = read(b"customer_id,spend,city\nC1,5,Rome\nC2,6,Bonn\nC3,7,Rome\n", "a.csv")
    found = assemble([table], Choices(mask=mask))
    assert found.masked is None
    assert not [note for note in found.customers.notes if note.code in ("masked", "unmasked")]

"""Vectors come along in a column or in a file of their own, and several rows of a customer are averaged."""

import io
import json
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Customers, Table
from segment_core.errors import DataError
from segment_core.features import structured
from segment_core.intake import gather, read, read_all
from segment_core.intake.bundling import bundle
from segment_core.numberlists import numbers_in

N = 40
RANDOM = np.random.default_rng(5)
MATRIX = RANDOM.normal(size=(N, 6)).astype(np.float32)
STYLES: dict[str, Callable[[np.ndarray], str]] = {
    "json": lambda row: json.dumps([float(number) for number in row]),
    "numpy": str,
    "semicolons": lambda row: "(" + ";".join(f"{number:.6f}" for number in row) + ")",
    "decimal commas": lambda row: "[" + "; ".join(f"{number:.6f}".replace(".", ",") for number in row) + "]",
}


def table(cells: list[str] | None = None, ids: list[str] | None = None) -> bytes:
    frame = pd.DataFrame({"customer_id": ids or [f"C{n:03}" for n in range(N)], "age": [20 + n % 31 for n in range(N)]})
    if cells is not None:
        frame["embedding"] = cells
    return frame.to_csv(index=False).encode()


def npy(matrix: np.ndarray, **how: bool) -> bytes:
    packed = io.BytesIO()
    np.save(packed, matrix, **how)
    return packed.getvalue()


def dropped(*files: tuple[str, bytes]) -> tuple[Table, ...]:
    name, data = bundle(files)
    return read_all(data, name)


def vectors_of(customers: Customers, column: str) -> np.ndarray:
    return np.vstack([numbers_in(cell) for cell in customers.frame[column]])


@pytest.mark.parametrize("style", STYLES)
def test_a_column_of_lists_is_recognised_and_read(style: str) -> None:
    customers = gather(read(table([STYLES[style](row) for row in MATRIX]), "a.csv"))
    assert [column.role for column in customers.columns] == ["id", "number", "vector"]
    np.testing.assert_allclose(vectors_of(customers, "embedding"), MATRIX, atol=1e-5)
    assert [block.name for block in structured(customers)] == ["numbers", "vectors"]


def test_vectors_never_tell_customers_apart() -> None:
    data = pd.DataFrame({"embedding": [json.dumps(row.tolist()) for row in MATRIX], "age": range(N)})
    customers = gather(read(data.to_csv(index=False).encode(), "a.csv"))
    assert customers.id_name == "row"
    assert customers.column("embedding").role == "vector"


def test_rows_of_one_customer_are_averaged() -> None:
    ids = [f"C{n // 2:03}" for n in range(N)]
    customers = gather(read(table([json.dumps(row.tolist()) for row in MATRIX], ids), "a.csv"), {"customer_id": "id"})
    np.testing.assert_allclose(vectors_of(customers, "embedding"), (MATRIX[::2] + MATRIX[1::2]) / 2, atol=1e-6)
    said = [str(note.message) for note in customers.notes if note.code == "conflict"]
    assert any("embedding" in message and "mean" in message for message in said)


def test_a_customer_with_one_vector_in_two_rows_keeps_it() -> None:
    ids = [f"C{n // 2:03}" for n in range(N)]
    cells = [json.dumps(row.tolist()) if place % 2 else "" for place, row in enumerate(MATRIX)]
    customers = gather(read(table(cells, ids), "a.csv"), {"customer_id": "id"})
    np.testing.assert_allclose(vectors_of(customers, "embedding"), MATRIX[1::2], atol=1e-6)


def test_odd_cells_become_missing_and_are_counted() -> None:
    cells = [json.dumps(row.tolist()) for row in MATRIX]
    cells[3], cells[5], cells[8] = "[1, 2]", "none of this", ""
    customers = gather(read(table(cells), "a.csv"))
    assert customers.frame["embedding"].isna().sum() == 3
    (note,) = [note for note in customers.notes if note.code == "not-a-vector"]
    assert (note.count, [row for row, _ in note.places]) == (2, [4, 6])
    assert "no list of 6 numbers" in str(note.message)


def test_tags_in_brackets_are_no_vectors() -> None:
    customers = gather(read(table([f"[NAME {n}] was kind to me" for n in range(N)]), "a.csv"))
    assert customers.column("embedding").role == "text"


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", ">f8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_a_file_of_vectors_becomes_a_column_row_by_row(dtype: str, order: str) -> None:
    matrix = np.array(MATRIX, dtype=dtype, order=order)
    (made,) = dropped(("a.csv", table()), ("vectors.npy", npy(matrix)))
    customers = gather(made)
    assert [column.role for column in customers.columns] == ["id", "number", "vector"]
    np.testing.assert_allclose(vectors_of(customers, "vector"), matrix.astype(np.float32))
    assert any("vectors.npy stand in the column vector: 40 rows of 6 numbers" in str(n.message) for n in made.notes)


def test_the_order_of_rows_moves_vectors_with_them() -> None:
    order = RANDOM.permutation(N)
    ids = [f"C{n:03}" for n in order]
    (made,) = dropped(("a.csv", table(ids=ids)), ("v.npy", npy(MATRIX[order])))
    np.testing.assert_array_equal(vectors_of(gather(made), "vector"), MATRIX)


def test_a_name_that_is_taken_gets_a_number() -> None:
    data = table([json.dumps(row.tolist()) for row in MATRIX]).replace(b"embedding", b"vector")
    (made,) = dropped(("a.csv", data), ("v.npy", npy(MATRIX)), ("w.npy", npy(MATRIX[:, :3])))
    assert list(made.frame.columns)[2:] == ["vector", "vector (2)", "vector (3)"]


def test_vectors_go_to_the_one_table_with_as_many_rows() -> None:
    other = b"customer_id,city\n" + b"".join(b"C%03d,Rome%d\n" % (n, n % 3) for n in range(12))
    made = {found.name: found for found in dropped(("a.csv", table()), ("b.csv", other), ("v.npy", npy(MATRIX)))}
    assert "vector" in made["a.csv"].frame and "vector" not in made["b.csv"].frame


def test_rows_that_are_not_finite_are_missing() -> None:
    matrix = MATRIX.copy()
    matrix[2, 1], matrix[7, 0] = np.nan, np.inf
    (made,) = dropped(("a.csv", table()), ("v.npy", npy(matrix)))
    assert made.frame["vector"].isna().to_numpy().nonzero()[0].tolist() == [2, 7]
    assert [note.count for note in made.notes if note.code == "not-finite"] == [2]


def claiming(shape: str) -> bytes:
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode() + b"\0" * 64


@pytest.mark.parametrize(
    "data, said",
    [
        (npy(MATRIX[:39]), "vectors for 39 rows, and a.csv: 40"),
        (npy(MATRIX[0]), "shape 6 and type float32"),
        (npy(MATRIX[:, :1]), "shape 40 × 1"),
        (npy(np.zeros((40, 2, 2))), "shape 40 × 2 × 2"),
        (npy(np.zeros((40, 2), dtype=int)), "type int64"),
        (npy(np.array([["a", "b"]] * 40)), "type <U1"),
        (npy(np.array([[{}, 1]] * 40, dtype=object), allow_pickle=True), "type object"),
        (npy(MATRIX)[:-5], "damaged"),
        (npy(MATRIX) + b"more", "damaged"),
        (b"\x93NUMPY\x01\x00nonsense", "damaged"),
        (b"\x93NUMPY\x09\x00nonsense", "damaged"),
        (b"\x93NUMPY", "damaged"),
        (claiming("(40, 10000)"), "damaged"),
        (claiming("(400000000000, 10000)"), "damaged"),
        (claiming("(-40, -4)"), "shape"),
    ],
    ids=range(15),
)
def test_other_files_are_refused_clearly(data: bytes, said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        dropped(("a.csv", table()), ("v.npy", data))
    assert "v.npy" in str(caught.value)


def test_vectors_alone_are_refused() -> None:
    for take in (read, read_all):
        with pytest.raises(DataError, match="holds vectors only"):
            take(npy(MATRIX), "v.npy")
    with pytest.raises(DataError, match="holds vectors only"):
        dropped(("v.npy", npy(MATRIX)), ("w.npy", npy(MATRIX)))


def test_two_tables_of_one_length_leave_it_open_whose_vectors_they_are() -> None:
    with pytest.raises(DataError, match=r"a\.csv: 40, b\.csv: 40"):
        dropped(("a.csv", table()), ("b.csv", table()), ("v.npy", npy(MATRIX)))

"""Files in a real browser: real ones without touching a setting, and what is said about bad and empty ones."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import column, rows_of

DATA = Path(__file__).parents[3] / "shared" / "data"
MOST = 400
REAL = ["customer_personality/marketing_campaign.csv", "womens_reviews/Womens Clothing E-Commerce Reviews.csv.zip"]


def test_a_picture_named_csv_gets_one_sentence_and_the_page_stays_usable(visit) -> None:
    visitor = visit()
    visitor.upload("customers.csv", _picture())
    alert = visitor.page.get_by_role("alert")
    expect(alert).to_have_count(1)
    expect(alert).to_contain_text("This file cannot be used as it is")
    expect(visitor.page.get_by_text("Bring your customers")).to_be_visible()
    visitor.bring("shop.csv", _noise(60))
    expect(visitor.keyed("detected")).to_contain_text("Rows: 60")
    visitor.upload("customers.csv", _picture())
    expect(visitor.page.get_by_role("alert")).to_have_count(1)
    expect(visitor.keyed("detected")).to_contain_text("shop.csv")
    expect(visitor.keyed("find_segments").get_by_role("button")).to_be_enabled()


def test_pure_noise_is_called_so_before_anything_else(visit) -> None:
    visitor = visit()
    visitor.bring("noise.csv", _noise(300))
    visitor.find_segments()
    warning = visitor.page.get_by_role("alert")
    expect(warning).to_contain_text("There is no structure")
    expect(visitor.metric("Verdict")).to_have_text("Nothing there")
    assert _top(warning) < _top(visitor.metric("Segments"))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("path", REAL, ids=["personality", "reviews"])
def test_a_real_file_goes_all_the_way_with_no_setting_touched(visit, path: str) -> None:
    file = DATA / path
    if not file.exists():
        pytest.skip(f"There is no {path} beside this repository.")
    visitor = visit()
    visitor.bring(file.name.removesuffix(".zip"), _contents(file))
    visitor.find_segments(milliseconds=600_000)
    assert len(visitor.names()) >= 2
    visitor.go("Explore")
    visitor.wait_for_map()
    visitor.go("Personas")
    expect(visitor.page.locator("[class*='st-key-persona-S']").first).to_be_visible()
    visitor.go("Export")
    rows = rows_of(visitor.download("download_segments"))
    assert len(rows) == MOST
    assert len(set(column(rows, next(iter(rows[0]))))) == MOST
    assert "-1" not in column(rows, "segment")
    assert all(column(rows, "segment_name"))


def _top(locator) -> float:
    box = locator.bounding_box()
    assert box is not None
    return box["y"]


def _contents(file: Path) -> bytes:
    """Return the first customers of a file: all of them take minutes."""
    if file.suffix != ".zip":
        return b"".join(file.read_bytes().splitlines(keepends=True)[: MOST + 1])
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as folder:
        whole = pd.read_csv(folder.open(folder.namelist()[0]), dtype=str, keep_default_na=False)
    return whole.head(MOST).to_csv(index=False).encode()


def _noise(n: int) -> bytes:
    random = np.random.default_rng(1)
    frame = pd.DataFrame(random.normal(100, 15, size=(n, 6)).round(2), columns=list("abcdef"))
    frame.insert(0, "customer_id", [f"N{number:04d}" for number in range(n)])
    return frame.to_csv(index=False).encode()


def _picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(24) for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")

"""Exports: rows a second and memory of each format, beside pandas writing the same table at once."""

import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measuring import fresh
from benchmarks.tables import Table
from segment_core.artifacts import Clustering, Column, Customers, Recommendations, Segment, Step
from segment_core.delivering import ENDINGS, Delivery, deliver
from segment_core.exporting import segments_table
from segment_core.features import blend, structured
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.scoring import fit
from segment_core.study import Study

FORMATS = ("csv", "parquet", "excel")
COLUMNS = ("spend", "since", "city")
CITIES = ("Lisbon", "Oslo", "São Paulo", "上海", "Leeds")


N_PRODUCTS, N_OFFERED = 2_000, 5


def study_of(n: int, *, told: bool = False) -> Study:
    """Make customers with a number, a date, a city and a consent, in eight segments.

    Where reasons are `told`, it has what they are made of, too, and five products for each.
    """
    random = np.random.default_rng(0)
    names = ("spend", "since", "city", "consent")
    frame = pd.DataFrame(
        {
            "spend": np.round(random.gamma(2.0, 50.0, n), 2),
            "since": np.datetime64("2020-01-01") + random.integers(0, 2000, n).astype("timedelta64[D]"),
            "city": np.array(CITIES, dtype=object)[random.integers(0, len(CITIES), n)],
            "consent": np.where(random.random(n) < 0.999, "yes", "no").astype(object),
        },
        index=pd.Index([f"C{number:07}" for number in range(n)], name="id"),
    )
    roles = ("money", "date", "category", "consent")
    columns = tuple(Column(name, role, "none", say("-")) for name, role in zip(names, roles, strict=True))
    labels = random.integers(0, 8, n)
    segments = tuple(Segment(f"S{number + 1}", int((labels == number).sum())) for number in range(8))
    strengths = random.random(n).astype(np.float32)
    clustering = Clustering(labels, strengths, np.where(strengths < 0.2, "fringe", "core"), segments, Step("made"))
    customers = Customers(frame, columns, "id", n)
    if not told:
        return Study(Plan(), Plan(), customers, "made", clustering=clustering)
    blended = blend(structured(customers))
    offered = Recommendations(
        items=tuple(f"P{number}" for number in range(N_PRODUCTS)),
        names=tuple(f"Product number {number}" for number in range(N_PRODUCTS)),
        picks=random.integers(0, N_PRODUCTS, (n, N_OFFERED)).astype(np.int32),
        scores=np.ones((n, N_OFFERED), np.float32),
        grounds=random.integers(1, 4, (n, N_OFFERED)).astype(np.int8),
        because=random.integers(0, N_PRODUCTS, (n, N_OFFERED)).astype(np.int32),
        level="product",
        n_known=n,
        made_by=Step("made"),
    )
    study = Study(Plan(), Plan(), customers, "made", features=blended, clustering=clustering)
    return replace(study, scorer=fit(customers, blended, clustering, seed=0), recommendations=offered)


def base(n: int, told: bool) -> tuple[int, float]:
    """Only make the study, whose memory is taken off that of the others."""
    return len(study_of(n, told=told).customers), 0.0


def ours(n: int, form: str) -> tuple[int, float]:
    """Write a file; return its rows and the seconds that a core was busy with it, whatever else the machine did."""
    return _written(n, form, Delivery(format=form, columns=COLUMNS))


def full(n: int, form: str) -> tuple[int, float]:
    """Write up to three reasons and five products for each customer besides."""
    return _written(n, form, Delivery(format=form, columns=COLUMNS, reasons=True, recommended=True))


def pandas(n: int, form: str) -> tuple[int, float]:
    table = segments_table(study_of(n), columns=COLUMNS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{ENDINGS[form]}"
        started = time.process_time()
        if form == "csv":
            table.to_csv(path, index=False)
        elif form == "parquet":
            table.to_parquet(path, index=False)
        else:
            table.to_excel(path, index=False, engine="xlsxwriter")
        return len(table), time.process_time() - started


def _written(n: int, form: str, asked: Delivery) -> tuple[int, float]:
    study = study_of(n, told=asked.reasons)
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        n_rows = deliver(study, asked, Path(folder) / f"a.{ENDINGS[form]}").n_rows
        return n_rows, time.process_time() - started


def measure(n_rows: int = 1_000_000, n_fewer: int = 100_000) -> Table:
    """Write all of a million where that takes a minute, and fewer where it takes many."""
    bases: dict[tuple[int, bool], float] = {}
    rows = []
    for form in FORMATS:
        beside = n_fewer if form == "excel" else n_rows
        for name, function, n, told in (
            ("Strata", ours, n_rows, False),
            ("pandas", pandas, beside, False),
            ("Strata, with reasons and products", full, n_fewer, True),
        ):
            if (n, told) not in bases:
                bases[n, told] = fresh(base, n, told).megabytes
            run = fresh(function, n, form)
            n_written, seconds = run.found
            megabytes = max(run.megabytes - bases[n, told], 0)
            speed = n_written / max(seconds, 1e-3)
            rows.append((f"{form}, {name}", f"{n:,}", f"{seconds:.1f}", f"{speed:,.0f}", f"{megabytes:.0f}"))
    return Table(
        "Writing customers to a file",
        ("", "customers", "seconds of a core", "rows a second", "more memory, MB"),
        rows,
        "Customers with eight columns, or with fourteen, of which one holds up to three reasons and six what is "
        "recommended; pandas is given the finished table of the same rows and does not look for formulas or who may be "
        "contacted. Counted is the time that a core was busy, which other programs do not lengthen; memory for making "
        "the study is taken off.",
    )

"""Zipped: the sample's tables of one period as the file that an analyst would drop."""

import io
import zipfile
from functools import lru_cache

from segment_core.errors import OptionError
from segment_core.intake.samples.tables import PERIODS, sample_tables


@lru_cache(maxsize=4)
def sample_zip(period: str = "A", seed: int = 0) -> bytes:
    """Return the tables of a period as one zip of CSV files: always the same bytes.

    Examples
    --------
    >>> import io, zipfile
    >>> zipfile.ZipFile(io.BytesIO(sample_zip())).namelist()[:2]
    ['customers.csv', 'orders.csv']
    """
    if period not in PERIODS:
        raise OptionError("There is no period {period} in the sample; choose A or B.", period=period)
    tables = sample_tables(seed=seed).periods[period]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, table in tables.items():
            entry = zipfile.ZipInfo(f"{name}.csv", date_time=(2026, 7, 1, 0, 0, 0))  # the clock stays out of the bytes
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, table.to_csv(index=False, lineterminator="\n").encode())
    return buffer.getvalue()

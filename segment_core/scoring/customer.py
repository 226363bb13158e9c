"""Customer: one of a study, found by id."""

import numpy as np

from segment_core.artifacts import Customers
from segment_core.errors import DataError


def row_of(customers: Customers, customer: str) -> int:
    """Return the row of a customer.

    Raises
    ------
    DataError
        If there is none with this id.
    """
    index = customers.frame.index
    if customer not in index:
        raise DataError("There is no customer {id}. Ids are compared as written.", id=customer[:80])
    return int(np.flatnonzero(index == customer)[0])

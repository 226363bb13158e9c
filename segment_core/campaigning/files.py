"""Files: the customers of a campaign, treated and held out, as a table that a sending tool takes."""

import re

import pandas as pd

from segment_core.artifacts import Campaign
from segment_core.campaigning.reach import address_column, reachable
from segment_core.exporting import as_csv
from segment_core.study import Study

TREATED, HELD = "treated", "held out"


def campaign_csv(study: Study, campaign: Campaign, *, bom: bool = True) -> bytes:
    """Return one row a customer: id, segment, segment_name, group ("treated" or "held out"), and the address.

    Who is held out has no address in it, so that nobody writes to them by mistake. Who may not be contacted any more,
    or is not in the file any more, is left out. No cell is a formula.
    """
    customers = study.customers
    index = customers.frame.index.astype(str)
    may = dict(zip(index, reachable(customers, campaign.channel, campaign.address).tolist(), strict=True))
    column = address_column(customers, campaign.channel, campaign.address)
    addresses = dict(zip(index, customers.frame[column].astype(object), strict=True)) if column else {}
    rows = [
        (id_, cell.segment, cell.name, group, addresses.get(id_, "") if group == TREATED else "")
        for cell in campaign.cells
        for group, ids in ((TREATED, cell.treated), (HELD, cell.held))
        for id_ in ids
        if may.get(id_, False)
    ]
    rows.sort(key=lambda row: (row[1], row[0]))
    taken = {"segment", "segment_name", "group"}
    first = f"{customers.id_name}_in_file" if customers.id_name in taken else customers.id_name
    names = [first, "segment", "segment_name", "group"]
    table = pd.DataFrame(rows, columns=[*names, "address"])
    if column is None:
        table = table.drop(columns="address")
    else:
        label = column if column not in names else f"{column}_in_file"
        table = table.rename(columns={"address": label})
    return as_csv(table, bom=bom)


def file_stem(campaign: Campaign) -> str:
    """Return a name for the files of a campaign, with its seed; letters of any language stay."""
    name = re.sub(r"[^\w]+", "-", campaign.name).strip("-_").lower()[:60] or "campaign"
    return f"{name}-seed-{campaign.seed}"

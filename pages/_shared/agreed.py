"""Agreed: which servers a study's data may go to, because somebody saw what leaves; and what their tokens cost."""

import json
from collections.abc import Mapping
from typing import Any

from pages._shared import state
from segment_core.llm import ModelAccess, Price
from segment_core.llm.costs import place
from segment_core.llm.ledger import PRICES, own_prices

AGREED = "agreed"


def about() -> str:
    """Return the id of the open study, or that of the file where it has none yet: agreements are for one of these."""
    upload = state.upload()
    if upload is not None and state.study_behind(upload) is None:
        return upload.id
    return state.study_id() or ""


def hosts() -> Mapping[str, list[str]]:
    """Return the hosts agreed to, by study or file."""
    return {str(name): list(found) for name, found in dict(state.workspace().setting(AGREED, {})).items()}


def given(access: ModelAccess, of: str) -> bool:
    """Tell whether data of a study may go to a server: it is this machine itself, or somebody agreed."""
    return access.stays_here or access.host in hosts().get(of, [])


def servers(args: Mapping[str, Any]) -> tuple[ModelAccess, ...]:
    """Return the servers that a job with these arguments would ask: those of its plan, and of its own options."""
    plan = json.loads(args["plan"]) if isinstance(args.get("plan"), str) else {}
    steps = [*plan.values(), args.get("personas"), args.get("model"), {"options": args.get("options")}]
    found = []
    for step in steps:
        options = step.get("options") if isinstance(step, dict) else None
        if isinstance(options, dict) and isinstance(options.get("url"), str) and options["url"].strip():
            found.append(ModelAccess(options["url"], str(options.get("model") or "")))
    return tuple(found)


def give(access: ModelAccess, of: str) -> None:
    """Agree that data of a study go to a server."""
    found = dict(hosts())
    found[of] = sorted({*found.get(of, []), access.host})
    state.workspace().keep_setting(AGREED, found)


def take_back(of: str, host: str) -> None:
    """Take an agreement back: the next call waits until somebody agrees again."""
    found = {name: [one for one in kept if (name, one) != (of, host)] for name, kept in hosts().items()}
    state.workspace().keep_setting(AGREED, {name: kept for name, kept in found.items() if kept})


def price(access: ModelAccess) -> Price | None:
    """Return the analyst's own price of a model at a server, or None."""
    return own_prices(state.workspace()).get(place(access))


def set_price(access: ModelAccess, sent: float | None, answered: float | None) -> None:
    """Keep a price of one's own, in dollars for a million tokens; without one for what is sent it is forgotten."""
    found = {name: [own.sent, own.answered] for name, own in own_prices(state.workspace()).items()}
    found.pop(place(access), None)
    if sent is not None:
        found[place(access)] = [float(sent), float(sent if answered is None else answered)]
    state.workspace().keep_setting(PRICES, found)

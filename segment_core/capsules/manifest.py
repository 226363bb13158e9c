"""Manifest: what a capsule says of itself, in JSON that anybody can read."""

import hashlib
import json
import platform
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from segment_core.capsules.hashing import Print, label_hash
from segment_core.capsules.hiding import left_out
from segment_core.capsules.parting import parts_of
from segment_core.encoders import contents
from segment_core.exporting.tables import segment_name
from segment_core.llm.ledger import Sent, total
from segment_core.plan import MENUS, Plan
from segment_core.stages import DECIDING, made_with
from segment_core.stages import _version as version_of
from segment_core.study import Study


def manifest_of(study: Study, kept: Study, data: Print, *, rows: bool, ledger: Iterable[Sent] | None) -> dict[str, Any]:
    """Return all of a manifest but the list of members; `kept` is the study as it is in the capsule."""
    assert study.clustering is not None
    scores = study.scorecard
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "source": study.source,
        "with_rows": rows,
        "data": {
            "n_customers": data.n_customers,
            "id_name": study.customers.id_name,
            "sha256": data.whole,
            "columns": _schema(study, data),
            "parts": parts_of(study.customers),
        },
        "plan": json.loads(kept.plan.to_json()),
        "resolved": json.loads(kept.resolved.to_json()),
        "seeds": _seeds(study.resolved),
        "made_with": made_with(),
        "python": platform.python_version(),
        "packages": {name: version_of(name) for name in DECIDING},
        "models": _models(study),
        "segments": [
            {"id": one.id, "name": segment_name(study, one.id), "n_customers": one.size}
            for one in study.clustering.segments
        ],
        "labels_sha256": label_hash(study.customers, study.clustering),
        "verdict": scores.verdict if scores else "",
        "ledger": None if ledger is None else _digest(tuple(ledger)),
        "left_out": [] if rows else [str(message) for message in left_out()],
    }


def _schema(study: Study, data: Print) -> list[dict[str, Any]]:
    frame, roles = study.customers.frame, {column.name: column.role for column in study.customers.columns}
    id_name = study.customers.id_name
    return [
        {
            "name": name,
            "role": "id" if name == id_name else roles[name],
            "dtype": "str" if name == id_name else str(frame[name].dtype),
            "sha256": digest,
        }
        for name, digest in data.columns.items()
    ]


def _seeds(plan: Plan) -> dict[str, int]:
    steps = {family: getattr(plan, family).options.get("seed") for family in MENUS}
    return {"plan": plan.seed} | {family: seed for family, seed in steps.items() if seed is not None}


def _models(study: Study) -> list[dict[str, str]]:
    """Return every model that a step named, with the SHA-256 of its files where it has any here."""
    steps = [(family, getattr(study.resolved, family)) for family in MENUS]
    steps += [("encoder", reading.made_by) for reading in study.readings or ()]
    for family, part in (("personas", study.personas), ("contents", study.contents)):
        steps += [(family, part.made_by)] if part is not None else []
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for family, step in steps:
        for option, value in step.options.items():
            if not isinstance(value, str) or not value:
                continue
            digest = contents(value)
            if digest or option == "model":
                one = {"step": family, "choice": step.name, "model": value, "sha256": digest or ""}
                found[family, step.name, value] = one
    return list(found.values())


def _digest(calls: tuple[Sent, ...]) -> dict[str, Any]:
    """Sum up the ledger: no payload is in it, and `chain` is the hash of each call's facts and of all before."""
    chain = ""
    for call in calls:
        line = json.dumps(asdict(call), sort_keys=True)
        chain = hashlib.sha256(f"{chain}\n{line}".encode("utf-8", "replace")).hexdigest()
    places = Counter((call.host, call.model, call.purpose) for call in calls if not call.kept)
    return {
        **asdict(total(calls)),
        "chain": chain,
        "calls": [
            {"host": host, "model": model, "purpose": purpose, "n": n}
            for (host, model, purpose), n in sorted(places.items())
        ],
    }

"""The journey: customers become segments, a map, scores, evidence and personas, in this order and nowhere else."""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import (
    Clustering,
    Customers,
    Features,
    Labels,
    Progress,
    Projection,
    Scorecard,
    Step,
    Vectors,
    silent,
)
from segment_core.choices import options_from_json, options_to_json
from segment_core.clustering import ALGORITHMS
from segment_core.errors import DataError, OptionError
from segment_core.features import blend, structured, text
from segment_core.intake import Assembled, assemble, read_all, require_features
from segment_core.intake.quality import mend
from segment_core.messages import Message, say
from segment_core.metrics import METRICS, Again, judge
from segment_core.plan import Plan
from segment_core.profiles import describe
from segment_core.study import Study

FEWEST_CUSTOMERS = 10
READING = 0.7
"""About which part of the time until there are customers goes into reading the file."""
STAGES: Mapping[str, float] = {
    "features": 0.40,
    "clustering": 0.15,
    "projection": 0.20,
    "scorecard": 0.15,
    "evidence": 0.06,
    "personas": 0.04,
}
"""The stages in order, and about which part of the time each takes."""


class Keep(Protocol):
    """Where finished arrays are kept by fingerprint, so that no text is read twice."""

    def array(self, key: str) -> NDArray[Any] | None:
        """Return a kept array, or None."""

    def keep_array(self, key: str, array: NDArray[Any]) -> None:
        """Keep an array."""


def collect(source: Path | bytes, name: str, plan: Plan = Plan(), progress: Progress = silent) -> Assembled:
    """Read a file, or several in one archive, and make customers of it as the plan says.

    Raises
    ------
    DataError
        If the file cannot be read, names no customers, or has no column that could tell them apart.
    OptionError
        If the plan names a table or a column that is not there.
    """

    def reading(done: float, total: float, note: Message) -> None:
        progress(READING * done / total if total else 0.0, 1.0, note)

    def assembling(done: float, total: float, note: Message) -> None:
        progress(READING + (1 - READING) * done / total, 1.0, note)

    tables = read_all(source, name, plan.reading, reading, plan.files)
    assembled = assemble(tables, plan.choices(), assembling)
    customers = mend(assembled.customers, plan.remedies)
    require_features(customers, name)
    return replace(assembled, customers=customers)


def run(
    customers: Customers,
    plan: Plan = Plan(),
    progress: Progress = silent,
    *,
    source: str = "",
    keep: Keep | None = None,
    secrets: Mapping[str, str] | None = None,
) -> Study:
    """Go all the way from customers to personas.

    Same customers, plan and versions give the same study; the order of rows in the file does not matter.
    `keep` remembers what is slow; `secrets` may hold "llm_key" and goes into no artifact.

    Raises
    ------
    DataError
        If there are fewer than ten customers, or no column tells them apart.
    OptionError
        If the plan asks for what these customers cannot give.
    Cancelled
        If `progress` raises it.
    """
    if len(customers) < FEWEST_CUSTOMERS:
        raise DataError(
            "Segments need at least {needed} customers; there are {found}.",
            needed=FEWEST_CUSTOMERS,
            found=len(customers),
        )
    clock = _Clock(progress)
    # Columns made from other tables are pooled by what they are there, so only the file's own are written out.
    roles = {column.name: column.role for column in customers.columns if not column.table}
    study = Study(plan, plan.having(roles={**roles, **plan.roles}), customers, source)
    with clock.stage("features") as told:
        features, vectors = _features(customers, plan, keep, told)
    with clock.stage("clustering") as told:
        clustering: Clustering = plan.choice("clustering").run(features, plan.options("clustering"), told)
    with clock.stage("projection") as told:
        projection = _projection(features, plan, keep, told)
    with clock.stage("scorecard") as told:
        scorecard = _scorecard(features, clustering, plan.seed, told)
    with clock.stage("evidence") as told:
        evidence = describe(customers, features, clustering, text.texts_of(customers), told)
    with clock.stage("personas") as told:
        write = plan.choice("personas").run
        personas = write(evidence, plan.options("personas"), secrets=secrets or {}, progress=told)
    resolved = study.resolved.having(
        encoder=vectors.made_by if vectors else plan.encoder,
        clustering=clustering.made_by,
        projection=projection.made_by,
        weights={share.name: share.weight for share in features.blocks} | _left_out(plan),
    )
    study = study.having(features=features, clustering=clustering, projection=projection)
    return study.having(
        scorecard=scorecard,
        evidence=evidence,
        personas=personas,
        resolved=resolved,
        encoder_reason=vectors.reason if vectors else None,
        seconds=clock.seconds,
    )


def _features(
    customers: Customers, plan: Plan, keep: Keep | None, progress: Progress
) -> tuple[Features, Vectors | None]:
    blocks, vectors = list(structured(customers)), None
    if plan.weights.get("text", 1.0) > 0:
        read = text.extract(customers, lambda texts: _vectors(texts, plan, keep, progress))
        if read is not None:
            block, vectors = read
            blocks.append(block)
    return blend(blocks, plan.weights), vectors


def _left_out(plan: Plan) -> dict[str, float]:
    return {name: 0.0 for name, weight in plan.weights.items() if weight == 0}


def _vectors(texts: Sequence[str], plan: Plan, keep: Keep | None, progress: Progress) -> Vectors:
    options = plan.options("encoder")
    key = fingerprint("vectors", plan.encoder.name, options_to_json(options), *texts)
    found = _recall(keep, key)
    if found is not None:
        matrix, said = found
        return Vectors(matrix, Step(**said["made_by"]), Message.from_json(said["reason"]))
    vectors: Vectors = plan.choice("encoder").run(texts, options, progress)
    made_by = {"name": vectors.made_by.name, "options": dict(vectors.made_by.options)}
    _remember(keep, key, vectors.matrix, {"made_by": made_by, "reason": vectors.reason.to_json()})
    return vectors


def _projection(features: Features, plan: Plan, keep: Keep | None, progress: Progress) -> Projection:
    options = plan.options("projection")
    key = fingerprint("map", plan.projection.name, options_to_json(options), features.matrix.tobytes())
    found = _recall(keep, key)
    if found is not None:
        points, said = found
        return Projection(points, Step(**said["made_by"]), said["trustworthiness"])
    projection: Projection = plan.choice("projection").run(features, options, progress)
    made_by = {"name": projection.made_by.name, "options": dict(projection.made_by.options)}
    _remember(keep, key, projection.points, {"made_by": made_by, "trustworthiness": projection.trustworthiness})
    return projection


def _scorecard(features: Features, clustering: Clustering, seed: int, progress: Progress) -> Scorecard:
    again = _again(clustering.made_by)
    scores = []
    for number, (name, metric) in enumerate(METRICS.items()):
        progress(number, len(METRICS) + 1, say("Measuring: {name}", name=metric.label))
        scores.extend(metric.run(features, clustering, again, options_from_json(METRICS[name].options, {"seed": seed})))
    progress(len(METRICS), len(METRICS) + 1, say("Asking whether anything is there at all"))
    return judge(features, clustering, scores, again, seed)


def _again(made_by: Step) -> Again:
    choice = ALGORITHMS[made_by.name]

    def again(features: Features, seed: int) -> Labels:
        chosen = dict(made_by.options)
        if "seed" in chosen:
            chosen["seed"] = seed
        if "n_starts" in chosen:
            chosen["n_starts"] = min(3, chosen["n_starts"])
        try:
            clustering: Clustering = choice.run(features, options_from_json(choice.options, chosen))
        except OptionError:  # too few distinct customers were drawn: they fall into one segment
            return np.zeros(features.n_customers, dtype=np.int64)
        return clustering.labels

    return again


def fingerprint(*parts: Any) -> str:
    """Return a SHA-256 over parts (text, bytes or JSON values), each told apart from the next."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, bytes):
            data = part
        else:
            data = (part if isinstance(part, str) else json.dumps(part, sort_keys=True)).encode(
                "utf-8", "surrogatepass"
            )
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()


def _recall(keep: Keep | None, key: str) -> tuple[NDArray[Any], dict[str, Any]] | None:
    if keep is None:
        return None
    matrix, said = keep.array(key), keep.array(fingerprint("said", key))
    if matrix is None or said is None:
        return None
    return matrix, json.loads(said.tobytes())


def _remember(keep: Keep | None, key: str, matrix: NDArray[Any], said: Mapping[str, Any]) -> None:
    if keep is not None:
        keep.keep_array(key, matrix)
        keep.keep_array(fingerprint("said", key), np.frombuffer(json.dumps(said).encode(), dtype=np.uint8))


class _Clock:
    """Times the stages, and turns each stage's progress into that of the whole."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._before = 0.0
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[Progress]:
        part, started = STAGES[name], time.perf_counter()

        def told(done: float, total: float, note: Message) -> None:
            self._progress(self._before + part * min(1.0, done / total if total else 0.0), 1.0, note)

        yield told
        self._before += part
        self.seconds[name] = round(time.perf_counter() - started, 2)

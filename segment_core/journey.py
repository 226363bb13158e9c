"""The journey: customers become segments, a map, scores, evidence and personas, in this order and nowhere else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from segment_core.artifacts import (
    Clustering,
    Customers,
    Edit,
    Features,
    Progress,
    Projection,
    Scorecard,
    Step,
    silent,
)
from segment_core.choices import options_to_json
from segment_core.clustering.membership import banded
from segment_core.composition import Composed, compose
from segment_core.encoders import contents
from segment_core.errors import DataError
from segment_core.features import text
from segment_core.improving.shaping import Shaped, shaped
from segment_core.intake import Assembled, assemble, read_all, require_features
from segment_core.intake.marks import sensitive, sensitive_customers
from segment_core.intake.quality import mend
from segment_core.measuring import measured
from segment_core.messages import Message, say
from segment_core.metrics import METRICS, judge
from segment_core.plan import INTAKE, OPTIONAL, Plan
from segment_core.profiles import audit, describe
from segment_core.scoring import fit
from segment_core.stages import Clock, Keep, fingerprint, kept
from segment_core.study import Study

FEWEST_CUSTOMERS = 10
READING = 0.7
"""About which part of the time until there are customers goes into reading the file."""
FEATURE_STEPS = ("encoder", *OPTIONAL)
"""The steps of a plan that features are made by."""
STAGES: Mapping[str, float] = {
    "features": 0.40,
    "clustering": 0.15,
    "projection": 0.20,
    "scorecard": 0.15,
    "evidence": 0.05,
    "audit": 0.01,
    "personas": 0.04,
}
"""The stages in order, and about which part of the time each takes."""


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
    until: Literal["features"] | None = None,
    before: Study | None = None,
    edits: Sequence[Edit] = (),
) -> Study:
    """Go all the way from customers to personas, or only until there are features.

    Same customers, plan and versions give the same study; the order of rows in the file does not matter.
    `keep` remembers what is slow; `secrets` may hold "llm_key" and goes into no artifact. `before` is what an earlier
    run of this program made: its features are taken where they would come out the same. `edits` are replayed on the
    segments found, and all that follows is of the segments after them.

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
    clock = Clock(progress, STAGES if until is None else {"features": 1.0})
    # Columns made from other tables are pooled by what they are there, so only the file's own are written out.
    roles = {column.name: column.role for column in customers.columns if not column.table}
    study = Study(plan, plan.having(roles={**roles, **plan.roles}), customers, source)
    with clock.stage("features") as told:
        composed = _taken(before, customers, plan) or compose(customers, plan, told, keep=keep, secrets=secrets)
    features = composed.features
    study = study.having(
        readings=composed.readings,
        contrast=composed.contrast,
        topics=composed.topics,
        graph=composed.graph,
        traits=composed.traits,
        features=features,
        resolved=_resolved(study.resolved, composed, before),
        seconds=clock.seconds,
        block_seconds=composed.seconds,
    )
    if until == "features":
        return study
    with clock.stage("clustering") as told:
        given = given_to(customers, composed, secrets)
        algorithm = plan.choice("clustering")
        asked = {name: given[name] for name in algorithm.asks}
        found: Clustering = algorithm.run(features, plan.options("clustering"), told, **asked)
        made = shaped(banded(found, plan.outliers), customers.frame.index, features, edits, plan.outliers)
    with clock.stage("projection") as told:
        projection = _projection(features, plan, keep, told)
    resolved = study.resolved.having(clustering=found.made_by, projection=projection.made_by)
    study = study.having(projection=projection, resolved=resolved)
    return finished(study, made, clock, given, writer=plan.personas)


def finished(study: Study, made: Shaped, clock: Clock, given: Mapping[str, Any], *, writer: Step) -> Study:
    """Return a study with these segments and all that is made of them; `given` is what metrics may ask for."""
    customers, features, clustering, plan = study.customers, study.features, made.clustering, study.plan
    assert features is not None
    with clock.stage("scorecard") as told:
        scorer = fit(customers, features, clustering, far=plan.outliers, seed=plan.seed)
        scorecard = _scorecard(features, made, plan.seed, told, given)
    with clock.stage("evidence") as told:
        evidence = describe(customers, features, clustering, text.texts_of(customers), told)
    with clock.stage("audit") as told:
        segmented = study.having(found=made.found, clustering=clustering, replay=made.replay, scorer=scorer)
        study = audited(segmented, told)
    with clock.stage("personas") as told:
        asked = plan.having(personas=writer)
        write, options = asked.choice("personas").run, asked.options("personas")
        personas = write(evidence, options, secrets=given["secrets"], progress=told)
    return study.having(
        scorecard=scorecard, evidence=evidence, personas=personas, seconds={**study.seconds, **clock.seconds}
    )


def audited(study: Study, progress: Progress = silent) -> Study:
    """Return a study whose audit is of the columns that its plan marks as sensitive now: no run is needed for that."""
    if study.features is None or study.clustering is None:
        return study
    names = sensitive(study.customers, study.plan.sensitive)
    if study.audit is not None and study.audit.about(names):
        return study
    asked_about = sensitive_customers(study.customers, study.plan.sensitive)
    return study.having(audit=audit(asked_about, study.features, study.clustering, progress, study.plan.seed))


def _taken(before: Study | None, customers: Customers, plan: Plan) -> Composed | None:
    """Return the features of a study before, if the same ones are asked for; None where they have to be made.

    Files that an option names may have changed, and what reads along what customers wrote needs the encoder at hand.
    """
    if before is None or before.features is None or before.customers is not customers:
        return None
    steps = [getattr(plan, name) for name in FEATURE_STEPS]
    if any(getattr(plan, name) != getattr(before.plan, name) for name in (*FEATURE_STEPS, *INTAKE, "weights", "seed")):
        return None
    if any(contents(value) for step in steps for value in step.options.values() if isinstance(value, str)):
        return None
    if any("speech" in choice.asks for choice in (plan.choice("clustering"), *METRICS.values())) and before.readings:
        return None
    parts = {name: getattr(before, name) for name in OPTIONAL}
    return Composed(before.features, before.readings or (), **parts, seconds=before.block_seconds)


def _resolved(plan: Plan, composed: Composed, before: Study | None) -> Plan:
    """Write out what was chosen by itself on the way to the features."""
    if before is not None and composed.features is before.features:
        made = (*FEATURE_STEPS, "weights")
        return plan.having(**{name: getattr(before.resolved, name) for name in made})
    parts: dict[str, Step] = {} if composed.encoder is None else {"encoder": composed.encoder}
    for family in OPTIONAL:
        made = getattr(composed, family)
        if made is not None:
            parts[family] = made.made_by
    weights = {share.name: share.weight for share in composed.features.blocks} | _left_out(plan)
    return plan.having(**parts, weights=weights)


def _left_out(plan: Plan) -> dict[str, float]:
    return {name: 0.0 for name, weight in plan.weights.items() if weight == 0}


def _projection(features: Features, plan: Plan, keep: Keep | None, progress: Progress) -> Projection:
    run, options = plan.choice("projection").run, plan.options("projection")
    key = fingerprint("map", plan.projection.name, options_to_json(options), features.matrix)
    return kept(keep, key, Projection, lambda: run(features, options, progress))


def given_to(customers: Customers, composed: Composed, secrets: Mapping[str, str] | None) -> dict[str, Any]:
    """Return what algorithms and metrics may ask for besides features."""
    return {
        "customers": customers,
        "ids": customers.frame.index.to_numpy().astype(str),
        "values": {name: customers.frame[name].to_numpy(np.float64) for name in customers.named("money")},
        "speech": composed.speech,
        "secrets": dict(secrets or {}),
    }


def _scorecard(features: Features, made: Shaped, seed: int, progress: Progress, given: Mapping[str, Any]) -> Scorecard:
    scores, again = measured(features, made, seed, progress, given)
    progress(len(METRICS), len(METRICS) + 1, say("Asking whether anything is there at all"))
    return judge(features, made.clustering, scores, again, seed)

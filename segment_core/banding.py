"""Banding: another line between odd customers and the rest, in a study whose segments stay as they are."""

from dataclasses import replace

from segment_core.artifacts import Clustering, Scorecard
from segment_core.clustering.membership import banded, far_from
from segment_core.errors import DataError
from segment_core.metrics.stability import BANDS
from segment_core.profiles.exemplars import N_SHOWN, border_rows
from segment_core.study import Study


def rebanded(study: Study, far: float) -> Study:
    """Return the study with outliers beginning `far` robust standard deviations from their centre; quick.

    Nobody changes segment, and what is said of the segments stays, but for the customers on their borders, of whom
    outliers are no part. How often each band comes back was measured for the old bands, and is left out until
    segments are found again; later runs keep the line.

    Raises
    ------
    DataError
        If there are no segments.
    OptionError
        If the line lies outside its limits.
    """
    far = far_from(far)
    if study.clustering is None:
        raise DataError("There are no segments yet. Find segments first.")
    clustering = banded(study.clustering, far)
    evidence = study.evidence
    if evidence is not None:
        ids = study.customers.frame.index.astype(str)
        boundary = {
            segment.id: tuple(str(id_) for id_ in ids[border_rows(clustering, number)[:N_SHOWN]])
            for number, segment in enumerate(clustering.segments)
        }
        evidence = replace(evidence, boundary=boundary)
    return study.having(
        found=study.found and banded(study.found, far),
        clustering=clustering,
        replay=study.replay,
        scorecard=study.scorecard and _without_bands(study.scorecard),
        evidence=evidence,
        personas=study.personas,
        audit=study.audit,
        attention=study.attention,
        twins=study.twins,
        suggestions=study.suggestions,
        scorer=study.scorer and replace(study.scorer, assigner=replace(study.scorer.assigner, far=far)),
        plan=study.plan.having(outliers=far),
        resolved=study.resolved.having(outliers=far),
    )


def n_outliers(clustering: Clustering, far: float) -> tuple[int, ...]:
    """Count the outliers of each segment if they began `far` away."""
    odd = banded(clustering, far).bands == "outlier"
    return tuple(int((odd & (clustering.labels == number)).sum()) for number in range(clustering.n_segments))


def _without_bands(scorecard: Scorecard) -> Scorecard:
    stale = {f"reappearance_{band}" for band in BANDS}
    return replace(scorecard, scores=tuple(score for score in scorecard.scores if score.name not in stale))

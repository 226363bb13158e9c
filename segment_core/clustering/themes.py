"""Themes: segments by what customers wrote alone, from the whole vectors of their texts."""

from dataclasses import dataclass, replace

import numpy as np

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering import consensus, views
from segment_core.clustering.membership import require_customers, settle, squared_distances
from segment_core.clustering.speech import Speech
from segment_core.messages import say


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesOptions:
    """Options of segments by themes."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    n_cuts: int = option(45, "Cuts", low=10, high=1_000, help="How many times K-Means cuts, each time another way.")
    merging: str = option(
        consensus.LINKAGE,
        "Merging",
        among=(consensus.LINKAGE, consensus.SINGLE, consensus.SPECTRAL),
        help="Average suits most; single follows long shapes, with fine cuts; spectral makes more even segments.",
    )
    seed: int = option(0, "Random seed", low=0)


def cluster(
    features: Features,
    options: ThemesOptions = ThemesOptions(),
    progress: Progress = silent,
    *,
    speech: Speech | None = None,
) -> Clustering:
    """Unfold the vectors of texts with UMAP, cut that many times, and keep together who falls together.

    The features hold only the main directions of texts, which is right beside other columns but blurs fine themes;
    this looks at all directions, and at nothing but texts. Customers who wrote nothing join the segment that is
    nearest by their features, with strength 0. Texts of several languages part by language first. Where there
    are no texts, or no UMAP, it is a consensus over the features as they are.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    require_customers(features, at_least=options.n_segments)
    made_by = Step("themes", options_to_json(options))
    asked = consensus.ConsensusOptions(
        n_segments=options.n_segments, n_cuts=options.n_cuts, merging=options.merging, seed=options.seed
    )
    wrote = np.flatnonzero([bool(text) for text in speech.texts]) if speech else np.zeros(0, dtype=np.int64)
    if speech is None or len(np.unique(speech.vectors[wrote], axis=0)) < max(options.n_segments, views.FEWEST):
        found = consensus.agreed(features.matrix.astype(np.float64), asked, progress)
        few = say("There are too few different texts to look for themes, so the features as they are were cut.")
        made = settle(features, found.labels, made_by, reasons=(few, *found.reasons))
        return consensus.judged(made, found)
    unfolded = replace(asked, space=views.UNFOLDED)
    found = _joined(features, wrote, consensus.agreed(speech.vectors[wrote].astype(np.float64), unfolded, progress))
    reasons = list(found.reasons)
    if len(wrote) < features.n_customers:
        n_silent = features.n_customers - len(wrote)
        reasons.append(
            say("Customers without texts, who joined the segment nearest by their features: {n}.", n=n_silent)
        )
    made = settle(features, found.labels, made_by, reasons=reasons)
    progress(1, 1, say("Segments found: {k}", k=made.n_segments))
    return consensus.judged(made, found)


def _joined(features: Features, wrote: Labels, found: consensus.Agreed) -> consensus.Agreed:
    """Put those who wrote nothing beside those who did; they are as near to any segment as to their own."""
    matrix = features.matrix.astype(np.float64)
    centres = np.stack([matrix[wrote][found.labels == number].mean(axis=0) for number in range(found.near.shape[1])])
    labels = squared_distances(matrix, centres).argmin(axis=1)
    near = np.ones((len(matrix), found.near.shape[1]))
    labels[wrote], near[wrote] = found.labels, found.near
    return consensus.Agreed(labels, near, found.reasons)

"""IDEC: deep embedded clustering whose network must go on restoring customers, so that alike ones stay alike."""

from dataclasses import dataclass

from segment_core.artifacts import Clustering, Features, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.deep import Schooling, trained


@dataclass(frozen=True, slots=True, kw_only=True)
class IdecOptions(Schooling):
    """Options of improved deep embedded clustering."""

    weight: float = option(
        0.1,
        "Weight of clustering",
        low=0.001,
        high=10.0,
        step=0.05,
        help="How much the clustering loss counts beside that of restoring customers.",
    )
    seed: int = option(0, "Random seed", low=0)


def cluster(features: Features, options: IdecOptions = IdecOptions(), progress: Progress = silent) -> Clustering:
    """Do as `dec.cluster`, while the network must restore customers from their codes (Guo et al. 2017).

    That keeps alike customers alike among the codes while they are drawn to their centres. `memberships` and
    strengths are those of `dec.cluster`.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    made_by = Step("idec", options_to_json(options))
    return trained(features, options, made_by, weight=options.weight, seed=options.seed, progress=progress)

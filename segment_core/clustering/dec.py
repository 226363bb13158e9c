"""DEC: a network folds customers into a few numbers, and sharpens its segments by themselves."""

from dataclasses import dataclass

from segment_core.artifacts import Clustering, Features, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.deep import Schooling, trained


@dataclass(frozen=True, slots=True, kw_only=True)
class DecOptions(Schooling):
    """Options of deep embedded clustering."""

    seed: int = option(0, "Random seed", low=0)


def cluster(features: Features, options: DecOptions = DecOptions(), progress: Progress = silent) -> Clustering:
    """Let an autoencoder fold customers, then draw the codes to their centres (Xie, Girshick & Farhadi 2016).

    The codes start at K-Means and are drawn until hardly anybody changes segments. Nothing holds them back, so
    that sure segments get surer whether or not there is anything there: `idec.cluster` is the more careful.
    `memberships` are the network's soft assignment; strengths are, as everywhere, those of the features' own
    space, because the network's grow with training and not with evidence.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    made_by = Step("dec", options_to_json(options))
    return trained(features, options, made_by, weight=None, seed=options.seed, progress=progress)

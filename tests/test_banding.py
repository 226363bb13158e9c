"""Another line of outliers: quick, kept on later runs, and nobody loses their segment."""

import numpy as np
import pytest

from segment_core.artifacts import Step
from segment_core.banding import n_outliers, rebanded
from segment_core.errors import DataError, OptionError
from segment_core.intake import sample
from segment_core.journey import run
from segment_core.labelling import twins
from segment_core.plan import Plan
from segment_core.study import Study
from tests.planted import customers_of


def test_the_line_is_drawn_anew_and_the_next_run_keeps_it(small_study: Study) -> None:
    study = rebanded(small_study, 1.5)
    before, after = small_study.clustering, study.clustering
    assert np.array_equal(before.labels, after.labels)
    odd = after.bands == "outlier"
    assert odd.sum() > (before.bands == "outlier").sum()
    assert n_outliers(before, 1.5) == tuple(np.bincount(after.labels[odd], minlength=after.n_segments))
    again = run(customers_of(sample(300)[0]), study.plan, source="shop.csv")
    assert np.array_equal(again.clustering.bands, after.bands)
    assert again.evidence.boundary == study.evidence.boundary


def test_what_was_measured_for_the_old_bands_goes_and_all_else_stays(small_study: Study) -> None:
    study = rebanded(small_study, 2.0)
    gone = {score.name for score in small_study.scorecard.scores} - {score.name for score in study.scorecard.scores}
    assert gone and all(name.startswith("reappearance_") for name in gone)
    assert study.scorecard.verdict == small_study.scorecard.verdict
    assert study.personas == small_study.personas and study.evidence.items == small_study.evidence.items


def test_without_segments_or_beyond_the_limits_it_is_refused(small_study: Study) -> None:
    with pytest.raises(DataError, match="no segments yet"):
        rebanded(run(customers_of(sample(30)[0]), Plan(encoder=Step("tfidf")), until="features"), 3.0)
    with pytest.raises(OptionError, match="from 1 to 20"):
        rebanded(small_study, 0.1)


def test_what_was_found_out_about_the_same_segments_is_not_lost_with_the_line(small_study: Study) -> None:
    made = small_study.having(twins=twins(small_study.customers, small_study.clustering))
    study = rebanded(made, 2.0)
    assert study.twins is made.twins
    assert made.audit is not None and study.audit is made.audit

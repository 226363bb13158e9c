"""Studies that many tests look at; each is made once, and nobody may change it."""

from collections.abc import Iterator

import pytest

from segment_core.artifacts import Step
from segment_core.intake import gather, read, sample, sample_csv
from segment_core.journey import run
from segment_core.plan import Plan
from segment_core.study import Study
from tests.planted import customers_of

QUICK = Plan(
    encoder=Step("tfidf", {"n_dimensions": 20}), clustering=Step("kmeans", {"n_segments": 4}), projection=Step("pca")
)


@pytest.fixture(scope="session", autouse=True)
def _workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is made of models away from home, and make it once for all tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRATA_WORKSPACE", str(tmp_path_factory.mktemp("workspace")))
        yield


@pytest.fixture(scope="session")
def sample_study() -> Study:
    """Return the bundled sample's study: the default plan, but for the map, which takes longest and decides nothing."""
    return run(gather(read(sample_csv(), "sample.csv")), Plan(projection=Step("pca")), source="sample.csv")


@pytest.fixture(scope="session")
def quick_plan() -> Plan:
    """Return the plan of the small study."""
    return QUICK


@pytest.fixture(scope="session")
def small_study() -> Study:
    """Return a study of 300 customers with columns of every kind, and texts."""
    return run(customers_of(sample(300)[0]), QUICK, source="shop.csv")

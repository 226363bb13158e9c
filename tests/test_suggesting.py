"""A second opinion: asked for only after a test, kept beside the segments, and never in their place."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Clustering, Customers, Segment, Step
from segment_core.artifacts import Column as Described
from segment_core.clustering import kmeans
from segment_core.errors import Cancelled, DataError, OptionError
from segment_core.llm.ledger import FILE, Ledger
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.store import Workspace
from segment_core.study import Study
from segment_core.suggesting import SuggestingOptions, calls, preview, suggest, suggestions_of, with_suggestions
from tests.clustering.conversations import Conversations, accuracy, conversations
from tests.clustering.oracle import Oracle, oracle


def study_of(made: Conversations) -> Study:
    """Make a study of conversations, cut by K-Means."""
    index = pd.Index([f"C{number:04}" for number in range(len(made.truth))], dtype="str", name="id")
    frame = pd.DataFrame({"review": list(made.speech.texts)}, index=index)
    customers = Customers(frame, (Described("review", "text", "none", say("Given.")),), "id", len(frame))
    clustering = kmeans.cluster(made.features, kmeans.KMeansOptions(n_segments=6))
    return Study(Plan(), Plan(), customers, "made.csv", features=made.features, clustering=clustering)


def asked(server: Oracle, **more: Any) -> SuggestingOptions:
    return SuggestingOptions(url=server.url, model="oracle", **{"timeout": 30.0} | more)


@pytest.fixture(scope="module")
def made() -> Conversations:
    return conversations()


@pytest.fixture(scope="module")
def study(made: Conversations) -> Study:
    return study_of(made)


def test_following_a_good_model_raises_accuracy_and_nothing_is_overwritten(made: Conversations, study: Study) -> None:
    before = study.clustering.labels.copy()
    with oracle(made.of_text, 0.05) as server:
        found = suggestions_of(study, asked(server))
        n_texts = len(set(made.speech.texts))
        assert len(server.requests) <= calls(n_texts, SuggestingOptions())
    assert found.passed and found.suggestions
    followed = with_suggestions(study, found.suggestions)
    assert accuracy(made.truth, followed) > accuracy(made.truth, before) + 0.02
    np.testing.assert_array_equal(study.clustering.labels, before)
    ids = dict(zip(study.customers.frame.index, study.clustering.ids, strict=True))
    assert all(ids[one.customer] == one.before != one.after for one in found.suggestions)
    assert {score.space for score in found.before} == {score.space for score in found.after} == {"text", "features"}
    assert all(one.like in made.speech.texts for one in found.suggestions if one.like)


@pytest.mark.parametrize("seed", range(3))
def test_a_model_that_errs_in_three_of_ten_suggests_nothing(seed: int, made: Conversations, study: Study) -> None:
    with oracle(made.of_text, 0.3, seed=seed) as server:
        found = suggestions_of(study, asked(server))
        assert len(server.requests) == 15
    assert not found.passed and found.suggestions == ()
    assert "did not pass its test" in str(found.reason)


@pytest.mark.parametrize("mode", ["malformed", "401", "strangers", "abstains", "obeys"])
def test_whatever_the_model_does_it_is_said(mode: str, made: Conversations, study: Study) -> None:
    with oracle(made.of_text, 0.0, mode) as server:
        found = suggestions_of(study, asked(server))
    if mode == "obeys":  # it picks as it should, and cites what is no text
        assert all(one.like == "" for one in found.suggestions)
    else:
        assert found.suggestions == () and not found.passed
        assert "no usable answer" in str(found.reason)
    assert "PWNED" not in str(found)


def test_what_is_shown_before_is_what_goes_out_first(made: Conversations, study: Study) -> None:
    with oracle(made.of_text, 0.0) as server:
        suggestions_of(study, asked(server))
        sent = "\n\n".join(message["content"] for message in server.requests[0]["messages"])
    assert preview(study) == sent


def test_the_same_answers_give_the_same_suggestions(made: Conversations, study: Study) -> None:
    with oracle(made.of_text, 0.0) as server:
        one, two = (suggestions_of(study, asked(server)).suggestions for _ in range(2))
    assert one == two


def test_a_study_without_segments_or_texts_is_refused(study: Study) -> None:
    options = SuggestingOptions(url="http://127.0.0.1:9/v1", model="m")
    with pytest.raises(DataError, match="no segments yet"):
        suggestions_of(replace(study, clustering=None), options)
    silent = replace(study.customers, frame=study.customers.frame.assign(review=""))
    with pytest.raises(DataError, match="at least 24 different texts"):
        suggestions_of(replace(study, customers=silent), options)
    n = len(study.customers)
    one = Clustering(np.zeros(n, np.int64), np.ones(n, np.float32), np.full(n, "core"), (Segment("S1", n),), Step("x"))
    with pytest.raises(DataError, match="only one segment"):
        suggestions_of(replace(study, clustering=one), options)
    with pytest.raises(OptionError, match="No language model is set up"):
        suggestions_of(study, SuggestingOptions())


def test_it_can_be_stopped(made: Conversations, study: Study) -> None:
    def stop(done: float, total: float, note: Any) -> None:
        raise Cancelled

    with oracle(made.of_text, 0.0) as server, pytest.raises(Cancelled):
        suggestions_of(study, asked(server), stop)


def silent(done: float, total: float, note: Any) -> None:
    """Listen to nothing."""


@pytest.fixture
def kept(tmp_path: Path, study: Study) -> Mapping[str, Any]:
    workspace = Workspace(tmp_path)
    id_ = workspace.new_study("made.csv")
    workspace.save_study(id_, study, summary={"n_customers": 360})
    return {"workspace": str(tmp_path), "study": id_}


def test_the_job_keeps_suggestions_with_the_study(kept: Mapping[str, Any], made: Conversations) -> None:
    with oracle(made.of_text, 0.0) as server:
        options = {"url": server.url, "model": "oracle"}
        assert suggest({**kept, "options": options}, {}, silent) == {"study": kept["study"]}
        n_calls = len(server.requests)
    workspace = Workspace(Path(kept["workspace"]))
    found = workspace.load_study(Study, kept["study"])
    assert found.suggestions is not None and found.suggestions.suggestions
    assert workspace.study(kept["study"]).summary == {"n_customers": 360}
    assert len(Ledger(workspace.folder / FILE).entries()) == n_calls
    assert found.having(clustering=found.clustering).suggestions is None


def test_the_job_honours_the_switch(kept: Mapping[str, Any]) -> None:
    workspace = Workspace(Path(kept["workspace"]))
    workspace.keep_setting("outbound", False)
    suggest({**kept, "options": {"url": "http://10.255.255.1/v1", "model": "m"}}, {}, silent)
    found = workspace.load_study(Study, kept["study"]).suggestions
    assert found is not None and not found.passed
    assert any("Nothing may leave this machine" in str(note.message) for note in found.notes)
    assert Ledger(workspace.folder / FILE).entries() == ()

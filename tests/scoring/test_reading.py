"""What new customers wrote is read as the texts of the segments were, or it is said that it was not."""

from dataclasses import replace

import numpy as np
import pandas as pd

from segment_core.artifacts import Reading, Step
from segment_core.features import blend, structured, text
from segment_core.features.ways import ways_of
from segment_core.messages import say
from segment_core.scoring import score
from segment_core.scoring.reading import read
from segment_core.study import Study
from tests.scoring.conftest import planted

MODEL = Step("sentence_transformer", {"model": "a/model"})


def test_a_way_leads_exactly_where_the_features_are() -> None:
    customers, random = planted(120), np.random.default_rng(0)
    languages = ["en"] * 70 + ["zh"] * 40 + [None] * 10
    vectors = np.zeros((120, 12), dtype=np.float32)
    vectors[:70, :8], vectors[70:110, 8:] = random.normal(2, 1, (70, 8)), random.normal(-1, 3, (40, 4))
    features = blend([*structured(customers), text.extract(customers, vectors, languages)])
    readings = [Reading("en", 70, MODEL, say("x")), Reading("zh", 40, Step("glove"), say("x"))]
    (way,) = ways_of(features, ["…"] * 120, vectors, languages, readings)
    assert (way.language, way.reader, len(way.middle)) == ("en", MODEL, 8)
    placed = (vectors[:70, :8] - way.middle) @ way.turns
    np.testing.assert_allclose(placed, features.matrix[:70, way.start : way.start + way.turns.shape[1]], atol=1e-5)
    own = replace(readings[1], made_by=MODEL)
    (_, second) = ways_of(features, ["…"] * 120, vectors, languages, [readings[0], own])
    placed = (vectors[70:110, 8:] - second.middle) @ second.turns
    np.testing.assert_allclose(placed, features.matrix[70:110, second.start :][:, : placed.shape[1]], atol=1e-5)


def test_texts_decide_of_new_customers_too(small_study: Study) -> None:
    scorer, customers = small_study.scorer, small_study.customers
    held = read(scorer, customers, small_study.readings)
    block = scorer.transform.held[0]
    own = slice(block.start, block.stop)
    wrote = (customers.frame["review"].fillna("") != "").to_numpy()
    assert not held.matrix[~wrote].any()
    made, found = small_study.features.matrix[wrote, own], held.matrix[wrote, own]
    assert np.corrcoef(made.ravel(), found.ravel())[0, 1] > 0.9  # but for words of fewer than five
    one, two = score(scorer, customers.frame), score(scorer, customers.frame, held.matrix)
    true = small_study.clustering.strengths
    assert np.abs(two.strengths - true).mean() < np.abs(one.strengths - true).mean() / 3
    assert held.known == {"text"}
    assert scorer.assigner.alone == scorer.assigner.agreement


def test_only_columns_that_were_read_are_read_now(small_study: Study) -> None:
    customers = small_study.customers
    more = replace(
        customers,
        frame=customers.frame.assign(diary=customers.frame["review"].to_numpy()[::-1]),
        columns=(*customers.columns, replace(customers.column("review"), name="diary")),
    )
    found, again = (read(small_study.scorer, one, small_study.readings).matrix for one in (customers, more))
    np.testing.assert_array_equal(found, again)


def test_a_model_that_is_not_here_reads_nobody_and_it_is_said(small_study: Study) -> None:
    made = small_study.scorer.transform
    way = replace(made.ways[0], reader=Step("sentence_transformer", {"model": "/no/such"}), brought=None, terms=())
    scorer = replace(small_study.scorer, transform=replace(made, ways=(replace(way, digest="ab"),)))
    held = read(scorer, small_study.customers, small_study.readings)
    assert not held.matrix.any()
    assert not held.known
    assert "is not here, or is another one" in str(held.notes[0].message)
    assert held.notes[0].count == int(pd.Series(text.texts_of(small_study.customers)).ne("").sum())


def test_a_scorer_keeps_no_word_of_a_few_texts(small_study: Study) -> None:
    written = small_study.customers.frame["review"].dropna().str.lower()
    (way,) = small_study.scorer.transform.ways
    single = [term for term in way.terms if " " not in term]
    assert len(single) > 20
    assert min(int(written.str.contains(term, regex=False).sum()) for term in single) >= 5

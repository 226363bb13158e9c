"""Topic views: drawn with and without topics, with customer text that tries to be more than text."""

import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import topiccharts
from pages._shared.charts import Look
from segment_core.artifacts import Topics
from segment_core.exporting.tables import as_csv
from segment_core.features import text
from segment_core.study import Study
from segment_core.topics import TOPICS, by_segment, mean_coherence

LOOK = Look(tuple(f"#0000{number:02d}" for number in range(10)), ("#ffffff", "#000000"), "#fefefe", "#010101")
NASTY = '<b>x</b> *y* $z$ [a](http://b) :smile: =HYPERLINK("x")'


def page(study):  # AppTest runs its source alone, so names of types are not known there
    from pages._shared import topicviews

    topicviews.draw(study)


def drawn(study: Study) -> AppTest:
    app = AppTest.from_function(page, kwargs={"study": study}, default_timeout=60)
    app.context = {"locale": "en-GB"}
    return app.run()


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption, *app.text])


@pytest.fixture(scope="module")
def topics(small_study: Study) -> Topics:
    found: Topics = TOPICS["nmf"].run(text.texts_of(small_study.customers), None, TOPICS["nmf"].options(n_topics=5))
    return found


@pytest.fixture(scope="module")
def study(small_study: Study, topics: Topics) -> Study:
    return replace(small_study, topics=topics)


@pytest.fixture(autouse=True)
def _workspace(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRATA_WORKSPACE", str(tmp_path))


def test_without_topics_it_says_how_to_have_some(small_study: Study) -> None:
    app = drawn(replace(small_study, topics=None))
    assert not app.exception
    assert "No topics were looked for" in said(app) and not app.dataframe


def test_topics_are_listed_with_their_words_sizes_and_coherence(study: Study, topics: Topics) -> None:
    app = drawn(study)
    assert not app.exception
    assert "5 topics, as asked for" in said(app).replace("\\", "")
    assert {metric.label: metric.value for metric in app.metric}["Mean coherence"] == f"{mean_coherence(topics):.2f}"
    table = next(frame.value for frame in app.dataframe if "Coherence" in frame.value.columns)
    assert table["Customers"].tolist() == [topic.size for topic in topics.topics]
    assert [tuple(words) for words in table["Words"]] == [topic.terms for topic in topics.topics]


def test_another_topic_shows_its_own_words_and_texts(study: Study, topics: Topics) -> None:
    app = drawn(study)
    first = said(app)
    assert not app.selectbox(key="topic").set_value(3).run().exception
    assert f":gray-badge[{topics.topics[3].terms[0]}]" in said(app) and said(app) != first
    quotes = [element.value for element in app.text]
    everything = " ".join(" ".join(text.texts_of(study.customers)).split())
    assert 1 <= len(quotes) <= 5
    assert all(quote.strip("“”…").strip() in everything for quote in quotes)


def test_every_chart_has_a_table_that_says_the_same(study: Study, topics: Topics) -> None:
    assert study.clustering is not None
    tables = [frame.value for frame in drawn(study).dataframe]
    segments = next(table for table in tables if "Times as much" in table.columns)
    expected = by_segment(topics, study.clustering.ids)
    np.testing.assert_allclose(segments["Share"], expected["share"])
    assert len(segments) == 5 * study.clustering.n_segments
    course = next(table for table in tables if "Period" in table.columns)
    for _, own in course.groupby("Period"):
        assert own["Share"].sum() == pytest.approx(1.0, abs=1e-4) or own["Share"].isna().all()


def test_texts_that_are_dated_count_when_they_were_written(study: Study, topics: Topics) -> None:
    said = study.customers.said
    assert said is not None
    days = pd.Series(pd.to_datetime(["2025-01-05", "2025-02-05"]).to_numpy()[np.arange(len(said)) % 2])
    dated = replace(study.customers, said=said.assign(date=days))
    app = drawn(replace(study, customers=dated))
    assert not app.exception
    assert "when it was written" in app.selectbox(key="topics_date").options
    course = next(frame.value for frame in app.dataframe if "Period" in frame.value.columns)
    assert set(course["Period"]) == {"2025-01", "2025-02"}
    assert course.groupby("Period")["Texts written"].first().sum() == len(said)
    column = study.customers.named("date")[0]
    app.selectbox(key="topics_date").set_value(column).run()
    assert not app.exception
    assert any(
        "Customers who wrote" in frame.value.columns and "Period" in frame.value.columns for frame in app.dataframe
    )


def test_what_customers_wrote_is_never_more_than_text(study: Study, topics: Topics) -> None:
    made = tuple(replace(topic, terms=(NASTY, *topic.terms)) for topic in topics.topics)
    app = drawn(replace(study, topics=replace(topics, topics=made)))
    assert not app.exception
    marked = "\n".join(element.value for element in [*app.markdown, *app.caption])
    assert "\\<b\\>" in marked and "<b>x" not in marked and "*y*" not in marked.replace("\\*y\\*", "")
    data = as_csv(pd.DataFrame({"Words": ["=1+1"]}))
    assert pd.read_csv(io.BytesIO(data))["Words"].tolist() == ["'=1+1"]


def test_one_topic_and_no_segments_are_drawn(study: Study, topics: Topics) -> None:
    one = replace(topics, shares=topics.shares.sum(axis=1, keepdims=True), topics=topics.topics[:1])
    app = drawn(replace(study, topics=one, clustering=None, evidence=None, personas=None))
    assert not app.exception
    assert not any("Times as much" in frame.value.columns for frame in app.dataframe)


def test_the_chart_of_segments_says_more_less_and_nobody() -> None:
    figure = topiccharts.by_segment(
        ["<i>late</i>"],
        ["one", "two", "three"],
        [[4.0, 0.0, float("nan")]],
        [["80%", "0%", ""]],
        [["", "", ""]],
        look=LOOK,
    )
    assert list(figure.data[0].z[0]) == [2.0, -2.0, None]
    assert figure.layout.yaxis.ticktext == ("&lt;i&gt;late&lt;/i&gt;",)
    many = topiccharts.by_segment(["a"], ["s"] * 40, [[1.0] * 40], [["1%"] * 40], [[""] * 40], look=LOOK)
    assert many.data[0].texttemplate is None and many.layout.height > figure.layout.height


def test_the_course_marks_periods_of_few_texts() -> None:
    figure = topiccharts.over_time(["2024-01", "2024-02"], [0.1, 0.2], [True, False], [[0.9, 0.8]], ["", ""], look=LOOK)
    assert figure.data[-1].marker.color == (LOOK.ground, LOOK.palette[0])
    assert len(figure.data) == 2

"""Attitudes on the page: what was heard, by segment, each with its quote, and words against the wallet."""

import csv
import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pages._shared import contradictionviews, traitcharts, traitviews
from pages._shared.charts import Look
from segment_core.artifacts import Step
from segment_core.exporting import contactable, measures_csv
from segment_core.intake import sample
from segment_core.journey import run
from segment_core.plan import Plan
from segment_core.profiles.contradictions import ANGRY, WARM, contradictions
from segment_core.study import Study
from tests.pages.shown import show
from tests.planted import customers_of

LOOK = Look(tuple(f"#0000{number:02d}" for number in range(10)), ("#ffffff", "#000000"), "#fefefe", "#010101")
EVIL = "=cmd() **bold** <img src=x onerror=alert(1)> $x$ :material/bug_report: [a](http://evil.example) I love it!"


@pytest.fixture(scope="module")
def heard() -> Study:
    frame, _ = sample(300)
    frame.loc[0, "review"] = EVIL
    plan = Plan(
        encoder=Step("tfidf", {"n_dimensions": 20}),
        traits=Step("lexicon"),
        clustering=Step("kmeans", {"n_segments": 4}),
        projection=Step("pca"),
    )
    return run(customers_of(frame), plan, source="shop.csv")


@pytest.fixture(autouse=True)
def _workspace(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("STRATA_WORKSPACE", str(tmp_path / "workspace"))


def said(app) -> str:
    return " ".join(str(element.value) for element in [*app.markdown, *app.caption, *app.text, *app.info])


def test_without_traits_it_says_how_to_begin(heard) -> None:
    app = show(traitviews.draw, replace(heard, traits=None))
    assert not app.exception
    assert "Switch on “Traits”" in said(app)
    assert not app.dataframe


def test_every_trait_has_its_rubric_and_how_many_speak_of_it(heard) -> None:
    app = show(traitviews.draw, heard)
    assert not app.exception
    table = app.dataframe[0].value
    assert len(table) == len(heard.traits.names)
    scores = heard.traits.scores
    assert table["Customers who say something"].tolist() == np.isfinite(scores).sum(axis=0).tolist()
    assert table["Mean"].to_numpy() == pytest.approx(np.nanmean(scores, axis=0), abs=1e-5)
    assert all(
        sum(bins) == n for bins, n in zip(table["Distribution"], table["Customers who say something"], strict=True)
    )
    assert "lowest price" in " ".join(table["What the scale means"])


def test_every_score_of_a_customer_shows_what_it_rests_on(heard) -> None:
    ids = heard.customers.frame.index
    quiet = ids[~np.isfinite(heard.traits.scores).any(axis=1)][0]
    app = show(traitviews.draw, heard)
    middle = np.isfinite(heard.traits.scores).sum(axis=1).argmax()  # whoever it is, in no list of the ends
    app.text_input(key="trait_customer").set_value(ids[middle]).run()
    table = next(frame.value for frame in app.dataframe if "Of this text" in frame.value.columns)
    known = np.isfinite(heard.traits.scores[middle])
    assert len(set(table["Attitude"])) == known.sum()
    assert sorted(set(table["Score"])) == pytest.approx(sorted(set(heard.traits.scores[middle][known])), abs=1e-6)
    written = heard.customers.frame["review"].iloc[middle]
    assert all(quote.rstrip("…") in " ".join(written.split()) for quote in table["Quote"])
    for customer, answer in ((quiet, "says nothing"), ("*nobody*", "Nobody has the id")):
        app.text_input(key="trait_customer").set_value(customer).run()
        assert answer in said(app) and not app.exception
    assert "\\*nobody\\*" in said(app)


def test_segments_have_means_and_counts(heard) -> None:
    app = show(traitviews.draw, heard)
    table = app.dataframe[1].value
    assert len(table) == 4 * len(heard.traits.names)
    place = heard.traits.names.index("sentiment")
    own = heard.traits.scores[heard.clustering.labels == 0, place]
    first = table.iloc[4 * place]
    assert first["Attitude"] == "Sentiment"
    assert first["Mean"] == pytest.approx(np.nanmean(own), abs=1e-5)
    assert first["Customers who say something"] == np.isfinite(own).sum()


def test_a_trait_is_picked_and_its_strongest_customers_speak(heard) -> None:
    app = show(traitviews.draw, heard)
    app.selectbox(key="trait_picked").set_value("price_sensitivity").run()
    assert not app.exception
    found = app.dataframe[2].value
    assert found["Score"].is_monotonic_decreasing
    best = np.nanmax(heard.traits.scores[:, heard.traits.names.index("price_sensitivity")])
    assert found["Score"].iloc[0] == pytest.approx(best)
    quotes = heard.traits.quotes
    own = quotes[(quotes["trait"] == "price_sensitivity") & (quotes["customer"] == found["Customer"].iloc[0])]
    assert found["Quote"].iloc[0] in own["text"].tolist()
    assert f"“{found['Quote'].iloc[0]}”" in said(app)
    app.segmented_control(key="trait_end").set_value("weakest").run()
    assert app.dataframe[2].value["Score"].is_monotonic_increasing


def test_what_a_customer_wrote_does_nothing(heard) -> None:
    own = heard.traits.quotes["text"].str.contains("onerror") & (heard.traits.quotes["trait"] == "sentiment")
    writer = heard.traits.quotes.loc[own, "customer"].iloc[0]
    scores = heard.traits.scores.copy()
    scores[heard.customers.frame.index.get_loc(writer), heard.traits.names.index("sentiment")] = 1.0
    app = show(traitviews.draw, replace(heard, traits=replace(heard.traits, scores=scores)))
    app.selectbox(key="trait_picked").set_value("sentiment").run()
    assert "onerror" in app.text[0].value  # shown as text and nothing else
    marked = " ".join(element.value for element in [*app.markdown, *app.caption])
    assert "onerror" not in marked and "**bold**" not in marked


def test_contradictions_are_listed_with_quote_and_columns(heard) -> None:
    app = show(traitviews.draw, heard)
    ranking = contradictions(heard.customers, heard.traits)
    sizes = ranking["direction"].value_counts()
    listed = app.dataframe[-1].value
    assert listed["Customer"].tolist() == ranking[ranking["direction"] == ANGRY]["customer"].head(50).tolist()
    assert "total\\_spend" in said(app)
    assert "returns\\_last\\_year" in said(app)
    app.number_input(key="contradiction_count").set_value(1).run()
    assert len(app.dataframe[-1].value) == 1
    app.segmented_control(key="contradiction_direction").set_value(WARM).run()
    assert not app.exception
    assert (
        app.dataframe[-1].value["Customer"].tolist()
        == ranking[ranking["direction"] == WARM]["customer"].head(1).tolist()
    )
    labels = app.segmented_control(key="contradiction_direction").options
    assert [str(int(sizes[name])) in label for name, label in zip((ANGRY, WARM), labels, strict=True)] == [True, True]


def test_the_download_leaves_out_who_gave_no_consent_and_holds_no_formula(heard) -> None:
    ranking = contradictions(heard.customers, heard.traits)
    ranking.loc[0, "quote"] = "=HYPERLINK(1)"
    rows = list(csv.DictReader(io.StringIO(measures_csv(ranking.set_index("customer"), heard.customers).decode())))
    may = contactable(heard.customers)
    assert {row["customer_id"] for row in rows} == {id_ for id_ in ranking["customer"] if may[id_]}
    assert 0 < len(rows) < len(ranking)
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    assert {"direction", "score", "wallet", "words", "quote", "row"} <= set(rows[0])
    app = show(lambda study: contradictionviews.draw(study, study.traits), heard)
    assert "withheld" in said(app)


def test_a_file_without_ids_keeps_both_row_columns(heard) -> None:
    ranking = contradictions(heard.customers, heard.traits)
    text = measures_csv(ranking.set_index("customer"), replace(heard.customers, id_name="row")).decode()
    head = text.splitlines()[0].split(",")
    assert head[0] == "row" and "row_found" in head


def test_without_money_it_says_what_is_needed(heard) -> None:
    columns = tuple(replace(column, basis="demographic") for column in heard.customers.columns)
    app = show(traitviews.draw, replace(heard, customers=replace(heard.customers, columns=columns)))
    assert not app.exception
    assert "No column tells what customers spend" in said(app)


def test_before_segments_are_found_the_rest_stands(heard) -> None:
    app = show(traitviews.draw, replace(heard, clustering=None))
    assert not app.exception
    assert "By segment" not in [heading.value for heading in app.subheader]


def test_cells_without_enough_customers_are_blank_and_words_are_literal() -> None:
    figure = traitcharts.attitudes(
        ["<b>x</b>"], ["%{y}", "S2"], [[0.5, None]], [["+0.50", ""]], [["<i>h</i>", ""]], look=LOOK
    )
    heat = figure.data[0]
    assert heat.z[0][1] is None
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;x&lt;/b&gt;",)
    assert figure.layout.xaxis.ticktext[0] == "% {y}"
    assert heat.hovertext[0][0] == "&lt;i&gt;h&lt;/i&gt;"


def test_it_speaks_chinese(heard) -> None:
    app = show(traitviews.draw, heard, "zh-CN")
    assert not app.exception


def test_many_segments_fit(heard) -> None:
    clustering = heard.clustering
    segments = tuple(replace(clustering.segments[0], id=f"S{n + 1}", size=0) for n in range(40))
    app = show(traitviews.draw, replace(heard, personas=None, clustering=replace(clustering, segments=segments)))
    assert not app.exception
    assert isinstance(app.dataframe[1].value, pd.DataFrame)

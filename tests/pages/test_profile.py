"""Profiles on the Explore page: drivers with intervals, distributions, radar, heat map, people, and comparisons."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import cachedprofiles, compare, evidence, heat, heatcharts, profile, profilecharts, state
from pages._shared.charts import Look, fit
from pages._shared.profilecharts import Group
from segment_core.artifacts import Group as Custom
from segment_core.artifacts import Step, Topic, Topics
from segment_core.clustering.membership import settle
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.profiles import describe
from segment_core.profiles.facts import facts
from segment_core.profiles.overview import telling
from segment_core.profiles.spread import spread
from segment_core.store import Workspace, default_folder
from segment_core.study import Study
from tests.pages.shown import show
from tests.planted import blobs, typed

LOOK = Look(tuple(f"#0000{n}0" for n in range(10)), ("#111111", "#222222"), "#ffffff", "#000000")
PAIR = [Group("A <b>", "#112233"), Group("Everyone", "#445566")]


@pytest.fixture
def study(full) -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def keep(study: Study) -> None:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    workspace.save_study(entry.id, study, summary=dict(entry.summary))


def tables(app: AppTest) -> list[list[str]]:
    return [list(found.value.columns) for found in app.dataframe]


def words(app: AppTest) -> str:
    return " ".join(part.value for part in (*app.caption, *app.markdown))


def test_a_profile_reads_from_drivers_to_odd_customers(full, study) -> None:
    app = full("explore")
    assert not app.exception
    assert [part.value for part in app.subheader] == [
        "What sets it apart",
        "Against everyone",
        "Standing among everyone",
        "All segments at a glance",
        "Words",
        "Quotes",
    ]
    drivers = next(found.value for found in app.dataframe if "Effect from" in found.value.columns)
    assert len(drivers) == len(charted(study, "S1"))
    assert (drivers["Effect from"] <= drivers["Effect size"]).all()
    assert drivers.loc[drivers["Segment"].str.endswith("%"), "Times as often"].notna().all()
    said = words(app)
    assert "Higher or more often than among the others" in said
    assert "bound to be found" in said
    assert [tab.label for tab in app.tabs] == ["Typical customers", "Customers on the border", "Odd customers"]
    assert "in the middle of the segment" in said or "unlike what the others" in said


def charted(study: Study, segment: str) -> list:
    kinds = ("share", "median", "mean", "date")
    return [item for item in study.evidence.of(segment, *kinds) if item.direction in ("over", "under")]


def test_a_count_that_most_have_none_of_is_a_driver_by_its_mean(study) -> None:
    item = replace(study.evidence.of("S1", "median")[0], kind="mean", direction="over", effect=0.4)
    items = [item if old.id == item.id else old for old in study.evidence.items]
    found = study.having(evidence=replace(study.evidence, items=tuple(items)))
    assert item in evidence.drivers(found, "S1")


def test_any_column_can_be_looked_at_and_more_segments_on_the_radar(full) -> None:
    app = full("explore")
    app.selectbox(key="profile_column.S1").set_value("city").run()
    assert not app.exception
    spreads = next(found.value for found in app.dataframe if list(found.value.columns)[:1] == ["Value"])
    assert set(spreads["Value"]) >= {"Lyon", "Milan"}
    assert spreads.iloc[:, 1:].sum().tolist() == pytest.approx([1, 1])
    app.multiselect(key="radar_beside.0").set_value([1, 2]).run()
    assert not app.exception
    standing = next(found.value for found in app.dataframe if "Percentile" in found.value.columns)
    assert standing["Group"].nunique() == 3
    assert 5 <= standing["Fact"].nunique() <= 8


def test_a_click_on_the_heat_map_selects_the_segment_and_opens_the_column(study) -> None:
    app = show(_click, study)
    assert not app.exception
    assert app.session_state[state.SEGMENT] == "S3"
    ids = study.customers.frame.index[study.clustering.labels == 2].tolist()
    assert list(app.session_state[state.SELECTION]) == ids
    assert app.session_state["profile_column.S3"] == "age"


def _click(study: Study) -> None:
    import streamlit as st

    st.session_state[heat.KEY] = {"selection": {"points": [{"x": 1}, {"customdata": [2, 1]}]}}
    heat._clicked(study, study.clustering, ["city", "age"])  # AppTest cannot click on charts


def test_the_heat_maps_table_has_every_cell(full, study) -> None:
    app = full("explore")
    table = next(found.value for found in app.dataframe if "Strength" in found.value.columns)
    assert len(table) == 4 * len(telling(cachedprofiles.compared(study)))
    assert table["Strength"].between(-1, 1).all()
    assert table["Customers counted"].min() >= 5


def test_the_segments_button_selects_its_customers(full, study) -> None:
    app = full("explore")
    app.button(key="profile_select").click().run()
    assert not app.exception
    assert (
        list(app.session_state[state.SELECTION]) == study.customers.frame.index[study.clustering.labels == 0].tolist()
    )
    app.button(key="profile_compare").click().run()
    assert not app.exception
    assert app.selectbox(key="compare_a").value == "segment:S1"


def test_two_segments_a_custom_one_and_everyone_else_are_compared(full, study) -> None:
    ids = study.customers.frame.index
    keep(replace(study, groups=(Custom("Late & <b>unhappy</b>", tuple(ids[:50])),)))
    app = full("explore", part="compare")
    assert not app.exception
    assert app.selectbox(key="compare_b").options[0] == "Everyone else"
    assert [part.value for part in app.subheader][:2] == ["Size and money", "Where they differ"]
    app.selectbox(key="compare_b").set_value("segment:S3").run()
    assert not app.exception
    found = next(table.value for table in app.dataframe if "Effect from" in table.value.columns)
    assert len(found)
    sizes = next(table.value for table in app.dataframe if "Measure" in table.value.columns)
    assert sizes.iloc[0, 1].startswith(f"{study.clustering.segments[0].size:,}")
    app.selectbox(key="compare_a").set_value("group:Late & <b>unhappy</b>").run()
    assert not app.exception
    assert "Customers who are in both" in words(app)
    app.selectbox(key="compare_b").set_value("group:Late & <b>unhappy</b>").run()
    assert not app.exception
    assert "at least 5 customers" in app.info[0].value


def test_a_group_that_is_gone_is_not_compared(full, study) -> None:
    keep(replace(study, groups=(Custom("Late", tuple(study.customers.frame.index[:50])),)))
    app = full("explore", part="compare")
    app.selectbox(key="compare_b").set_value("group:Late").run()
    assert app.selectbox(key="compare_b").value == "group:Late"
    keep(replace(study, groups=()))
    app.run()
    assert not app.exception
    assert app.selectbox(key="compare_b").value == "rest"


def test_a_segments_topics_stand_beside_everyones(full, study) -> None:
    n = len(study.customers)
    shares = np.zeros((n, 2), np.float32)
    shares[np.arange(n), (study.clustering.labels != 0).astype(int)] = 1
    topics = tuple(Topic(f"T{at + 1}", (f"word{at}",), n // 2, 0.5, 0.1) for at in range(2))
    keep(replace(study, topics=Topics(shares, topics, Step("nmf"), say("Found."))))
    app = full("explore")
    assert not app.exception
    table = next(found.value for found in app.dataframe if list(found.value.columns)[:1] == ["Topic"])
    assert table["Topic"].tolist() == ["T1 · word0", "T2 · word1"]
    assert table["Share"].tolist() == [1.0, 0.0]


def test_one_segment_and_no_text_still_have_a_profile(empty) -> None:
    features, truth = blobs((60, 50))
    random = np.random.default_rng(0)
    made = typed({"spend": "money", "app": "yes/no"}, spend=random.normal(size=110), app=(truth == 1).astype(float))
    for labels in (truth * 0, truth):
        clustering = settle(features, labels, Step("made"))
        evidence = describe(made, features, clustering, [""] * 110)
        found = Study(Plan(), Plan(), made, "a.csv", features=features, clustering=clustering, evidence=evidence)
        app = show(lambda study: profile.draw(study, study.clustering, 0), found)
        assert not app.exception
        app = show(lambda study: compare.draw(study, study.clustering, 0), found)
        assert not app.exception


def test_names_from_the_file_are_text_in_every_chart() -> None:
    made = typed({"<b>x</b>": "number"}, **{"<b>x</b>": np.arange(90.0)})
    found = spread(facts(made)[0], [np.arange(90) < 30, np.ones(90, bool)])
    bins = [f"<i>{n}</i>" for n in range(found.shares.shape[1])]
    drawn = [
        profilecharts.histogram(found, PAIR, [bins, bins], LOOK),
        profilecharts.columns(found, bins, PAIR, [bins, bins], LOOK),
        profilecharts.bars(bins, found.shares.tolist(), PAIR, [bins, bins], LOOK),
        profilecharts.radar(bins, found.shares.tolist(), PAIR, [bins, bins], everyone="<u>", look=LOOK),
        profilecharts.mirrored(bins, found.shares.tolist(), [bins, bins], PAIR, bins, look=LOOK),
        heatcharts.heat(
            ["<a>"], bins[:2], [[0.9, None]], [["<b>", ""]], [["<i>", ""]], everyone=("<u>", ["<s>", ""]), look=LOOK
        ),
    ]
    for figure in drawn:
        text = (
            figure.to_json().replace("<extra></extra>", "").replace("\\u003cextra\\u003e\\u003c\\u002fextra\\u003e", "")
        )
        assert "<" not in text and "\\u003c" not in text


def test_a_cell_of_too_few_is_blank_and_words_stay_after_a_click() -> None:
    figure = heatcharts.heat(
        ["S1", "S2"],
        ["a", "b"],
        [[0.9, None], [-0.1, 0.2]],
        [["1", ""], ["2", "3"]],
        [["x", "y"], ["z", "w"]],
        everyone=("Everyone", ["5", "6"]),
        look=LOOK,
    )
    assert figure.data[0].z[0][1] is None
    points = figure.data[-1]
    assert [tuple(place) for place in points.customdata] == [(0, 0), (1, 0), (1, 1)]
    ink, deep = figure.data[1], figure.data[2]
    assert list(ink.text) == ["2", "3"] and ink.textfont.color == ink.unselected.textfont.color == LOOK.ink
    assert list(deep.text) == ["1"] and deep.textfont.color == LOOK.ground


def test_long_words_are_cut_by_the_room_they_take() -> None:
    assert fit("short", 10) == "short"
    assert fit("客户年龄客户年龄", 8) == "客户年…"
    assert fit("abcdefghij", 8) == "abcdefg…"

"""Who decides, the tree and what was learned: drawn from a study, in words, with a table beside every picture."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import charts, fusioncharts, receipts
from pages._shared.look import RAMP
from segment_core.artifacts import Clustering, Contrast, Segment, Step
from segment_core.messages import say
from segment_core.profiles.leaning import leaning
from segment_core.profiles.receipts import receipts as receipts_of
from segment_core.store import Workspace
from segment_core.study import Study

LOOK = charts.Look(tuple(f"#0000{number:02d}" for number in range(10)), RAMP, "#fefefe", "#010101")


def page(kind: str, folder: str) -> None:
    from pathlib import Path

    from pages._shared import contrastviews, receipts, tree
    from segment_core.store import Workspace
    from segment_core.study import Study

    workspace = Workspace(Path(folder))
    study = workspace.load_study(Study, workspace.studies()[0].id)
    if kind == "tree":
        tree.draw(study, study.clustering)
    else:
        {"receipts": receipts, "contrast": contrastviews}[kind].draw(study)


def keep(folder: Path, **parts: object) -> Study:
    """Keep the finished study with other parts."""
    workspace = Workspace(folder)
    entry = workspace.studies()[0]
    study = replace(workspace.load_study(Study, entry.id), **parts)
    workspace.save_study(entry.id, study, summary=dict(workspace.study(entry.id).summary))
    workspace.close()
    return study


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    import shutil

    shutil.copytree(finished, tmp_path / "kept")
    return tmp_path / "kept"


def drawn(kind: str, folder: Path) -> AppTest:
    app = AppTest.from_function(page, args=(kind, str(folder)), default_timeout=60).run()
    assert not app.exception
    return app


def many(study: Study, k: int, parents: int = 0) -> Clustering:
    """Cut a study into k segments, whatever they are."""
    labels = (np.arange(len(study.customers)) % k).astype(np.int64)
    sizes = np.bincount(labels, minlength=k)
    segments = tuple(Segment(f"S{number + 1}", int(size)) for number, size in enumerate(sizes))
    branches = tuple(f"B{number % parents + 1}" for number in range(k)) if parents else ()
    return replace(study.clustering, labels=labels, segments=segments, parents=branches)


def test_who_decides_is_said_and_shown_as_a_table(folder: Path) -> None:
    app = drawn("receipts", folder)
    study = keep(folder)
    found = receipts_of(study.features, study.clustering)
    table = app.dataframe[0].value
    assert len(table) == 2 * study.clustering.n_segments
    np.testing.assert_allclose(table.iloc[:, 2:].sum(axis=1), 1.0, atol=1e-6)
    assert table["Numbers"].iloc[0] == pytest.approx(found.segments[0].shares["numbers"])
    assert any("decide most" in caption.value for caption in app.caption)
    app.segmented_control(key="receipts_against").set_value("nearest").run()
    assert not app.exception


@pytest.mark.parametrize("k", [2, 40])
def test_receipts_of_few_and_of_many(k: int, folder: Path) -> None:
    keep(folder, clustering=many(keep(folder), k), personas=None)
    app = drawn("receipts", folder)
    assert len(app.dataframe[0].value) == 2 * k
    assert [box.label for box in app.expander if "Smaller" in box.label] == (["Smaller segments: 30"] if k > 10 else [])


def test_one_segment_is_set_apart_by_nothing(folder: Path) -> None:
    keep(folder, clustering=many(keep(folder), 1), personas=None)
    app = drawn("receipts", folder)
    assert "one segment only" in app.caption[0].value
    assert not app.dataframe


def test_the_receipts_come_as_csv(folder: Path) -> None:
    study = keep(folder)
    lines = receipts._csv(receipts_of(study.features, study.clustering)).decode().splitlines()
    assert lines[0].startswith("segment,compared_with,numbers")
    assert len(lines) == 3 + 2 * study.clustering.n_segments


@pytest.mark.parametrize(("k", "parents"), [(2, 1), (5, 2), (40, 10)])
def test_the_tree_has_every_segment_in_its_branch(k: int, parents: int, folder: Path) -> None:
    clustering = many(keep(folder), k, parents)
    study = keep(folder, clustering=clustering, personas=None)
    app = drawn("tree", folder)
    table = app.dataframe[0].value
    assert len(table) == k
    assert table["Customers"].sum() == len(study.customers)
    assert table.groupby("Branch")["Share of its branch"].sum().to_numpy() == pytest.approx(1.0)
    assert sorted(set(table["Branch"].str.extract(r"Branch (\d+)")[0].astype(int))) == list(range(1, parents + 1))


def test_segments_without_branches_draw_no_tree(folder: Path) -> None:
    assert not drawn("tree", folder).dataframe


def test_what_was_learned_is_said_before_and_after(folder: Path) -> None:
    before = {"auc": 0.6, "recall_10": 0.2, "alignment": 1.2, "uniformity": -2.0}
    after = {"auc": 0.9, "recall_10": 0.7, "alignment": 0.4, "uniformity": -1.5}
    step = Step("head", {"positives": "same label", "column": "*city*"})
    learned = Contrast(np.ones((3, 2), np.float32), before, after, 800, 200, step, say("On 200 pairs, better."))
    keep(folder, contrast=learned)
    app = drawn("contrast", folder)
    table = app.dataframe[0].value
    assert table["Before"].to_list() == list(before.values())
    assert table["After"].to_list() == list(after.values())
    assert table["What it says"].str.len().min() > 20
    captions = " ".join(caption.value for caption in app.caption)
    assert "800 pairs" in captions and "\\*city\\*" in captions
    assert [metric.value for metric in app.metric] == ["0.90", "0.70"]


def test_a_study_that_learned_nothing_draws_nothing(folder: Path) -> None:
    assert not drawn("contrast", folder).main.children


def test_names_stay_text_and_narrow_parts_have_no_figure() -> None:
    figure = fusioncharts.stacked(["<b>x</b>"], [("●", "#123456")], [[0.96, 0.04]], ["Numbers", "%{x}"], LOOK)
    (note,) = figure.layout.annotations
    assert note.text == '<span style="color:#123456;font-size:15px">●</span> &lt;b&gt;x&lt;/b&gt;'
    assert [list(trace.text) for trace in figure.data] == [["96%"], [""]]
    assert figure.data[1].name == "% {x}"


@pytest.mark.parametrize("n", [1, 2, 5, 8, 9, 12])
def test_blocks_look_different_from_each_other(n: int) -> None:
    assert len({fusioncharts.block_colour(number, n, LOOK) for number in range(n)}) == n


def test_words_on_a_colour_can_be_read() -> None:
    assert fusioncharts._legible("#EC9C0A") == "#000000"
    assert fusioncharts._legible("#5132C6") == "#ffffff"


def test_a_branch_is_named_by_where_it_leans(small_study: Study) -> None:
    spend = small_study.customers.frame["total_spend"].to_numpy()
    found = leaning(small_study.features, (spend > np.nanmedian(spend)).astype(np.int64), most=1)
    assert found == ((("total_spend", False),), (("total_spend", True),))

"""The Ladder and Dendrogram tabs: built on demand, cut branch by branch, and used by a run whose plan says so."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import branches, jobs, treecharts
from pages._shared.charts import Look
from segment_core.artifacts import Step
from segment_core.choices import options_from_json
from segment_core.clustering import ALGORITHMS, cutting
from segment_core.clustering.persistence import climb
from segment_core.laddering import led
from segment_core.plan import Plan
from segment_core.store import Workspace, default_folder
from segment_core.study import Study

LOOK = Look(("#111111", "#222222", "#333333"), ("#444444",), "#ffffff", "#000000")


def kept() -> tuple[Workspace, str, Study]:
    workspace = Workspace(default_folder())
    id_ = workspace.studies()[0].id
    return workspace, id_, workspace.load_study(Study, id_)


def keep(**parts: object) -> Study:
    workspace, id_, study = kept()
    study = study.having(**{name: getattr(study, name) for name in ("scorecard", "evidence", "personas")} | parts)
    workspace.save_study(id_, study, summary=dict(workspace.study(id_).summary))
    return study


def with_ladder() -> Study:
    _, _, study = kept()
    return keep(ladder=led(climb(study.features, n_draws=2), study.features))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict]]:
    """Note the jobs that are started instead of starting them."""
    found: list[tuple[str, dict]] = []
    monkeypatch.setattr(jobs, "start", lambda task, args: found.append((task, dict(args))))
    return found


def said(app: AppTest) -> str:
    return " ".join(element.value for element in (*app.markdown, *app.caption)).replace("\\", "")


def test_without_a_ladder_one_is_offered_in_both_tabs(full: Callable[..., AppTest], started: list) -> None:
    app = full("segments", part="many")
    assert not app.exception
    assert {"Ladder", "Dendrogram"} <= {tab.label for tab in app.tabs}
    app.button(key="ladder_build.Build the ladder").click().run()
    app.button(key="ladder_build.Build the tree").click().run()
    assert [task for task, _ in started] == [branches.BUILD, branches.BUILD]
    assert started[0][1] == {"study": kept()[1], "seed": 0}


def test_branches_are_opened_and_kept_whole_and_the_cut_is_used(full: Callable[..., AppTest], started: list) -> None:
    app = full()
    study = with_ladder()
    tree = study.ladder.tree
    app = full("segments", part="many")
    assert not app.exception
    app.select_slider(key="ladder_level").set_value(3).run()
    assert "3 segments" in said(app)
    cut = cutting.into(tree, 3)
    first, name = cut[0], cutting.name(tree, cut[0])
    app.button(key=f"ladder_open.{name}").click().run()
    cut = cutting.opened(tree, cut, first)
    assert all(cutting.name(tree, node) in said(app) for node in cut)
    assert "together all 400 customers" in said(app)
    app.button(key="ladder_use").click().run()
    assert not app.exception
    task, args = started[-1]
    plan = Plan.from_json(args["plan"])
    assert task == jobs.RUN_STUDY
    assert plan.clustering == Step("ladder", {"seed": 0, "cut": cutting.written(tree, cut)})
    assert app.selectbox(key="algorithm").value == "ladder"
    assert app.text_input(key="algorithm.ladder.cut").value == cutting.written(tree, cut)
    made = ALGORITHMS["ladder"].run(
        study.features, options_from_json(ALGORITHMS["ladder"].options, plan.clustering.options)
    )
    assert sorted(segment.size for segment in made.segments) == sorted(tree.sizes[list(cut)].tolist())


def test_keeping_a_branch_whole_joins_its_parts(full: Callable[..., AppTest]) -> None:
    full()
    tree = with_ladder().ladder.tree
    app = full("segments", part="many")
    app.select_slider(key="ladder_level").set_value(4).run()
    cut = cutting.into(tree, 4)
    deep = next(node for node in cut if tree.parents[node] > 0)
    app.button(key=f"ladder_close.{cutting.name(tree, deep)}").click().run()
    assert cutting.written(tree, cutting.closed(tree, cut, deep)) in str(app.session_state[branches.CUTS])
    top = next(node for node in cutting.into(tree, 2) if node in cut)
    assert app.button(key=f"ladder_close.{cutting.name(tree, top)}").disabled


def test_the_dendrogram_of_a_tree_is_cut_by_its_slider(full: Callable[..., AppTest], started: list) -> None:
    full()
    _, _, study = kept()
    made = ALGORITHMS["hierarchical"].run(study.features)
    keep(clustering=made)
    app = full("segments", part="many")
    assert not app.exception
    assert app.button(key="dendrogram_use").disabled  # these are the segments now
    assert "6 segments" in said(app)
    ends = sorted((float(made.tree.ends[node]) for node in cutting.splits(made.tree)), reverse=True)
    app.slider(key="dendrogram_height").set_value((ends[1] + ends[2]) / 2).run()
    assert "3 segments" in said(app)
    app.button(key="dendrogram_use").click().run()
    plan = Plan.from_json(started[-1][1]["plan"])
    assert plan.clustering.name == "hierarchical"
    assert plan.clustering.options["cut"] == cutting.written(made.tree, cutting.into(made.tree, 3))


def test_a_tree_keeps_the_colours_of_the_segments_it_became(small_study: Study) -> None:
    made = ALGORITHMS["ladder"].run(small_study.features)
    study = small_study.having(clustering=made)
    ladder = climb(small_study.features, n_draws=1)
    shown = branches.of(study, ladder.tree, ladder.made_by)
    assert len(shown.became) == made.n_segments
    for node, segment in shown.became.items():
        assert shown.numbers[node] == segment
        assert ladder.tree.sizes[node] == made.segments[segment].size
    other = branches.of(small_study, ladder.tree, ladder.made_by)
    assert not other.became
    parts = cutting.parts_of(ladder.tree)
    assert all(other.numbers[node] == other.numbers[inside[0]] for node, inside in enumerate(parts) if inside)
    for k in range(2, 13):
        level = [other.numbers[node] for node in cutting.into(ladder.tree, k)]
        assert sorted(level) == list(range(k))  # no two branches of a level share a colour


def test_the_charts_draw_every_branch_and_print_nothing_as_markup(small_study: Study) -> None:
    tree = climb(small_study.features, n_draws=1).tree
    n = len(tree.parents)
    drawn = treecharts.Drawn(["<b>x</b>"] * n, ["<i>%{x}</i>"] * n, ["#123456"] * n, [0.5] * n)
    cut = cutting.into(tree, 4)
    figure = treecharts.ladder(tree, [str(k) for k in range(1, 13)], drawn, cut, LOOK)
    (sankey,) = figure.data
    assert len(sankey.node.x) == sum(range(1, 13))
    assert sum(sankey.link.value[:2]) == tree.sizes[0]
    assert sum(label.startswith("✓") for label in sankey.node.label) == 4
    assert not any("<" in text for text in (*sankey.node.label, *sankey.node.customdata))
    figure = treecharts.dendrogram(tree, drawn, cut, LOOK, height=1.0, axis="Distance")
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert len(lines) == 5  # four parts and what is above them
    assert len(figure.data[-1].x) == len(cutting.splits(tree))
    assert {note.text for note in figure.layout.annotations} == {"&lt;b&gt;x&lt;/b&gt;"}

"""Why here on the Explore page: one customer, the facts that decided, and a change that moves them."""

import dataclasses

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import state, view, why
from segment_core.artifacts import Segment
from segment_core.scoring import explain, fact_said, score, smallest_change
from segment_core.scoring.moving import applied
from segment_core.store import Workspace, default_folder
from segment_core.study import Study
from tests.pages.shown import show


@pytest.fixture
def study(full) -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def saved(study: Study) -> None:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    workspace.save_study(entry.id, study, summary=dict(entry.summary))


def said(app: AppTest) -> str:
    return " ".join(one.value for one in (*app.markdown, *app.caption, *app.info, *app.warning, *app.subheader))


def movable(study: Study, allowed: tuple[str, ...]) -> str:
    return next(
        customer
        for customer in study.customers.frame.index
        if smallest_change(study.scorer, study.customers, study.features, customer, allowed)
    )


def test_a_customer_is_explained_with_facts_a_neighbour_and_people_alike(full, study) -> None:
    app = full("explore", part="why")
    assert not app.exception
    text = said(app)
    assert "nearest other segment is" in text
    assert "facts that decided" in text
    assert "not about causes" in text
    assert "The scorer puts" in text
    assert app.selectbox(key=why.KEY).value == study.evidence.boundary["S1"][0]
    assert sum("review" in frame.value.columns for frame in app.dataframe) >= 2


def test_any_id_can_be_asked_for_and_a_stranger_is_told_so(full, study) -> None:
    app = full("explore", part="why")
    customer = study.customers.frame.index[17]
    app.selectbox(key=why.KEY).set_value(customer).run()
    assert not app.exception
    assert any(customer in one.value for one in app.subheader)
    entry = Workspace(default_folder()).studies()[0]
    app = full("explore")
    app.session_state[view.EXPLAINED] = (entry.id, "*nobody*", ())
    app.session_state["explore_part"] = "why"
    app.run()
    assert not app.exception
    assert "There is no customer" in app.warning[0].value


def test_what_is_proposed_on_the_page_moves_the_customer(full, study) -> None:
    app = full("explore", part="why")
    allowed = tuple(app.multiselect(key="why_mutable").value)
    assert allowed and "age" not in allowed
    customer = movable(study, allowed)
    app.selectbox(key=why.KEY).set_value(customer).run()
    change = smallest_change(study.scorer, study.customers, study.features, customer, allowed)
    assert all(step.column.replace("_", "\\_") in said(app) for step in change.steps)
    row = study.customers.frame.index.get_loc(customer)
    found = score(study.scorer, applied(study.customers.frame.iloc[[row]], change), study.features.matrix[[row]])
    assert found.labels[0] == change.target


def test_which_columns_may_change_is_kept_with_the_study(full, study) -> None:
    app = full("explore", part="why")
    before = app.multiselect(key="why_mutable").value
    app.multiselect(key="why_mutable").set_value(["age"]).run()
    assert not app.exception
    workspace = Workspace(default_folder())
    kept = workspace.load_study(Study, workspace.studies()[0].id).plan.mutable
    assert kept == {"age": True, **dict.fromkeys(before, False)}
    assert app.session_state[state.PLAN].mutable == kept
    app.multiselect(key="why_mutable").set_value([]).run()
    assert "No column may change" in said(app)
    app.multiselect(key="why_mutable").set_value(before).run()
    assert workspace.load_study(Study, workspace.studies()[0].id).plan.mutable == {}


def test_one_click_goes_to_typical_ones_and_to_the_border(full, study) -> None:
    app = full("explore", part="why")
    app.button(key="why_typical").click().run()
    assert app.selectbox(key=why.KEY).value == study.evidence.typical["S1"][0]
    app.button(key="why_typical").click().run()
    assert app.selectbox(key=why.KEY).value == study.evidence.typical["S1"][1]
    app.button(key="why_border").click().run()
    assert app.selectbox(key=why.KEY).value == study.evidence.boundary["S1"][0]


def test_a_new_selection_brings_its_first_customer_and_the_customer_is_shown_on_the_map(full, study) -> None:
    app = full("explore", part="why")
    ids = tuple(study.customers.frame.index[[30, 31]])
    app.session_state[state.SELECTION] = ids
    app.run()
    assert app.selectbox(key=why.KEY).value == ids[0]
    app.button(key="why_selected").click().run()
    assert app.selectbox(key=why.KEY).value == ids[1]
    app.button(key="why_to_map").click().run()
    assert not app.exception
    assert app.session_state[state.SELECTION] == (ids[1],)
    assert app.selectbox(key=why.KEY).value == ids[1]


def test_a_chosen_target_is_named(full, study) -> None:
    app = full("explore", part="why")
    box = next(box for box in app.selectbox if box.key.startswith("why_target"))
    assert box.options[0] == "Any other segment"
    assert len(box.options) == study.clustering.n_segments
    box.select_index(2).run()
    assert not app.exception


def test_an_older_study_without_a_scorer_gets_one(full, study) -> None:
    saved(dataclasses.replace(study, scorer=None))
    app = full("explore", part="why")
    assert not app.exception
    assert "The scorer puts" in said(app)


def test_a_scorer_that_disagrees_says_so(full, study) -> None:
    customer = study.customers.frame.index[5]
    labels = study.clustering.labels.copy()
    labels[5] = (labels[5] + 1) % 4
    saved(dataclasses.replace(study, clustering=dataclasses.replace(study.clustering, labels=labels)))
    app = full("explore", part="why")
    app.selectbox(key=why.KEY).set_value(customer).run()
    assert not app.exception
    assert "What follows explains the scorer" in said(app)


def test_one_segment_leaves_nowhere_to_go(full, study) -> None:
    n = len(study.customers)
    clustering = dataclasses.replace(
        study.clustering,
        labels=np.zeros(n, dtype=np.int64),
        strengths=np.ones(n, np.float32),
        segments=(Segment("S1", n),),
        memberships=None,
    )
    saved(study.having(clustering=clustering))
    app = full("explore", part="why")
    assert not app.exception
    assert "There is only one segment" in said(app)


def test_soft_memberships_are_shown_where_there_are_any(full, study) -> None:
    n, k = len(study.customers), study.clustering.n_segments
    soft = np.full((n, k), 0.1 / (k - 1), np.float32)
    soft[np.arange(n), study.clustering.labels] = 0.9
    saved(dataclasses.replace(study, clustering=dataclasses.replace(study.clustering, memberships=soft)))
    app = full("explore", part="why")
    assert not app.exception
    assert "Belongs to" in said(app) and "90%" in said(app)


def test_it_speaks_chinese(full, study) -> None:
    app = show(lambda study: why.draw(study, study.clustering), study, "zh-CN")
    assert not app.exception
    assert app.selectbox(key=why.KEY).value == study.evidence.boundary["S1"][0]


def test_who_wrote_nothing_is_not_said_to_have_written(study) -> None:
    share = next(share for share in study.features.blocks if share.name == "text")
    matrix = study.features.matrix.copy()
    matrix[:20, share.start : share.stop] = 0.0  # as of those who wrote nothing
    features = dataclasses.replace(study.features, matrix=matrix)
    said = []
    for customer in study.customers.frame.index[:20]:
        found = explain(study.scorer, study.customers, features, study.clustering, customer, n=99)
        facts = [*found.facts, *([found.against] if found.against else [])]
        said += [fact_said(fact, "A", "B").template for fact in facts if fact.name == "text"]
    assert said and all("wrote nothing" in one for one in said)


def test_what_may_change_is_that_of_the_study_whatever_was_drawn_before(full, study) -> None:
    app = full("explore", part="why")
    assert "age" not in app.multiselect(key="why_mutable").value
    saved(dataclasses.replace(study, plan=study.plan.having(mutable={"age": True})))
    app.run()
    assert "age" in app.multiselect(key="why_mutable").value

"""The Improve page: what was said stands on top, questions are answered by buttons, and receipts are decided on."""

from dataclasses import replace

from pages._shared.loop import goal
from pages._shared.paircards import facts, texts
from segment_core.artifacts import Compared, Move, PairAnswer, Receipt, silent
from segment_core.improving import pairs
from segment_core.improving.recording import taken_back
from segment_core.store import Workspace, default_folder
from segment_core.study import Study


def kept() -> tuple[Workspace, str, Study]:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    return workspace, entry.id, workspace.load_study(Study, entry.id)


def pressed(app, key: str):
    app = next(button for button in app.button if button.key == key).click().run()
    assert not app.exception
    return app


def said(app) -> str:
    return " ".join(block.value for block in (*app.markdown, *app.caption, *app.success, *app.warning))


def test_without_segments_there_is_a_way_back(empty) -> None:
    app = empty("improve")
    assert not app.exception
    assert [button.key for button in app.button if button.key == "empty_action"]


def test_questions_are_answered_and_taken_back_and_a_receipt_is_decided(full, started) -> None:
    app = full("improve")
    assert not app.exception
    assert "Answers: 0" in said(app) and "Receipts: none yet" in said(app)
    workspace, key, _ = kept()
    pressed(app, "pairs_start")
    assert [task for task, _ in started] == ["segment_core.improving.pairs:prepare"]
    pairs.prepare({"workspace": str(workspace.folder), "study": key}, {}, silent)

    app = full("improve")
    for button in ("pair_1", "pair_2", "pair_3"):
        app = pressed(app, button)
    study = kept()[2]
    assert [answer.same for answer in study.answers] == [True, False, None]
    assert len({frozenset((answer.one, answer.other)) for answer in study.answers}) == 3
    assert "Answers: 2" in said(app) and "Questions waiting: 18" in said(app)
    app = pressed(pressed(app, "pairs_undo"), "pairs_undo")
    assert [answer.same for answer in kept()[2].answers] == [True]
    assert next(button for button in app.button if button.key == "pairs_learn").disabled

    ids = study.customers.frame.index[study.clustering.ids == "S1"].astype(str)
    moves = (Move("S1", "N1", tuple(ids[:9])), Move("S1", "S2", tuple(ids[9:12])))
    scores = tuple(Compared(name, "features", 0.2, 0.3, "higher") for name in ("silhouette", "reappearance_core"))
    made = Receipt("2026-01-01T00:00:00+00:00", study.run, 30, 10, "keep", 0.5, 0.9, 12, 0, 0.001, 0.01, moves, scores)
    receipts = (replace(made, judgement="refuse"), made)
    workspace.save_study(key, study.having(receipts=receipts), summary=workspace.study(key).summary)
    app = full("improve")
    assert not app.exception
    assert "30 answers, 10 of them by a language model" in said(app)
    table = next(one.value for one in app.dataframe if "From" in one.value.columns)
    assert table["Customers"].tolist() == [9, 3] and table["To"].tolist()[0] == "New segment 1"
    told = next(one.value for one in app.dataframe if "Score" in one.value.columns)
    assert told["Score"].tolist() == ["Silhouette"]
    app = pressed(app, "receipt_discard")
    assert [receipt.decided for receipt in kept()[2].receipts] == ["", "discarded"]
    assert "Receipts kept: 0, discarded: 1" in said(app)

    workspace.save_study(key, study.having(receipts=receipts), summary=workspace.study(key).summary)
    pressed(full("improve"), "receipt_keep")
    after = kept()[2]
    assert [edit.what for edit in after.edits] == ["split", "move"] and after.receipts[-1].decided == "kept"
    assert started[-1] == ("segment_core.improving.applying:apply", {"workspace": str(workspace.folder), "study": key})
    app = full("improve")
    assert "(2 not applied yet)" in said(app) and "(customers moved: 12)" in said(app)
    workspace.save_study(key, taken_back(taken_back(after)), summary=workspace.study(key).summary)
    app = full("improve")
    assert "taken back since" in said(app) and "customers moved" not in said(app)


def test_cards_tell_first_what_sets_two_customers_apart_and_no_sensitive_column(small_study: Study) -> None:
    one, other = small_study.customers.frame.index[:2]
    found = facts(small_study, one, other)
    apart = [fact.apart for fact in found]
    assert apart == sorted(apart, reverse=True) and apart[0] > 0
    assert all(fact.apart == 0 for fact in found if fact.one == fact.other)
    hidden = replace(small_study, plan=replace(small_study.plan, sensitive={found[0].name: True}))
    assert found[0].name not in [fact.name for fact in facts(hidden, one, other)]
    (column,) = small_study.customers.named("text")
    writer = next(id_ for id_ in small_study.customers.frame.index if texts(small_study, id_))
    secret = replace(small_study, plan=replace(small_study.plan, sensitive={column: True}))
    assert texts(secret, writer) == []


def test_twenty_answers_are_asked_for_and_twenty_more_beyond() -> None:
    assert [goal(n) for n in (0, 19, 20, 21, 40)] == [20, 20, 20, 40, 40]


def test_what_a_model_said_is_not_counted_as_the_analysts(small_study: Study) -> None:
    one, other, third = small_study.customers.frame.index[:3].astype(str)
    told = replace(
        small_study,
        answers=(
            PairAnswer(one, other, True, "", "Ada"),
            PairAnswer(one, other, False, "", "model:m"),
            PairAnswer(one, third, False, "", "model:m"),
        ),
    )
    assert len(pairs.answered(told, by_model=False)) == 1
    assert [answer.same for answer in pairs.answered(told)] == [True, False]
    assert [answer.one for answer in pairs.unsaid(told).answers] == [one]
    assert pairs.answered(pairs.unsaid(told), by_model=False) == []

"""Quality on the Data page: findings, worst first; one click mends, one takes it back, and the plan knows."""

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import cached, quality
from pages._shared.state import PLAN
from segment_core.errors import DataError
from segment_core.intake.quality import Finding, Remedy
from segment_core.messages import say
from segment_core.plan import Plan

ROWS = [f"C{n};{n % 40 + 20};{'Rome' if n % 3 else 'Milan'};{n * 7 % 50},5" for n in range(1, 121)]
CLEAN = "customer_id;age;city;spend\n" + "\n".join(ROWS) + "\n"
DIRTY = CLEAN + "C200;999;ROME;3,5\nC201;30;*Milan*;3,5\nC202;31;ROME ;4,5\n"
CITY = Remedy("merge-spellings", ("city",))


def opened(empty, data: str, locale: str = "en-GB") -> AppTest:
    app = empty(locale=locale)
    app.file_uploader[0].upload("shop.csv", data.encode()).run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(element.value for element in [*app.markdown, *app.caption]).replace("\\", "")


def keys(app: AppTest, start: str) -> list[str]:
    return [button.key for button in app.button if str(button.key).startswith(start)]


def test_clean_customers_get_one_quiet_line(empty) -> None:
    app = opened(empty, CLEAN)
    assert "Nothing to mend was found." in said(app)
    assert not keys(app, "mend.")


def test_findings_are_shown_worst_first_with_their_remedy(empty) -> None:
    app = opened(empty, DIRTY)
    assert keys(app, "mend.") == ["mend.stand-ins.age", "mend.spellings.city"]
    assert "age: numbers that seem to stand for unknown (999): 1." in said(app)
    assert "ROME → Rome" in said(app)
    assert app.button(key="mend.spellings.city").help == "Rewrites city of 2 customers as the most frequent spelling\\."
    assert not keys(app, "undo")


def test_a_click_lands_in_the_plan_and_the_finding_goes_and_comes_back(empty) -> None:
    app = opened(empty, DIRTY)
    app.button(key="mend.spellings.city").click().run()
    assert not app.exception
    assert app.session_state[PLAN].remedies == (CITY,)
    assert keys(app, "mend.") == ["mend.stand-ins.age"]
    assert "cells rewritten as the most frequent spelling: 2." in said(app)
    (undo,) = keys(app, "undo")
    app.button(key=undo).click().run()
    assert app.session_state[PLAN].remedies == ()
    assert keys(app, "mend.") == ["mend.stand-ins.age", "mend.spellings.city"]
    assert not keys(app, "undo")


def test_all_are_undone_at_once(empty) -> None:
    app = opened(empty, DIRTY)
    for key in ("mend.spellings.city", "mend.stand-ins.age"):
        app.button(key=key).click().run()
    assert len(app.session_state[PLAN].remedies) == 2
    assert "Nothing more to mend was found." in said(app)
    app.button(key="undo_all").click().run()
    assert app.session_state[PLAN].remedies == ()


def test_a_remedy_whose_column_is_gone_is_told_and_can_be_undone(empty) -> None:
    app = opened(empty, DIRTY)
    app.session_state[PLAN] = Plan(remedies=(Remedy("clear-far-values", ("gone",)),))
    app.run()
    assert "its columns are gone: gone" in said(app)
    app.button(key="undo.0.clear-far-values").click().run()
    assert "columns are gone" not in said(app)


def test_remedies_that_leave_nobody_can_be_undone(empty, monkeypatch: pytest.MonkeyPatch) -> None:
    gather = cached.customers

    def customers(*source: object) -> object:
        if source[-1].remedies:
            raise DataError("After the remedies no customer is left. Take one of them back.")
        return gather(*source)

    app = opened(empty, DIRTY)
    app.button(key="mend.spellings.city").click()
    monkeypatch.setattr(cached, "customers", customers)
    app.run()
    assert "no customer is left" in app.error[0].value
    app.button(key="undo.0.merge-spellings").click().run()
    assert not app.error
    assert app.session_state[PLAN].remedies == ()


def test_many_findings_hide_behind_a_line(empty, monkeypatch: pytest.MonkeyPatch) -> None:
    found = tuple(
        Finding(f"made-up-{number}", 1 - number / 10, say("Finding *{n}*.", n=number), 1) for number in range(6)
    )
    monkeypatch.setattr(cached, "findings", lambda *_, **__: found)
    app = opened(empty, CLEAN)
    assert "More findings: 2" in [expander.label for expander in app.expander]
    assert ":red[:material/error:] Finding \\*0\\*\\." in [element.value for element in app.markdown]


def test_each_severity_has_a_shape_of_its_own() -> None:
    assert len({quality._icon(severity).split("/")[1] for severity in (0.9, 0.3, 0.1)}) == 3


def test_it_speaks_chinese(empty) -> None:
    app = opened(empty, DIRTY, "zh-CN")
    assert "数据质量" in [element.value for element in app.subheader]
    assert app.button(key="mend.spellings.city").label == "统一写法"

"""Personal data on the Data page: what was masked, whose names, who may be contacted; and one switch."""

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared.privacy import kind
from pages._shared.state import PLAN
from segment_core.artifacts import Step
from segment_core.plan import Plan
from segment_core.privacy import KINDS

TEXTS = (
    "the parcel for Tibor Brandstetter came late and nobody told me",
    "please write to *me* at a.b@example.org when it is here again",
    "a nice colour but much smaller than it looked in the picture",
    "the kettle leaks and I would like to have my money back please",
)
NAMES = ("Tibor Brandstetter", "Ilse Vandermolen", "Agnes Wolkenstein")
ROWS = [
    f"C{n};{NAMES[n % 3]};{n * 7 % 50},5;{'yes' if n % 4 else 'no'};{n} times: {TEXTS[n % 4]}" for n in range(1, 81)
]
SHOP = "customer_id;full_name;spend;email_consent;comment\n" + "\n".join(ROWS) + "\n"
PLAIN = "customer_id;city;spend\n" + "".join(f"C{n};{('Rome', 'Bonn')[n % 2]};{n}\n" for n in range(60))


def opened(empty, data: str = SHOP, locale: str = "en-GB") -> AppTest:
    app = empty(locale=locale)
    app.file_uploader[0].upload("shop.csv", data.encode()).run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(element.value for element in [*app.markdown, *app.caption]).replace("\\", "")


def headings(app: AppTest) -> list[str]:
    return [element.value for element in app.subheader]


def examples(app: AppTest):
    return [table.value for table in app.dataframe if "Before" in table.value]


def test_what_was_masked_is_counted_and_shown_before_and_after(empty) -> None:
    app = opened(empty)
    assert "Personal data" in headings(app)
    assert "Masked: 40" in said(app)
    assert "E-mail address: 20 · Person's name: 20" in said(app)
    assert "Best effort" in said(app)
    (shown,) = examples(app)
    row = shown[shown["Kind"] == "Person's name"].iloc[0]
    assert "Tibor Brandstetter" in row["Before"]
    assert "[NAME 1]" in row["After"] and "Tibor" not in row["After"]


def test_texts_of_others_stand_in_a_table_and_never_in_markdown(empty) -> None:
    app = opened(empty)
    assert any("*me*" in text for text in examples(app)[0]["Before"])
    assert not any("*me*" in element.value for element in [*app.markdown, *app.caption])
    assert not app.get("html")


def test_the_switch_is_the_plans(empty) -> None:
    app = opened(empty)
    assert app.toggle(key="mask_texts").value is True
    app.toggle(key="mask_texts").set_value(False).run()
    assert not app.exception
    assert app.session_state[PLAN].mask is False
    assert not examples(app)
    assert "Texts stay as they were written" in said(app)
    app.session_state[PLAN] = Plan()
    app.run()
    assert app.toggle(key="mask_texts").value is True
    assert examples(app)


def test_columns_of_names_are_listed_and_one_learns_how_to_mark_another(empty) -> None:
    app = opened(empty)
    assert "People in these columns are masked in all texts: full_name" in said(app)
    app.session_state[PLAN] = Plan(roles={"full_name": "category"})
    app.run()
    assert "No column is marked as names of people, so none are masked." in said(app)
    assert "give their column the role “Person's name”" in said(app)
    assert "Person's name: 20" not in said(app)


def test_who_may_be_contacted_is_counted(empty) -> None:
    app = opened(empty)
    assert "Who may be contacted is told by: email_consent" in said(app)
    assert "May be contacted: 60 of 80. 20 customers withheld: no consent." in said(app)


def test_customers_without_texts_and_consent_have_no_such_part(empty) -> None:
    app = opened(empty, PLAIN)
    assert "Personal data" not in headings(app)
    assert not [toggle for toggle in app.toggle if toggle.key == "mask_texts"]


def test_consent_is_told_where_nobody_wrote(empty) -> None:
    rows = "".join(f"C{n};{n};{('Rome', 'Bonn')[n % 2]};{'yes' if n % 2 else ''}\n" for n in range(60))
    app = opened(empty, "customer_id;spend;city;newsletter_consent\n" + rows)
    assert "May be contacted: 30 of 60." in said(app)
    assert not [toggle for toggle in app.toggle if toggle.key == "mask_texts"]


def test_the_choice_goes_along_with_the_run(empty, started) -> None:
    app = opened(empty)
    app.toggle(key="mask_texts").set_value(False).run()
    app.button(key="find_segments").click().run()
    assert Plan.from_json(started[0][1]["plan"]).mask is False
    assert Plan.from_json(started[0][1]["plan"]).clustering == Step("auto")


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_has_a_name(code: str) -> None:
    assert kind(code) != code


def test_it_speaks_chinese(empty) -> None:
    app = opened(empty, locale="zh-CN")
    assert "个人信息" in headings(app)

"""Words: complete catalogues, values that are never parsed, and text that stays text."""

import pytest
from babel.messages.catalog import Message as Entry
from streamlit.testing.v1 import AppTest

from pages._shared.words import LOCALE, catalogue, plain
from tests import catalogues


@pytest.fixture(scope="module")
def texts() -> set[str]:
    found, loose = catalogues.gathered()
    assert not loose, f"these texts must stand in place as literals: {loose}"
    return set(found)


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_catalogue_is_complete(language: str, texts: set[str]) -> None:
    entries: dict[str, Entry] = {entry.id: entry for entry in catalogues.read(language) if entry.id}
    update = "; run `python -m tests.catalogues` and translate what is new"
    assert not texts - set(entries), f"missing in {language}{update}"
    assert not set(entries) - texts, f"stale in {language}{update}"
    assert not [text for text, entry in entries.items() if not entry.string], f"untranslated in {language}"
    assert not [text for text, entry in entries.items() if entry.fuzzy], f"fuzzy in {language}"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_translations_take_the_same_values(language: str) -> None:
    entries = [entry for entry in catalogues.read(language) if entry.id]
    different = [
        entry.id for entry in entries if catalogues.placeholders(entry.id) != catalogues.placeholders(entry.string)
    ]
    assert not different


def test_every_catalogue_has_a_language() -> None:
    assert {path.stem for path in LOCALE.glob("*.po")} == set(catalogues.LANGUAGES)
    assert catalogue("zh").gettext("Settings") == "设置"


def test_values_are_inserted_and_never_parsed() -> None:
    def script() -> None:
        import streamlit as st

        from pages._shared.words import t, tell
        from segment_core.messages import say

        st.text(t("Sheet: {name}", name="{0} %s {name}"))
        st.text(tell(say("Sheet: {name}", name="{oops")))

    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception
    assert [text.value for text in app.text] == ["Sheet: {0} %s {name}", "Sheet: {oops"]


@pytest.mark.parametrize("locale, said", [("zh-CN", "设置"), ("en-US", "Settings"), ("fr-FR", "Settings")])
def test_the_browser_decides_at_first(locale: str, said: str, empty) -> None:
    app = empty("settings", locale=locale)
    assert app.title[0].value == said


@pytest.mark.parametrize("mark", list("*_`#[]()<>$~|\\!"))
def test_plain_escapes_what_markdown_would_take(mark: str) -> None:
    assert plain(f"a{mark}b") == f"a\\{mark}b"


@pytest.mark.parametrize(
    "text",
    [":smile:", "a@b.example", "http://a.example/?q=1&r=*2*", "www.a.example", "1http://a.example"],
)
def test_what_would_come_alive_stands_as_code_and_copies_as_it_is(text: str) -> None:
    assert plain(f"{text} *") == f"`{text}` \\*"


def test_plain_puts_nothing_unseen_into_a_server_a_time_or_a_link_in_chinese() -> None:
    assert plain("127.0.0.1:8080") == r"127\.0\.0\.1\:8080" and plain("12:30:45") == r"12\:30\:45"
    assert plain("请看https://x.cn/a。谢谢") == "请看`https://x.cn/a`。谢谢"
    assert plain(":a::b:") == "`:a::b:`" and plain("`http://a`") == r"\``http://a`\`"
    assert plain(":material/home:") == r"\:material\/home\:" and plain("put https://.") == r"put https\:\/\/\."
    assert plain("at www.a.example.") == r"at `www.a.example`\." and plain("(a@b.cn).") == r"\(`a@b.cn`\)\."
    assert plain(":red[x]") == r"\:red\[x\]" and plain("http://[x]") == r"http\:\/\/\[x\]"


def test_arrows_that_stand_alone_are_code() -> None:
    assert plain("a -> b <- c") == "a `->` b `<-` c" and plain("<->") == "`<->`"
    assert plain("a->b <<x>>") == r"a\-\>b \<\<x\>\>"


def test_plain_keeps_one_line() -> None:
    assert plain("a\n\n# b\r\nc") == "a \\# b c"

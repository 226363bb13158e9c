"""Departing: what is about to leave for a language model, shown before it does, and the yes that it waits for."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from pages._shared import agreed, preferences, privacy, state
from pages._shared.words import plain, t, tell
from segment_core.errors import SegmentError
from segment_core.llm import ModelAccess, Outbound, digest_of, masks_in, parts_of
from segment_core.llm.costs import place, price, tokens_in, tokens_out
from segment_core.llm.ledger import OUTBOUND

Letters = Sequence[Outbound | str]
LONGEST_SHOWN = 60_000
"""Characters up to which masks are highlighted; what is longer is shown plain and whole."""
TALL = 320


@dataclass(frozen=True, slots=True)
class Sums:
    """What would be sent in all: calls, characters, and about how many tokens there and back."""

    n_calls: int
    n_characters: int
    sent: int
    answered: int


def may_go(
    letters: Callable[[], Letters],
    access: ModelAccess,
    *,
    key: str,
    of: str | None = None,
    n_calls: int | None = None,
    n_characters: int | None = None,
    withheld: Callable[[], int] = lambda: 0,
    answers: int | None = None,
) -> bool:
    """Show what would be sent to a model, and tell whether it may be sent; `letters` composes it.

    `key` names the place on the page, `of` the study (the open one). Where `letters` are only the first of those to
    come, `n_calls` is how many there will be at most, or `n_characters` how much. `withheld` counts texts that read
    like commands; `answers` are the tokens of one answer. Nothing is sent here. The first time for a study and a host
    somebody has to agree; a server on this machine needs no agreement.
    """
    if not may_ask(access.url, access.model):
        return False
    try:
        with st.spinner(t("Composing what would be sent…")):
            found = letters()
    except SegmentError as error:
        st.caption(plain(tell(error.message)))
        return False
    if not any(map(str, found)):
        st.caption(t("Nothing: there are no texts among the features."))
        return True
    said = agreed.about() if of is None else of
    free = agreed.given(access, said)
    sums = _sums(found, n_calls, n_characters, answers)
    with st.container(border=True, gap="small", key=f"departing.{key}"):
        _told(sums, access)
        _cost(sums, access, key)
        _masked(found, withheld())
        with st.expander(
            t("Exactly what will be sent"), icon=":material/visibility:", expanded=not free, key=f"letters.{key}"
        ):
            partly = len(found) < sums.n_calls or n_characters is not None
            _shown(found, key, partly=partly)
            if st.button(
                t("Read it in a wide window"), icon=":material/open_in_full:", type="tertiary", key=f"wide.{key}"
            ):
                st.dialog(t("Exactly what will be sent"), width="large")(_shown)(found, f"{key}.wide", partly=partly)
        if not free:
            st.button(
                t("I have seen what leaves; it may go to {host}", host=plain(access.host)),
                icon=":material/check:",
                key=f"agree.{key}",
                on_click=agreed.give,
                args=(access, said),
            )
            st.caption(t("Asked once for each study and server. It can be taken back in the settings."))
    return free


def may_ask(url: str, model: str) -> bool:
    """Tell whether a model may be asked, and say why not."""
    if not (url and model):
        st.caption(t("Give the address and the name of a model; settings keeps them and can try the connection."))
        return False
    try:
        access = ModelAccess(url, model, preferences.llm_key()).checked()
    except SegmentError as error:
        st.error(plain(tell(error.message)))
        return False
    if not access.stays_here and not state.workspace().setting(OUTBOUND, True):
        st.warning(
            t(
                "Nothing may leave this machine at the moment, and {host} is elsewhere. "
                "Allow it in the settings, or use a model on this machine.",
                host=plain(access.host),
            )
        )
        return False
    return True


def _sums(letters: Letters, n_calls: int | None, n_characters: int | None, answers: int | None) -> Sums:
    texts = [str(letter) for letter in letters]
    n, length, sent = len(texts), sum(map(len, texts)), sum(map(tokens_in, texts))
    answered = sum(tokens_out(tokens_in(text)) if answers is None else answers for text in texts)
    share = max(1.0, (n_characters or 0) / length, (n_calls or 0) / n)
    calls = n_calls or max(n, round(n * share))
    return Sums(calls, round(length * share), round(sent * share), round(answered * share))


def _told(sums: Sums, access: ModelAccess) -> None:
    host = plain(access.host)
    if sums.n_calls == 1:
        said = t(
            "One call, to {host} and nowhere else. Texts are masked first; every call is entered in the list in the "
            "settings.",
            host=host,
        )
    else:
        said = t(
            "At most {n:,} different calls, all to {host} and nowhere else. Texts are masked first; every call is "
            "entered in the list in the settings.",
            n=sums.n_calls,
            host=host,
        )
    st.markdown(f":material/outbound: {said}")
    st.caption(t("Where a server fails or an answer breaks the rules, a call may be repeated; that comes on top."))


def _cost(sums: Sums, access: ModelAccess, key: str) -> None:
    size = t(
        "About {sent:,} tokens go out ({characters:,} characters), and about {answered:,} come back.",
        sent=sums.sent,
        characters=sums.n_characters,
        answered=sums.answered,
    )
    if access.stays_here:
        st.caption(f"{size} {t('This server is yours: no charge by token is known.')}")
        return
    own = agreed.price(access)
    cost = price(access, sums.sent, sums.answered, own)
    paid = t("The price is unknown.") if cost is None else t("About {price}.", price=plain(dollars(cost)))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"{size} **{paid}**", width="stretch")
        with st.popover(t("Price"), icon=":material/payments:", type="tertiary", key=f"price_of.{key}"):
            st.caption(
                t("US dollars for a million tokens, as your contract says. Empty: the known list price, if any.")
            )
            fields = {"sent": t("Sent"), "answered": t("Answered")}
            for name, label in fields.items():
                st.session_state.setdefault(f"price.{name}.{key}.{place(access)}", getattr(own, name, None))
                st.number_input(
                    label,
                    min_value=0.0,
                    value=None,
                    format="%.4g",
                    key=f"price.{name}.{key}.{place(access)}",
                    on_change=_set_price,
                    args=(access, key),
                )


def dollars(amount: float) -> str:
    """Say an amount of money: with cents from a dollar on, below with the digits that say something.

    Examples
    --------
    >>> dollars(12.3), dollars(0.0213), dollars(0.00004), dollars(0)
    ('$12.30', '$0.02', '<$0.001', '$0')
    """
    if not amount:
        return "$0"
    if amount < 0.001:
        return "<$0.001"
    return f"${amount:,.2f}" if amount >= 0.01 else f"${amount:.3f}"


def _set_price(access: ModelAccess, key: str) -> None:
    agreed.set_price(
        access, *(st.session_state.get(f"price.{name}.{key}.{place(access)}") for name in ("sent", "answered"))
    )


def _masked(letters: Letters, withheld: int) -> None:
    counts: dict[str, int] = {}
    for letter in letters:
        for code, n in masks_in(str(letter)).items():
            counts[code] = counts.get(code, 0) + n
    if counts:
        kinds = " · ".join(f"{plain(privacy.kind(code))}: {n:,}" for code, n in counts.items())
        st.caption(f":material/visibility_off: {t('Masked in what is shown: {n:,}', n=sum(counts.values()))} · {kinds}")
    else:
        st.caption(f":material/visibility_off: {t('Nothing had to be masked in what is shown.')}")
    if withheld:
        st.caption(f":material/block: {t('Texts that read like commands, which are kept back: {n:,}', n=withheld)}")


def _shown(letters: Letters, key: str, *, partly: bool) -> None:
    number = 1
    if len(letters) > 1:
        number = int(st.number_input(t("Call"), 1, len(letters), key=f"call.{key}"))
    text = str(letters[number - 1])
    if partly:
        st.caption(t("Calls as they are with what is known now; the others are like these."))
    marked, exact = st.tabs([t("Masks highlighted"), t("Letter by letter")])
    with marked, st.container(height=TALL, border=False):
        if len(text) > LONGEST_SHOWN:
            st.caption(t("This call is too long to be highlighted; it stands whole under the other tab."))
        else:
            st.markdown(highlighted(text))
    with exact:
        st.code(text, language=None, height=TALL, wrap_lines=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"SHA-256: {digest_of(text)}", width="stretch")
        st.download_button(
            t("Download text"),
            text.encode("utf-8", "replace"),
            f"call-{number}.txt",
            "text/plain",
            icon=":material/download:",
            key=f"download.{key}",
            on_click="ignore",
        )
    st.caption(
        t(
            "Once it was sent, the list in the settings shows this SHA-256 and not the text, which is kept nowhere. "
            "The form of the answer that is asked for goes along; it holds no data."
        )
    )


def highlighted(text: str) -> str:
    """Return what goes out as markdown, its lines as they are and every tag on a coloured ground; nothing in it acts.

    Examples
    --------
    >>> highlighted("Ask [NAME 3]") == "Ask :orange-background[" + plain("[NAME 3]") + "]"
    True
    """
    return "  \n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    pieces = []
    for piece, tag in parts_of(line[indent:]):
        if tag:
            pieces.append(f":orange-background[{plain(piece)}]")
        else:
            ends = re.fullmatch(r"(\s*)(.*?)(\s*)", piece, re.DOTALL)
            assert ends is not None
            before, inner, after = ends.groups()
            pieces.append(" " * bool(before) + plain(inner) + " " * bool(after and inner))
    return "\u00a0" * (2 * indent) + "".join(pieces)

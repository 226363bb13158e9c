"""Search: by words, by meaning and by filters; who was found, why, and what can be done with them."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages._shared import (
    asking,
    conditions,
    consent,
    figures,
    found,
    marking,
    saved,
    searchcharts,
    sending,
    state,
    view,
)
from pages._shared.evidence import plain_keeping_ends
from pages._shared.look import chip, look, names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Condition, Query
from segment_core.exporting import segments_csv, withheld
from segment_core.searching import Found, Quote
from segment_core.study import Study

FORM = "search"
WORDS, MEANING, STOP, SHOWN = "search_words", "search_meaning", "search_stop", "search_shown"
FIRST = 20
AROUND = 90
"""Letters of a text that are shown before its first mark; after it there is room for more."""
LONGEST = 320


def draw(study: Study) -> None:
    """Draw the search, what it found, and the searches that were saved."""
    _ask(study)
    asking.progress()
    said, query = asking.wrong(), asking.query()
    if said:
        st.caption(f":material/warning: {plain(said)}")
    elif query is not None:
        _answer(study, query)
    saved.draw(study)


def _ask(study: Study) -> None:
    """Ask for words, a meaning and filters; all that is not empty must be met."""
    texts = bool(study.customers.named("text"))
    boxes = st.container()
    complete, ready = conditions.ask(study, FORM)
    with boxes:
        left, right = st.columns(2)
        with left:
            st.text_input(
                t("Words"),
                placeholder=t("Words in any text, category or id; quotation marks keep words together"),
                icon=":material/search:",
                key=WORDS,
                persist_state="session",
                on_change=_search,
                args=(complete,),
            )
        with right:
            st.text_input(
                t("Meaning"),
                placeholder=t("complains about late delivery") if texts else t("Nobody wrote anything here"),
                help=t("Finds what is said in other words too, in the space in which this study reads its texts."),
                icon=":material/psychology:",
                disabled=not texts,
                key=MEANING,
                persist_state="session",
                on_change=_search,
                args=(complete,),
            )
    if texts:
        sending.tell_where()
    else:
        st.caption(
            t("No column holds texts, so there is no meaning to search by; words and filters work all the same.")
        )
    with st.container(horizontal=True, vertical_alignment="center", key="search_buttons"):
        st.button(
            t("Add filter"),
            icon=":material/filter_alt:",
            type="tertiary",
            key="search_add",
            on_click=view.add_row,
            args=(FORM,),
        )
        st.button(
            t("Search"),
            icon=":material/search:",
            type="primary",
            disabled=not ready,
            key="search_go",
            on_click=_search,
            args=(complete,),
        )
        if asking.query() is not None:
            st.button(t("Clear"), icon=":material/close:", type="tertiary", key="search_clear", on_click=_clear)
        st.caption(t("All parts that are not empty must be met."), width="content")


def _search(complete: tuple[Condition, ...]) -> None:
    written = {key: " ".join(str(st.session_state.get(key) or "").split()) for key in (WORDS, MEANING)}
    asked, before = Query(written[WORDS], written[MEANING], complete), asking.query()
    if before is not None and before.meaning == asked.meaning:
        asked = replace(asked, n_nearest=before.n_nearest)
    if asked == before and not asking.wrong():
        return  # a box was left without a change
    st.session_state[SHOWN] = FIRST
    asking.put(asked)


def again(study: Study, query: Query) -> None:
    """Put a query into the boxes and search; a callback calls it, before the boxes are drawn."""
    st.session_state[WORDS], st.session_state[MEANING] = query.words, query.meaning
    conditions.fill(study, FORM, query.conditions)
    st.session_state[SHOWN] = FIRST
    asking.put(query)


def _clear() -> None:
    st.session_state[WORDS], st.session_state[MEANING] = "", ""
    view.restart_rows(FORM, 0)
    asking.put(None)


def _answer(study: Study, query: Query) -> None:
    version = state.study_version()
    people = found.customers(*version, query) if version else None
    if people is None and sending.waits():
        sending.show()
        return
    if people is None:
        st.caption(t("The texts are being compared with the question."))
        return
    n, total = len(people.ids), len(study.customers)
    with st.container(horizontal=True, vertical_alignment="center", key="search_found"):
        st.markdown(
            t("**{n:,} customers** found, {share} of all", n=n, share=f"{n / total:.1%}") if n else t("Nobody found."),
            width="content",
        )
        _act(study, query, people)
    if query.meaning:
        _stop(query, people)
    if not n:
        st.caption(_nobody(query))
        return
    consent.tell_withheld(withheld(study.customers, only=people.ids))
    _listed(study, query, people)


def _nobody(query: Query) -> str:
    if query.meaning and not (query.words or query.conditions):
        return t("No text knows a word of this question. Ask it in other words, or in the language of the texts.")
    return t("Nobody meets all parts. Leave one out, or take fewer words or parts of words.")


def _act(study: Study, query: Query, people: Found) -> None:
    ids = list(people.ids)
    st.button(
        t("Show on the map"),
        icon=":material/scatter_plot:",
        disabled=not ids,
        key="search_to_map",
        on_click=view.select,
        args=(people.ids,),
    )
    marking.button(study, ids, "search")
    saved.button(study, query, people)
    st.download_button(
        t("Download CSV"),
        data=lambda study=study, ids=ids: segments_csv(study, only=ids),
        file_name="found.csv",
        mime="text/csv",
        icon=":material/download:",
        disabled=not ids,
        on_click="ignore",
        key="search_csv",
    )


def _stop(query: Query, people: Found) -> None:
    """Draw how similarity falls from customer to customer, and ask where to stop."""
    near = found.alike(*state.study_version(), query.meaning)
    if near is None or not len(near.order):
        return
    ranked = near.similarity[near.order]
    most = min(len(ranked), max(4 * max(near.cut, people.n_alike), 60))
    with st.expander(
        t("Alike in meaning: the first {n:,} of {total:,} who wrote", n=people.n_alike, total=len(ranked)),
        icon=":material/show_chart:",
        key="search_curve_box",
    ):
        rows, figure = searchcharts.curve(
            ranked[:most], people.n_alike, look(), rank=t("Rank"), similarity=t("Similarity")
        )
        figures.draw(figure, rows, key="search_curve", alt=t("Similarity to the question, from the most alike on"))
        if most > 1:
            st.session_state[STOP] = min(people.n_alike, most)
            st.slider(t("Customers who are alike"), 1, most, key=STOP, on_change=_stop_there)
        st.caption(
            t(
                "At first those count as alike who are nearer to the tenth most like customer than to the middle of "
                "everybody: {n:,} here.",
                n=near.cut,
            )
        )
        for note in near.notes:
            (st.warning if note.level == "warning" else st.caption)(plain(tell(note.message)))


def _stop_there() -> None:
    asking.stop_at(int(st.session_state[STOP]))


def _listed(study: Study, query: Query, people: Found) -> None:
    n = int(st.session_state.get(SHOWN, FIRST))
    ids = people.ids[:n]
    said = found.shown(*state.study_version(), query, ids)
    titles = names(study)
    rows = study.customers.frame.index.get_indexer(list(ids))
    labels = study.clustering.labels[rows] if study.clustering else [None] * len(ids)
    with st.container(height=430 if len(ids) > 4 else "content", border=True, key="search_list"):
        for place, (id_, label) in enumerate(zip(ids, labels, strict=True)):
            head = f"**{plain(id_)}**"
            if label is not None:
                head += f" · {chip(int(label))} {plain(titles[label])}"
            if people.score_kind == "similarity":
                head += f" · :gray[{t('similarity {value}', value=f'{people.scores[place]:.2f}')}]"
            quote = said.get(id_)
            with st.container(gap="xxsmall"):
                st.markdown(head)
                if quote is not None:
                    st.markdown(f"{snippet(quote)} :gray[— {plain(_where(quote))}]")
        if len(people.ids) > n:
            st.button(
                t("Show more"), icon=":material/expand_more:", key="search_more", on_click=_more, args=(n + 2 * FIRST,)
            )


def _more(n: int) -> None:
    st.session_state[SHOWN] = n


def _where(quote: Quote) -> str:
    if quote.row:
        return t("{column}, row {row:,} of {table}", column=quote.column, row=quote.row, table=quote.table)
    return quote.column


def snippet(quote: Quote) -> str:
    """Return the part of a quote round its first mark as markdown, with the marks in bold; nothing in it acts."""
    text = quote.text
    first = quote.places[0][0] if quote.places else 0
    start = _word_start(text, max(0, first - AROUND))
    end = len(text) if len(text) - start <= LONGEST else start + LONGEST
    pieces, done = ["…" if start else ""], start
    for from_, to in quote.places:
        if from_ < done or from_ >= end:
            continue
        pieces += [plain_keeping_ends(text[done:from_]), *_bold(text[from_ : min(to, end)])]
        done = min(to, end)
    pieces.append(plain_keeping_ends(text[done:end]))
    return "".join([*pieces, "…" if end < len(text) else ""])


def _bold(text: str) -> Sequence[str]:
    inner = text.strip()
    return [" " * (text[:1].isspace()), f"**{plain(inner)}**" if inner else "", " " * (text[-1:].isspace())]


def _word_start(text: str, place: int) -> int:
    space = text.find(" ", place)
    return space + 1 if place and 0 <= space < place + 25 else place

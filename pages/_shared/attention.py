"""Attention: the words a model looked at, in each segment and in a customer's own text."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import charts, figures, forms, jobs, state
from pages._shared.evidence import plain_keeping_ends
from pages._shared.look import look, names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Attended, Attention, AttentionWords
from segment_core.choices import options_to_json
from segment_core.encoders.attention import AttentionOptions
from segment_core.study import Study

LOOK = "segment_core.looking:look"
STRENGTHS = (0.0, 0.15, 0.3, 0.45, 0.6)
"""How strongly a word's ground is coloured: not so strongly that its letters could not be read, in light or dark."""


def draw(study: Study) -> None:
    """Ask how to look and offer to start; then show the words of each segment and a customer's text as a heat map."""
    if not study.customers.named("text"):
        st.caption(t("No column holds texts. If one does, give it the role “Text” on the Data page."))
        return
    if study.clustering is None:
        st.caption(t("Find segments first: the words a model looked at are shown for each of them."))
        return
    found = study.attention
    _ask(study, found)
    st.caption(
        t(
            "Attention shows where the model looked, not why a customer is in a segment: models can look elsewhere "
            "and conclude the same. Only what the model reads counts, the first {n} word pieces of a text.",
            n=256,
        )
    )
    if found is None:
        return
    st.caption(plain(tell(found.reason)))
    for note in found.notes:
        (st.warning if note.level == "warning" else st.caption)(plain(tell(note.message)))
    _segments(study, found)
    _customer(study, found)


def _ask(study: Study, found: Attention | None) -> None:
    made_with = dict(found.made_by.options) if found else {}
    start = {name: made_with[name] for name in ("model", "method", "layers") if name in made_with}
    with st.expander(t("How to look"), icon=":material/tune:", key="attention_how"):
        options = forms.ask(AttentionOptions, key="attention", values=start, only=("method", "layers", "model"))
    label = t("Look again") if found else t("Look into the model")
    if st.button(label, icon=":material/visibility:", key="attention_run", disabled=jobs.busy()):
        _start(study, options, ())


def _start(study: Study, options: AttentionOptions, ids: Sequence[str]) -> None:
    jobs.start(
        LOOK,
        {
            "study": state.study_id(),
            "options": options_to_json(options),
            "seed": study.plan.seed,
            "ids": list(ids),
        },
    )
    st.rerun()  # the progress is drawn above this page


def _segments(study: Study, found: Attention) -> None:
    by_id = {words.segment: words for words in found.segments}
    titles = dict(zip((segment.id for segment in study.clustering.segments), names(study), strict=True))
    able = [id_ for id_ in titles if id_ in by_id]
    if not able:
        return
    st.subheader(t("The words the model looked at"))
    chosen = st.selectbox(t("Segment"), able, format_func=lambda id_: titles[id_], key="attention_segment")
    words = by_id[chosen]
    if not words.words:
        st.caption(t("Too few texts here to say: a word must be in three of them."))
        return
    longest = max(len(other.words) for other in found.segments)
    colour = look().colour(list(titles).index(chosen))
    figure = charts.looked(words.shares, _figures(words), colour, look(), rows=longest)
    st.plotly_chart(
        figure, key="attention_words", config=figures.picture("attention_words"), alt=t("The words the model looked at")
    )
    st.caption(
        t(
            "The length is the word's part of all attention in the texts looked into ({n:,} here), each text counting "
            "the same; words come first that get more of it here than elsewhere. Fillers such as “the” are left out.",
            n=words.n_texts,
        )
    )
    _table(found, titles)


def _figures(words: AttentionWords) -> list[str]:
    return [
        t(
            "{word}: {share}, {overall} × all segments, {n:,} texts",
            word=word,
            share=f"{share:.1%}",
            overall=f"{overall:.1f}",
            n=count,
        )
        for word, share, overall, count in zip(words.words, words.shares, words.overall, words.counts, strict=True)
    ]


def _table(found: Attention, titles: dict[str, str]) -> None:
    rows = [
        {
            t("Segment"): titles.get(words.segment, words.segment),
            t("Word"): word,
            t("Part of the attention"): share,
            t("Times an even share"): even,
            t("Times all segments"): overall,
            t("Texts"): count,
        }
        for words in found.segments
        for word, share, even, overall, count in zip(
            words.words, words.shares, words.even, words.overall, words.counts, strict=True
        )
    ]
    percent = {t("Part of the attention"): st.column_config.NumberColumn(format="percent")}
    figures.twin(rows, key="attention_words", alt=t("The words the model looked at"), formats=percent)


def _customer(study: Study, found: Attention) -> None:
    st.subheader(t("A customer's text"))
    looked = {text.customer: text for text in found.texts}
    ids = study.customers.frame.index.astype(str)
    segments = dict(zip(ids, (names(study)[label] for label in study.clustering.labels), strict=True))
    chosen = st.selectbox(
        t("Customer"),
        list(looked),
        format_func=lambda id_: t("{id} in {segment}", id=id_, segment=segments.get(id_, "–")),
        key="attention_customer",
    )
    if chosen is not None:
        _text(looked[chosen])
    with st.form("attention_other", border=False):
        asked = st.text_input(t("Another customer's id"), key="attention_id").strip()
        pressed = st.form_submit_button(
            t("Look into this text too"), icon=":material/person_search:", disabled=jobs.busy(), key="attention_more"
        )
    if not pressed or not asked:
        return
    if asked not in segments:
        st.warning(t("There is no customer {id} in this study.", id=plain(asked)))
        return
    made_with = {name: value for name, value in found.made_by.options.items() if name not in ("n", "seed")}
    _start(study, AttentionOptions(**made_with), (*looked, asked))


def _text(text: Attended) -> None:
    if not text.words:
        st.caption(t("There is no word in this text."))
        return
    with st.container(border=True, key="attention_text"):
        st.markdown(heat(text, look().palette[0]))
    if text.cut:
        st.caption(t("The model read up to here; the rest of the text is shown plain."))
    with st.expander(t("As a table"), icon=":material/table:", key="attention_text_as_table"):
        even = 1 / len(text.words)
        st.dataframe(
            [
                {t("Word"): word, t("Part of the attention"): weight, t("Times an even share"): weight / even}
                for word, weight in zip(text.words, text.weights, strict=True)
            ],
            hide_index=True,
            column_config={t("Part of the attention"): st.column_config.NumberColumn(format="percent")},
            key="attention_text_table",
        )


def heat(text: Attended, colour: str) -> str:
    """Return a text as markdown, each word on a ground that is the stronger the more it was looked at."""
    most = max(text.weights, default=0.0) or 1.0
    pieces, done = [], 0
    for word, start, weight in zip(text.words, text.starts, text.weights, strict=True):
        pieces.append(plain_keeping_ends(text.text[done:start]))
        strength = STRENGTHS[round((len(STRENGTHS) - 1) * weight / most)]
        said = plain(word)
        pieces.append(f':color[{said}]{{background="{charts.faded(colour, strength)}"}}' if strength else said)
        done = start + len(word)
    pieces.append(plain_keeping_ends(text.text[done:]))
    return "".join(pieces)

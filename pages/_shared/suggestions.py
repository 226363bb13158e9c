"""Suggestions: ask a language model for a second opinion on customers between segments, and look at what it said."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages._shared import cached, cachedletters, departing, forms, jobs, marking, preferences, questioning, state
from pages._shared.look import names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import LabelColumn, Score, Suggestion, Suggestions
from segment_core.choices import options_to_json
from segment_core.exporting.tables import as_csv
from segment_core.llm import ModelAccess
from segment_core.study import Study
from segment_core.suggesting import SuggestingOptions, calls

SUGGEST = "segment_core.suggesting:suggest"
KEY = "suggesting"
MOST_ROWS = 500


def draw(study: Study) -> None:
    """Ask for a second opinion and offer to start; then show what was suggested, or why nothing was."""
    found = study.suggestions
    st.caption(
        t(
            "A language model looks at customers whose texts lie between segments and says where it would put them. "
            "First it is tested on clear customers and on whether it says the same twice; if it fails, nothing is "
            "suggested. Suggestions never move anybody."
        )
    )
    if not any(block.name == "text" for block in (study.features.blocks if study.features else ())):
        st.info(t("There are no texts among the features, so there is nothing to show to a model."))
        return
    with st.expander(t("Ask a model"), icon=":material/forum:", expanded=found is None, key="suggesting_how"):
        _ask(study, found)
    if found is None:
        st.caption(t("No second opinion yet."))
        return
    _test(found)
    if found.suggestions:
        _scores(found)
        _table(study, found.suggestions)


def _ask(study: Study, found: Suggestions | None) -> None:
    url, model = preferences.llm()
    values = {"url": url, "model": model}
    if found is not None:
        values |= {name: found.made_by.options[name] for name in ("url", "model", "budget", "timeout")}
    options = forms.ask(SuggestingOptions, key=KEY, values=values)
    questioning.offer_settings(KEY, options.url)
    version = state.study_version()
    able = version is not None and departing.may_go(
        lambda: [cached.opinion_question(*version)],
        ModelAccess(options.url, options.model),
        key=KEY,
        of=version[1],
        n_calls=calls(cached.n_texts(*version), options),
        withheld=lambda: cachedletters.n_commands(*version),
    )
    label = t("Ask again") if found else t("Ask for a second opinion")
    if st.button(label, icon=":material/forum:", key="suggest", disabled=not able or jobs.busy()):
        args = {"study": state.study_id(), "options": options_to_json(options), "seed": study.plan.seed}
        jobs.start(SUGGEST, args)
        st.rerun()  # the progress is drawn above this page


def _test(found: Suggestions) -> None:
    with st.grid(4, min_column_width=150):
        st.metric(t("Clear customers named"), _share(found.known, found.n_known), border=True)
        st.metric(t("Said the same twice"), _share(found.steady, found.n_steady), border=True)
        st.metric(t("Texts on the border asked"), f"{found.n_asked:,}", border=True)
        st.metric(t("Suggestions"), f"{len(found.suggestions):,}", border=True)
    if not found.passed:
        st.warning(plain(tell(found.reason)), icon=":material/block:", title=t("No suggestions"))
        st.caption(t("Either the model is not up to it, or what customers wrote does not tell these segments apart."))
    else:
        st.markdown(plain(tell(found.reason)))
        st.caption(
            t(
                "Passing the test does not prove that the model is right on the border, where segments are least "
                "certain: read the texts before you follow it."
            )
        )
    for note in found.notes:
        st.caption(plain(tell(note.message)))


def _share(part: float, n: int) -> str:
    return f"{part:.0%}" if n else "–"


def _scores(found: Suggestions) -> None:
    after = {score.space: score for score in found.after}
    rows = [_scored(score, after[score.space]) for score in found.before if score.space in after]
    if rows:
        st.subheader(t("If all were followed"))
        formats = {name: st.column_config.NumberColumn(format="%.3f") for name in (t("Now"), t("Then"))}
        st.dataframe(
            rows, hide_index=True, column_config=formats, key="suggestion_scores", alt=t("Scores now and then")
        )
        st.caption(
            t(
                "The silhouette rewards lying near a centre, which customers on a border do not: it may fall although "
                "the model is right."
            )
        )


def _scored(now: Score, then: Score) -> dict[str, object]:
    spaces = {"text": t("Silhouette of the texts"), "features": t("Silhouette of all features")}
    return {
        t("Score"): spaces.get(now.space, now.space),
        t("Now"): now.value,
        t("Then"): then.value,
        t("Customers"): now.n,
    }


def _table(study: Study, made: Sequence[Suggestion]) -> None:
    st.subheader(t("Who might belong elsewhere"))
    titles = dict(zip((segment.id for segment in study.clustering.segments), names(study), strict=True))
    table = pd.DataFrame(
        {
            t("Follow"): [False] * len(made),
            t("Customer"): [one.customer for one in made],
            t("Segment"): [titles.get(one.before, one.before) for one in made],
            t("Suggested"): [titles.get(one.after, one.after) for one in made],
            t("Text"): [one.text for one in made],
            t("Like this text there"): [one.like for one in made],
            t("Clearness"): [one.margin for one in made],
        }
    )
    ticked = st.data_editor(
        table[:MOST_ROWS],
        hide_index=True,
        disabled=list(table.columns[1:]),
        column_config={
            t("Clearness"): st.column_config.NumberColumn(
                format="%.2f", help=t("How clearly the text lies in its segment; below 0 it is nearer to another.")
            ),
            t("Text"): st.column_config.TextColumn(width="large"),
        },
        key=f"suggestions.{state.study_version()}",
    )
    chosen = tuple(one for one, follow in zip(made, ticked[t("Follow")], strict=False) if follow)
    with st.container(horizontal=True):
        st.button(
            t("Keep {n:,} ticked as labels", n=len(chosen)),
            icon=":material/label:",
            disabled=not chosen,
            help=t("They go into a label column; segments stay as they are."),
            key="suggestions_keep",
            on_click=_keep,
            args=(tuple((one.customer, titles.get(one.after, one.after)) for one in chosen),),
        )
        st.download_button(
            t("Download CSV"),
            as_csv(table.drop(columns=t("Follow"))),
            "suggestions.csv",
            "text/csv",
            icon=":material/download:",
            key="suggestions_csv",
            on_click="ignore",
        )


def _keep(chosen: Sequence[tuple[str, str]]) -> None:
    def changed(column: LabelColumn) -> LabelColumn:
        return LabelColumn(column.name, {**column.picked, **dict(chosen)}, column.rules, column.notes)

    name = t("Second opinion")
    marking.put(name, changed, t("Suggestions kept as labels: {n:,}", n=len(chosen)))

"""Sweep: one algorithm with many options, side by side, and the setting one likes taken over."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages._shared import candidates, figures, glossary, jobs, recipe, state
from pages._shared.look import look
from pages._shared.runcharts import over_one, over_two
from pages._shared.words import duration, plain, t, tell
from segment_core.artifacts import Step, Sweep, SweepRow
from segment_core.choices import Question, questions
from segment_core.clustering import ALGORITHMS
from segment_core.errors import OptionError
from segment_core.study import Study
from segment_core.sweeping import MOST_SETTINGS, MOST_VARIED, grid, seconds_of

SWEEP = "segment_core.sweeping:sweep"
DRAWN = ("silhouette", "stability", "balance", "smallest_share")


def draw(study: Study) -> None:
    """Ask what to vary and offer to start; then show the leaderboard, a chart, and a way to take a setting over."""
    if study.features is None:
        st.caption(t("There are no features yet. Build them first."))
        return
    able = [name for name, choice in ALGORITHMS.items() if name != "auto" and _variable(name) and not choice.missing()]
    start = study.resolved.clustering.name
    algorithm = st.selectbox(
        t("Algorithm"),
        able,
        index=able.index(start) if start in able else 0,
        format_func=candidates.label,
        key="sweep_algorithm",
    )
    _ask(study, algorithm)
    if study.sweep is not None:
        _found(study, study.sweep)


def parsed(text: str, question: Question) -> list[Any]:
    """Read values of an option: "2, 4, 8", or a range such as "2-8" with whole steps, or "0.1-0.5/0.1".

    Raises
    ------
    OptionError
        If a part is no number, or there are too many.

    Examples
    --------
    >>> parsed("2-5, 8", Question("k", "Segments", int, 2))
    [2, 3, 4, 5, 8]
    """
    found: list[Any] = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;\s]+", text))):
        span = re.fullmatch(r"(\d+(?:\.\d+)?)[-–](\d+(?:\.\d+)?)(?:/(\d+(?:\.\d+)?))?", part)
        try:
            if span is None:
                found.append(question.kind(part))
                continue
            low, high, step = float(span[1]), float(span[2]), float(span[3] or 1)
            count = int((high - low) / step + 1e-9) + 1 if step > 0 else MOST_SETTINGS + 1
        except (ValueError, OverflowError) as error:
            raise OptionError(
                "{text} is no value for {name}; write numbers such as 2, 4, 8 or a range such as 2-8.",
                text=part[:40],
                name=question.name,
            ) from error
        if count > MOST_SETTINGS:
            raise OptionError("{text} holds too many values; at most {most} fit.", text=part[:40], most=MOST_SETTINGS)
        found += [question.kind(round(low + place * step, 9)) for place in range(count)]
    return list(dict.fromkeys(found))


def _variable(algorithm: str) -> list[Question]:
    """Return the options of an algorithm that can be varied: numbers, choices, and yes or no."""
    asked = questions(ALGORITHMS[algorithm].options)
    return [question for question in asked if question.kind in (int, float, bool) or question.among]


def _ask(study: Study, algorithm: str) -> None:
    asked = {question.name: question for question in _variable(algorithm)}
    names = st.multiselect(
        t("Options to vary"),
        list(asked),
        default=[name for name in asked if name != "seed"][:1],
        max_selections=MOST_VARIED,
        format_func=lambda name: t(asked[name].label),
        key=f"sweep_options.{algorithm}",
    )
    kept = dict(study.resolved.clustering.options) if study.resolved.clustering.name == algorithm else {}
    try:
        varied = {name: _values(algorithm, asked[name]) for name in names}
        steps = grid(algorithm, {name: kept[name] for name in kept if name not in varied}, varied, study.plan.seed)
    except OptionError as error:
        st.caption(plain(tell(error.message)))
        st.button(t("Run the sweep"), icon=":material/grid_view:", key="sweep_run", disabled=True)
        return
    seconds = seconds_of(steps, *study.features.matrix.shape)
    said = t("Settings to try: {n}.", n=len(steps))
    if seconds is not None:
        said = t("Settings to try: {n}. That takes about {time}.", n=len(steps), time=duration(seconds))
    st.caption(said)
    if st.button(t("Run the sweep"), icon=":material/grid_view:", key="sweep_run", disabled=jobs.busy()):
        options = {name: kept[name] for name in kept if name not in varied}
        jobs.start(SWEEP, {"study": state.study_id(), "algorithm": algorithm, "options": options, "varied": varied})
        st.rerun()  # the progress is drawn above this page


def _values(algorithm: str, question: Question) -> list[Any]:
    label, key = t(question.label), f"sweep_values.{algorithm}.{question.name}"
    if question.kind is bool:
        return [False, True]
    if question.among:
        return st.multiselect(label, question.among, default=list(question.among), format_func=glossary.value, key=key)
    text = st.text_input(
        label, value=_proposed(question), help=t("Numbers such as 2, 4, 8 or a range such as 2-8."), key=key
    )
    return parsed(text, question)


def _proposed(question: Question) -> str:
    if question.name == "n_segments":
        return "2-10"
    low = question.low if question.low is not None else 0
    if question.default is None:
        return ", ".join(str(question.kind(value)) for value in (10, 20, 50) if value >= low)
    values = [question.default / 2, question.default, question.default * 2]
    high = question.high if question.high is not None else max(values)
    return ", ".join(dict.fromkeys(str(question.kind(min(max(value, low), high))) for value in values))


def _found(study: Study, sweep: Sweep) -> None:
    st.subheader(t("Sweep of {name}", name=plain(candidates.label(sweep.algorithm))))
    labels = {question.name: t(question.label) for question in questions(ALGORITHMS[sweep.algorithm].options)}
    columns = [labels.get(name, name) for name in sweep.varied]
    rows = [
        {column: row.step.options.get(name) for column, name in zip(columns, sweep.varied, strict=True)}
        | {t("Found"): row.n_segments}
        | {title(name): row.scores.get(name) for name in DRAWN}
        | {t("Seconds"): row.seconds, t("Note"): tell(row.problem) if row.problem else ""}
        for row in sweep.rows
    ]
    formats = {title(name): st.column_config.NumberColumn(format="%.3f") for name in DRAWN}
    event = st.dataframe(
        rows,
        hide_index=True,
        column_config=formats,
        on_select="rerun",
        selection_mode="single-row",
        key="sweep_table",
        alt=t("Settings with their scores"),
    )
    chosen = event["selection"]["rows"]
    row = sweep.rows[chosen[0]] if chosen and chosen[0] < len(sweep.rows) else None
    if (
        st.button(
            t("Use this one"),
            icon=":material/check:",
            key="sweep_use",
            disabled=row is None or bool(row.problem) or state.upload() is None or jobs.busy(),
            help=t("Pick a row of the table first; its setting then cuts the customers."),
        )
        and row is not None
    ):
        _use(row.step)
    score = st.selectbox(t("Score"), DRAWN, format_func=title, key="sweep_score")
    figures.draw(_figure(sweep, score), rows, key="sweep_chart", alt=title(score), formats=formats)


def title(name: str) -> str:
    """Name a score of a sweep; higher is better in all."""
    return {
        "silhouette": t("Silhouette"),
        "stability": t("Stability (bootstrap Jaccard)"),
        "balance": t("Balance of sizes"),
        "smallest_share": t("Share of the smallest segment"),
    }[name]


def _use(step: Step) -> None:
    upload = state.upload()
    if upload is None:
        return
    plan = state.plan().having(clustering=step)
    recipe.adopt(plan)
    jobs.start(jobs.RUN_STUDY, {"upload": upload.id, "plan": plan.to_json(), "study": state.study_behind(upload)})
    st.rerun()  # the progress is drawn above this page


def _figure(sweep: Sweep, score: str) -> Any:
    values = {name: list(dict.fromkeys(row.step.options.get(name) for row in sweep.rows)) for name in sweep.varied}
    if len(sweep.varied) == 1:
        (name,) = sweep.varied
        return over_one(_said(values[name]), [row.scores.get(score) for row in sweep.rows], look())
    first, second = sweep.varied
    found: Mapping[tuple[Any, Any], SweepRow] = {
        (row.step.options.get(first), row.step.options.get(second)): row for row in sweep.rows
    }
    cells = [[found[one, two].scores.get(score) for two in values[second]] for one in values[first]]
    return over_two(_said(values[first]), _said(values[second]), cells, look())


def _said(values: Sequence[Any]) -> list[str]:
    return [str(value) for value in values]

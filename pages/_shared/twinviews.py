"""Twin views: a segment said as a rule: in words and in SQL, how well it does, and what can be done with it."""

import numpy as np
import streamlit as st

from pages._shared import cached, conditions, dialectviews, jobs, marking, owngroups, state, twintable, view
from pages._shared.look import chip, names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Clustering, Query, Rule, RuleTwin, Twins
from segment_core.errors import OptionError
from segment_core.intake.marks import sensitive
from segment_core.labelling import LONGEST, share_interval, sql, tidy, with_rule
from segment_core.study import Study

FIND = "segment_core.ruling:rule"


def draw(study: Study, clustering: Clustering, number: int) -> None:
    """Draw the rule of a segment, and a table of the rules of all."""
    segment, title = clustering.segments[number], names(study)[number]
    st.header(f"{chip(number)} {plain(title)}")
    found = study.twins
    twin = found.of(segment.id) if found else None
    if found is None or twin is None:
        st.caption(
            t(
                "Say each segment as at most four plain conditions and as SQL, and measure on customers held out how "
                "well that stands in for it."
            )
        )
        _ask(study, None)
        return
    if twin.sayable:
        _rule(study, clustering, twin, number)
    else:
        st.info(plain(tell(twin.reason)) if twin.reason else "", icon=":material/block:")
        if twin.conditions:
            with st.expander(t("The best attempt"), icon=":material/rule:", key="twin_attempt"):
                _rule(study, clustering, twin, number)
    st.subheader(t("All segments as rules"))
    twintable.draw(study, found)
    for note in found.notes:
        st.caption(plain(tell(note.message)))
    _ask(study, found)


def _ask(study: Study, found: Twins | None) -> None:
    """Offer to look for rules, with or without the columns that should decide nothing."""
    marked = [name for name in sensitive(study.customers, study.plan.sensitive) if name in _asked_of(study)]
    left_out = found.made_by.options.get("leave_out", []) if found else []
    with st.container(horizontal=True, vertical_alignment="center", key="twin_ask"):
        without = bool(marked) and st.checkbox(
            t("Leave sensitive columns out"),
            value=bool(left_out),
            help=t("No rule will ask for: {columns}.", columns=plain(", ".join(marked))),
            key="twin_without",
        )
        st.button(
            t("Look again") if found else t("Say segments as rules"),
            type="secondary" if found else "primary",
            icon=":material/rule:",
            disabled=jobs.busy(),
            key="twin_run",
            on_click=_start,
            args=(study.plan.seed, tuple(marked) if without else ()),
        )


def _start(seed: int, leave_out: tuple[str, ...]) -> None:
    jobs.start(FIND, {"study": state.study_id(), "seed": seed, "leave_out": list(leave_out)})


def _rule(study: Study, clustering: Clustering, twin: RuleTwin, number: int) -> None:
    said = plain(conditions.told(study, twin.conditions))
    with st.container(border=True, key="twin_said"):
        st.markdown(f":material/rule: {t('Customers whose {conditions}', conditions=f'**{said}**')}")
    _measured(twin)
    used = {condition.column for condition in twin.conditions}
    if marked := [name for name in sensitive(study.customers, study.plan.sensitive) if name in used]:
        st.warning(
            t(
                "This rule asks for sensitive columns: {columns}. Check that you may decide by them.",
                columns=plain(", ".join(marked)),
            ),
            icon=":material/warning:",
        )
    _act(study, clustering, twin, number)
    _sql(study, twin)


def _measured(twin: RuleTwin) -> None:
    with st.grid(4):
        st.metric(
            t("Precision"),
            f"{twin.precision:.0%}",
            border=True,
            help=t("Of 100 customers whom the rule names, so many are in the segment."),
            delta=_between(twin.n_both, twin.n_named),
            delta_color="off",
            delta_arrow="off",
        )
        st.metric(
            t("Recall"),
            f"{twin.recall:.0%}",
            border=True,
            help=t("Of 100 customers of the segment, the rule finds so many."),
            delta=_between(twin.n_both, twin.n_segment),
            delta_color="off",
            delta_arrow="off",
        )
        st.metric(
            t("F1"),
            f"{twin.f1:.2f}",
            border=True,
            help=t("Precision and recall in one figure, 1 at best; below 0.6 a rule is no stand-in for a segment."),
            delta=t("1 is best"),
            delta_color="off",
            delta_arrow="off",
        )
        st.metric(
            t("Coverage"),
            f"{twin.coverage:.0%}",
            border=True,
            help=t("Share of all customers whom the rule names."),
            delta=t("{n:,} of {total:,} held out", n=twin.n_named, total=twin.n_held_out),
            delta_color="off",
            delta_arrow="off",
        )
    st.caption(
        t(
            "Of 100 customers whom the rule names, {right} are in the segment; of 100 of the segment it finds {found}. "
            "Measured on {n:,} customers held out, {own:,} of them of the segment; the rule was found in {others:,} "
            "others. It describes the segment and is not what made it.",
            right=f"{100 * twin.precision:.0f}",
            found=f"{100 * twin.recall:.0f}",
            n=twin.n_held_out,
            own=twin.n_segment,
            others=twin.n_found_in,
        )
    )


def _between(hits: int, n: int) -> str:
    low, high = share_interval(hits, n)
    return t("95% interval {low} to {high}", low=f"{low:.0%}", high=f"{high:.0%}")


def _act(study: Study, clustering: Clustering, twin: RuleTwin, number: int) -> None:
    named = cached.customers_meeting(*state.study_version(), twin.conditions)
    own = clustering.labels == number
    index = study.customers.frame.index
    with st.container(horizontal=True, key="twin_show"):
        for key, label, mask in (
            ("named", t("Show all it names ({n:,})", n=int(named.sum())), named),
            ("wrong", t("Named but not in the segment ({n:,})", n=int((named & ~own).sum())), named & ~own),
            ("missed", t("In the segment but missed ({n:,})", n=int((own & ~named).sum())), own & ~named),
        ):
            st.button(
                label,
                icon=":material/scatter_plot:",
                disabled=not mask.any(),
                key=f"twin_show.{key}",
                on_click=view.select,
                args=(index[mask].tolist(),),
            )
    with st.container(horizontal=True, key="twin_keep"):
        _save_label(study, twin)
        _save_group(study, twin, names(study)[number], index[np.asarray(named)].tolist())


def _save_label(study: Study, twin: RuleTwin) -> None:
    with st.popover(t("Save as a label rule"), icon=":material/label:", key="twin_label", on_change="rerun"):
        st.caption(t("Everybody who meets the conditions gets the label, also customers who come later."))
        name, label = marking.ask(study, "twin")
        st.button(
            t("Add the rule"),
            type="primary",
            disabled=not (name and label),
            key="twin_label_keep",
            on_click=_label,
            args=(name, Rule(label, twin.conditions)),
        )


def _save_group(study: Study, twin: RuleTwin, title: str, ids: list[str]) -> None:
    with st.popover(t("Save as custom segment"), icon=":material/group_add:", key="twin_group", on_change="rerun"):
        name = st.text_input(
            t("Name"),
            value=t("{segment} by rule", segment=title),
            max_chars=LONGEST,
            key=f"twin_group_name.{twin.segment}",
        ).strip()
        if any(group.name == name for group in study.groups):
            st.caption(t("There is a custom segment of this name; it will be replaced."))
        st.button(
            t("Save {n:,} customers", n=len(ids)),
            type="primary",
            disabled=not (name and ids),
            key="twin_group_keep",
            on_click=_group,
            args=(name, tuple(ids), twin),
        )


def _label(name: str, rule: Rule) -> None:
    study = state.study()
    if study is None:
        return
    try:
        change = t("Rule added for “{label}”", label=plain(tidy(rule.label)))
        marking.put(tidy(name), lambda column: with_rule(column, rule, study.customers), change)
    except OptionError as error:
        st.toast(tell(error.message), icon=":material/error:")
        return
    st.session_state["twin_label"] = False  # close the popover


def _group(name: str, ids: tuple[str, ...], twin: RuleTwin) -> None:
    if owngroups.save(name, ids, Query(conditions=twin.conditions)):
        st.session_state["twin_group"] = False  # close the popover


def _sql(study: Study, twin: RuleTwin) -> None:
    st.markdown(f"**{t('In SQL')}**")
    if not twin.sql:
        st.caption(
            t("This rule has no exact form in SQL here, such as where a database cannot tell two column names apart.")
        )
        return
    dialectviews.draw(
        lambda dialect: sql(twin.conditions, study.customers, dialect=dialect),
        file_name=twin.segment,
        key="twin_sql",
    )
    st.caption(
        t(
            "The table “customers” has the columns under their names here, nothing (NULL) where a value is missing, "
            "and yes/no as 1 and 0. Numbers and dates must be such there too: the CSV file from the Export page, with "
            "these columns chosen, has them so."
        )
    )
    if study.customers.id_name not in study.customers.named("id"):
        st.caption(
            t(
                "Your file has no column of ids, so “row” is the number of a customer's row in it, counted from 1. The "
                "table needs such a column; the CSV file from the Export page has it."
            )
        )


def _asked_of(study: Study) -> tuple[str, ...]:
    """Return the columns that a rule may ask for."""
    return study.customers.named("number", "money", "count", "date", "yes/no", "category", "place", "text")

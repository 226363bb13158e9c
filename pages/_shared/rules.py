"""Rules: write a rule of plain conditions, see whom it means before it counts, and list those in force."""

from dataclasses import replace

import streamlit as st

from pages._shared import cached, cachedrules, conditions, dialectviews, marking, state, view
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Condition, LabelColumn, Rule
from segment_core.errors import OptionError
from segment_core.labelling import label_sql, problem, tidy, with_rule
from segment_core.study import Study


def build(study: Study) -> None:
    """Draw the form for a rule: its conditions, how many customers meet them now, and the label they get."""
    st.subheader(t("New rule"))
    st.caption(
        t(
            "Everybody who meets all conditions gets the label; labels given by hand stay. A customer without a "
            "value meets only “is missing”."
        )
    )
    complete, ready = conditions.ask(study, view.RULE)
    st.button(
        t("Add a condition"),
        icon=":material/add:",
        type="tertiary",
        key="rule_add",
        on_click=view.add_row,
        args=(view.RULE,),
    )
    reach = st.empty()
    with st.container(horizontal=True, vertical_alignment="bottom", key="rule_label"):
        name, label = marking.ask(study, "rule")
        st.button(
            t("Add the rule"),
            type="primary",
            disabled=not (ready and name and label),
            key="rule_keep",
            on_click=_add,
            args=(name, Rule(label, complete)),
        )
    reach.markdown(":material/group: " + _reach(study, complete if ready else (), name))


def listed(study: Study, column: LabelColumn) -> None:
    """List the rules of a label column, the one that wins first."""
    st.markdown(f"**{t('Rules')}**")
    if not column.rules:
        st.caption(t("This column has no rules: it holds what was labelled by hand."))
    elif len(column.rules) > 1:
        st.caption(t("Where several rules mean the same customer, the upper one counts."))
    segments = study.clustering.ids if study.clustering else ()
    for place, rule in reversed(list(enumerate(column.rules))):
        with st.container(horizontal=True, vertical_alignment="center"):
            wrong = problem(rule, study.customers, segments)
            text = t(
                "{label} if {conditions}",
                label=f"**{plain(rule.label)}**",
                conditions=plain(conditions.told(study, rule.conditions)),
            )
            n = 0 if wrong else int(cached.customers_meeting(*state.study_version(), rule.conditions).sum())
            st.markdown(f"{text} · {n:,}", width="stretch")
            st.button(
                t("Delete rule"),
                icon=":material/delete:",
                type="tertiary",
                key=f"rule_drop.{place}",
                on_click=_drop,
                args=(column.name, place),
            )
        if wrong:
            st.caption(f":material/warning: {plain(tell(wrong.message))}")


def in_sql(study: Study, column: LabelColumn) -> None:
    """Draw the rules of a label column as one query, checked by running it, in the words of four databases."""
    if not column.rules:
        return
    panel = st.expander(t("These rules in SQL"), icon=":material/database:", key="label_rules_sql", on_change="rerun")
    if panel.open:
        with panel:
            _query(study, column)


def _query(study: Study, column: LabelColumn) -> None:
    segments = study.clustering.ids.tolist() if study.clustering else []
    try:
        same = cachedrules.label_matches(*state.study_version(), column.name)
    except OptionError as error:
        st.info(plain(tell(error.message)), icon=":material/block:")
        return
    if not same:
        st.caption(t("These rules have no exact form in SQL here: the query found other customers when it was run."))
        return
    dialectviews.draw(
        lambda dialect: label_sql(column, study.customers, segments=segments, dialect=dialect),
        file_name="labels",
        key="label_sql",
        checked=t("It was run on these customers and gave each the label that these rules give."),
    )
    st.caption(
        t(
            "Labels given by hand are not in it. The table “customers” has the columns under their names here, nothing "
            "(NULL) where a value is missing, yes/no as 1 and 0, and for rules on the segment a column “segment”: the "
            "CSV file from the Export page, with these columns chosen, has them so."
        )
    )


def _reach(study: Study, asked: tuple[Condition, ...], name: str) -> str:
    """Say how many customers meet the conditions, and how many of them keep what they were given by hand."""
    if not asked:
        return t("Fill in the conditions to see how many customers meet them.")
    met = cached.customers_meeting(*state.study_version(), asked)
    n, total = int(met.sum()), len(met)
    said = t("{n:,} customers meet this now ({share})", n=n, share=f"{n / total:.1%}")
    picked = next((column.picked for column in study.labels if column.name == name), {})
    kept = sum(id_ in picked for id_ in study.customers.frame.index[met]) if picked else 0
    return f"{said} · {t('{n:,} of them were marked by hand and stay as they are', n=kept)}" if kept else said


def _add(name: str, rule: Rule) -> None:
    study = state.study()
    if study is None:
        return
    segments = study.clustering.ids if study.clustering else ()
    try:
        change = t("Rule added for “{label}”", label=plain(tidy(rule.label)))
        marking.put(tidy(name), lambda column: with_rule(column, rule, study.customers, segments), change)
    except OptionError as error:
        st.toast(tell(error.message), icon=":material/error:")
        return
    view.restart_rows(view.RULE, 1)


def _drop(name: str, place: int) -> None:
    def without(column: LabelColumn) -> LabelColumn:
        return replace(column, rules=(*column.rules[:place], *column.rules[place + 1 :]))

    marking.put(name, without, t("Rule deleted"))

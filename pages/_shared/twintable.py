"""Twin table: the rules of all segments with how well they do, as a table, a CSV file and one query."""

import pandas as pd
import streamlit as st

from pages._shared import conditions, dialectviews
from pages._shared.look import names
from pages._shared.words import t
from segment_core.artifacts import Twins
from segment_core.exporting import as_csv
from segment_core.labelling import assign_sql
from segment_core.study import Study


def draw(study: Study, found: Twins) -> None:
    """Draw the rules of all segments."""
    titles = dict(zip((segment.id for segment in study.clustering.segments), names(study), strict=True))
    table = [
        {
            t("Segment"): titles.get(twin.segment, twin.segment),
            t("Rule"): conditions.told(study, twin.conditions) if twin.conditions else "–",
            t("Can be said"): t("Yes") if twin.sayable else t("No"),
            t("F1"): twin.f1,
            t("Precision"): twin.precision,
            t("Recall"): twin.recall,
            t("Coverage"): twin.coverage,
            t("Held out"): twin.n_held_out,
            t("Of the segment"): twin.n_segment,
        }
        for twin in found.twins
    ]
    percent = st.column_config.NumberColumn(format="percent")
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            t("F1"): st.column_config.ProgressColumn(format="%.2f", min_value=0.0, max_value=1.0),
            t("Precision"): percent,
            t("Recall"): percent,
            t("Coverage"): percent,
            t("Rule"): st.column_config.TextColumn(width="large"),
        },
        key="twin_table",
        alt=t("All segments as rules"),
    )
    with st.container(horizontal=True, key="twin_files"):
        st.download_button(
            t("Download CSV"),
            data=lambda table=table: as_csv(pd.DataFrame(table)),
            file_name="rules.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="twin_table_csv",
        )
    rules = [twin for twin in found.twins if twin.sayable and twin.sql]
    if rules:
        with st.expander(t("All rules as one query"), icon=":material/database:", key="twin_all"):
            st.caption(
                t(
                    "It gives each customer the segment whose rule fits, the most precise rule first. Who fits none "
                    "has no segment, and segments that cannot be said as a rule have no part in it."
                )
            )
            dialectviews.draw(
                lambda dialect: assign_sql(rules, study.customers, dialect=dialect),
                file_name="segments",
                key="twin_all_sql",
            )

"""Audits: whether the segments follow what should decide nothing, and where an analyst has to be told so."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import auditcharts, cachedfound, charts, figures, frame, glossary, marks, state
from pages._shared import evidence as shown
from pages._shared.look import chip, look, names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import LEARNED_BLOCKS, Association, Audit, Audited, Column, EvidenceItem, Leak
from segment_core.intake.marks import sensitive
from segment_core.study import Study

CANNOT = ("id", "text", "image", "audio", "vector")
MOST_FACTS = 12


def of_open_study() -> Audit | None:
    """Return the audit of the open study by the marks as they are now."""
    version = state.study_version()
    return cachedfound.audit(*version) if version else None


def draw(study: Study) -> None:
    """Draw which columns are audited, how far the segments follow each, and what gives it away."""
    st.header(t("Proxy audit"))
    st.caption(
        t(
            "Some columns should decide nothing about people: age, gender, origin, family. Segments can follow them "
            "all the same, also when they are built without them, because other columns tell them. Here you see "
            "whether they do."
        )
    )
    _ask(study)
    found = of_open_study()
    if found is None or not found.columns:
        st.info(
            t(
                "No column is marked as sensitive, and none has a name that suggests it. Choose the columns to audit "
                "above."
            ),
            icon=":material/policy:",
        )
        return
    _overview(found)
    for note in found.notes:
        st.caption(plain(tell(note.message)))
    for column in found.flagged:
        _column(study, column)
    for column in found.columns:
        if not column.flagged:
            with st.container(border=True, key=f"audit.{_place(study, column.column)}"):
                st.markdown(f":material/check_circle: **{plain(column.column)}**")
                st.caption(plain(tell(column.finding)))


def warn(study: Study) -> None:
    """Say above the personas which sensitive columns the segments follow, with the way to the audit; or nothing."""
    found = of_open_study()
    if found is None or not found.flagged:
        return
    with st.container(border=True, key="audit_warning", gap="xsmall"):
        listed = ", ".join(plain(column.column) for column in found.flagged)
        st.markdown(
            f":orange[:material/policy:] {t('These segments follow sensitive columns: {names}.', names=listed)} "
            + t(
                "What you write to them reaches people by that. A sentence of a writer that names age, gender, family, "
                "income, health, origin, belief or occupation has to cite the fact; other columns you marked are not "
                "looked for, so read the cards concerned, which say what is sensitive in them."
            )
        )
        if st.button(t("Open the proxy audit"), icon=":material/policy:", type="tertiary", key="open_audit"):
            st.session_state["explore_part"] = "proxies"
            st.switch_page(frame.EXPLORE)


def warn_of(segment: str) -> None:
    """Say on a segment's card how it differs in sensitive columns, a fact each, at most three; or nothing."""
    found = of_open_study()
    items = [item for column in found.flagged for item in column.of(segment)[:1]] if found else []
    if items:
        said = "; ".join(plain(shown.figure(item)) for item in items[:3])
        st.caption(f":orange[:material/policy:] {t('Sensitive: {facts}', facts=said)}")


def _ask(study: Study) -> None:
    columns = [column for column in study.customers.columns if column.role not in CANNOT]
    chosen = sensitive(study.customers, study.plan.sensitive)
    able = [column.name for column in columns]
    st.multiselect(
        t("Sensitive columns"),
        able,
        default=[name for name in chosen if name in able],
        placeholder=t("Choose columns"),
        help=t(
            "Columns that are set aside can be audited too: nothing is made of them. The same ticks are on the Data "
            "page."
        ),
        key="audit_columns",
        on_change=_mark,
        args=(tuple(columns),),
    )


def _mark(columns: tuple[Column, ...]) -> None:
    marks.set_sensitive(columns, st.session_state["audit_columns"])


def _overview(found: Audit) -> None:
    able = [(column, column.association) for column in found.columns if column.association is not None]
    if not able:
        return
    scaled = [_scaled(association) for _, association in able]
    figure = auditcharts.associations(
        [_figure(column, association) for column, association in able],
        scaled,
        [column.flagged for column, _ in able],
        look(),
    )
    share = st.column_config.NumberColumn(format="%.3f")
    rows = [
        {
            t("Column"): column.column,
            t("Measure"): measure(association),
            t("Value"): association.value,
            t("From"): association.low,
            t("To"): association.high,
            t("Strength"): strength(association.strength),
            t("Chance"): association.adjusted,
            t("Customers counted"): association.n,
            t("Part of the separation"): column.used,
            t("Guessed from all else (V)"): column.told,
        }
        for column, association in able
    ]
    figures.draw(
        figure,
        rows,
        key="audit_overview",
        alt=t("How far the segments follow each sensitive column"),
        formats={t("Value"): share, t("From"): share, t("To"): share, t("Chance"): share},
    )
    st.caption(
        t(
            "From 0 (chance) to 1 (the segment tells it): Cramér's V of categories, eta of amounts and dates (the root "
            "of eta squared), both less what chance gives, with 95 % intervals. In colour: more than chance once all "
            "columns here are counted, and more than negligible."
        )
    )


def _scaled(association: Association) -> tuple[float, float, float]:
    power = 1.0 if association.measure == "v" else 0.5
    return association.value**power, association.low**power, association.high**power


def _figure(column: Audited, association: Association) -> str:
    value, low, high = _scaled(association)
    return t(
        "{column}: {value} ({low} to {high}), {strength}",
        column=column.column,
        value=f"{value:.2f}",
        low=f"{low:.2f}",
        high=f"{high:.2f}",
        strength=strength(association.strength),
    )


def measure(association: Association) -> str:
    """Name the measure of an association."""
    return {"v": t("Cramér's V"), "eta squared": t("eta squared")}[association.measure]


def strength(code: str) -> str:
    """Say how strong an association is."""
    return {
        "none": t("could be chance"),
        "negligible": t("negligible"),
        "small": t("weak"),
        "medium": t("clear"),
        "large": t("strong"),
    }[code]


def _column(study: Study, column: Audited) -> None:
    place = _place(study, column.column)
    with st.container(border=True, key=f"audit.{place}"):
        st.subheader(f":orange[:material/policy:] {plain(column.column)}")
        st.markdown(plain(tell(column.finding)))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{t('What to do')}** {plain(tell(column.advice))}")
        with st.container(horizontal=True):
            if st.button(t("Open Data"), icon=":material/table:", key=f"audit_data.{place}"):
                st.switch_page(frame.DATA)
            if st.button(t("Open Features"), icon=":material/tune:", key=f"audit_features.{place}"):
                st.switch_page(frame.FEATURES)
        left, right = st.columns(2, gap="medium")
        with left:
            _segments(study, column, place)
        with right:
            _leaks(column, place)


def _segments(study: Study, column: Audited, place: int) -> None:
    st.markdown(f"**{t('In these segments')}**")
    if not column.leanings:
        st.caption(t("No segment by itself differs enough to name it."))
        return
    ids = [segment.id for segment in study.clustering.segments]
    titles = dict(zip(ids, names(study), strict=True))
    for item in column.leanings[:MOST_FACTS]:
        st.markdown(f"{chip(ids.index(item.segment))} {plain(titles[item.segment])}: {plain(shown.figure(item))}")
    rows = [_row(item, titles[item.segment]) for item in column.leanings]
    figures.twin(rows, key=f"audit_segments.{place}", alt=t("Segments that differ in this column"))


def _row(item: EvidenceItem, title: str) -> dict[str, object]:
    return {
        t("Segment"): title,
        t("Fact"): item.label,
        t("In the segment"): shown.value(item, item.value),
        t("All customers"): shown.value(item, item.base),
        t("From"): shown.value(item, item.low),
        t("To"): shown.value(item, item.high),
        t("Effect size"): item.effect,
        t("Customers counted"): item.n,
    }


def _leaks(column: Audited, place: int) -> None:
    st.markdown(f"**{t('What gives it away')}**")
    if column.used is not None:
        st.caption(
            t("The segments are built from it: it makes {share} of what separates them.", share=f"{column.used:.1%}")
        )
    if column.told is not None:
        st.caption(
            t(
                "From all else that the segments are built from, it can be guessed with a V of {value} (for customers "
                "the guess has not seen).",
                value=f"{column.told:.2f}",
            )
        )
    if not column.leaks:
        st.caption(t("No column tells it by itself."))
        return
    found = column.leaks[:8]
    figure = charts.looked(
        [leak.v for leak in found], [_leak(leak) for leak in found], look().palette[0], look(), rows=len(found)
    )
    figure.update_xaxes(range=[0, 1])
    rows = [
        {t("Column or block"): _name(leak), t("V alone"): leak.v, t("V lost without it"): leak.carries}
        for leak in column.leaks
    ]
    number = st.column_config.NumberColumn(format="%.3f")
    figures.draw(
        figure,
        rows,
        key=f"audit_leaks.{place}",
        alt=t("Columns that give it away"),
        formats={t("V alone"): number, t("V lost without it"): number},
    )


def _leak(leak: Leak) -> str:
    return t("{name}: V {value} alone", name=_name(leak), value=f"{leak.v:.2f}")


def _name(leak: Leak) -> str:
    if leak.name == "text":
        return t("what they wrote")
    return glossary.block(leak.name) if leak.name in LEARNED_BLOCKS else leak.name


def _place(study: Study, column: str) -> int:
    """Return the place of a column in the file: names of columns are no keys."""
    listed: Sequence[str] = [each.name for each in study.customers.columns]
    return listed.index(column)

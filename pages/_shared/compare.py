"""Compare: any two segments, custom segments or everyone else against each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from pages._shared import (
    cachedprofiles,
    distributions,
    driverlist,
    figures,
    look,
    profilecharts,
    radar,
    said,
    state,
    view,
)
from pages._shared import evidence as shown
from pages._shared.charts import GREY
from pages._shared.profilecharts import Group
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering, EvidenceItem
from segment_core.profiles import contrast
from segment_core.profiles.contrasts import Purse, purses, settled
from segment_core.profiles.facts import Fact, Ranked
from segment_core.profiles.spread import standing
from segment_core.study import Study

REST, SELECTED = "rest", "selected"
MOST_DRIVERS = 12
FEWEST = 5


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of the two groups compared: its code, name and colour, and who is in it (n,)."""

    code: str
    group: Group
    mask: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """Count its customers."""
        return int(self.mask.sum())


def draw(study: Study, clustering: Clustering, number: int) -> None:
    """Ask for two groups, the first being the segment looked at, and draw how they differ."""
    first, second = _ask(study, clustering, number)
    n_both = int((first.mask & second.mask).sum())
    one, other = settled(first.mask, second.mask)
    smaller = first if first.n <= second.n else second
    sides = (Side(first.code, first.group, one), Side(second.code, second.group, other))
    if n_both:
        told = t("Customers who are in both: {n:,}. They are counted with {name}.", n=n_both, name=smaller.group.name)
        st.caption(plain(told))
    if min(side.n for side in sides) < FEWEST:
        st.info(t("A comparison needs at least {n} customers on each side.", n=FEWEST), icon=":material/group_remove:")
        return
    _sizes(study, sides)
    prepared = cachedprofiles.prepared(study)
    items = contrast(study.customers, sides[0].mask, sides[1].mask, prepared)
    apart = [item for item in items if item.direction in ("over", "under")][:MOST_DRIVERS]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.subheader(t("Where they differ"))
        _differences(apart, prepared, sides)
    with right:
        st.subheader(t("Side by side"))
        pairs = [(side.group, side.mask) for side in sides]
        distributions.draw(prepared, pairs, default=apart[0].column if apart else "", key="compare_column")
        st.subheader(t("Standing among everyone"))
        radar.draw(prepared, pairs, key="compare_radar")
    _words(study, sides)


def selection() -> None:
    """Compare the selected customers with everyone else, from the next run of the page on."""
    st.session_state["compare_a"], st.session_state["compare_b"] = SELECTED, REST
    st.session_state["explore_part"] = "compare"


def _ask(study: Study, clustering: Clustering, number: int) -> tuple[Side, Side]:
    offered = _offered(study, clustering)
    names = {REST: t("Everyone else"), **offered}
    starts = {"compare_a": f"segment:{clustering.segments[number].id}", "compare_b": REST}
    for key, start in starts.items():
        if st.session_state.get(key) not in names:  # not asked yet, or a group that is gone
            st.session_state[key] = start
    left, right = st.columns(2, gap="medium")
    with left:
        a = st.selectbox(t("Compare"), list(offered), format_func=lambda code: offered[code], key="compare_a")
    with right:
        b = st.selectbox(t("with"), list(names), format_func=lambda code: names[code], key="compare_b")
    first, second = a or starts["compare_a"], b or REST
    mask, colour = _of(study, clustering, first)
    others, other_colour = (~mask, GREY) if second == REST else _of(study, clustering, second)
    if colour == other_colour:
        other_colour = GREY
    return (
        Side(_code(first), Group(offered[first], colour), mask),
        Side(_code(second), Group(names[second], other_colour), others),
    )


def _offered(study: Study, clustering: Clustering) -> dict[str, str]:
    titles = look.names(study)
    segments = {f"segment:{segment.id}": name for segment, name in zip(clustering.segments, titles, strict=True)}
    custom = {f"group:{group.name}": t("{name} (custom)", name=group.name) for group in study.groups}
    return ({SELECTED: t("Selected customers")} if state.selection() else {}) | segments | custom


def _code(code: str) -> str:
    """Tell one selection from another, as words are kept by the codes of those compared."""
    return f"{code}:{hash(state.selection())}" if code == SELECTED else code


def _of(study: Study, clustering: Clustering, code: str) -> tuple[NDArray[np.bool_], str]:
    """Return who is in a group, and its colour."""
    if code == SELECTED:
        return view.rows(study.customers.frame.index), look.look().ink
    kind, _, name = code.partition(":")
    if kind == "group":
        place = next(place for place, group in enumerate(study.groups) if group.name == name)
        ids = study.groups[place].customers
        # Custom segments take the colours that the segments leave free, from the end.
        return study.customers.frame.index.isin(ids), look.look().colour(9 - place % 10)
    number = next(place for place, segment in enumerate(clustering.segments) if segment.id == name)
    return clustering.labels == number, look.look().colour(number)


def _sizes(study: Study, sides: Sequence[Side]) -> None:
    total = len(study.customers)
    rows: list[dict[str, Any]] = []
    names = [side.group.name for side in sides]
    if names[0] == names[1]:
        names[1] += " "
    rows.append(
        {t("Measure"): t("Customers")}
        | {
            name: t("{n:,} ({share})", n=side.n, share=f"{side.n / total:.1%}")
            for name, side in zip(names, sides, strict=True)
        }
    )
    found = [{purse.column: purse for purse in purses(study.customers, side.mask)} for side in sides]
    for column in study.customers.named("money"):
        both = [one.get(column) for one in found]
        lines = [
            (t("{column}, on average", column=column), [f"{purse.mean:,.2f}" if purse else "–" for purse in both]),
            (t("{column}, median", column=column), [f"{purse.median:,.2f}" if purse else "–" for purse in both]),
        ]
        if any(purse and purse.total is not None for purse in both):
            lines.append((t("{column}, all together", column=column), [_total(purse) for purse in both]))
        rows.extend({t("Measure"): label} | dict(zip(names, told, strict=True)) for label, told in lines)
    st.subheader(t("Size and money"))
    st.dataframe(rows, hide_index=True, key="compare_sizes", alt=t("Size and money"))


def _total(purse: Purse | None) -> str:
    if purse is None or purse.total is None:
        return "–"
    if purse.share is None:
        return f"{purse.total:,.0f}"
    return t("{total} ({share} of all)", total=f"{purse.total:,.0f}", share=f"{purse.share:.1%}")


def _differences(items: Sequence[EvidenceItem], prepared: Sequence[Fact], sides: Sequence[Side]) -> None:
    groups = [side.group for side in sides]
    if not items:
        st.caption(t("Nothing sets these two clearly apart."))
        return
    by_name = {fact.column: fact for fact in prepared}
    lengths = [
        [_length(item, by_name[item.column], side.mask, number) for item in items] for number, side in enumerate(sides)
    ]
    told = [
        [shown.value(item, value) for item in items for value in ((item.value, item.base)[number],)]
        for number in range(2)
    ]
    hovers = [
        t(
            "{fact}: {first} {value}, {second} {base}; effect size {effect}",
            fact=item.label,
            first=groups[0].name,
            value=shown.value(item, item.value),
            second=groups[1].name,
            base=shown.value(item, item.base),
            effect=f"{item.effect:+.2f}",
        )
        for item in items
    ]
    figure = profilecharts.mirrored([item.label for item in items], lengths, told, groups, hovers, look=look.look())
    names = [group.name for group in groups]
    if names[0] == names[1]:
        names[1] += " "
    figures.draw(
        figure,
        driverlist.rows(items, first=names[0], second=names[1]),
        key="compare_drivers",
        alt=t("Differences between the two"),
        formats=driverlist.formats(),
    )
    st.caption(
        t(
            "The strongest differences first. A bar is a share in percent, or for numbers and dates the mean "
            "percentile among everyone; the value stands at its end. Segments were built from these "
            "columns, so differences between them describe and do not prove."
        ),
        help=t(
            "Chosen by effect size of the first against the second: Cliff's delta for numbers and dates, Cohen's h for "
            "shares, with 95 % intervals in the table; what could be chance among all comparisons (Benjamini and "
            "Hochberg 1995) is left out."
        ),
    )


def _length(item: EvidenceItem, fact: Fact, mask: NDArray[np.bool_], number: int) -> float:
    if isinstance(fact, Ranked):
        return standing(fact, mask) or 0.0
    return 100 * ((item.value, item.base)[number] or 0.0)


def _words(study: Study, sides: Sequence[Side]) -> None:
    if not study.customers.named("text"):
        return
    st.subheader(t("Words that differ"))
    found = cachedprofiles.words(study, sides[0].mask, sides[1].mask, [side.code for side in sides])
    for column, side, items in zip(st.columns(2, gap="medium"), sides, found, strict=True):
        with column:
            said.words(items, t("{name} uses these words more.", name=plain(side.group.name)))
    if any(found):
        rows = [
            {
                t("Group"): side.group.name,
                t("Word"): item.text,
                t("Share of its texts"): item.value,
                t("Share of both"): item.base,
            }
            for side, items in zip(sides, found, strict=True)
            for item in items
        ]
        percent = st.column_config.NumberColumn(format="percent")
        formats = dict.fromkeys((t("Share of its texts"), t("Share of both")), percent)
        figures.twin(pd.DataFrame(rows), key="compare_words", alt=t("Words that differ"), formats=formats)

"""Alike: from a few customers to more of their kind: ranked, with reasons, and cut where it stops being worth it."""

import zlib
from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import streamlit as st

from pages._shared import (
    alikecharts,
    cached,
    cachedfound,
    consent,
    figures,
    glossary,
    marking,
    owngroups,
    selected,
    state,
    view,
)
from pages._shared.look import look, names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import LEARNED_BLOCKS, Clustering
from segment_core.errors import OptionError
from segment_core.exporting import segments_csv, withheld
from segment_core.profiles import Lookalikes, Reason
from segment_core.study import Study

LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9)
LEVEL = 0.8
SELECTION = "selection"


def draw(study: Study, clustering: Clustering) -> None:
    """Ask whom to be like, then draw the curve, the cut-off on it, and the customers taken with their reasons."""
    st.header(t("Look-alikes"))
    st.caption(
        t(
            "Choose customers to start from: those selected on the map or found by a search, a segment, a custom "
            "segment or a label. Everybody else is ranked by how like them they are in all that the segments are built "
            "from."
        )
    )
    offered = _offered(study, clustering)
    chosen = st.selectbox(
        t("Like whom"), list(offered), index=_first(offered, clustering), format_func=offered.get, key="alike_seeds"
    )
    if chosen is None or study.features is None:
        return
    seeds = _seeds(study, clustering, chosen)
    try:
        found = cachedfound.alike(*state.study_version(), seeds)
    except OptionError as error:
        st.info(plain(tell(error.message)), icon=":material/group_add:")
        return
    if chosen.startswith("segment:"):
        st.caption(
            t(
                "This is a whole segment, so its look-alikes are in other segments; as segments are cut where "
                "customers differ, few of them can be right."
            )
        )
    if not found.ranked.told:
        st.warning(
            t(
                "These customers have nothing in common that sets them apart from the others: each of them, hidden, is "
                "ranked no higher than chance gives. Their look-alikes are about as good as customers drawn at random."
            ),
            icon=":material/casino:",
        )
    n = _cut(found.ranked, chosen, seeds)
    ids = study.customers.frame.index[found.ranked.places[:n]].astype(str).to_list()
    _act(study, found.ranked, ids)
    _list(study, clustering, found, n)


def _offered(study: Study, clustering: Clustering) -> Mapping[str, str]:
    """Return what one can start from, by code, with its name."""
    found: dict[str, str] = {}
    if state.selection():
        found[SELECTION] = t("The {n:,} customers selected now", n=len(state.selection()))
    for segment, name in zip(clustering.segments, names(study), strict=True):
        found[f"segment:{segment.id}"] = t("Segment {name} ({n:,})", name=name, n=segment.size)
    for group in study.groups:
        found[f"group:{group.name}"] = t("Custom segment {name} ({n:,})", name=group.name, n=len(group.customers))
    version = state.study_version()
    for column in study.labels if version else ():
        for count in cached.label_counts(*version, column.name):
            if count.n:
                code = f"label:{column.name}:{count.label}"
                found[code] = t("Label {column}: {label} ({n:,})", column=column.name, label=count.label, n=count.n)
    return found


def _first(offered: Mapping[str, str], clustering: Clustering) -> int:
    """Return the place of the selection where there is one, else of the segment being looked at."""
    if SELECTION in offered:
        return 0
    return list(offered).index(f"segment:{clustering.segments[selected.chosen(clustering)].id}")


def _seeds(study: Study, clustering: Clustering, chosen: str) -> tuple[str, ...]:
    index = study.customers.frame.index
    kind, _, name = chosen.partition(":")
    if kind == "segment":
        return tuple(index[clustering.ids == name])
    if kind == "group":
        return next((group.customers for group in study.groups if group.name == name), ())
    if kind == "label":
        values = cached.label_values(*state.study_version())
        column = next(column.name for column in study.labels if chosen.startswith(f"label:{column.name}:"))
        return tuple(index[(values[column] == chosen.removeprefix(f"label:{column}:")).to_numpy()])
    return state.selection()


def _cut(found: Lookalikes, chosen: str, seeds: tuple[str, ...]) -> int:
    """Draw the curve beside the choice of how many to take, and return how many."""
    left, right = st.columns([3, 2], gap="medium")
    with right:
        level = st.select_slider(
            t("Take as long as so many can be right"),
            LEVELS,
            value=LEVEL,
            format_func=lambda share: f"{share:.0%}",
            help=t(
                "A fifth of the customers to start from is hidden at a time, and ranked with all others. How many of "
                "these rank as high says how many look-alikes there can be: at most so many are right."
            ),
            key="alike_level",
        )
        start = zlib.crc32(repr((chosen, seeds, level)).encode())
        most = int(found.curve.taken[-1])
        proposed = found.cut(level)
        n = st.slider(t("Customers to take"), 1, max(2, most), proposed, key=f"alike_n.{start}")
        n = min(n, len(found.places))
        place = int(np.searchsorted(found.curve.taken, n).clip(max=len(found.curve.taken) - 1))
        with st.grid(2):
            st.metric(t("Right, at most"), f"{found.curve.right[place]:.0%}", border=True)
            st.metric(t("Seeds as alike"), f"{found.curve.found[place]:.0%}", border=True)
        st.caption(
            t(
                "The last one taken is more alike than {share} of the customers you started from are to one another.",
                share=f"{found.scores[n - 1]:.0%}",
            )
        )
        if found.told and proposed < found.curve.cut(level):
            st.caption(
                t(
                    "{n:,} are proposed: beyond them everybody is less alike than each of those you started from, "
                    "whatever could be right by the curve.",
                    n=proposed,
                )
            )
    with left:
        named = (t("Right, at most"), t("Seeds as alike"))
        figures.draw(
            alikecharts.curve(found.curve, n, *named, look()),
            [
                {t("Customers taken"): int(taken), named[0]: share, named[1]: reached}
                for taken, share, reached in zip(found.curve.taken, found.curve.right, found.curve.found, strict=True)
            ],
            key="alike_curve",
            alt=t("What is to be had by taking more look-alikes"),
            formats={name: st.column_config.NumberColumn(format="percent") for name in named},
        )
    return n


def _act(study: Study, found: Lookalikes, ids: list[str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            t("Show on the map"),
            icon=":material/scatter_plot:",
            key="alike_to_map",
            on_click=view.select,
            args=(ids,),
        )
        icon = ":material/bookmark_add:"
        with st.popover(t("Save as custom segment"), icon=icon, key="alike_save", on_change="rerun"):
            name = st.text_input(t("Name"), max_chars=60, key="alike_name")
            st.button(
                t("Save {n:,} customers", n=len(ids)),
                type="primary",
                disabled=not name.strip(),
                key="alike_keep",
                on_click=_save,
                args=(name, tuple(ids)),
            )
        marking.button(study, ids, "alike")
        likeness = np.full(len(study.customers), "", dtype=object)
        likeness[found.places[: len(ids)]] = np.round(found.scores[: len(ids)], 4)
        st.download_button(
            t("Download CSV"),
            data=lambda study=study, ids=ids, likeness=likeness: segments_csv(
                study, only=ids, more={"likeness": likeness.tolist()}
            ),
            file_name="look-alikes.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="alike_csv",
        )
    consent.tell_withheld(withheld(study.customers, only=ids))


def _save(name: str, ids: tuple[str, ...]) -> None:
    if owngroups.save(name, ids):
        st.session_state["alike_name"], st.session_state["alike_save"] = "", False  # and close the popover


def _list(study: Study, clustering: Clustering, found: cachedfound.Alike, n: int) -> None:
    shown = min(n, len(found.reasons))
    places = found.ranked.places[:shown]
    titles = np.array(names(study))[clustering.labels]
    heads = (t("Most alike in"), t("Then in"), t("And in"))
    listed = [
        {
            t("Customer"): str(study.customers.frame.index[place]),
            t("As alike as seeds"): round(100 * float(score)),
            t("Segment"): str(titles[place]),
        }
        | dict(zip(heads, (*(_reason(study, reason) for reason in reasons), "", "", ""), strict=False))
        for place, score, reasons in zip(places, found.ranked.scores[:shown], found.reasons[:shown], strict=True)
    ]
    st.dataframe(
        listed,
        hide_index=True,
        height=min(420, 36 * shown + 39),
        column_config={
            t("As alike as seeds"): st.column_config.ProgressColumn(
                format="%.0f%%",
                min_value=0,
                max_value=100,
                width=120,
                help=t(
                    "The share of the customers you started from who are no more alike: half is like one in the middle."
                ),
            ),
            t("Segment"): st.column_config.TextColumn(width=210),
            **{
                head: st.column_config.TextColumn(
                    width=250, help=t("In brackets the share of the seeds, and of all others, who are like that.")
                )
                for head in heads
            },
        },
        key="alike_list",
        alt=t("Look-alikes with their reasons"),
    )
    if shown < n:
        st.caption(t("The first {n:,} are shown; the CSV has them all.", n=shown))


def _reason(study: Study, reason: Reason) -> str:
    share = {"seeds": f"{reason.seeds:.0%}", "others": f"{reason.others:.0%}"}
    if reason.name in LEARNED_BLOCKS and not reason.value:
        what = t("what they wrote") if reason.name == "text" else glossary.block(reason.name)
        return t("{what} ({seeds} / {others})", what=what, **share)
    role = study.customers.column(reason.name).role
    if role == "yes/no":
        value = t("Yes") if reason.value == "1.0" else t("No")
    elif np.isfinite(reason.low):
        ends = [_written(end, role) for end in (reason.low, reason.high)]
        value = ends[0] if ends[0] == ends[1] else t("{low} to {high}", low=ends[0], high=ends[1])
    else:
        value = reason.value
    return t("{what} ({seeds} / {others})", what=f"{reason.name} {value}", **share)


def _written(amount: float, role: str) -> str:
    if role == "date":
        return (date(1970, 1, 1) + timedelta(days=amount)).isoformat()
    return f"{amount:,.0f}" if abs(amount) >= 1000 else f"{amount:,.4g}"

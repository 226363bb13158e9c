"""Joins: how several tables hang together, on a small diagram, for the analyst to confirm or change."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages._shared import cached, state
from pages._shared.look import look
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Table
from segment_core.errors import OptionError
from segment_core.intake import Assembled
from segment_core.intake.joins import Link, Proposal, stem
from segment_core.plan import Plan
from segment_core.store import Upload, default_folder

QUIET = "#7D8790"  # legible on the light ground and on the dark one
EVENTS = "#4E6474"


def proposed(upload: Upload) -> tuple[Proposal, ...]:
    """Return every link that can be chosen: the proposed ones and those the analyst added."""
    source = (str(default_folder()), upload.id, upload.name, state.plan())
    found = cached.proposals(*source)
    known = {proposal.link for proposal in found}
    added = []
    for link in state.links() or ():
        if link not in known:
            try:
                added.append(cached.measured(*source, link))
            except OptionError:  # the table was read otherwise since, and the column is gone
                continue
    return (*found, *added)


def with_links(upload: Upload, tables: Sequence[Table], plan: Plan) -> tuple[Plan, tuple[Proposal, ...]]:
    """Return the plan with the links to join by, and every link that can be chosen; one table needs none."""
    if len(tables) == 1:
        return plan, ()
    proposals = proposed(upload)
    return plan.having(links=chosen(proposals)), proposals


def chosen(proposals: Sequence[Proposal]) -> tuple[Link, ...]:
    """Return the links to join by: as edited, else all that can be joined without multiplying rows."""
    links = state.links()
    if links is None:
        return tuple(proposal.link for proposal in proposals if proposal.usable)
    known = {proposal.link for proposal in proposals}
    return tuple(link for link in links if link in known)


def confirm(plan: Plan) -> None:
    """Draw the button that makes the links part of the plan."""
    st.button(
        t("Join these tables"),
        type="primary",
        icon=":material/join:",
        key="join_tables",
        on_click=state.set_links,
        args=(plan.links or (),),
        kwargs={"confirm": True},
    )


def show(upload: Upload, assembled: Assembled, proposals: Sequence[Proposal]) -> None:
    """Draw the diagram, and beside it the links with their match rates, each of which can be left out."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(t("How the tables hang together"), width="content")
        _add(upload, assembled.tables)
        if state.plan().links is not None:
            st.badge(t("Joined"), icon=":material/check_circle:", color="green")
            st.button(
                t("Back to what was proposed"),
                icon=":material/undo:",
                type="tertiary",
                key="links_back",
                on_click=state.change_plan,
                kwargs={"links": None},
            )
    st.graphviz_chart(
        diagram(assembled), width="content", alt=t("Diagram of the tables and the columns that link them")
    )
    st.caption(
        t(
            "An arrow leads from many rows to the one they belong to. Blue: the customers; dark: what belongs to them; "
            "light: what describes that; dashed: not joined."
        )
    )
    if not proposals:
        st.warning(
            t(
                "No column of one table was found in another, so only the table of customers is used. If two columns "
                "hold the same keys, choose them under Add a link."
            )
        )
        return
    _edit(upload, proposals, chosen(proposals))
    for proposal in proposals:
        if not proposal.usable:
            st.caption(f":material/call_split: {plain(tell(proposal.reason))}")


def diagram(assembled: Assembled) -> str:
    """Draw the tables as a graph in the DOT language: customers first, what belongs to them, what describes that."""
    rows = {table.name: len(table.frame) for table in assembled.tables}
    places = assembled.arrangement.places if assembled.arrangement else ()
    kinds = {place.table: place.kind for place in places}
    names = dict(zip(rows, short_names(list(rows)), strict=True))
    node = {table: f"t{number}" for number, table in enumerate(rows)}
    lines = [
        "digraph {",
        'bgcolor="transparent"; rankdir="LR"; nodesep=0.2; ranksep=0.7;',
        'node [shape="box", style="rounded,filled", fontname="sans-serif", fontsize=12, color="transparent"];',
        f'edge [fontname="sans-serif", fontsize=11, color="{QUIET}", fontcolor="{QUIET}", arrowsize=0.6];',
    ]
    for table, n_rows in rows.items():
        kind = kinds.get(table, "apart")
        fill, ink = _paint(kind)
        label = f"{names[table]}\n{t('Rows: {n:,}', n=n_rows)}"
        outline = f', color="{QUIET}", style="rounded,dashed"' if kind == "apart" else ""
        lines.append(f'{node[table]} [label={_quoted(label)}, fillcolor="{fill}", fontcolor="{ink}"{outline}];')
    near = {place.table: number for number, place in enumerate(places)}
    for proposal in assembled.proposals:
        link = proposal.link
        outward = near.get(link.parent, 0) <= near.get(link.child, 0)
        ends = (node[link.parent], node[link.child]) if outward else (node[link.child], node[link.parent])
        label = f"{_shortened(link.child_column)}\n{proposal.cardinality} · {proposal.child_match:.0%}"
        weak = "" if proposal.usable else ', style="dashed"'
        way = "back" if outward else "forward"
        lines.append(f"{ends[0]} -> {ends[1]} [label={_quoted(label)}, dir={way}{weak}];")
    return "\n".join([*lines, "}"])


def short_names(tables: Sequence[str]) -> list[str]:
    """Shorten names of tables to what tells them apart: endings go, and words that most begin or end with.

    Examples
    --------
    >>> short_names(["shop_orders_2024.csv", "shop_lines_2024.csv", "shop_items_2024.csv", "extra.csv"])
    ['orders', 'lines', 'items', 'extra']
    """
    words = [stem(name).split("_") for name in tables]
    for end in (0, -1):
        counts = Counter(found[end] for found in words)
        common, times = counts.most_common(1)[0]
        if times > max(1, 0.6 * len(words)):
            words = [
                found[1:]
                if end == 0 and found[0] == common and len(found) > 1
                else found[:-1]
                if end == -1 and found[-1] == common and len(found) > 1
                else found
                for found in words
            ]
    return [_shortened("_".join(found)) for found in words]


def _paint(kind: str) -> tuple[str, str]:
    fills = {"customers": look().palette[0], "events": EVENTS, "lookup": QUIET}
    return (fills[kind], "#FFFFFF") if kind in fills else ("transparent", QUIET)


def _edit(upload: Upload, proposals: Sequence[Proposal], used: Sequence[Link]) -> None:
    shown = pd.DataFrame(
        {
            "use": [proposal.link in used for proposal in proposals],
            "rows": [proposal.link.child for proposal in proposals],
            "belong": [proposal.link.parent for proposal in proposals],
            "by": [_by(proposal.link) for proposal in proposals],
            "kind": [proposal.cardinality for proposal in proposals],
            "match": [100 * proposal.child_match for proposal in proposals],
            "used": [100 * proposal.parent_match for proposal in proposals],
            "orphans": [proposal.n_orphans for proposal in proposals],
            "conflicts": [proposal.n_conflicting for proposal in proposals],
            "reason": [tell(proposal.reason) for proposal in proposals],
        }
    )
    config = st.column_config
    edited = st.data_editor(
        shown,
        key=f"links_{upload.id[:12]}_{len(proposals)}",
        hide_index=True,
        height="content",
        disabled=[name for name in shown.columns if name != "use"],
        column_config={
            "use": config.CheckboxColumn(t("Join"), width="small"),
            "rows": config.TextColumn(t("Rows of")),
            "belong": config.TextColumn(t("belong to")),
            "by": config.TextColumn(t("by")),
            "kind": config.TextColumn(
                t("Kind"), width="small", help=t("n:1: many rows belong to one. n:n is not joined.")
            ),
            "match": config.NumberColumn(
                t("Matched"), format="%.0f%%", width="small", help=t("Share of the keys that the other table has.")
            ),
            "used": config.NumberColumn(
                t("Reached"), format="%.0f%%", width="small", help=t("Share of the other table's keys that are named.")
            ),
            "orphans": config.NumberColumn(
                t("Orphans"), format="localized", width="small", help=t("Rows whose key the other table does not have.")
            ),
            "conflicts": config.NumberColumn(
                t("Conflicts"),
                format="localized",
                width="small",
                help=t("Keys that stand in several rows of the other table which say different things."),
            ),
            "reason": config.TextColumn(t("Reason"), width="large"),
        },
        alt=t("Links between the tables"),
    )
    wanted = tuple(proposal.link for proposal, use in zip(proposals, edited["use"], strict=True) if use)
    if wanted != tuple(proposal.link for proposal in proposals if proposal.link in used):
        state.set_links(wanted)
        st.rerun()  # the diagram above was drawn from the links as they were


def _add(upload: Upload, tables: Sequence[Table]) -> None:
    by_name = {table.name: table for table in tables}
    with st.popover(t("Add a link"), icon=":material/add_link:", key="link_add"):
        names = list(by_name)
        child = st.selectbox(t("Rows of"), names, key="link_child")
        child_column = st.selectbox(t("Column"), list(map(str, by_name[child].frame.columns)), key="link_child_column")
        parent = st.selectbox(t("belong to"), [name for name in names if name != child], key="link_parent")
        columns = list(map(str, by_name[parent].frame.columns))
        parent_column = st.selectbox(t("Column of that table"), columns, key="link_parent_column")
        link = Link(child, child_column, parent, parent_column)
        found = cached.measured(str(default_folder()), upload.id, upload.name, state.plan(), link)
        st.caption(plain(tell(found.reason)))
        st.caption(
            t("Matched: {match}. Orphans: {n:,}.", match=f"{found.child_match:.0%}", n=found.n_orphans)
            + (f" {t('For example: {keys}', keys=plain(', '.join(found.examples)))}" if found.examples else "")
        )
        st.button(
            t("Add the link"),
            key="link_added",
            disabled=not found.usable,
            on_click=_added,
            args=(link,),
            type="primary",
        )


def _added(link: Link) -> None:
    upload = state.upload()
    if upload is not None:
        before = chosen(proposed(upload))
        state.set_links((*(found for found in before if found != link), link))


def _by(link: Link) -> str:
    same = link.child_column == link.parent_column
    return link.child_column if same else f"{link.child_column} = {link.parent_column}"


def _shortened(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:14]}…{name[-12:]}"


def _quoted(text: str) -> str:
    """Write a text as a DOT string: names of files are data, never part of the language."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + safe.replace("\n", "\\n") + '"'

"""Branches: the cut of a tree that is being made on a page: what is kept whole, what is opened, and using it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from pages._shared import jobs, recipe, state
from pages._shared.look import SHAPES, look, names
from pages._shared.words import plain, t
from segment_core.artifacts import Step, Tree
from segment_core.clustering import cutting
from segment_core.clustering.cutting import Cut
from segment_core.clustering.hierarchical import MOST_SEGMENTS
from segment_core.errors import OptionError
from segment_core.study import Study

BUILD = "segment_core.laddering:build"
CUTS = "cuts_being_made"
USED = "cut_was_used"
TOP = 2
"""The fewest parts of a cut."""


@dataclass(frozen=True, slots=True, eq=False)
class Branches:
    """A tree as a page shows it: `step` cuts it, `numbers` are the colours of its nodes, `titles` their names.

    `became` says which nodes are segments of the study now; it is empty where these were not cut from this tree.
    """

    tree: Tree
    step: Step
    numbers: tuple[int, ...]
    titles: tuple[str, ...]
    became: Mapping[int, int]
    persistence: Sequence[float]

    def colour(self, node: int) -> str:
        """Return a branch's colour; the largest part of a branch keeps it."""
        return look().colour(self.numbers[node])

    def sign(self, node: int) -> str:
        """Return a branch's mark, which differs where colours start again."""
        return SHAPES[look().symbol(self.numbers[node])]

    def short(self, node: int) -> str:
        """Return a branch's name, after its mark where colours have started again."""
        name, again = cutting.name(self.tree, node), self.numbers[node] >= len(look().palette)
        return f"{self.sign(node)} {name}" if again else name

    def figures(self, node: int) -> str:
        """Say how many customers a branch has, and which part of all that is."""
        n, total = int(self.tree.sizes[node]), int(self.tree.sizes[0])
        return t("{n:,} customers, {share}", n=n, share=f"{n / total:.1%}")


def of(
    study: Study,
    tree: Tree,
    step: Step,
    *,
    persistence: Sequence[float] = (),
    leads: Sequence[tuple[tuple[str, bool], ...]] = (),
) -> Branches:
    """Name and colour the branches of a tree: those that are segments now have their segment's name and colour."""
    became = _became(study, tree, step)
    numbers = _numbers(tree, became)
    called = names(study)
    titles = []
    for node in range(len(tree.parents)):
        words = [cutting.name(tree, node)]
        if node in became and called[became[node]] != f"S{became[node] + 1}":
            words.append(called[became[node]])
        elif node < len(leads) and leads[node]:
            words.append(", ".join(f"{'↑' if more else '↓'} {feature}" for feature, more in leads[node]))
        titles.append(" · ".join(words))
    return Branches(tree, step, numbers, tuple(titles), became, persistence or (float("nan"),) * len(titles))


def present(branches: Branches, key: str, start: int = TOP) -> Cut:
    """Return the cut that is being made: at first that of the study's segments, or a level of the tree."""
    text = st.session_state.get(CUTS, {}).get(_place(branches, key))
    if text is not None:
        try:
            return cutting.read(branches.tree, text)
        except OptionError:  # the tree behind the page has changed
            pass
    return tuple(sorted(branches.became)) or cutting.into(branches.tree, max(TOP, start))


def change(branches: Branches, key: str, cut: Cut) -> None:
    """Take another cut; one that would leave a single part, or too many, is not taken."""
    if TOP <= len(cut) <= MOST_SEGMENTS:
        st.session_state.setdefault(CUTS, {})[_place(branches, key)] = cutting.written(branches.tree, cut)


def edit(branches: Branches, key: str, cut: Cut) -> None:
    """Draw the parts of the cut, each with its size and what can be done with it."""
    parts = cutting.parts_of(branches.tree)
    st.markdown(
        t("**{k} segments**, together all {n:,} customers:", k=len(cut), n=int(branches.tree.sizes[list(cut)].sum()))
    )
    with st.container(gap="xsmall", key=f"{key}_parts"):
        for node in cut:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                with st.container(width="stretch", gap=None):
                    st.markdown(_line(branches, node))
                _buttons(branches, key, cut, node, able=bool(parts[node]))


def use(study: Study, branches: Branches, key: str, cut: Cut) -> None:
    """Draw the button that makes these parts the segments, by a run whose plan says so."""
    same = cut == tuple(sorted(branches.became))
    uploaded = state.upload()
    st.button(
        t("Use this cut"),
        type="primary",
        icon=":material/content_cut:",
        key=f"{key}_use",
        disabled=same or uploaded is None or jobs.busy(),
        on_click=_use,
        args=(branches, cut),
    )
    if st.session_state.pop(USED, False):  # the button itself is off by now, because a job runs
        st.rerun()  # the progress is drawn above this page
    if same:
        st.caption(t("These are the segments of the study now."))
    else:
        st.caption(
            t("Finds the segments again with this cut: scores, evidence and personas follow. The plan keeps the cut.")
        )


def offer(study: Study, label: str) -> None:
    """Draw the button that builds the ladder."""
    if st.button(label, icon=":material/stairs:", key=f"ladder_build.{label}", disabled=jobs.busy()):
        jobs.start(BUILD, {"study": state.study_id(), "seed": study.plan.seed})
        st.rerun()  # the progress is drawn above this page


def _use(branches: Branches, cut: Cut) -> None:
    uploaded = state.upload()
    if uploaded is None:
        return
    options = {**branches.step.options, "cut": cutting.written(branches.tree, cut)}
    if "height" in options:
        options["height"] = None
    step = Step(branches.step.name, options)
    plan = state.plan().having(clustering=step)
    recipe.adopt(plan)
    args = {"upload": uploaded.id, "plan": plan.to_json(), "study": state.study_behind(uploaded)}
    jobs.start(jobs.RUN_STUDY, args)
    st.session_state[USED] = True


def _line(branches: Branches, node: int) -> str:
    mark = f':color[{branches.sign(node)}]{{foreground="{branches.colour(node)}"}}'
    line = f"{mark} **{plain(branches.titles[node])}** — {branches.figures(node)}"
    lasts = branches.persistence[node]
    return line if np.isnan(lasts) else f"{line} · {t('persistence {value}', value=f'{lasts:.2f}')}"


def _buttons(branches: Branches, key: str, cut: Cut, node: int, *, able: bool) -> None:
    tree, name = branches.tree, cutting.name(branches.tree, node)
    st.button(
        t("Open {name}", name=name),
        icon=":material/call_split:",
        key=f"{key}_open.{name}",
        disabled=not able or len(cut) >= MOST_SEGMENTS,
        help=t("Lets this branch fall into its two parts.") if able else t("This branch goes no deeper."),
        on_click=change,
        args=(branches, key, cutting.opened(tree, cut, node)),
    )
    above = cutting.name(tree, int(tree.parents[node]))
    st.button(
        t("Keep {name} whole", name=above) if above else t("Keep whole"),
        icon=":material/call_merge:",
        key=f"{key}_close.{name}",
        disabled=not above,
        help=t("Joins this branch with the others of the branch it lies in.")
        if above
        else t("This is one of the first two branches; joined, everybody would be one segment."),
        on_click=change,
        args=(branches, key, cutting.closed(tree, cut, node)),
    )


def _place(branches: Branches, key: str) -> str:
    """Name a tree in the session: the study, the page's part and what the tree is made of."""
    chosen = {name: value for name, value in branches.step.options.items() if name not in ("cut", "n_segments")}
    return (
        f"{key} {state.study_id()} {branches.step.name} {sorted(chosen.items(), key=str)} {len(branches.tree.parents)}"
    )


def _became(study: Study, tree: Tree, step: Step) -> dict[int, int]:
    made = study.clustering
    if made is None or made.tree is None or made.made_by.name != step.name:
        return {}
    same = ("seed", "linkage")  # what makes the tree; how it is cut does not matter
    if any(made.made_by.options.get(name) != step.options[name] for name in same if name in step.options):
        return {}
    found = {}
    for node in np.flatnonzero(made.tree.segments >= 0).tolist():
        try:
            place = cutting.node_of(tree, cutting.name(made.tree, node))
        except OptionError:  # another tree, of other features
            return {}
        found[place] = int(made.tree.segments[node])
    return found if all(tree.sizes[place] == made.segments[number].size for place, number in found.items()) else {}


def _numbers(tree: Tree, became: Mapping[int, int]) -> tuple[int, ...]:
    """Give branches numbers for their colours: a branch shares its own with the first and largest of its parts."""
    parts = cutting.parts_of(tree)
    found = dict(became)
    for node in reversed(range(len(parts))):  # above segments
        if node not in found and parts[node] and parts[node][0] in found:
            found[node] = found[parts[node][0]]
    found.setdefault(0, 0)
    free = max(found.values()) + 1
    for node in cutting.splits(tree):
        for place, part in enumerate(parts[node]):
            if part not in found:
                found[part] = found[node] if place == 0 else free
                free += place > 0
    return tuple(found[node] for node in range(len(parts)))

"""Blocks: what customers are compared by, a card a block: what is in it, its weight, and how it is made."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from pages._shared import (
    attention,
    blockpreviews,
    cached,
    contrastviews,
    figures,
    glossary,
    graphviews,
    outbound,
    receipts,
    recipe,
    state,
    topicviews,
    traitviews,
)
from pages._shared.fusioncharts import stacked
from pages._shared.look import look
from pages._shared.words import duration, plain, t, tell
from segment_core.artifacts import Customers, Fidelity, Step
from segment_core.errors import SegmentError
from segment_core.features import BLOCKS, MADE
from segment_core.plan import MENUS, OPTIONAL, Plan
from segment_core.store import default_folder
from segment_core.study import Study

MOST_CHIPS = 8
N_PREVIEW = 5
LONGEST_CELL = 200
SHORTEST = 0.1
"""Seconds that are said of a block that took less."""
FAMILIES = ("encoder", *OPTIONAL)


def study_of_upload() -> Study | None:
    """Return the open study if it was made from the file that is open, else None."""
    upload = state.upload()
    return state.study() if upload is None or state.study_behind(upload) is not None else None


def customers() -> Customers | None:
    """Return the customers to compare: the open study's, else those of the open file; None where there are none."""
    study, upload = study_of_upload(), state.upload()
    if study is not None and (upload is None or study.plan.intake() == state.plan().intake()):
        return study.customers
    if upload is None:
        return None
    try:
        with st.spinner(t("Gathering customers…")):
            return cached.customers(str(default_folder()), upload.id, upload.name, state.plan())
    except SegmentError as error:
        st.error(plain(tell(error.message)), title=t("Customers cannot be gathered from this file yet"))
        return None


def who_decides(study: Study, plan: Plan) -> None:
    """Draw how much each block counts in the distance between two customers, as one bar that follows the sliders."""
    assert study.features is not None
    set_to = {block.name: plan.weights.get(block.name, block.weight) for block in study.features.blocks}
    whole = sum(set_to.values()) or 1.0
    words = [t("Weight: part of the distance between customers")]
    parts = [weight / whole for weight in set_to.values()]
    figure = stacked(words, [("", "")], [parts], [glossary.block(name) for name in set_to], look())
    rows = [{t("Block"): glossary.block(name), t("Part"): part} for name, part in zip(set_to, parts, strict=True)]
    percent = {t("Part"): st.column_config.NumberColumn(format="percent")}
    figures.draw(figure, rows, key="who_decides", alt=words[0], formats=percent)
    st.caption(t("Only the ratios count; at 0 a block is left out."))


def ask(found: Customers, study: Study | None) -> tuple[Plan, bool]:
    """Draw a card a block and return the plan as it is set now, and whether it can run."""
    cards = _Cards(found, study, state.plan())
    with st.grid(3, min_column_width=300):
        for name, (roles, _) in BLOCKS.items():
            if found.named(*roles):
                cards.draw(name, found.named(*roles))
        if found.named("text"):
            cards.draw("text", found.named("text"), cards.read_by)
        for name in MADE:
            if name == "graph" or found.named("text"):
                cards.draw(name, (), lambda name=name: cards.choose(name, t("Made by"), optional=True))
            else:
                cards.without_texts(name)
    return cards.plan()


def same(plan: Plan, other: Plan) -> bool:
    """Tell whether two plans give the same features of the same customers."""

    def chosen(one: Plan) -> list[object]:
        steps = [(name, getattr(one, name).name) for name in FAMILIES]
        options = [one.options(name) for name, line in steps if line != "none"]
        return [steps, options, dict(one.weights), one.intake().to_json()]

    return chosen(plan) == chosen(other)


def press(*, built: bool, segmented: bool, ready: bool, disabled: bool) -> bool:
    """Draw the page's primary button, named by what happens: segments there are, are found again from new features."""
    if built:
        label, icon = t("Find segments"), ":material/workspaces:"
    elif segmented:
        label, icon = t("Build features and find segments"), ":material/tune:"
    else:
        label, icon = t("Build features"), ":material/tune:"
    why = None if ready else t("Something is still missing on a card below: it says what.")
    return st.button(label, type="primary", icon=icon, key="build", disabled=disabled or not ready, help=why)


def notes(study: Study) -> None:
    """Say what was done to values and texts on the way to the features; what may mislead stands open."""
    assert study.features is not None
    found = study.features.notes
    for note in found:
        if note.level == "warning":
            st.warning(plain(tell(note.message)))
    rest = [note for note in found if note.level != "warning"]
    if rest:
        with st.expander(t("What was done to the values ({n})", n=len(rest)), icon=":material/build:"):
            for note in rest:
                st.markdown(f"- {plain(tell(note.message))}")


def views(study: Study) -> None:
    """Draw what was made on the way to the features, a tab each; only the open one is drawn."""
    drawn = {
        t("Topics"): topicviews.draw,
        t("Graph"): graphviews.draw,
        t("Traits"): traitviews.draw,
        t("Attention"): attention.draw,
        t("Who decides"): receipts.draw,
    }
    if study.contrast is not None:
        drawn[t("Learned")] = contrastviews.draw
    for tab, draw in zip(st.tabs(list(drawn), key="feature_views", on_change="rerun"), drawn.values(), strict=True):
        with tab:
            if tab.open:
                draw(study)


class _Cards:
    """The cards of one drawing of the page, and what was chosen on them."""

    def __init__(self, found: Customers, study: Study | None, plan: Plan) -> None:
        self._found, self._study, self._plan = found, study, plan
        self._start = recipe.shares(study, plan)
        self._set_to: dict[str, int] = {}
        self._steps: dict[str, Step] = {}
        self._able = True

    def draw(self, name: str, columns: tuple[str, ...], more: Callable[[], bool] = lambda: True) -> None:
        """Draw a block's card; `more` draws how it is made, and tells whether it is on."""
        with st.container(border=True, gap="small", height="stretch", key=f"block.{name}"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{glossary.block(name)}**", width="stretch")
                _badge(name, self._study)
            st.caption(glossary.block_meaning(name))
            inside = columns or blockpreviews.contents(name, self._study)
            if inside:
                _chips(inside)
            if more():
                if name in self._start:
                    self._set_to[name] = recipe.weight(name, t("Weight"), self._start[name])
                elif self._study is not None and getattr(self._study, name, None) is not None:
                    st.caption(t("It was built, but nothing in it tells customers apart, so it has no weight."))
                else:
                    st.caption(t("Its weight can be set once it is built."))
            if inside:
                with st.popover(t("Preview"), icon=":material/table_rows:", type="tertiary", key=f"preview.{name}"):
                    if columns:
                        _preview(self._found, columns)
                    elif self._study is not None:
                        blockpreviews.preview(name, self._study)

    def without_texts(self, name: str) -> None:
        """Draw the card of a block that is made of texts, where there are none: nothing can be chosen."""
        with st.container(border=True, gap="small", height="stretch", key=f"block.{name}"):
            st.markdown(f"**{glossary.block(name)}**")
            st.caption(glossary.block_meaning(name))
            st.caption(t("No column holds texts. If one does, give it the role “Text” on the Data page."))

    def choose(self, family: str, label: str, *, optional: bool) -> bool:
        """Ask how a step is done, and tell whether it is done at all."""
        chosen = getattr(self._plan, family)
        step, able = recipe.step(
            family, label, MENUS[family], chosen, self._plan.seed, optional=optional, folded=family in MADE
        )
        self._steps[family] = step
        self._able = outbound.show(family, step, self._found) and able and self._able
        return step.name != "none"

    def read_by(self) -> bool:
        """Say how texts are read, how faithfully, and offer other ways."""
        if self._study is not None:
            recipe.read_by(self._study)
            for reading in self._study.readings or ():
                if reading.fidelity is not None:
                    _fidelity(reading.fidelity)
        with st.expander(t("Reading of texts"), icon=":material/notes:"):
            self.choose("encoder", t("Texts are read by"), optional=False)
        with st.expander(t("Learn what belongs together"), icon=":material/join_inner:"):
            self.choose("contrast", t("Learned by"), optional=True)
        return True

    def plan(self) -> tuple[Plan, bool]:
        """Return the plan as it is set now, and whether it can run."""
        some = not self._set_to or any(self._set_to.values())
        if not some:
            st.warning(t("Give at least one block a weight."))
        start = {name: self._start[name] for name in self._set_to}
        weights = recipe.weights_of(start, self._set_to, self._plan)
        plan = self._plan.having(**self._steps, weights=weights, personas=recipe.writer(self._plan))
        return plan, self._able and some


def _badge(name: str, study: Study | None) -> None:
    """Say how wide the block is, and how long it took when it was made."""
    made = {block.name: block for block in study.features.blocks} if study and study.features else {}
    if name not in made:
        return
    width, time = made[name].stop - made[name].start, study.block_seconds.get(name) if study else None
    said = t("Features: {n}", n=width) + (f" · {duration(max(time, SHORTEST))}" if time is not None else "")
    st.badge(said, color="gray", help=t("How many features it is, and how long it took when it was made."))


def _chips(columns: tuple[str, ...]) -> None:
    rest = len(columns) - MOST_CHIPS
    chips = [f":gray-badge[{plain(column)}]" for column in columns[:MOST_CHIPS]]
    st.markdown(" ".join(chips) + (f" :gray[+{rest}]" if rest > 0 else ""))


def _fidelity(fidelity: Fidelity) -> None:
    rows = [
        {
            t("Measure"): t("Similarity of pairs (rank correlation)"),
            t("Student"): fidelity.similarity,
            t("At best"): 1.0,
        },
        {t("Measure"): t("The 10 nearest texts that both name"), t("Student"): fidelity.neighbours, t("At best"): 1.0},
        {
            t("Measure"): t("Agreement of clusters (adjusted Rand index)"),
            t("Student"): fidelity.clusters,
            t("At best"): fidelity.ceiling,
        },
    ]
    two = st.column_config.NumberColumn(format="%.2f")
    formats = {t("Student"): two, t("At best"): two}
    with st.popover(t("How faithful is it?"), icon=":material/school:", type="tertiary", key="fidelity"):
        st.caption(
            t(
                "The full model read {learned:,} of the texts and the student learned from them; measured on {held:,} "
                "others that the full model read as well.",
                learned=fidelity.n_learned,
                held=fidelity.n_held_out,
            )
        )
        st.dataframe(rows, hide_index=True, column_config=formats, key="fidelity_table")


def _preview(found: Customers, columns: tuple[str, ...]) -> None:
    frame = found.frame[list(columns)]
    head = frame[frame.replace("", None).notna().any(axis=1)].head(N_PREVIEW)
    cells = {
        column: [value[:LONGEST_CELL] if isinstance(value, str) else value for value in head[column]]
        for column in columns
    }
    st.dataframe(pd.DataFrame(cells, index=head.index), alt=t("The first customers"))

"""History: what personas and messages were before each change, and the way back."""

from datetime import datetime

import streamlit as st

from pages._shared import keeping, sections, state, versions, view
from pages._shared.look import chip
from pages._shared.versions import Difference
from pages._shared.words import language, plain, t, tell
from segment_core.artifacts import Personas
from segment_core.messages import Message, say
from segment_core.study import MOST_VERSIONS, Study

PLACE = "history.version"


def draw(study: Study) -> None:
    """Draw the versions with what each change did, what restoring would bring back, and the buttons for it."""
    n = len(study.history or ())
    panel = st.expander(t("History"), icon=":material/history:", key="history", on_change="rerun")
    if not panel.open:
        return
    with panel:
        if not study.history or study.evidence is None:
            st.caption(t("Nothing has been changed yet. Each edit, and all that is written anew, will be kept here."))
            return
        st.caption(
            t(
                "The last {n} changes are kept. Restoring is a change like any other: it can be taken back.",
                n=MOST_VERSIONS,
            )
        )
        order = list(range(n))[::-1]
        number = st.selectbox(
            t("As it was before"),
            order,
            format_func=lambda number: _label(study, number),
            key=f"{PLACE}.{n}",
        )
        _version(study, number if number in order else order[0])


def edit(study: Study, personas: Personas, segment: str) -> None:
    """Keep edited personas; what they were goes into the history, and the last edit can be taken back."""
    title = _title(study, segment)
    remembered = study.remembering(say("{name} was edited.", name=f"{title} ({segment})"))
    said = t("{name} was edited.", name=plain(title))
    keeping.keep(study, said, icon=":material/edit:", personas=personas, history=remembered.history)


def when(seconds: float) -> str:
    """Write a time the way the history does."""
    return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M")


def _label(study: Study, number: int) -> str:
    version = (study.history or ())[number]
    return f"{when(version.at)} · {tell(version.note)}"


def _version(study: Study, number: int) -> None:
    assert study.history is not None and study.evidence is not None
    version, spoken = study.version(number), language()
    done = versions.differences(version, versions.after(study, number), study.evidence, spoken)
    if done:
        st.caption(t("This change touched: {parts}.", parts=_parts(study, done)))
    back = versions.differences(versions.now(study), version, study.evidence, spoken)
    if not back:
        st.markdown(t("Everything is as it was then; there is nothing to bring back."))
        return
    st.markdown(f"**{t('What restoring would change')}**")
    for segment in dict.fromkeys(each.segment for each in back):
        with st.container(border=True, gap="xsmall", key=f"history.{segment}"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{_chip(study, segment)} **{plain(_title(study, segment))}**", width="stretch")
                st.button(
                    t("Restore this segment"),
                    icon=":material/history:",
                    type="tertiary",
                    key=f"restore.{segment}",
                    on_click=_restore,
                    args=(number, segment),
                )
            for each in back:
                if each.segment == segment:
                    _difference(each)
    st.button(
        t("Restore all of it"),
        icon=":material/history:",
        key="restore",
        on_click=_restore,
        args=(number, ""),
    )


def _difference(found: Difference) -> None:
    st.caption(sections.title(found.part))
    lines = [f":red[:material/remove: {plain(text)}]" for text in found.before]
    lines += [f":green[:material/add: {plain(text)}]" for text in found.after]
    st.markdown("  \n".join(lines) or t("The same sentences by another writer, or in another order."))


def _parts(study: Study, found: list[Difference]) -> str:
    if len(found) > 4:
        touched = dict.fromkeys(each.segment for each in found)
        return t("{parts} parts of {segments} segments", parts=len(found), segments=len(touched))
    return ", ".join(f"{plain(_title(study, each.segment))}: {sections.title(each.part)}" for each in found)


def _restore(number: int, segment: str) -> None:
    study = state.study()
    if study is None or not study.history or number >= len(study.history):
        return
    version = study.version(number)
    title = _title(study, segment) if segment else ""
    note: Message = (
        say("{name} was restored as of {time}.", name=f"{title} ({segment})", time=when(version.at))
        if segment
        else say("All was restored as of {time}.", time=when(version.at))
    )
    said = t("Restored as of {time}.", time=when(version.at))
    found = versions.restored(study, version, segment)
    keeping.keep(study, said, icon=":material/history:", history=study.remembering(note).history, **found)
    view.close_part()


def _title(study: Study, segment: str) -> str:
    persona = study.personas.of(segment) if study.personas else None
    return persona.name if persona is not None else segment


def _chip(study: Study, segment: str) -> str:
    ids = [each.id for each in study.clustering.segments] if study.clustering else []
    return chip(ids.index(segment)) if segment in ids else ""

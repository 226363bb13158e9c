"""Kept encoders: what each was worth before and after on customers held out; keep, discard, compare, rename, delete."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages._shared import encodercard, figures, recipe, state
from pages._shared.look import look
from pages._shared.trainingcharts import curve
from pages._shared.words import duration, plain, t, tell
from segment_core import tuning
from segment_core.artifacts import Step
from segment_core.errors import DataError
from segment_core.finetuning import RECIPES
from segment_core.store import KEPT, EncoderCard, Figure

RENAMED = "encoder_name"


def waiting(study: str) -> None:
    """Draw the encoders of a study that wait to be kept or discarded, and those whose study is gone."""
    for encoder, card in _waiting(study).items():
        with st.container(border=True, key=f"waiting.{encoder}"):
            st.subheader(t("It has learned: keep it?"))
            st.markdown(f"**{plain(card.name)}**")
            st.markdown(verdict(card.figures))
            table(card, f"waiting.{encoder}")
            about(card)
            encodercard.draw(encoder, card, base_name(card.base))
            with st.expander(t("Loss by step, lower is better"), icon=":material/show_chart:", key=f"loss.{encoder}"):
                _loss(card, encoder)
            with st.container(horizontal=True):
                st.button(
                    t("Keep"),
                    type="primary",
                    icon=":material/check:",
                    key=f"keep.{encoder}",
                    on_click=_keep,
                    args=(encoder,),
                )
                st.button(
                    t("Discard"), icon=":material/delete:", key=f"discard.{encoder}", on_click=_delete, args=(encoder,)
                )


def n_of(study: str | None) -> int:
    """Count the kept encoders that learned from the customers of a study, by its id."""
    return sum(card.kept and card.study == study for card in state.workspace().encoders.all().values())


def n_waiting(study: str | None) -> int:
    """Count the encoders that wait to be kept or discarded."""
    return len(_waiting(study or ""))


def _waiting(study: str) -> dict[str, EncoderCard]:
    others = {entry.id for entry in state.workspace().studies()} - {study}
    found = state.workspace().encoders.all()
    return {encoder: card for encoder, card in found.items() if not card.kept and card.study not in others}


def listed() -> None:
    """Draw the encoders that were kept, compare their figures, and offer what can be done with each."""
    kept = {encoder: card for encoder, card in state.workspace().encoders.all().items() if card.kept}
    st.subheader(t("Kept encoders"))
    if not kept:
        st.caption(t("None yet. What you keep can be chosen wherever a model can, on the Features page for one."))
        return
    st.dataframe(
        [_line(card) for card in kept.values()],
        hide_index=True,
        key="encoders",
        alt=t("Kept encoders"),
    )
    st.caption(t("Figures of different encoders compare only where they were measured on the same labels."))
    chosen = st.selectbox(
        t("Encoder"), list(kept), format_func=lambda encoder: kept[encoder].name, key="encoder_looked_at"
    )
    card = kept[chosen]
    table(card, f"kept.{chosen}")
    about(card)
    encodercard.draw(chosen, card, base_name(card.base))
    _actions(chosen, card)


def verdict(found: Sequence[Figure]) -> str:
    """Say in one sentence what an encoder gained and lost."""
    if not found:
        return t("Nothing could be measured: there are no labels or segments, or too few customers.")
    counts = {
        code: sum(figure.verdict == code for figure in found) for code in ("better", "worse", "unclear", "too few")
    }
    said = t(
        "Better by {better} of {n} measures, worse by {worse}, no clear change by {unclear}.",
        better=counts["better"],
        worse=counts["worse"],
        unclear=counts["unclear"] + counts["too few"],
        n=len(found),
    )
    if counts["too few"] == len(found):
        said = t("Too few customers were held out to say anything: fewer than 30.")
    icon = "trending_up" if counts["better"] > counts["worse"] else "trending_flat"
    return f":material/{'trending_down' if counts['worse'] > counts['better'] else icon}: {said}"


def table(card: EncoderCard, key: str) -> None:
    """Draw the figures before and after as a table."""
    if not card.figures:
        return
    st.dataframe(
        [
            {
                t("Measure"): measure(figure),
                t("Before training"): figure.before,
                t("After training"): figure.after,
                t("Change"): figure.after - figure.before,
                t("Give or take"): 2 * figure.spread,
                t("Verdict"): judged(figure),
                t("Customers’ texts"): figure.n,
            }
            for figure in card.figures
        ],
        hide_index=True,
        column_config={
            name: st.column_config.NumberColumn(format=shape)
            for name, shape in (
                (t("Before training"), "%.3f"),
                (t("After training"), "%.3f"),
                (t("Change"), "%+.3f"),
                (t("Give or take"), "%.3f"),
            )
        },
        key=f"{key}.figures",
        alt=t("Before and after on customers held out"),
    )


def measure(figure: Figure) -> str:
    """Say what was measured, in plain words with the technical term."""
    names = {
        "accuracy": t("Labels guessed right (accuracy)"),
        "recall": t("Nearest texts of the same label (recall@10)"),
        "nmi": t("Clusters that match the labels (NMI)"),
        "ari": t("Clusters that match the labels (ARI)"),
        "stability": t("Segments that come back (stability)"),
    }
    name = names.get(figure.name, figure.name)
    return f"{name} · {_spoken(figure.about)}" if figure.about else name


def _spoken(name: str) -> str:
    """Say what was learned from or measured by: a column by its name, what Strata itself found by a word for it."""
    return {"segments": t("Segments"), "sentiment": t("Mood of the texts")}.get(name, name)


def judged(figure: Figure) -> str:
    """Say what a difference means."""
    return {
        "better": t("▲ better"),
        "worse": t("▼ worse"),
        "unclear": t("no clear change"),
        "too few": t("too few to say"),
    }[figure.verdict]


def about(card: EncoderCard) -> None:
    """Say where an encoder comes from."""
    label = t(RECIPES[card.recipe.name].label) if card.recipe.name in RECIPES else card.recipe.name
    st.caption(
        t(
            "{recipe}, from {base}: learned from {n:,} texts ({columns}) in {time}, measured on {held:,} others. "
            "Languages: {languages}.",
            recipe=label,
            base=plain(base_name(card.base)),
            n=card.n_texts,
            columns=plain(", ".join(map(_spoken, card.learned_from)) or t("no labels")),
            time=duration(card.seconds),
            held=card.n_held_out,
            languages=", ".join(card.languages) or "–",
        )
    )
    for note in card.notes:
        st.caption(f":material/info: {plain(tell(note.message))}")


def base_name(model: str) -> str:
    """Say the name of a model: that of a kept encoder, any other as it is."""
    if not model.startswith(KEPT):
        return model
    card = state.workspace().encoders.all().get(model.removeprefix(KEPT))
    return card.name if card else t("an encoder that was deleted")


def _line(card: EncoderCard) -> Mapping[str, Any]:
    found = {figure.name: figure for figure in reversed(card.figures)}
    return {
        t("Name"): card.name,
        t("Recipe"): t(RECIPES[card.recipe.name].label) if card.recipe.name in RECIPES else card.recipe.name,
        t("Learned from"): ", ".join(map(_spoken, card.learned_from)) or t("no labels"),
        **{
            title: f"{found[name].before:.3f} → {found[name].after:.3f}" if name in found else "–"
            for name, title in (
                ("accuracy", t("Accuracy")),
                ("nmi", t("NMI")),
                ("recall", t("Recall")),
                ("stability", t("Stability")),
            )
        },
    }


def _actions(encoder: str, card: EncoderCard) -> None:
    users = tuning.used_by(state.workspace(), encoder)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            t("Read texts with it"),
            icon=":material/auto_stories:",
            key=f"use.{encoder}",
            help=t("Chooses it for the next run; build features or find segments to see what it changes."),
            on_click=_use,
            args=(encoder,),
        )
        with st.popover(t("Rename"), icon=":material/edit:", key=f"rename_place.{encoder}"):
            st.text_input(t("Name"), value=card.name, max_chars=80, key=f"{RENAMED}.{encoder}")
            st.button(t("Rename"), type="primary", key=f"rename.{encoder}", on_click=_rename, args=(encoder,))
        with st.popover(t("Delete"), icon=":material/delete:", key=f"delete_place.{encoder}"):
            if users:
                st.warning(
                    t(
                        "{n} studies read texts with it: {names}. They stay as they are, but cannot be run again "
                        "before another encoder is chosen.",
                        n=len(users),
                        names=plain(", ".join(users)),
                    )
                )
            else:
                st.caption(t("No study reads texts with it."))
            st.button(t("Delete"), type="primary", key=f"delete.{encoder}", on_click=_delete, args=(encoder,))


def _loss(card: EncoderCard, encoder: str) -> None:
    values = list(card.losses)
    hovers = [f"{value:.3f}" for value in values]
    rows = [{t("Point"): n, t("Loss"): value} for n, value in enumerate(values, start=1)]
    figures.draw(
        curve(values, hovers, look()), rows, key=f"tuned_loss.{encoder}", alt=t("Loss by step, lower is better")
    )


def _keep(encoder: str) -> None:
    state.workspace().encoders.keep(encoder)
    st.toast(t("Kept. It can be chosen wherever a model can."), icon=":material/check_circle:")


def _delete(encoder: str) -> None:
    state.workspace().encoders.delete(encoder)


def _rename(encoder: str) -> None:
    try:
        state.workspace().encoders.rename(encoder, str(st.session_state[f"{RENAMED}.{encoder}"]))
    except DataError as error:
        st.toast(plain(tell(error.message)), icon=":material/error:")


def _use(encoder: str) -> None:
    recipe.adopt(state.plan().having(encoder=Step("sentence_transformer", {"model": f"{KEPT}{encoder}"})))
    name = plain(base_name(f"{KEPT}{encoder}"))
    st.toast(t("The next run reads texts by {encoder}.", encoder=name), icon=":material/check_circle:")

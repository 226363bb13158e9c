"""Tallies: how a model's sentences fared, what the checker refused, and what no checker can see."""

import streamlit as st

from pages._shared.words import plain, t, tell
from segment_core.artifacts import Contents, Note, Personas, Tally
from segment_core.grounding import BLIND

FAILED = ("model-failed", "builtin-instead", "left-as-it-was", "not-placed", "not-written", "offer-too-long")


def warn(found: Personas | Contents) -> None:
    """Say what went wrong with the model, or nothing."""
    failed = [note for note in found.notes if note.code in FAILED]
    if failed:
        st.warning(" ".join(plain(tell(note.message)) for note in failed))


def draw(found: Personas | Contents, key: str) -> None:
    """Draw the share of a model's sentences that was kept, mended, dropped and filled, and every refusal."""
    refused = [note for note in found.notes if note.code not in FAILED]
    with st.container(border=True, gap="small", key=f"{key}.tally"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{t('Who wrote this, and what the checker did')}**", width="stretch")
            with st.popover(
                t("What is checked, and what cannot be"), icon=":material/help:", type="tertiary", key=f"{key}.checked"
            ):
                checked()
        if found.tally is not None and _asked(found.tally):
            _figures(found.tally)
        elif found.made_by.name == "model":
            st.caption(t("How many of the model's sentences were kept was not counted for these."))
        elif any(note.code == "model-failed" for note in found.notes):
            st.caption(t("The built-in writer wrote all of it from the evidence; the model gave no answer of use."))
        else:
            st.caption(t("The built-in writer wrote all of it from the evidence; no model was asked."))
        if refused:
            _notes(refused, key)


def checked() -> None:
    """Say what the checker looks at in each sentence, and what it cannot see."""
    st.markdown(f"**{t('What is checked')}**")
    st.markdown(
        "\n".join(
            f"- {text}"
            for text in (
                t("Every figure is filled in from the evidence: a writer cannot type one."),
                t("Every quote is a customer's own text, with its row in the file."),
                t("More and less, most and few have to agree with the cited fact."),
                t("No age, family, income, gender, health, origin, belief or occupation, unless a cited fact does."),
                t("No causes, no promises, no links or addresses, nobody and everybody."),
                t(
                    "What fails is asked again, then dropped; the built-in writer fills the place. "
                    "Advice needs no evidence, and so may state nothing that could be checked."
                ),
            )
        )
    )
    st.markdown(f"**{t('What the checker cannot see')}**")
    st.markdown("\n".join(f"- {plain(tell(message))}" for message in BLIND))


def _asked(tally: Tally) -> int:
    return tally.first + tally.mended + tally.dropped


def _figures(tally: Tally) -> None:
    total = _asked(tally)
    shares = (
        (t("Right at first"), tally.first, t("Sentences and names that the evidence carried as first written.")),
        (t("Asked again"), tally.mended, t("Refused at first, and right when the model was asked again.")),
        (t("Dropped"), tally.dropped, t("Not carried by the evidence, also when asked again: you do not see them.")),
    )
    with st.grid(4, min_column_width=140):
        for label, count, help_ in shares:
            st.metric(label, f"{count / total:.0%}", help=f"{help_} {t('{n:,} of {total:,}', n=count, total=total)}")
        shown = total - tally.dropped + tally.filled
        st.metric(
            t("Filled by the built-in writer"),
            f"{tally.filled / shown:.0%}" if shown else "–",
            help=t("Of the sentences and names shown: {n:,} of {total:,}.", n=tally.filled, total=shown),
        )


def _notes(refused: list[Note], key: str) -> None:
    with st.expander(t("What the checker did"), icon=":material/gavel:", key=f"{key}.refused"):
        st.caption(t("A sentence that the evidence does not carry is not shown; the built-in writer fills the gap."))
        for note in refused:
            st.markdown(f"- {plain(tell(note.message))}")

"""Encoder card: what an encoder was made of, to the digit, and how a plan names it."""

import json
import time

import streamlit as st

from pages._shared import glossary
from pages._shared.words import t
from segment_core.choices import questions
from segment_core.finetuning import RECIPES
from segment_core.store import KEPT, EncoderCard


def draw(encoder: str, card: EncoderCard, base: str) -> None:
    """Draw the card of an encoder, folded; `base` is the name of the model that it started from."""
    with st.expander(t("Card"), icon=":material/badge:", key=f"card.{encoder}"):
        rows = [
            (t("Started from"), base),
            (t("SHA-256 of its files"), card.base_hash),
            (t("SHA-256 of texts and labels"), card.data_hash),
            (t("Recipe"), _label(card)),
            *((asked, _shown(value)) for asked, value in _options(card)),
            (t("Made"), time.strftime("%Y-%m-%d %H:%M", time.localtime(card.made))),
            *(card.versions.items()),
        ]
        st.dataframe(
            [{t("What"): what, t("Value"): value} for what, value in rows],
            hide_index=True,
            key=f"card_rows.{encoder}",
            alt=t("Card"),
        )
        if card.kept:
            st.caption(t("So a plan names it, in the app and on the command line:"))
            plan = {"encoder": {"name": "sentence_transformer", "options": {"model": f"{KEPT}{encoder}"}}}
            st.code(json.dumps(plan), language="json")


def _label(card: EncoderCard) -> str:
    return t(RECIPES[card.recipe.name].label) if card.recipe.name in RECIPES else card.recipe.name


def _options(card: EncoderCard) -> list[tuple[str, object]]:
    if card.recipe.name not in RECIPES:
        return list(card.recipe.options.items())
    asked = questions(RECIPES[card.recipe.name].options)
    return [(t(one.label), card.recipe.options.get(one.name)) for one in asked if one.name != "model"]


def _shown(value: object) -> str:
    return glossary.value(value) if isinstance(value, str) else "–" if value is None else str(value)

"""Message form: what an analyst briefs, who writes, and exactly what a model would be sent."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages._shared import departing, forms, jobs, preferences, state
from pages._shared.words import LANGUAGES, language, t
from segment_core.artifacts import Brief, Channel, Evidence
from segment_core.choices import options_to_json
from segment_core.contents import CHANNELS, CONTENTS, ModelOptions, letters
from segment_core.intake.marks import sensitive
from segment_core.llm import ModelAccess, Outbound
from segment_core.study import Study
from segment_core.writing_contents import WRITE, sensitive_words

ARGS = "message_args"
TURNS = "message_turns"


def channel_name(code: str) -> str:
    """Name a channel."""
    return {
        "email": t("Email"),
        "sms": t("SMS"),
        "push": t("Push message"),
        "social": t("Social post"),
        "ad": t("Search ad"),
        "landing": t("Landing page"),
    }[code]


def line_name(channel: str, line: str) -> str:
    """Name a line of a channel's messages."""
    kind, _, number = line.partition(" ")
    said = {
        "subject": t("Email subject"),
        "preview": t("Email preview"),
        "text": t("SMS text"),
        "title": t("Push title"),
        "post": t("Post"),
        "headline": t("Ad headline") if channel == "ad" else t("Landing headline"),
        "description": t("Ad description"),
        "subline": t("Subline"),
        "button": t("Button"),
        "body": t("Email body") if channel == "email" else t("Push text"),
    }[kind]
    return f"{said} {number}".strip()


def ask(study: Study, sheet: Evidence) -> None:
    """Ask for the brief and the writer, show what would leave the machine, and offer to write."""
    brief = _brief(study)
    channels = st.pills(
        t("Channels"),
        list(CHANNELS),
        selection_mode="multi",
        default=list(CHANNELS),
        format_func=channel_name,
        key="message_channels",
        persist_state="session",
    )
    names = list(CONTENTS)
    name = st.selectbox(
        t("Writer"),
        names,
        format_func=lambda code: t(CONTENTS[code].label),
        key="message_writer",
        persist_state="session",
    )
    st.caption(t(CONTENTS[name].when))
    url, model = preferences.llm()
    start = {"url": url, "model": model} if name == "model" else {}
    only = () if name == "model" else ("variants",)
    options = forms.ask(CONTENTS[name].options, key=f"message_writer.{name}", values=start, only=only)
    ready = bool(channels) and not CONTENTS[name].missing()
    if isinstance(options, ModelOptions):
        access = ModelAccess(options.url, options.model, preferences.llm_key())
        variants = options.variants

        def composed() -> Sequence[Outbound]:
            return _letters(study, sheet, brief, tuple(channels), variants)

        ready = departing.may_go(composed, access, key="messages") and ready
    st.session_state[ARGS] = {
        "writer": {"name": name, "options": options_to_json(options)},
        "brief": {field: getattr(brief, field) for field in Brief.__dataclass_fields__},
        "channels": list(channels),
        "ready": ready,
    }
    pressed = st.button(
        t("Write all again") if study.contents else t("Write messages"),
        type="secondary" if study.contents else "primary",
        icon=":material/edit_note:",
        width="stretch",
        disabled=not ready or jobs.busy(),
        key="write_messages",
    )
    if pressed:
        st.session_state[TURNS] = {}
        start_writing()
        st.rerun()  # the progress is drawn above this page; a callback would start with a brief that is one click old


def start_writing(segment: str = "", channel: str = "", variant: int = 0) -> None:
    """Start writing all messages, those of a segment, or one; the built-in writer then takes its next idea."""
    asked: dict[str, Any] = dict(st.session_state[ARGS])
    writer = dict(asked["writer"])
    if variant and writer["name"] == "builtin":
        turns: dict[str, int] = st.session_state.setdefault(TURNS, {})
        place = f"{state.study_id()}.{segment}.{channel}.{variant}"
        turns[place] = turns.get(place, 0) % 20 + 1
        writer["options"] = {**writer["options"], "turn": turns[place]}
    jobs.start(
        WRITE,
        {
            "study": state.study_id(),
            "writer": writer,
            "brief": asked["brief"],
            "channels": [channel] if channel else asked["channels"],
            "only": [segment] if segment else [],
            "variant": variant,
        },
    )


def ready() -> bool:
    """Tell whether the form is filled so that something can be written."""
    return bool(st.session_state.get(ARGS, {}).get("ready")) and not jobs.busy()


def _brief(study: Study) -> Brief:
    before = study.contents.brief if study.contents else Brief(language=language())
    goal = _text(
        t("Goal"), before.goal, "message_goal", t("What the messages are for, such as: win lapsed customers back.")
    )
    offer = st.text_area(
        t("Offer"),
        value=before.offer,
        height=88,
        max_chars=400,
        help=t(
            "All that may be promised. Only prices, discounts, dates and guarantees that stand here may stand in a "
            "message; leave it empty, and none may."
        ),
        key="message_offer",
        persist_state="session",
    )
    brand = _text(t("Brand"), before.brand, "message_brand", t("Who speaks, as it shall be written."))
    voice = _text(
        t("Brand voice"),
        before.voice,
        "message_voice",
        t("How it speaks, such as: warm, short. The built-in writer knows warm, formal, playful and short."),
    )
    avoid = _text(t("Words to avoid"), before.avoid, "message_avoid", t("Separated by commas."))
    spoken = st.segmented_control(
        t("Language of the messages"),
        list(LANGUAGES),
        default=before.language if before.language in LANGUAGES else "en",
        required=True,
        format_func=lambda code: LANGUAGES[code],
        key="message_language",
        persist_state="session",
    )
    return Brief(goal, offer, brand, voice, avoid, spoken or "en")


def _text(label: str, value: str, key: str, help: str) -> str:  # noqa: A002 - Streamlit's word
    return str(st.text_input(label, value=value, max_chars=200, help=help, key=key, persist_state="session"))


def _letters(study: Study, sheet: Evidence, brief: Brief, channels: Sequence[Channel], variants: int) -> list[Outbound]:
    columns = sensitive(study.customers, study.plan.sensitive)
    words = sensitive_words(study.customers, columns)
    found = letters(sheet, brief, variants=variants, channels=channels, sensitive=columns, banned=words)
    return [letter.sealed for letter in found]

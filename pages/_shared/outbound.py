"""Outbound: what a step of the plan would send to a language model, shown before anything is sent."""

import streamlit as st

from pages._shared import agreed, departing, preferences
from pages._shared.words import t
from segment_core import graphs, traits
from segment_core.artifacts import Customers, Step
from segment_core.choices import options_from_json
from segment_core.features.text import texts_of
from segment_core.graphs import GRAPHS
from segment_core.llm import ModelAccess, Outbound, example

ASKING = {("traits", "model"), ("encoder", "endpoint")}
"""Lines of menus that always ask a server."""
N_SHOWN = 12


def address(family: str, name: str) -> dict[str, str]:
    """Return the server and the model of the settings, for a line that cannot do without."""
    if (family, name) not in ASKING:
        return {}
    url, model = preferences.llm()
    return {"url": url, "model": model if family != "encoder" else ""}


def show(family: str, step: Step, customers: Customers) -> bool:
    """Show what a step would send, where it sends anything; tell whether it can run."""
    url, model = str(step.options.get("url") or ""), str(step.options.get("model") or "")
    if (family, step.name) in ASKING and not (url and model):
        st.caption(t("Give the address and the name of a model; settings keeps them and can try the connection."))
        return False
    if not url:
        return True
    access = ModelAccess(url, model)
    if family == "encoder":
        st.caption(t("Every text goes to this server, with personal data masked as far as it can be recognised."))
        return departing.may_go(
            lambda: [_example(customers, access, step)],
            access,
            key=family,
            of=agreed.about(),
            n_characters=sum(map(len, {text for text in texts_of(customers) if text})),
            answers=0,
        )
    found: list[Outbound] = []
    held: list[int] = []

    def letters() -> list[Outbound]:
        found[:], held[:] = _letters(family, step, customers)
        return found

    return departing.may_go(letters, access, key=family, of=agreed.about(), withheld=lambda: sum(held))


def _letters(family: str, step: Step, customers: Customers) -> tuple[list[Outbound], list[int]]:
    """Return every letter of a step, and how many texts each kept back."""
    if family == "traits":
        several = traits.letters_of(customers, options_from_json(traits.ModelOptions, step.options))
        return [letter.sealed for letter in several], [letter.withheld for letter in several]
    sent, withheld = graphs.letters(texts_of(customers), options_from_json(GRAPHS[step.name].options, step.options))
    return [letter.sealed for letter in sent], [withheld]


def _example(customers: Customers, access: ModelAccess, step: Step) -> Outbound:
    """Return a call with the shortest text, the longest, and some between, as an encoder at an address makes it."""
    texts = sorted({text for text in texts_of(customers) if text}, key=lambda text: (len(text), text))
    places = {round(at * (len(texts) - 1) / (N_SHOWN - 1)) for at in range(N_SHOWN)} if texts else ()
    return example([texts[place] for place in sorted(places)], access, longest=int(step.options.get("longest", 2000)))

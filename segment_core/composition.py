"""Composition: customers become features: who reads the texts, what is made of them, and how blocks are blended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pandas.util import hash_pandas_object

from segment_core.artifacts import (
    Block,
    Contrast,
    Customers,
    Features,
    Floats,
    Graph,
    Note,
    Progress,
    Reading,
    Step,
    Topics,
    Traits,
    Vectors,
    silent,
)
from segment_core.choices import Choice, options_to_json
from segment_core.clustering import Speech
from segment_core.encoders import TRAINED_ON_CORPUS, contents, unread
from segment_core.errors import OptionError
from segment_core.features import BLOCKS, MADE, blend, structured, text
from segment_core.features.ways import ways_of
from segment_core.language import by_language
from segment_core.messages import say
from segment_core.plan import MENUS, Plan
from segment_core.stages import Clock, Keep, fingerprint, kept
from segment_core.topics import with_typical

T = TypeVar("T")

FEWEST_TEXTS = {"topics": 2, "graph": 0}
"""Different texts that a part needs, where it is not one."""
SHARES = {"text": 8.0, "contrast": 3.0} | dict.fromkeys(MADE, 2.0) | dict.fromkeys(BLOCKS, 0.1) | {"blend": 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """Features, what was made on the way to them, and the seconds that each part took when it was made.

    `encoder` is what to ask for so that the same texts are read in the same way again. `speech` is what customers
    wrote, for those who read along; None where no texts were read.
    """

    features: Features
    readings: tuple[Reading, ...] = ()
    encoder: Step | None = None
    contrast: Contrast | None = None
    topics: Topics | None = None
    graph: Graph | None = None
    traits: Traits | None = None
    speech: Speech | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """Each distinct text once, sorted: its vector (n_texts, d) and language. Languages share no dimension."""

    texts: tuple[str, ...]
    matrix: Floats
    languages: tuple[str, ...]
    readings: tuple[Reading, ...]
    notes: tuple[Note, ...] = ()

    def rows(self, written: Sequence[str]) -> NDArray[np.int64]:
        """Return for each of these texts its row, or -1 where it was not read."""
        place = {text: row for row, text in enumerate(self.texts)}
        return np.array([place.get(text, -1) for text in written], dtype=np.int64)


def compose(
    customers: Customers,
    plan: Plan = Plan(),
    progress: Progress = silent,
    *,
    keep: Keep | None = None,
    secrets: Mapping[str, str] | None = None,
) -> Composed:
    """Make every block the plan asks for and blend them by their weights.

    A block of weight 0 is not made, and texts are read only where a block needs them. What `keep` remembers is
    not made again, so that another weight costs nothing but the blending.

    Raises
    ------
    DataError
        If no column tells customers apart.
    OptionError
        If the plan asks for what these customers cannot give.
    """
    asked = _asked(plan)
    texts = text.texts_of(customers) if asked else [""] * len(customers)
    clock = Clock(progress, {name: share for name, share in SHARES.items() if name in {*asked, *BLOCKS, "blend"}})
    made = _Making(customers, plan, keep, dict(secrets or {}))
    blocks: list[Block] = []
    for name in BLOCKS:
        with clock.stage(name):
            blocks += structured(customers, (name,))
    read, contrast, vectors, speech = None, None, None, None
    n_distinct = len({written for written in texts if written})
    notes = _needless(asked, n_distinct)
    if "text" in asked and n_distinct > 1:
        with clock.stage("text") as told:
            read = _read(texts, plan, made, told)
        if "contrast" in asked:
            with clock.stage("contrast") as told:
                learned = (customers, read.texts, read.matrix, made.reader(read.readings, told))
                contrast = made("contrast", Contrast, learned, told, read.matrix)
                read = replace(read, matrix=contrast.matrix)
        vectors, languages = _spread(read, texts)
        speech = Speech(tuple(texts), vectors, made.reader(read.readings, silent, headed=contrast is not None))
        block = text.extract(customers, vectors, languages) if plan.weights.get("text", 1.0) > 0 else None
        blocks += [block] if block is not None else []
        notes += read.notes
    parts: dict[str, Any] = {}
    context: Mapping[str, Sequence[Any]] = {
        "topics": (texts, vectors),
        "graph": (customers, texts),
        "traits": (customers,),
    }
    for name in context:
        if name in asked and n_distinct >= FEWEST_TEXTS.get(name, 1):
            with clock.stage(name) as told:
                read_too = vectors if name == "topics" else None
                parts[name] = made(name, MADE[name].artifact, context[name], told, read_too)
                blocks.append(MADE[name].extract(parts[name]))
    if "topics" in parts:
        parts["topics"] = with_typical(parts["topics"], texts, list(customers.frame.index.astype(str)))
    notes += [note for block in blocks if not block.matrix.shape[1] for note in block.notes]
    with clock.stage("blend") as told:
        features = blend([block for block in blocks if block.matrix.shape[1]], plan.weights)
        features = replace(features, notes=(*features.notes, *notes))
        if read and vectors is not None and contrast is None:
            features = replace(
                features, ways=ways_of(features, texts, vectors, languages, read.readings, progress=told)
            )
    encoder = _chosen(plan, read) if read else None
    readings = read.readings if read else ()
    took = made.took | {"text": made.took.get("encoder", 0.0)}
    seconds = {name: max(now, took.get(name, 0.0)) for name, now in clock.seconds.items()}
    return Composed(features, readings, encoder, contrast, **parts, speech=speech, seconds=seconds)


def _asked(plan: Plan) -> set[str]:
    """Return the optional parts to make; vectors are needed where the text block or something made of it counts."""
    made = {name for name in MADE if getattr(plan, name).name != "none" and plan.weights.get(name, 1.0) > 0}
    if plan.weights.get("text", 1.0) > 0 or "topics" in made:
        made.add("text")
        if plan.contrast.name != "none":
            made.add("contrast")
    return made


def _needless(asked: set[str], n_distinct: int) -> list[Note]:
    """Say what was asked for and cannot be, because there are too few different texts."""
    if n_distinct == 1:
        found = {
            "contrast": say("No vectors were learned, because everybody who wrote anything wrote the same."),
            "topics": say("No topics were looked for, because everybody who wrote anything wrote the same."),
        }
    else:
        found = {
            "contrast": say("No vectors were learned, because nobody wrote anything."),
            "topics": say("No topics were looked for, because nobody wrote anything."),
            "traits": say("No traits were read, because nobody wrote anything."),
        }
    needless = [name for name in found if name in asked and n_distinct < 2]
    return [Note("no-texts", found[name], level="warning") for name in needless]


def _chosen(plan: Plan, read: _Read) -> Step:
    """Write out who read the texts; the automatic encoder stays where it parted languages or left some unread."""
    if len(read.readings) == 1 and not (read.notes and plan.encoder.name == "auto"):
        return read.readings[0].made_by
    english = next((reading.made_by.name for reading in read.readings if reading.language == "en"), "")
    return Step("auto", {**options_to_json(plan.options("encoder")), "english": english})


class _Making:
    """Runs a line of a menu for these customers, or takes what it made before from the cache."""

    def __init__(self, customers: Customers, plan: Plan, keep: Keep | None, secrets: dict[str, str]) -> None:
        self.customers, self.plan = customers, plan
        self._keep, self._secrets = keep, secrets
        self._said = ""
        self.took: dict[str, float] = {}

    def __call__(
        self, family: str, kind: type[T], context: Sequence[Any], progress: Progress, vectors: Floats | None = None
    ) -> T:
        step, options = getattr(self.plan, family), self.plan.options(family)
        key = fingerprint(
            family,
            step.name,
            options_to_json(options),
            [contents(value) for value in step.options.values() if isinstance(value, str)],
            self.said if family != "encoder" else list(context[0]),
            b"" if vectors is None else vectors,
        )

        def noted(seconds: float) -> None:
            self.took[family] = round(self.took.get(family, 0.0) + seconds, 2)

        choice = MENUS[family][step.name]
        return kept(self._keep, key, kind, lambda: self._ask(choice, context, options, progress), _is_whole, took=noted)

    @property
    def said(self) -> str:
        """Return a fingerprint of these customers: what they are and all that they said."""
        if not self._said:
            columns = [
                (column.name, column.role, column.table, column.aside, str(column.reason))
                for column in self.customers.columns
            ]
            frames = [frame for frame in (self.customers.frame, self.customers.said) if frame is not None]
            self._said = fingerprint(columns, *(hash_pandas_object(frame).to_numpy() for frame in frames))
        return self._said

    def _ask(self, choice: Choice, context: Sequence[Any], options: Any, progress: Progress) -> Any:
        more = {name: {"secrets": self._secrets}[name] for name in choice.asks}
        return choice.run(*context, options, progress, **more)

    def reader(
        self, readings: Sequence[Reading], progress: Progress, *, headed: bool = False
    ) -> Callable[[Sequence[str]], Floats]:
        """Return what reads more texts into the same space; none does where vectors went through a learned head."""

        def encode(texts: Sequence[str]) -> Floats:
            if headed or len(readings) != 1 or readings[0].made_by.name in TRAINED_ON_CORPUS:
                raise OptionError(
                    "This needs an encoder that reads any text into the same space; choose a sentence-transformers "
                    "model or static vectors, or learn from a column."
                )
            plan = Plan(encoder=readings[0].made_by)
            read: Vectors = self._ask(plan.choice("encoder"), (texts,), plan.options("encoder"), progress)
            return read.matrix

        return encode


def _is_whole(made: Any) -> bool:
    """Tell whether an artifact is what was asked for; where a model failed it is a makeshift, and not worth keeping."""
    return not any(note.code == "model-failed" for note in getattr(made, "notes", ()))


def _read(texts: Sequence[str], plan: Plan, made: _Making, progress: Progress) -> _Read:
    """Read each distinct text once; with the automatic encoder, each language by whoever reads it."""
    distinct = sorted({written for written in texts if written})
    chosen = plan.encoder.name != "auto"
    groups, notes = (
        ({"": distinct}, unread(distinct, str(getattr(plan.options("encoder"), "model", ""))))
        if chosen
        else by_language(distinct)
    )
    clock = Clock(progress, {language: float(len(group)) for language, group in groups.items()})
    found: dict[str, Vectors] = {}
    for language, group in groups.items():
        with clock.stage(language) as told:
            found[language] = made("encoder", Vectors, (group,), told)
    readings = [
        Reading(language, len(groups[language]), read.made_by, read.reason, read.fidelity, dict(read.seconds))
        for language, read in found.items()
    ]
    order = sorted((text, language) for language, group in groups.items() for text in group)
    place = {text: row for row, (text, _) in enumerate(order)}
    matrix = np.zeros((len(order), sum(read.matrix.shape[1] for read in found.values())), dtype=np.float32)
    start = 0
    for language, read in found.items():
        stop = start + read.matrix.shape[1]
        matrix[[place[text] for text in groups[language]], start:stop] = read.matrix
        start = stop
    read_texts, languages = zip(*order, strict=True)
    return _Read(read_texts, matrix, languages, tuple(readings), notes)


def _spread(read: _Read, texts: Sequence[str]) -> tuple[Floats, list[str | None]]:
    """Give customers the vectors and languages of their texts: zeros and None where there are none."""
    rows = read.rows(texts)
    vectors = np.where(rows[:, None] >= 0, read.matrix[rows], np.float32(0))
    return vectors, [read.languages[row] if row >= 0 else None for row in rows]

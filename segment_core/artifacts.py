"""Artifacts: what one step hands the next. Frozen dataclasses and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.messages import Message

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]
Progress = Callable[[float, float, Message], None]
"""`progress(done, total, note)`: may raise `Cancelled` to stop the work."""

Role = Literal[
    "id",
    "number",
    "money",
    "count",
    "category",
    "yes/no",
    "date",
    "text",
    "place",
    "image",
    "audio",
    "consent",
    "suppression",
    "name",
    "ignore",
]
Basis = Literal["geographic", "demographic", "psychographic", "behavioural", "none"]
Aside = Literal["", "empty", "constant", "id", "code", "personal", "unique", "copy", "leak", "rows"]
Band = Literal["core", "fringe", "outlier"]
Verdict = Literal["solid", "soft", "artefact", "nothing-there"]
Direction = Literal["over", "under", "same", "describes"]


def silent(done: float, total: float, note: Message) -> None:
    """Report progress to nobody: the default of every `progress` argument."""


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a menu that was picked, with its options as JSON values."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was done to the data and must not stay unsaid.

    `code` is stable for tests and filters, `count` says how many cells, rows or columns. `places` are
    some of them (at most 20) to look up: the row of the table as read, counted from 1 as its preview shows
    it (0 where it is no row), and the text as it stood. `table` names the table, where there are several.
    Two notes are equal whatever their places, because a row's number depends on how the file is sorted.
    """

    code: str
    message: Message
    count: int = 0
    level: Literal["info", "warning"] = "info"
    places: tuple[tuple[int, str], ...] = field(default=(), compare=False)
    table: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the bytes of a file were read. `header_row` counts physical lines from 0; None is no header."""

    kind: Literal["csv", "excel", "parquet", "json"]
    encoding: str = ""
    delimiter: str = ""
    decimal: str = "."
    header_row: int | None = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A file as read: every cell text, None where the file had nothing."""

    frame: pd.DataFrame
    name: str
    dialect: Dialect
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is (`role`), which basis of segmentation it speaks for, and why we think so.

    `table` names the table it came from, where a study is made of several. `basis_reason` says why the basis.
    `aside` says in a word why a column with the role "ignore" was set aside, "" where a person chose it.
    """

    name: str
    role: Role
    basis: Basis
    reason: Message
    table: str = ""
    basis_reason: Message | None = None
    aside: Aside = ""


@dataclass(frozen=True, slots=True, eq=False)
class Customers:
    """One row a customer, indexed by customer id (text), in an order that the file's row order cannot change.

    Cells by role: number, money, count are float64; yes/no is float64 0.0/1.0; date is datetime64;
    category, place, consent, suppression, name are text or None; text is text, "" where there is none; id and ignore
    keep the text as read. `id_name` is the id column's name, or "row" where the file has none (the
    index then holds row numbers from 1, as text).

    `said` keeps what was pooled quotable, one row an original text: `customer`, `column`, `table`, `row`
    (the data row of its table, from 1) and `text`.
    """

    frame: pd.DataFrame
    columns: tuple[Column, ...]
    id_name: str
    n_rows: int
    notes: tuple[Note, ...] = ()
    said: pd.DataFrame | None = None

    def __len__(self) -> int:
        return len(self.frame)

    def named(self, *roles: Role) -> tuple[str, ...]:
        """Return the names of the columns with one of these roles, in file order."""
        return tuple(column.name for column in self.columns if column.role in roles)

    def column(self, name: str) -> Column:
        """Return a column's description by name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Texts as vectors: matrix (n_texts, n_dimensions) float32, in the order of the texts."""

    matrix: Floats
    made_by: Step
    reason: Message


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Features of one kind before they are blended: matrix (n_customers, width), one name a matrix column.

    `sources` (width,) says which matrix columns belong together: those of one category share a source.
    `columns` names the customer columns behind the block; `notes` say what was tamed or filled.
    """

    name: str
    matrix: Floats
    names: tuple[str, ...]
    sources: tuple[str, ...]
    columns: tuple[str, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """Where a block lies in the blended matrix (`start` to `stop`), and how much it counts.

    `weight` is the block's part of the mean squared distance between two customers; weights
    of all blocks add up to 1.
    """

    name: str
    start: int
    stop: int
    weight: float
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """All blocks side by side: matrix (n_customers, n_features) float32, ready for Euclidean distance.

    `names` and `sources` (n_features,) are those of the blocks, in the same order.
    """

    matrix: Floats
    names: tuple[str, ...]
    sources: tuple[str, ...]
    blocks: tuple[Share, ...]
    notes: tuple[Note, ...] = ()

    @property
    def n_customers(self) -> int:
        """Count the rows."""
        return int(self.matrix.shape[0])

    @property
    def n_columns(self) -> int:
        """Count the customer columns behind all blocks."""
        return sum(len(block.columns) for block in self.blocks)

    @classmethod
    def of(cls, matrix: Sequence[Sequence[float]] | NDArray[Any], names: Sequence[str] = ()) -> "Features":
        """Make features of a bare matrix, as one block."""
        values = np.asarray(matrix, dtype=np.float32)
        width = int(values.shape[1])
        names = tuple(names) or tuple(f"feature {number + 1}" for number in range(width))
        return cls(values, names, names, (Share("numbers", 0, width, 1.0, names),))


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment's id ("S1" is the largest) and how many customers it has."""

    id: str
    size: int


@dataclass(frozen=True, slots=True)
class Trial:
    """One number of segments that the automatic choice looked at, with what spoke for and against it."""

    n_segments: int
    scores: Mapping[str, float]
    chosen: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """Every customer's segment.

    `labels` (n,) index `segments`; `strengths` (n,) in [0, 1] say how clearly a customer belongs
    (0 is on the border); `bands` (n,) hold "core", "fringe" or "outlier". Nobody is unlabelled.
    """

    labels: Labels
    strengths: Floats
    bands: NDArray[np.str_]
    segments: tuple[Segment, ...]
    made_by: Step
    reasons: tuple[Message, ...] = ()
    trials: tuple[Trial, ...] = ()

    @property
    def n_segments(self) -> int:
        """Count the segments."""
        return len(self.segments)

    @property
    def ids(self) -> NDArray[np.str_]:
        """Return each customer's segment id (n,)."""
        return np.array([segment.id for segment in self.segments])[self.labels]


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """The map: points (n, 2) float32, and how far neighbours on the map are neighbours in truth (0 to 1)."""

    points: Floats
    made_by: Step
    trustworthiness: float


@dataclass(frozen=True, slots=True)
class Score:
    """One measured number: in which `space`, on how many customers, which way is better.

    `segment` is set when it speaks of one segment only. `meaning` says in plain words what it tells.
    """

    name: str
    value: float
    better: Literal["higher", "lower"]
    space: str
    n: int
    meaning: Message
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A question put to the result: what was found, and what to do about it."""

    code: str
    passed: bool
    finding: Message
    advice: Message


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All scores and checks, and the verdict they lead to."""

    scores: tuple[Score, ...]
    checks: tuple[Check, ...]
    verdict: Verdict

    def value(self, name: str, segment: str = "") -> float | None:
        """Return a score by name, or None where it was not taken."""
        found = (score.value for score in self.scores if score.name == name and score.segment == segment)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One fact about one segment, which a persona may cite by `id` ("S2.f3").

    Attributes
    ----------
    kind : "size", "share" (of a category or a yes), "median" (of a number), "mean" (of a number whose
        median is the same everywhere), "date", "term" or "quote".
    column : the customer column behind it; "" for size.
    label : the fact's name in the analyst's words, such as "Income" or "City = Rome".
    value, base : in the segment, and among all customers; shares lie in [0, 1]; dates are days since 1970.
    unit : "%" for shares, "days" for dates, else "".
    low, high : 95 % interval of `value`; None where it has none.
    n : customers in the segment behind the value.
    effect : Cliff's delta (numbers, dates), Cohen's h (shares) or c-TF-IDF weight (terms); sign gives direction.
    text : the term or quote itself; `source` is the quote's customer id, `row` its data row, from 1, in `table`.
    boundary : a quote from the segment's border, not its centre.
    """

    id: str
    segment: str
    kind: Literal["size", "share", "median", "mean", "date", "term", "quote"]
    label: str
    direction: Direction
    n: int
    column: str = ""
    value: float | None = None
    base: float | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    effect: float = 0.0
    text: str = ""
    source: str = ""
    row: int | None = None
    table: str = ""
    boundary: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence sheet: what is known of each segment, and its typical and boundary customers (ids)."""

    items: tuple[EvidenceItem, ...]
    typical: Mapping[str, tuple[str, ...]]
    boundary: Mapping[str, tuple[str, ...]]
    n_customers: int

    def of(self, segment: str, *kinds: str) -> tuple[EvidenceItem, ...]:
        """Return a segment's items, of these kinds if any are named, strongest first as made."""
        return tuple(item for item in self.items if item.segment == segment and (not kinds or item.kind in kinds))

    def item(self, id: str) -> EvidenceItem | None:  # noqa: A002 - the artifact's own word
        """Return an item by id, or None."""
        return next((item for item in self.items if item.id == id), None)


Author = Literal["builtin", "model", "analyst"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a persona. Figures stand as slots such as ⟦S1.f2⟧ and are filled from the evidence.

    `evidence` lists the ids it rests on; `quote` is the id of a quote to paste beneath it.
    Only an analyst's own sentence may carry digits of its own.
    """

    text: str
    evidence: tuple[str, ...] = ()
    quote: str = ""
    author: Author = "builtin"


@dataclass(frozen=True, slots=True)
class Persona:
    """A segment as a person one can talk about. `basis` is the evidence its name rests on."""

    segment: str
    name: str
    basis: tuple[str, ...]
    tagline: Claim
    who: tuple[Claim, ...]
    needs: tuple[Claim, ...]
    objections: tuple[Claim, ...]
    channels: tuple[Claim, ...]
    tone: tuple[Claim, ...]
    name_author: Author = "builtin"


@dataclass(frozen=True, slots=True)
class Personas:
    """All personas, who wrote them, and what the checker refused on the way."""

    personas: tuple[Persona, ...]
    made_by: Step
    notes: tuple[Note, ...] = ()

    def of(self, segment: str) -> Persona | None:
        """Return a segment's persona, or None."""
        return next((persona for persona in self.personas if persona.segment == segment), None)


@dataclass(frozen=True, slots=True)
class Condition:
    """One plain question to a column: `values` are text as an analyst writes it, and read by the column's role.

    `op` is one of `labelling.operations` of that column.
    """

    column: str
    op: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A label for every customer who meets all conditions."""

    label: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class LabelColumn:
    """An analyst's own column: what was marked by hand, and the rules for everybody else.

    `picked` maps customer ids to labels; "" is a customer whom no rule may label. What is picked wins over
    rules, and a later rule over an earlier one. `notes` say what the last run of the study did to it.
    """

    name: str
    picked: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    notes: tuple[Note, ...] = ()

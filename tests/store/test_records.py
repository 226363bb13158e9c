"""Records: everything a study holds comes back as it went, and nothing else is taken in."""

import dataclasses
import json
import math
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from segment_core import artifacts
from segment_core.artifacts import (
    Assigner,
    Association,
    Attended,
    Attention,
    AttentionWords,
    Audit,
    Audited,
    Balance,
    Block,
    Brief,
    Campaign,
    Cell,
    Check,
    Claim,
    Clustering,
    Column,
    Compared,
    Condition,
    Contents,
    Contrast,
    Customers,
    Dialect,
    Edit,
    Evidence,
    EvidenceItem,
    Features,
    Fidelity,
    Fit,
    Graph,
    Group,
    LabelColumn,
    Ladder,
    Leak,
    Levels,
    Missed,
    Move,
    Note,
    Offline,
    PairAnswer,
    Persona,
    Personas,
    Piece,
    Pieces,
    Projection,
    Query,
    Reading,
    Readout,
    Receipt,
    Recommendations,
    Replay,
    Rule,
    RuleTwin,
    Scale,
    Score,
    Scorecard,
    Scored,
    Scorer,
    Segment,
    Share,
    Step,
    Suggestion,
    Suggestions,
    Sweep,
    SweepRow,
    Table,
    Tally,
    Taming,
    Topic,
    Topics,
    Training,
    Traits,
    Transform,
    Tree,
    Trial,
    Twins,
    Uplift,
    Vectors,
    Version,
    Way,
)
from segment_core.errors import DataError
from segment_core.messages import Message, say
from segment_core.store import records
from segment_core.store.plain import from_plain, to_plain

NOTE = Note("dropped", say("Rows dropped: {n}. Column {name}.", n=3, name="Größe 尺寸 {x}"), 3, "warning")
FIDELITY = Fidelity(3000, 500, 0.9, 0.5, 0.6, math.nan)
TOPIC = Topic("T1", ("late", "parcel"), 2, 0.6, -0.1, ("a",))
CLAIM = Claim("Earns ⟦S1.f2⟧.", ("S1.f2",), "S1.q1", "model")
PIECE = Piece("S1", "email", 2, {"subject": CLAIM, "body": CLAIM})


def customers() -> Customers:
    """Return customers with every kind of cell."""
    frame = pd.DataFrame(
        {
            "spend": [1.5, np.nan, np.inf],
            "joined": pd.to_datetime(["2024-02-29", None, "1970-01-01"]),
            "city": np.array(["Rome", None, "NA"], dtype=object),
            "review": np.array(["good\n\x00", "", "“好”"], dtype=object),
            "code": pd.Series(["007", None, ""], dtype="str"),
        }
    )
    frame.index = pd.Index(["a", "b", "01"], name="customer id", dtype=object)
    columns = (Column("spend", "money", "behavioural", say("It holds amounts.")),)
    return Customers(frame, columns, "customer id", 4, (NOTE,))


ATTENDED = Attended("a", "Late, again!", ("Late", "again"), (0, 6), (0.75, 0.25), True)
WORDS = AttentionWords("S1", 3, ("late",), (0.5,), (1.5,), (2.0,), (3,))

SWEPT = SweepRow(Step("kmeans", {"n_segments": 3}), 3, {"silhouette": 0.5}, 1.5)
SUGGESTION = Suggestion("a", "S1", "S2", "“Late” again", "", -0.25)
SCORED = Score("silhouette", 0.1, "higher", "text", 10, say("How apart."))
TREE = Tree(
    np.array([-1, 0, 0]),
    np.array([9, 4, 4], np.float32),
    np.array([4, 0, 1], np.float32),
    np.array([3, 2, 1]),
    np.array([-1, 0, 1]),
    "distance",
)
CURVE = np.array([0.5, math.nan], np.float32)
TWIN = RuleTwin("S1", (Condition("spend", "≥", ("100",)),), True, 30, 10, 9, 8, 70, "SELECT 1;", say("Because."))
TRAINING = Training(CURVE, CURVE, CURVE[:0], CURVE, True)
TAMING = Taming(10.0, 0.0, 10.0, 11.5, 2.5, 1.0)
SCALE = Scale("spend", "money", 0, TAMING, 2, np.array([1.5, 2.25]), np.array([1.0, math.nan]))
LEVELS = Levels("city", "place", 1, ("Rome", "…"), True, np.array([0.75, 0.25]), 0.5, np.ones((2, 2)))
SHARE = Share("text", 3, 4, 0.5, ("review",))
WAY = Way(
    "en",
    Step("tfidf"),
    3,
    np.ones(2, np.float32),
    np.ones((2, 1), np.float32),
    "",
    ("late",),
    np.ones((1, 2), np.float32),
)
TRANSFORM = Transform(
    ("spend", "city", "city", "text 1"), (SCALE,), (LEVELS,), np.zeros(4), np.ones(4), (SHARE,), (WAY,)
)
ASSIGNER = Assigner(np.ones((2, 4), np.float32), np.array([0, 1]), 1, 0.97, 40, np.ones((2, 2)), 4.0)
ASSOCIATION = Association("v", 0.2, 0.16, 0.24, 0.001, 0.002, 2000, "small")
LEAK = Leak("income", 0.3, 0.05)
AUDITED = Audited(
    "gender",
    ASSOCIATION,
    None,
    say("Found."),
    say("Do."),
    (EvidenceItem("", "S1", "share", "gender = f", "over", 3, value=0.7, base=0.5),),
    math.nan,
    (LEAK,),
)
CELL = Cell("S1", "Ann", ("c1", "c2"), ("c3",))
UPLIFT = Uplift("", 2, 1, 0.5, 0.0, 0.5, -0.2, 0.9, math.inf, False)
OFFLINE = Offline("ours", False, 9, 0.2, 0.1, 0.3, 0.1, 0.05, 0.2, 0.5, math.nan, math.nan, math.nan)
FIT = Fit("S1", 0, 2, 0.5, 0.25)
PIECES = Pieces(
    np.array([0, 0, 1]), np.ones((2, 2), np.float32), np.array([2, 1]), np.array([0, 0]), ((0, 1), (2,)), np.eye(2) > 0
)
MOVED = Move("S1", "N1", ("c1", "c2"))
MADE: tuple[Any, ...] = (
    OFFLINE,
    FIT,
    Recommendations(
        ("p1",),
        ("Mug",),
        np.array([[0], [-1]], np.int32),
        np.ones((2, 1), np.float32),
        np.array([[2], [0]], np.int8),
        np.array([[-1], [-1]], np.int32),
        "product",
        1,
        Step("ease"),
        "2024-01-01",
        (OFFLINE,),
        (FIT,),
        (NOTE,),
    ),
    TAMING,
    SCALE,
    LEVELS,
    WAY,
    TRANSFORM,
    ASSIGNER,
    Scorer(("S1", "S2"), TRANSFORM, ASSIGNER),
    Scored(np.array([0]), np.array([1]), np.ones(1, np.float32), np.array(["core"]), np.ones((1, 2))),
    ASSOCIATION,
    LEAK,
    AUDITED,
    Audit((AUDITED, Audited("age", None, 0.1, say("Cannot."), say("Nothing."))), Step("audit", {"seed": 0}), (NOTE,)),
    Query("late", "unhappy with delivery", (Condition("city", "is", ("Rome",)),), 20),
    Group("Late", ("c1", "c2"), Query("late")),
    Edit("move", ("c1",), "S2", "r1", "2026-11-26T12:00:00Z", "Ada", witnesses={"S2": ("c3",)}, sizes={"S2": 4}),
    Missed(0, say("Nobody.")),
    Replay(2, (Missed(0, say("Nobody.")),)),
    TREE,
    TRAINING,
    TWIN,
    Twins((TWIN,), Step("twins", {"seed": 0}), (NOTE,)),
    SUGGESTION,
    Suggestions(
        (SUGGESTION,),
        True,
        0.9,
        40,
        math.nan,
        0,
        9,
        1,
        Step("suggesting"),
        say("Asked."),
        (SCORED,),
        (SCORED,),
        (NOTE,),
    ),
    Step("kmeans", {"n_segments": 4, "tolerance": math.inf, "names": ["a"], "$float": {"$x": None}}),
    NOTE,
    Dialect("csv", "utf-8", ";", ",", None),
    Table(pd.DataFrame({"a": ["1", None]}), "a.csv", Dialect("csv"), (NOTE,)),
    Column("spend", "money", "behavioural", say("It holds amounts.")),
    customers(),
    Vectors(np.ones((3, 2), np.float32), Step("tfidf"), say("Short texts."), FIDELITY, {"student": 20.0}),
    FIDELITY,
    Reading("en", 3, Step("student"), say("Short texts."), None, {"student": math.inf}),
    Contrast(np.ones((3, 2), np.float32), {"auc": 0.5}, {"auc": 0.9}, 100, 20, Step("head"), say("Learned.")),
    TOPIC,
    Topics(np.ones((3, 1), np.float32), (TOPIC,), Step("nmf"), say("Found."), (NOTE,)),
    Graph(
        np.ones((3, 2), np.float32),
        pd.DataFrame({"id": ["c:a"], "kind": ["customer"], "label": ["a"], "column": [""], "n": [1]}),
        pd.DataFrame({"source": ["c:a"], "target": ["v:1"], "kind": ["has"], "weight": [1.0]}),
        Step("walks"),
        say("Linked."),
    ),
    Traits(
        np.array([[1.0], [np.nan]], np.float32),
        ("sentiment",),
        pd.DataFrame({"customer": ["a"], "trait": ["sentiment"], "score": [1.0], "row": [3], "text": ["“好”"]}),
        Step("lexicon"),
        say("Read."),
    ),
    ATTENDED,
    WORDS,
    Attention((ATTENDED,), (WORDS,), Step("attention", {"method": "rollout"}), say("Looked."), (NOTE,)),
    Block("numbers", np.ones((3, 1), np.float32), ("spend",), ("spend",), ("spend",), (NOTE,)),
    Share("numbers", 0, 1, 1.0, ("spend",)),
    Features(
        matrix=np.array([[1, np.nan]], np.float32),
        names=("a", "b"),
        sources=("a", "b"),
        blocks=(Share("numbers", 0, 2, 1.0, ("a", "b")),),
        notes=(NOTE,),
    ),
    Ladder(
        TREE,
        np.array([1, 1, 2]),
        np.array([np.nan, 0.5, 1], np.float32),
        np.array([np.nan, 0.1, 0.9], np.float32),
        np.array([0.3], np.float32),
        Step("ladder", {"seed": 0}),
        20,
        3,
        ((), (("spend", True),), ()),
    ),
    Segment("S1", 3),
    Trial(3, {"silhouette": math.nan, "stability": 0.5}, True),
    Trial(4, {"mark": 2.0}, made_by=Step("hdbscan", {"smallest": None})),
    SWEPT,
    SweepRow(Step("kmeans", {"n_segments": 9}), 0, {}, 0.1, say("Too few.")),
    Sweep("kmeans", ("n_segments",), (SWEPT,)),
    Clustering(
        np.array([0, 1], np.int64),
        np.array([0.5, 1], np.float32),
        np.array(["core", "outlier"]),
        (Segment("S1", 1), Segment("S2", 1)),
        Step("kmeans"),
        (say("Because."),),
        (Trial(2, {}),),
        ("B1", "B1"),
        training=TRAINING,
    ),
    Projection(np.zeros((2, 2), np.float32), Step("pca"), math.nan),
    Score("silhouette", -math.inf, "higher", "features", 10, say("How apart."), "S1"),
    Check("balance", False, say("Uneven."), say("Merge.")),
    Scorecard((), (Check("balance", True, say("Even."), say("-")),), "nothing-there"),
    EvidenceItem("S1.f1", "S1", "share", "City = Rome", "over", 3, value=0.1, base=None, low=math.nan),
    Evidence((EvidenceItem("S1.q1", "S1", "quote", "Quote", "describes", 1),), {"S1": ("a", "b")}, {"S1": ()}, 2),
    CLAIM,
    Persona("S1", "Ann", ("S1.f1",), CLAIM, (CLAIM,), (), (), (CLAIM, CLAIM), ()),
    Personas((), Step("builtin", {"language": "zh"}), (NOTE,), Tally(9, 3, 2, 1)),
    Tally(1),
    Brief("win back", "10 % off", "Ann & Co", "warm", "cheap, free", "zh"),
    PIECE,
    Contents((PIECE,), Brief(), Step("builtin"), (NOTE,), Tally()),
    Version(1764201600.5, say("Edited {segment}", segment="S1"), None, Contents((), Brief(), Step("model"))),
    CELL,
    Balance("spend", -0.04),
    UPLIFT,
    Readout("results.csv", 1764201600.5, (UPLIFT,), (NOTE,)),
    PIECES,
    PairAnswer("c1", "c2", None, "2026-11-26T12:00:00Z", "model:m"),
    Compared("silhouette", "features", 0.2, 0.3, "higher"),
    MOVED,
    Receipt("2026-11-26T12:00:00Z", "r1", 40, 10, "keep", 0.7, 0.9, 8, 0, 0.004, 0.01, (MOVED,), names={"S1": "Gold"}),
    Campaign("k1", "Win back", "more orders", "email", "rate", (CELL,), 0.1, 7, 1764201600.5, baseline=0.02),
    Condition("spend", "between", ("1", "2.5")),
    Rule("VIP", (Condition("city", "is one of", ("Rome", "$x")), Condition("review", "is missing"))),
    LabelColumn("Value", {"a": "VIP", "$b": ""}, (Rule("VIP", (Condition("spend", "≥", ("100",)),)),), (NOTE,)),
)


def test_every_artifact_is_tried() -> None:
    kinds = {kind for kind in vars(artifacts).values() if dataclasses.is_dataclass(kind)} - {Message}
    assert {type(made) for made in MADE} == kinds


@pytest.mark.parametrize("made", MADE, ids=lambda made: type(made).__name__)
def test_artifacts_come_back(made: Any, tmp_path: Path) -> None:
    records.save(made, tmp_path / "kept")
    assert_same(records.load(type(made), tmp_path / "kept"), made)


def test_a_whole_study_comes_back(tmp_path: Path) -> None:
    from segment_core import plan, study

    by_kind = {type(made): made for made in MADE}
    whole = study.Study(
        plan.Plan(weights={"text": 0.5}),
        plan.Plan(clustering=Step("kmeans", {"n_segments": 4}), seed=3),
        by_kind[Customers],
        "a.csv",
        features=by_kind[Features],
        clustering=by_kind[Clustering],
        scorecard=by_kind[Scorecard],
        seconds={"read": 0.25},
        labels=(by_kind[LabelColumn],),
    )
    records.save(whole, tmp_path / "kept")
    assert_same(records.load(study.Study, tmp_path / "kept"), whole)


@dataclass(frozen=True)
class Inner:
    """Something small."""

    number: float
    mark: Literal["a", "b"] = "a"


@dataclass(frozen=True)
class Outer:
    """Something with one of everything that may be in a field."""

    inner: Inner | None
    pairs: tuple[int, str]
    many: Mapping[str, tuple[Inner, ...]]
    arrays: Mapping[str, NDArray[Any]]
    frames: tuple[pd.DataFrame, ...] = ()
    value: str | int | float = 0
    free: Any = None
    flags: list[bool] = field(default_factory=list)


def outer() -> Outer:
    """Return an object with one of everything."""
    return Outer(
        Inner(math.nan, "b"),
        (1, "x"),
        {"ä/../..": (Inner(1.0), Inner(-math.inf)), "": ()},
        {"../../evil": np.arange(3), "b": np.array(["é", "\U0001f600"]), "c": np.array(5.0)},
        (pd.DataFrame({"a": [1]}), pd.DataFrame()),
        math.inf,
        {"a": [1, None, {"b": math.nan}]},
        [True, False],
    )


def test_nested_values_and_odd_keys_come_back(tmp_path: Path) -> None:
    records.save(outer(), tmp_path / "kept")
    assert_same(records.load(Outer, tmp_path / "kept"), outer())
    assert {path.parent for path in tmp_path.rglob("*.*")} == {tmp_path / "kept"}


def test_numpy_numbers_in_fields_are_kept_as_numbers(tmp_path: Path) -> None:
    records.save(Inner(np.float32(0.5)), tmp_path / "kept")
    assert records.load(Inner, tmp_path / "kept") == Inner(0.5)


def test_numpy_numbers_in_messages_are_kept_as_numbers(tmp_path: Path) -> None:
    note = Note("x", Message("{n}", {"n": np.int64(3)}))
    records.save(note, tmp_path / "kept")
    assert records.load(Note, tmp_path / "kept").message == say("{n}", n=3)


def test_the_json_is_strict(tmp_path: Path) -> None:
    records.save(outer(), tmp_path / "kept")
    refuse = {"parse_constant": lambda name: pytest.fail(f"{name} is not JSON")}
    json.loads((tmp_path / "kept" / "record.json").read_text(), **refuse)


def test_saving_again_replaces_all(tmp_path: Path) -> None:
    records.save(outer(), tmp_path / "kept")
    records.save(Inner(2.0), tmp_path / "kept")
    assert records.load(Inner, tmp_path / "kept") == Inner(2.0)
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["record.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize(
    "bad",
    [
        Outer(None, (1, "x"), {}, {"a": np.array([object()])}),
        Outer(None, (1, "x"), {}, {}, (pd.DataFrame({"a": [object()]}),)),
        Outer(None, (1, "x"), {}, {}, (pd.DataFrame({"a": pd.Categorical(["x"])}),)),
        Outer(None, (1, "x"), {}, {}, free={1, 2}),
        Outer(None, (1, "x"), {}, {}, free=pd.Series([1])),
        Outer(Inner(1.0, "z"), (1, "x"), {}, {}),
        Outer(Inner("1"), (1, "x"), {}, {}),
        Outer(None, ("x", 1), {}, {}),
        Outer(None, None, {}, {}),
        Outer(None, (1, "x"), {"a": (1,)}, {}),
        Outer(None, (1, "x"), {}, {"a": [1]}),
    ],
    ids=["objects", "cells", "categorical", "set", "series", "mark", "text", "order", "none", "inner", "list"],
)
def test_what_has_no_safe_form_is_refused_and_leaves_the_old_one(bad: Outer, tmp_path: Path) -> None:
    records.save(Inner(1.0), tmp_path / "kept")
    with pytest.raises(TypeError):
        records.save(bad, tmp_path / "kept")
    assert records.load(Inner, tmp_path / "kept") == Inner(1.0)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_fields_that_an_older_record_lacks_keep_their_default(tmp_path: Path) -> None:
    records.save(Inner(1.0, "b"), tmp_path / "kept")
    edit(tmp_path, lambda record: record["value"].pop("mark"))
    assert records.load(Inner, tmp_path / "kept") == Inner(1.0, "a")


@pytest.mark.parametrize(
    "damage",
    [
        lambda record: record.update(kind="Other"),
        lambda record: record.update(record=2),
        lambda record: record.pop("value"),
        lambda record: record.update(value=None),
        lambda record: record.update(value=[]),
        lambda record: record["value"].update(extra=1),
        lambda record: record["value"].pop("pairs"),
        lambda record: record["value"].update(pairs=[1]),
        lambda record: record["value"].update(pairs=["x", "x"]),
        lambda record: record["value"].update(pairs=7),
        lambda record: record["value"]["inner"].update(mark="z"),
        lambda record: record["value"]["inner"].update(number=[]),
        lambda record: record["value"].update(many={"a": 1}),
        lambda record: record["value"]["arrays"][0][1].update(file="../outside.npy"),
        lambda record: record["value"]["arrays"][0][1].update(file="/etc/passwd"),
        lambda record: record["value"]["arrays"][0][1].update(file="missing.npy"),
        lambda record: record["value"]["frames"][0].pop("frame"),
    ],
)
def test_a_damaged_record_is_one_sentence(damage: Any, tmp_path: Path) -> None:
    np.save(tmp_path / "outside.npy", np.arange(3))
    records.save(outer(), tmp_path / "kept")
    edit(tmp_path, damage)
    with pytest.raises(DataError, match="cannot be read"):
        records.load(Outer, tmp_path / "kept")


@pytest.mark.parametrize("name", ["arrays.0.npy", "frames.0.parquet", "record.json"])
@pytest.mark.parametrize(
    "content", [b"", b"garbage", b"\x80\x04N.", b"[" * 100_000], ids=["none", "text", "pickle", "deep"]
)
def test_a_damaged_file_is_one_sentence(name: str, content: bytes, tmp_path: Path) -> None:
    records.save(outer(), tmp_path / "kept")
    assert (tmp_path / "kept" / name).exists()
    (tmp_path / "kept" / name).write_bytes(content)
    with pytest.raises(DataError, match="cannot be read"):
        records.load(Outer, tmp_path / "kept")


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        records.load(Inner, tmp_path / "nowhere")


def test_a_pickled_array_is_never_opened(tmp_path: Path) -> None:
    records.save(outer(), tmp_path / "kept")
    np.save(tmp_path / "kept" / "arrays.0.npy", np.array([Trap(tmp_path / "sprung")]), allow_pickle=True)
    with pytest.raises(DataError):
        records.load(Outer, tmp_path / "kept")
    assert not (tmp_path / "sprung").exists()
    pickle.loads(pickle.dumps(Trap(tmp_path / "sprung")))
    assert (tmp_path / "sprung").exists()  # the trap does work


class Trap:
    """Leave a trace when unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self.path,)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.text(st.characters(), max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("$float", max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_plain_values_come_back(value: Any) -> None:
    assert_same(from_plain(json.loads(json.dumps(to_plain(value), allow_nan=False))), value)


CELLS = {
    "object": st.none() | st.text(st.characters(), max_size=4) | st.floats() | st.integers(-9, 9) | st.booleans(),
    "str": st.none() | st.text(max_size=4),
    "float64": st.floats(),
    "float32": st.floats(width=32),
    "int64": st.integers(-(2**63), 2**63 - 1),
    "bool": st.booleans(),
    "Int64": st.none() | st.integers(-9, 9),
    "string": st.none() | st.text(max_size=4),
    "datetime64[us]": st.none() | st.datetimes(),
    "datetime64[s]": st.none() | st.datetimes(),
    "datetime64[ns]": st.none() | st.datetimes(pd.Timestamp("1700-01-01"), pd.Timestamp("2200-01-01")),
    "datetime64[us, UTC]": st.none() | st.datetimes(pd.Timestamp("1700-01-01"), pd.Timestamp("2200-01-01")),
}


@st.composite
def drawn_frames(draw: Any) -> pd.DataFrame:
    n_rows = draw(st.integers(0, 4))
    columns = []
    for dtype in draw(st.lists(st.sampled_from(sorted(CELLS)), max_size=4)):
        cells = draw(st.lists(CELLS[dtype], min_size=n_rows, max_size=n_rows))
        columns.append(pd.Series(cells, dtype=dtype))
    frame = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=range(n_rows))
    names = draw(st.lists(st.text(st.characters(), max_size=3), min_size=len(columns), max_size=len(columns)))
    frame.columns = pd.Index(names, dtype=object)
    labels = draw(st.lists(st.text(max_size=3), min_size=n_rows, max_size=n_rows))
    index = pd.Index(labels, dtype=draw(st.sampled_from(["object", "str"])), name=draw(st.none() | st.text()))
    frame.index = draw(st.sampled_from([index, pd.RangeIndex(5, 5 + n_rows, name="row"), pd.Index(range(n_rows))]))
    return frame


@pytest.mark.parametrize("dtype", ["object", "str"])
def test_half_a_surrogate_pair_comes_back(dtype: str, tmp_path: Path) -> None:
    cells = np.array(["ok", "\udcff", None], dtype=object)
    column = pd.Series(cells, dtype=object if dtype == "object" else pd.StringDtype("python", na_value=np.nan))
    frame = column.to_frame()
    frame.columns = pd.Index(["\ud800"], dtype=object)
    table = Table(frame, "\udcff.csv", Dialect("csv"))
    records.save(table, tmp_path / "kept")
    found = records.load(Table, tmp_path / "kept")
    assert found.name == "\udcff.csv"
    assert found.frame.columns.to_list() == ["\ud800"]
    assert found.frame.iloc[:2, 0].to_list() == ["ok", "\udcff"]
    assert pd.isna(found.frame.iloc[2, 0])


@settings(deadline=None, max_examples=100)
@given(drawn_frames())
def test_any_frame_comes_back(tmp_path_factory: pytest.TempPathFactory, frame: pd.DataFrame) -> None:
    folder = tmp_path_factory.mktemp("frame")
    records.save(Table(frame, "", Dialect("csv")), folder / "kept")
    assert_same(records.load(Table, folder / "kept").frame, frame)


def edit(folder: Path, change: Any) -> None:
    """Change the JSON of a record by hand."""
    path = folder / "kept" / "record.json"
    record = json.loads(path.read_text())
    change(record)
    path.write_text(json.dumps(record))


def assert_same(found: Any, wanted: Any) -> None:
    """Assert equality down to types, with nan equal to nan and None apart from it."""
    assert type(found) is type(wanted) or isinstance(found, Mapping)
    if dataclasses.is_dataclass(wanted):
        for each in dataclasses.fields(wanted):
            assert_same(getattr(found, each.name), getattr(wanted, each.name))
    elif isinstance(wanted, pd.DataFrame):
        pd.testing.assert_frame_equal(found, wanted, check_exact=True, check_index_type=True, check_freq=False)
        assert found.columns.dtype == wanted.columns.dtype
        for number in range(wanted.shape[1]):
            if str(wanted.dtypes.iloc[number]) == "object":
                assert_same(found.iloc[:, number].to_list(), wanted.iloc[:, number].to_list())
    elif isinstance(wanted, np.ndarray):
        np.testing.assert_array_equal(found, wanted, strict=True)
    elif isinstance(wanted, Mapping):
        assert list(found) == list(wanted)
        for key, value in wanted.items():
            assert_same(found[key], value)
    elif isinstance(wanted, list | tuple):
        assert len(found) == len(wanted)
        for one, other in zip(found, wanted, strict=True):
            assert_same(one, other)
    elif isinstance(wanted, float):
        assert found == wanted or (math.isnan(found) and math.isnan(wanted))
    else:
        assert found == wanted


def test_a_study_of_an_earlier_version_still_opens(small_study: Any, tmp_path: Path) -> None:
    from segment_core.study import Study

    records.save(small_study, tmp_path / "kept")
    path = tmp_path / "kept" / "record.json"
    record = json.loads(path.read_text())
    for name in ("readings", "contrast", "topics", "graph", "traits", "attention", "block_seconds"):
        del record["value"][name]
    record["value"]["encoder_reason"] = say("Fast.").to_json()
    path.write_text(json.dumps(record))
    found = records.load(Study, tmp_path / "kept")
    assert found.readings is None
    assert found.clustering.n_segments == small_study.clustering.n_segments

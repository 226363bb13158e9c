"""Suggesting: a language model's second opinion on customers between segments, as a long job; it moves nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import (
    Features,
    Labels,
    Note,
    Progress,
    Score,
    Step,
    Suggestion,
    Suggestions,
    silent,
)
from segment_core.choices import options_from_json, options_to_json
from segment_core.clustering import Speech
from segment_core.clustering.asking import Asker, budget_option, model_option, timeout_option, url_option
from segment_core.clustering.boundary import Border, Pick, Sheets, border
from segment_core.clustering.opinion import TEST_CALLS, Hearing
from segment_core.clustering.opinion import calls as most_calls
from segment_core.clustering.textspace import TextSpace
from segment_core.errors import DataError, OptionError
from segment_core.features.text import texts_of
from segment_core.llm import recorded_for
from segment_core.messages import say
from segment_core.store import Workspace
from segment_core.study import Study

FEWEST_TEXTS = 24
N_WORDS = 6
MOST_SCORED = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestingOptions:
    """Which model is asked for a second opinion, and how often."""

    url: str = url_option()
    model: str = model_option()
    budget: int = budget_option(45, TEST_CALLS)
    timeout: float = timeout_option()


def calls(n_texts: int, options: SuggestingOptions = SuggestingOptions()) -> int:
    """Return how often the model would be asked at most, by how many different texts there are."""
    return most_calls(n_texts, options.budget)


def suggest(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Ask a model about customers between segments, and keep its suggestions with the study.

    `args`: workspace (path), study (id), options (of `SuggestingOptions`), seed. Returns {"study": id}.
    """
    workspace = Workspace(Path(args["workspace"]))
    study = workspace.load_study(Study, args["study"])
    options = options_from_json(SuggestingOptions, args.get("options") or {})
    with recorded_for(workspace, str(args["study"])):
        made = suggestions_of(study, options, progress, secrets=secrets, seed=int(args.get("seed") or 0))
    # The study may have been edited while the model was at work; the latest edits count.
    latest, saved = workspace.study_and_entry(Study, args["study"])
    if not _same_segments(study, latest):
        raise DataError("The segments were made anew while the model was at work. Ask again.")
    workspace.save_study(args["study"], latest.having(suggestions=made), summary=dict(saved.summary))
    return {"study": args["study"]}


def suggestions_of(
    study: Study,
    options: SuggestingOptions,
    progress: Progress = silent,
    *,
    secrets: Mapping[str, str] = {},
    seed: int = 0,
) -> Suggestions:
    """Test a model on clear customers and on itself, and only if it passes ask about those between segments.

    Clear texts have a known answer; border texts are asked twice, in another order of segments. Whoever gets the same
    other segment twice becomes a suggestion. Passing does not prove that the model is right on the border, where the
    segments themselves are least so; failing is a veto. Nothing the model answers is shown: it picks ids.

    Raises
    ------
    DataError
        If there are no segments, or no texts among the features.
    OptionError
        If no model is named.
    Cancelled
        If `progress` raised it.
    """
    if not options.url.strip() or not options.model.strip():
        raise OptionError("No language model is set up. Enter the address and the name of one.")
    space, found, sheets = _prepared(study)
    asker = Asker.of(options, secrets, progress)
    asker.budget = max(1, most_calls(len(space.texts), options.budget))
    opinion = Hearing(asker, space, found, sheets, seed).hear()
    suggestions = _made(study, space, found, opinion.moves)
    before, after = _scores(study, suggestions, seed)
    progress(1, 1, say("Second opinion: {n} suggestions", n=len(suggestions)))
    assert study.clustering is not None
    return Suggestions(
        suggestions,
        opinion.passed,
        opinion.known,
        opinion.n_known,
        opinion.steady,
        opinion.n_steady,
        opinion.n_asked,
        opinion.n_open,
        Step("suggesting", options_to_json(options) | {"seed": seed}),
        opinion.told(options.model, len(suggestions)),
        before,
        after,
        tuple(Note("model", message) for message in asker.told()),
        {study.clustering.segments[number].id: words for number, words in sheets.words.items()},
    )


def preview(study: Study, seed: int = 0) -> str:
    """Return exactly what the first call would send, without sending it.

    Raises
    ------
    DataError
        If there are no segments, or no texts among the features.
    """
    return Hearing(Asker.of(SuggestingOptions(), {}, silent), *_prepared(study), seed).first()


def with_suggestions(study: Study, suggestions: Sequence[Suggestion]) -> Labels:
    """Return what the labels (n,) would be if all these suggestions were followed; the study's own stay as they are."""
    assert study.clustering is not None
    number = {segment.id: at for at, segment in enumerate(study.clustering.segments)}
    to = {one.customer: number[one.after] for one in suggestions}
    ids = study.customers.frame.index.astype(str)
    return np.array([to.get(id_, own) for id_, own in zip(ids, study.clustering.labels, strict=True)], dtype=np.int64)


def _prepared(study: Study) -> tuple[TextSpace, Border, Sheets]:
    if study.clustering is None or study.features is None:
        raise DataError("There are no segments yet. Find segments first.")
    if study.clustering.n_segments < 2:
        raise DataError("There is only one segment, so nobody lies between two.")
    speech = Speech(tuple(texts_of(study.customers)), study.features.matrix, lambda _: study.features.matrix[:0])  # type: ignore[union-attr]
    space = TextSpace.of(study.features, speech)
    if space is None or space.sendable.sum() < FEWEST_TEXTS:
        raise DataError("A second opinion needs at least {n} different texts among the features.", n=FEWEST_TEXTS)
    found = border(space, study.clustering.labels)
    words = {}
    for number, segment in enumerate(study.clustering.segments):
        items = study.evidence.of(segment.id, "term") if study.evidence else ()
        words[number] = tuple(item.text for item in items[:N_WORDS])
    return space, found, Sheets.of(space, found.own, words)


def _made(study: Study, space: TextSpace, found: Border, moves: Mapping[int, Pick]) -> tuple[Suggestion, ...]:
    assert study.clustering is not None
    ids, segments = study.customers.frame.index.astype(str), study.clustering.segments
    made = []
    for place, row in enumerate(space.of_customer.tolist()):
        own = int(study.clustering.labels[place])
        # Others who wrote the very same may be in another segment; the question was about this one.
        if row not in moves or own != found.own[row]:
            continue
        pick = moves[row]
        like = space.texts[pick.like] if pick.like >= 0 else ""
        margin = round(float(found.margins[row]), 4)
        made.append(Suggestion(ids[place], segments[own].id, segments[pick.segment].id, space.texts[row], like, margin))
    return tuple(sorted(made, key=lambda one: (one.margin, one.customer)))


def _scores(study: Study, made: Sequence[Suggestion], seed: int) -> tuple[tuple[Score, ...], tuple[Score, ...]]:
    from sklearn.metrics import silhouette_score

    assert study.clustering is not None and study.features is not None
    if not made:
        return (), ()
    meaning = say("From -1 to 1: how much nearer customers are to their own segment than to the next one.")
    moved = with_suggestions(study, made)
    spaces = {"text": _block(study.features, "text"), "features": study.features.matrix}
    found: list[list[Score]] = [[], []]
    rows = np.arange(len(moved))
    if len(rows) > MOST_SCORED:
        rows = np.sort(np.random.default_rng(seed).choice(rows, MOST_SCORED, replace=False))
    for name, matrix in spaces.items():
        for side, labels in enumerate((study.clustering.labels, moved)):
            if 2 <= len(np.unique(labels[rows])) < len(rows):
                value = round(float(silhouette_score(matrix[rows].astype(np.float64), labels[rows])), 4)
                found[side].append(Score("silhouette", value, "higher", name, len(rows), meaning))
    return tuple(found[0]), tuple(found[1])


def _block(features: Features, name: str) -> Any:
    block = next(block for block in features.blocks if block.name == name)
    return features.matrix[:, block.start : block.stop]


def _same_segments(one: Study, other: Study) -> bool:
    if one.clustering is None or other.clustering is None:
        return False
    return one.customers.frame.index.equals(other.customers.frame.index) and np.array_equal(
        one.clustering.labels, other.clustering.labels
    )

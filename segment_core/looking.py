"""Looking: the words a model looks at in the texts of a study, as a long job that keeps them with the study."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Attention, Note, Progress, Step
from segment_core.choices import options_from_json, options_to_json
from segment_core.encoders.attention import AttentionOptions, attend, named, summed
from segment_core.encoders.models import languages_read, spoken
from segment_core.errors import DataError
from segment_core.features.text import texts_of
from segment_core.language import languages_of
from segment_core.llm import recorded_for
from segment_core.messages import Message, say
from segment_core.store import Workspace
from segment_core.study import Study

N_PER_SEGMENT = 40


def look(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Look into a model while it reads some texts of each segment, and keep what it looked at with the study.

    `args`: workspace (path), study (id), options (of `attend`), n (texts a segment), seed, ids (customers asked for).
    Returns {"study": id}.
    """
    workspace = Workspace(Path(args["workspace"]))
    study = workspace.load_study(Study, args["study"])
    options = options_from_json(AttentionOptions, args.get("options") or {})
    with recorded_for(workspace, str(args["study"])):
        made = attention_of(
            study,
            options,
            progress,
            n=int(args.get("n") or N_PER_SEGMENT),
            ids=tuple(map(str, args.get("ids") or ())),
            seed=int(args.get("seed") or 0),
        )
    # The study may have been edited while the model was at work; the latest edits count.
    latest, saved = workspace.study_and_entry(Study, args["study"])
    if not _same_segments(study, latest):
        raise DataError("The segments were made anew while the model was at work. Look again.")
    workspace.save_study(args["study"], latest.having(attention=made), summary=dict(saved.summary))
    return {"study": args["study"]}


def attention_of(
    study: Study,
    options: AttentionOptions,
    progress: Progress,
    *,
    n: int = N_PER_SEGMENT,
    ids: Sequence[str] = (),
    seed: int = 0,
) -> Attention:
    """Look into the texts of up to `n` customers a segment: typical ones first, then others drawn by the seed.

    Customers in `ids` are looked into too; they are drawn, and not counted in their segment's words.

    Raises
    ------
    DataError
        If there are no segments, or nobody wrote anything.
    """
    if study.clustering is None:
        raise DataError("There are no segments yet. Find segments first.")
    texts = texts_of(study.customers)
    customers = study.customers.frame.index.astype(str).to_list()
    wrote = np.array([bool(text) for text in texts])
    if not wrote.any():
        raise DataError("Nobody wrote anything, so there are no words to look at.")
    rows, segments = _picked(study, wrote, n, seed)
    place = {customer: row for row, customer in enumerate(customers)}
    more = [place[id_] for id_ in dict.fromkeys(ids) if id_ in place and wrote[place[id_]] and place[id_] not in rows]
    found = attend([texts[row] for row in rows + more], options, progress)
    found = named(found, [customers[row] for row in rows + more])
    drawn = found[: len(rows)]
    reason = _reason(options, len(rows), sum(len(text.words) for text in drawn))
    made_by = Step("attention", options_to_json(options) | {"n": n, "seed": seed})
    return Attention(found, summed(drawn, segments), made_by, reason, _notes(found, options))


def _reason(options: AttentionOptions, n: int, n_words: int) -> Message:
    if options.method == "rollout":
        return say(
            "What {model} looked at, followed through all layers: {n:,} texts, {words:,} words.",
            model=spoken(options.model),
            n=n,
            words=n_words,
        )
    return say(
        "What {model} looked at, in the layers asked for ({layers}): {n:,} texts, {words:,} words.",
        model=spoken(options.model),
        layers=options.layers,
        n=n,
        words=n_words,
    )


def _picked(study: Study, wrote: np.ndarray, n: int, seed: int) -> tuple[list[int], list[str]]:
    clustering, evidence = study.clustering, study.evidence
    assert clustering is not None
    customers = study.customers.frame.index.astype(str).to_list()
    rows: list[int] = []
    segments: list[str] = []
    for number, segment in enumerate(clustering.segments):
        # Drawn in the order of ids, so that the order of rows does not matter.
        able = sorted(np.flatnonzero((clustering.labels == number) & wrote).tolist(), key=lambda row: customers[row])
        place = {customers[row]: row for row in able}
        typical = evidence.typical.get(segment.id, ()) if evidence else ()
        first = [place[customer] for customer in typical if customer in place][:n]
        rest = [row for row in able if row not in set(first)]
        drawn = np.random.default_rng([seed, number]).permutation(len(rest))[: max(0, n - len(first))]
        chosen = first + sorted((rest[place] for place in drawn), key=lambda row: customers[row])
        rows += chosen
        segments += [segment.id] * len(chosen)
    return rows, segments


def _notes(found: Sequence[Any], options: AttentionOptions) -> tuple[Note, ...]:
    notes = []
    read = languages_read(options.model)
    n_foreign = sum(
        bool(language) and read is not None and language not in read
        for language in languages_of([text.text for text in found])
    )
    if n_foreign:
        said = say(
            "Texts in a language that {model} does not read: {n:,}. Which words it looked at there tells nothing.",
            model=spoken(options.model),
            n=n_foreign,
        )
        notes.append(Note("foreign", said, n_foreign, "warning"))
    n_cut = sum(text.cut for text in found)
    if n_cut:
        said = say(
            "Of {n:,} texts only the beginning was read, {length:,} word pieces.", n=n_cut, length=options.max_length
        )
        notes.append(Note("cut", said, n_cut))
    return tuple(notes)


def _same_segments(one: Study, other: Study) -> bool:
    if one.clustering is None or other.clustering is None:
        return False
    return one.customers.frame.index.equals(other.customers.frame.index) and np.array_equal(
        one.clustering.labels, other.clustering.labels
    )

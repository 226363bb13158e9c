"""Modelled: a language model answers about pairs, for as long as it agrees with the analyst."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from segment_core.artifacts import PairAnswer, Progress, silent
from segment_core.choices import option, options_from_json
from segment_core.clustering.asking import Asker, budget_option, fit_to_send, model_option, timeout_option, url_option
from segment_core.errors import Cancelled, DataError, OptionError
from segment_core.features.text import texts_of
from segment_core.improving.pairs import agreement, next_pairs, said
from segment_core.intake.marks import sensitive
from segment_core.llm import Outbound, recorded_for, seal
from segment_core.messages import say
from segment_core.store import Workspace
from segment_core.study import Study

A_CALL = 5
"""Pairs shown with one question."""
N_EXAMPLES = 6
FEWEST = 10
"""Pairs that both answered before the model's agreement is worth anything."""
MOST_FACTS, LONGEST = 12, 500
TOLD = ("number", "money", "count", "category", "yes/no")
"""Roles of columns that a model is told of."""

INSTRUCTIONS = """\
You sort customers as an analyst does. You get pairs of customers, each with facts and with what they wrote, and \
examples of pairs that the analyst has answered. For every pair give an entry: "pair" (its id) and "same": true if \
the analyst would put both customers into one segment, false if not, null if you cannot tell.

Judge by what the examples show that the analyst goes by. Every pair once, only ids that were shown, nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelledOptions:
    """Which model answers, how often, and how well it must agree."""

    url: str = url_option()
    model: str = model_option()
    n_pairs: int = option(40, "Pairs to answer", low=A_CALL, high=500, help="Beyond those that you have answered.")
    floor: float = option(
        0.6,
        "Agreement needed",
        low=0.2,
        high=1.0,
        help="Cohen's kappa of the model and you on pairs that both answered: 1 is always, 0 as often as by chance.",
    )
    budget: int = budget_option(30, 1)
    timeout: float = timeout_option()


def answer(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Let a model answer the pairs that the analyst answered, and go on alone while it agrees; keep what it said.

    `args`: workspace (path), study (id), options (of `ModelledOptions`). Returns {"study": id}.
    """
    workspace, study_id = Workspace(Path(args["workspace"])), str(args["study"])
    study = workspace.load_study(Study, study_id)
    options = options_from_json(ModelledOptions, args.get("options") or {})

    def keep(made: Study) -> None:
        new = made.answers[len(study.answers) :]
        if not new:
            return
        latest, saved = workspace.study_and_entry(Study, study_id)
        workspace.save_study(study_id, replace(latest, answers=(*latest.answers, *new)), summary=dict(saved.summary))

    with recorded_for(workspace, study_id):
        answered_by_model(study, options, progress, secrets=secrets, keep=keep)
    return {"study": study_id}


def answered_by_model(
    study: Study,
    options: ModelledOptions,
    progress: Progress = silent,
    *,
    secrets: Mapping[str, str] = {},
    keep: Callable[[Study], None] = lambda made: None,
) -> Study:
    """Return the study with a model's answers: first on pairs that a person answered, then on new ones.

    `keep` gets what is returned, also where the model stopped half way or was stopped.

    New pairs are asked about only while kappa with the person is at or above the floor on ten pairs or more. The
    examples that it is shown are never among those that it is tested on.

    Raises
    ------
    DataError
        If too few pairs were answered, or the model fails.
    OptionError
        If no model is named.
    Cancelled
        If `progress` raised it.
    """
    if not options.url.strip() or not options.model.strip():
        raise OptionError("No language model is set up. Enter the address and the name of one.")
    examples, test = examples_and_test(study)
    if len(test) < FEWEST:
        raise DataError(
            "You have answered {n} pairs; answer {needed} or more yourself, so that the model can be tested on them.",
            n=len(examples) + len(test),
            needed=FEWEST + N_EXAMPLES,
        )
    asker, author = Asker.of(options, secrets, progress), f"model:{options.model}"
    tested = to_be_tested(study, options.model)
    alone: list[tuple[str, str]] = []
    n_before = n_known = len(study.answers)
    try:
        for start in range(0, len(tested), A_CALL):
            study = _asked(study, asker, tested[start : start + A_CALL], examples, author)
        n_before = n_known = len(study.answers)
        while len(alone) < options.n_pairs and asker.able and agrees(study, options.floor, author):
            pairs = next_pairs(study, min(A_CALL, options.n_pairs - len(alone)), but=alone)
            study = _asked(study, asker, pairs, examples, author)
            if len(study.answers) == n_known:
                break
            n_known = len(study.answers)
            alone += pairs
    except Cancelled:
        keep(study)
        raise
    if asker.failure is not None and not asker.answered:
        raise DataError("The model gave no answer: {reason}", reason=str(asker.failure))
    keep(study)
    if asker.failure is not None and asker.in_a_row:
        raise DataError(
            "The model stopped answering: {reason}. What it answered until then is kept.", reason=str(asker.failure)
        )
    progress(1, 1, say("Pairs answered by the model: {n}", n=len(study.answers) - n_before))
    return study


def agrees(study: Study, floor: float, author: str = "") -> bool:
    """Tell whether a model, or the one that answered last, agrees with the person so far that it may go on."""
    found, n = agreement(study, author)
    return n >= FEWEST and found is not None and found >= floor


def examples_and_test(study: Study) -> tuple[list[PairAnswer], list[PairAnswer]]:
    """Return the answers of people that a model is shown, of both kinds by turns, and those that it is tested on."""
    here = set(study.customers.frame.index.astype(str))
    people = [
        one
        for one in study.answers
        if not one.by_model and one.same is not None and one.one in here and one.other in here
    ]
    same, other = ([one for one in people if one.same is kind] for kind in (True, False))
    shown = [one for pair in zip(same, other, strict=False) for one in pair][:N_EXAMPLES]
    return shown, [one for one in people if one not in shown]


def to_be_tested(study: Study, model: str) -> list[tuple[str, str]]:
    """Return the pairs that a model is asked about first: those it is tested on, and has not answered yet."""
    known = {frozenset((one.one, one.other)) for one in study.answers if one.author == f"model:{model}"}
    pairs = [(one.one, one.other) for one in examples_and_test(study)[1]]
    return [pair for pair in dict.fromkeys(pairs) if frozenset(pair) not in known]


def letter(study: Study, pairs: Sequence[tuple[str, str]], examples: Sequence[PairAnswer]) -> Outbound:
    """Compose one question; what reads like a command, and sensitive columns, stay here."""
    shown_ids = {id_ for one in examples for id_ in (one.one, one.other)} | {id_ for pair in pairs for id_ in pair}
    told = _Teller(study, shown_ids)
    shown = [{"one": told(one.one), "other": told(one.other), "same": one.same} for one in examples]
    asked = [{"id": f"P{place}", "one": told(a), "other": told(b)} for place, (a, b) in enumerate(pairs, 1)]
    return seal(INSTRUCTIONS, {"examples": shown, "pairs": asked}, purpose="pairs of customers")


def _asked(
    study: Study, asker: Asker, pairs: Sequence[tuple[str, str]], examples: Sequence[PairAnswer], author: str
) -> Study:
    from segment_core.clustering.answers import PairsAnswer

    found = asker.ask(letter(study, pairs, examples), PairsAnswer) if pairs else None
    by_id: dict[str, set[bool | None]] = {}
    for entry in found.pairs if found is not None else ():
        by_id.setdefault(entry.pair, set()).add(entry.same)
    for place, (one, other) in enumerate(pairs, 1):
        verdicts = by_id.get(f"P{place}", set())
        if len(verdicts) == 1 and (same := verdicts.pop()) is not None:
            study = said(study, one, other, same, author)
    return study


class _Teller:
    """Tells of some customers what a model may know."""

    def __init__(self, study: Study, ids: Collection[str]) -> None:
        hidden = set(sensitive(study.customers, study.plan.sensitive))
        columns = [column for column in study.customers.columns if column.role in TOLD and column.name not in hidden]
        self._columns = [column.name for column in columns][:MOST_FACTS]
        self._yes_no = {column.name for column in columns if column.role == "yes/no"}
        frame = study.customers.frame
        self._frame = frame.loc[frame.index.isin(list(ids))]
        seen = tuple(column for column in study.customers.columns if column.name not in hidden)
        self._texts = texts_of(replace(study.customers, frame=self._frame, columns=seen))
        self._rows = {id_: row for row, id_ in enumerate(self._frame.index.astype(str))}

    def __call__(self, customer: str) -> dict[str, Any]:
        row = self._rows[customer]
        known = [name for name in self._columns if not pd.isna(self._frame[name].iloc[row])]
        values = {name: self._told(name, self._frame[name].iloc[row]) for name in known}
        facts = [{"column": name, "value": value} for name, value in values.items() if fit_to_send(f"{name}: {value}")]
        text = self._texts[row][:LONGEST]
        return {"facts": facts, "wrote": text if text and fit_to_send(text) else ""}

    def _told(self, name: str, value: Any) -> str:
        if name in self._yes_no:
            return "yes" if value else "no"
        return f"{value:.6g}" if isinstance(value, float) else str(value)

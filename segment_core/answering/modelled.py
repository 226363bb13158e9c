"""Modelled: a language model reads a question that the built-in reading cannot; it fills a form and nothing else."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args

from segment_core.answering.asked import OF_NUMBERS, OF_TEXTS, SEGMENTS, Asked, CannotAnswer, Measure, Understood
from segment_core.answering.speaking import TOPICS
from segment_core.answering.trying import examples
from segment_core.answering.vocabulary import KIND
from segment_core.artifacts import Condition, Progress, silent
from segment_core.errors import ModelError, OptionError
from segment_core.labelling import SEGMENT, apply_rule, operations
from segment_core.labelling.rules import folded
from segment_core.llm import ModelAccess, Outbound, seal, writer_at
from segment_core.llm.filters import reads_like_a_command
from segment_core.messages import say
from segment_core.privacy import known_index, mask_texts, names_index
from segment_core.study import Study

if TYPE_CHECKING:
    from segment_core.answering.answers import ConditionAnswer, QuestionAnswer

MOST_COLUMNS, MOST_VALUES, SECONDS = 120, 25, 60.0
_INSTRUCTIONS = """You turn one question about a table of customers into a form. You never answer it yourself, give no \
figure and write no code: our program computes the answer from the form.
measure is one of: {measures}; or cannot.
column: for mean, median, sum, share_of_total a column of kind number; for most_common one of kind category; else "".
about: for mention and complain one of {topics}, or one or two words from the question; else "".
by: "segment", the name of a column of kind category, or "" for everyone together.
only: who counts at all. test: for share_of, what is counted; else empty. A condition has a column as listed, or \
"segment"; an op that is listed for it; and values, numbers as text, categories exactly as listed.
top: 1 for a question for the most, -1 for the least, 0 otherwise.
Say cannot for causes, forecasts, advice, changes over time, and whatever no listed column or text holds. Never put \
the nearest column in place of one that is missing."""


def letter(question: str, study: Study) -> Outbound:
    """Compose what is sent: the question, and the columns' names, kinds and categories; no rows and no texts.

    Names and categories that read like a command are not sent.
    """
    customers, columns = study.customers, []
    named = [one for one in customers.columns if one.role in KIND and not reads_like_a_command(one.name)]
    for column in named[:MOST_COLUMNS]:
        kind = KIND[column.role]
        shown: dict[str, Any] = {"name": column.name, "kind": kind, "ops": list(operations(customers, column.name))}
        if kind == "category":
            values = customers.frame[column.name].value_counts()
            often = [str(value) for value in values.index[values >= 5]]
            shown["values"] = [value for value in often if not reads_like_a_command(value)][:MOST_VALUES]
        columns.append(shown)
    segments = [one.id for one in study.clustering.segments] if study.clustering else []
    instructions = _INSTRUCTIONS.format(measures=", ".join(get_args(Measure)), topics=", ".join(TOPICS))
    data = {
        "question": _masked(question, study),
        "columns": columns,
        "segments": segments,
        "has_texts": bool(customers.named("text")),
    }
    return seal(instructions, data, purpose="question")


def _masked(question: str, study: Study) -> str:
    """Mask customers of this study by name or id; what else is personal is masked in all that goes out."""
    customers, said = study.customers, folded(question)
    values = {str(cell) for name in customers.named("name") for cell in customers.frame[name].dropna().unique()}
    here = [value for value in values if any(word in said for word in folded(value).split() if len(word) > 1)]
    known = known_index(map(str, customers.frame.index))
    return mask_texts([question], names=names_index(here), known=known).texts[0]


def ask_model(
    question: str, study: Study, access: ModelAccess, *, progress: Progress = silent
) -> Understood | CannotAnswer:
    """Let a model fill the form for a question, and check it against the study; nothing of it is shown as it came.

    Raises
    ------
    ModelError
        If no usable form came back.
    Cancelled
        If `progress` raised it.
    """
    from segment_core.answering.answers import QuestionAnswer

    def check(answer: QuestionAnswer) -> list[str]:
        if answer.measure == "cannot":
            return []
        found = problems(answer, study, question)
        if answer.about and answer.about not in TOPICS and folded(answer.about) not in folded(question):
            found.append("about must be a listed topic or words as they stand in the question")
        return found

    reply = writer_at(access).fill(
        letter(question, study), QuestionAnswer, check, seconds=SECONDS, again=1, progress=progress
    )
    if reply.problems:
        raise ModelError("The model gave no question that these data can answer.")
    if reply.answer.measure == "cannot":
        return CannotAnswer(say("The model found nothing in these data that answers this."), examples(study))
    return Understood(_typed(reply.answer), by_model=True)


def problems(answer: "QuestionAnswer", study: Study, question: str) -> list[str]:
    """Return what is wrong with a form, in words for the model; no words stand in it but those of data and question."""
    kinds = {one.name: KIND[one.role] for one in study.customers.columns if one.role in KIND}
    measure, found = answer.measure, []
    if measure not in get_args(Measure):
        return ["measure is none of those listed"]
    wanted = "number" if measure in OF_NUMBERS else "category" if measure == "most_common" else ""
    if kinds.get(answer.column, "") != wanted or (not wanted and answer.column):
        found.append(f"column must be a listed column of kind {wanted}" if wanted else "column must be empty")
    if answer.by not in ("", SEGMENTS) and kinds.get(answer.by) != "category":
        found.append("by must be segment, a category column or empty")
    if (answer.by == SEGMENTS or _of_segments(answer)) and study.clustering is None:
        found.append("there are no segments")
    if (measure in OF_TEXTS) != bool(answer.about) and not (measure == "complain" and not answer.about):
        found.append("about is for mention and complain only")
    if measure in OF_TEXTS and not study.customers.named("text"):
        found.append("there are no texts")
    if (measure == "share_of") != bool(answer.test):
        found.append("test is for share_of, which needs it")
    if answer.top not in (-1, 0, 1):
        found.append("top must be -1, 0 or 1")
    return found + _wrong_conditions([*answer.only, *answer.test], study, kinds, folded(question))


def _wrong_conditions(
    conditions: "Sequence[ConditionAnswer]", study: Study, kinds: dict[str, Any], question: str
) -> list[str]:
    segments = study.clustering.ids.tolist() if study.clustering else []
    found = []
    for number, one in enumerate(conditions, 1):
        known = set(segments) if one.column == SEGMENTS else set()
        if kinds.get(one.column) == "category":
            known = set(study.customers.frame[one.column].dropna().astype(str))
        if one.column != SEGMENTS and one.column not in kinds:
            found.append(f"condition {number} is not of a listed column")
        elif one.op in ("is missing", "is known") and one.values:
            found.append(f"condition {number} takes no values")
        elif one.op == "contains" and not all(folded(value) in question for value in one.values):
            found.append(f"condition {number} has words that do not stand in the question")
        elif known and one.op != "contains" and not set(one.values) <= known:
            found.append(f"condition {number} has a value that is not listed")
        else:
            try:
                apply_rule(study.customers, [_condition(one)], segments)
            except OptionError:
                found.append(f"condition {number} does not fit its column")
    return found


def _of_segments(answer: "QuestionAnswer") -> bool:
    return any(one.column == SEGMENTS for one in (*answer.only, *answer.test))


def _typed(answer: "QuestionAnswer") -> Asked:
    only, test = (tuple(_condition(one) for one in part) for part in (answer.only, answer.test))
    return Asked(answer.measure, answer.column, answer.about, answer.by, only, answer.top, test)  # type: ignore[arg-type]


def _condition(one: "ConditionAnswer") -> Condition:
    return Condition(SEGMENT if one.column == SEGMENTS else one.column, one.op, tuple(one.values))

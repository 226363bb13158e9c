"""Vocabulary: the words by which a study's columns and categories are asked for."""

from dataclasses import dataclass

from segment_core.answering.asked import NAMED, NUMBERS
from segment_core.labelling.rules import folded
from segment_core.phrasing.wording import humanise
from segment_core.study import Study

MOST_LEVELS = 200


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Spellings, longest first: of columns, of columns that group, and of categories with their column."""

    columns: tuple[tuple[str, str], ...]
    categories: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str, str], ...]


def vocabulary(study: Study) -> Vocabulary:
    """Gather the study's words; a category that stands in two columns is left out, as it would be a guess."""
    customers = study.customers
    columns: list[tuple[str, str]] = []
    for name in customers.named(*NUMBERS, *NAMED):
        spelt = {folded(name), folded(humanise(name))}
        columns += [(spelling, name) for spelling in spelt if spelling]
    seen: dict[str, list[tuple[str, str]]] = {}
    for name in customers.named("category", "place"):
        levels = customers.frame[name].dropna().unique()
        for level in levels if len(levels) <= MOST_LEVELS else ():
            seen.setdefault(folded(str(level)), []).append((name, str(level)))
    levels_known = [(spelling, *found[0]) for spelling, found in seen.items() if len(found) == 1 and len(spelling) > 1]
    columns.sort(key=lambda one: (-len(one[0]), one))
    levels_known.sort(key=lambda one: (-len(one[0]), one))
    named = set(customers.named(*NAMED))
    return Vocabulary(tuple(columns), tuple(one for one in columns if one[1] in named), tuple(levels_known))

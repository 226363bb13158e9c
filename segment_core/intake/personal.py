"""Personal: columns of people's names, and of what else tells one person apart and says nothing of a group."""

from segment_core.intake import vocabulary
from segment_core.intake.looks import Look
from segment_core.intake.vocabulary import may_name_person, names_person, speaks_of


def is_name(seen: Look) -> bool:
    """Tell whether a column holds names of people: named so, or "name" with values that look it."""
    if not seen.n_filled or seen.email_share > 0.5 or seen.number_share > 0.5:
        return False
    if names_person(seen.name):
        return seen.person_share > 0.5 or seen.mean_words < 5
    if not may_name_person(seen.name):
        return False
    return seen.family_share > 0.6 or (seen.person_share > 0.8 and _is_varied(seen))


def is_personal(seen: Look) -> bool:
    """Tell whether a column holds emails, phones, addresses, numbers of documents or accounts and the like."""
    if not seen.n_filled:
        return False
    varied = _is_varied(seen)
    if seen.email_share > 0.5 or (seen.phone_share > 0.9 and seen.has_plus and varied):
        return True
    if speaks_of(seen.name, vocabulary.SECRET):
        return True
    if speaks_of(seen.name, vocabulary.ADDRESS):
        return varied or seen.n_distinct > 10
    if speaks_of(seen.name, vocabulary.EMAIL) or speaks_of(seen.name, vocabulary.PHONE):
        return varied and (seen.email_share > 0 or seen.phone_share > 0.5)
    return may_name_person(seen.name) and varied and seen.number_share < 0.5 and not is_name(seen)


def _is_varied(seen: Look) -> bool:
    return seen.n_distinct > 0.2 * seen.n_filled and not seen.is_yes_no

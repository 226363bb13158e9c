"""Permission: what a cell of a consent or suppression column says, the strict way."""

import re

_YES = frozenset(
    "yes y true t 1 1.0 x ok on in opted_in optin opt_in granted given consented agreed accepted subscribed confirmed active "  # noqa: E501, SIM905
    "allowed permitted ja j si sí oui o sim s tak 是 同意 已同意 有 允许 已订阅 true.0".split()
)
_NOT = frozenset(
    "no n false f 0 0.0 none nan na n/a null - off nein non não nao nie nee nej 否 不 无 没有 未退订 never not subscribed "  # noqa: E501, SIM905
    "active ok opted_in optin contactable allowed valid deliverable delivered".split()
)
_AGAINST = re.compile(
    r"unsubscri|opt[\W_]*out|do[\W_]*not|don'?t|\bdn[cd]\b|dnc|suppress|bounce|block|blacklist|denylist|objection|revoked|withdrawn|"
    r"abgemeldet|widerruf|widerspruch|sperr|désabonn|desabonn|baja|cancelad|disiscri|descadastr|uitgeschreven|afgemeld|wypis|"
    r"退订|拒绝|黑名单|屏蔽|勿扰",
    re.IGNORECASE,
)


def is_against(name: str, role: str) -> bool:
    """Tell whether a yes in this column forbids contact: by its role, or by its name.

    Examples
    --------
    >>> is_against("email_opt_in", "consent"), is_against("Unsubscribed", "consent")
    (False, True)
    """
    return role == "suppression" or _AGAINST.search(name) is not None


def permits(cell: str | None, *, against: bool) -> bool:
    """Tell whether a cell leaves contact allowed; what cannot be read does not.

    A consent must be given, so empty is no; a suppression must be said, so empty is none.

    Examples
    --------
    >>> permits("Opted in", against=False), permits(None, against=False)
    (True, False)
    >>> permits(None, against=True), permits("hard bounce", against=True)
    (True, False)
    """
    word = "_".join(cell.strip().lower().replace("-", " ").split()) if isinstance(cell, str) else ""
    if against:
        return not word or word in _NOT or (isinstance(cell, str) and cell.strip().lower() in _NOT)
    return word in _YES

"""Internet: e-mail addresses, also veiled ones, and IP addresses; versions and prices are none."""

import re
from collections.abc import Iterator

from segment_core.privacy.found import Found
from segment_core.privacy.surroundings import hint

_LATIN = r"a-zA-Z0-9\u00c0-\u024f\u0370-\u052f"
_EAST = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_AT = re.compile(
    rf"(?<=[{_LATIN}{_EAST}_+~%-])@(?P<host>(?:[{_LATIN}](?:[{_LATIN}-]{{0,62}}[{_LATIN}])?\.){{1,8}}[a-zA-Z\u00c0-\u024f\u0370-\u052f]{{2,24}}"
    rf"|(?:[{_LATIN}{_EAST}-]{{1,63}}\.){{1,4}}[{_EAST}]{{1,8}})"
)
_BEFORE = (re.compile(rf"[{_LATIN}.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}\Z"), re.compile(rf"[{_EAST}{_LATIN}_.+-]{{1,64}}\Z"))
_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|pdf|css|js|ttf)\Z", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[({](?:at|ät|arroba|a)[\])}]", re.IGNORECASE)
_DOT = r"(?:\.| ?[\[({]dot[\])}] ?| dot )"
_VEILED = re.compile(
    rf"(?<![\w.])(?P<who>[\w.+-]{{1,64}})(?: ?[\[({{](?:at|ät|arroba|a)[\])}}] ?(?P<host>[a-z0-9-]{{1,63}}(?:{_DOT}[a-z0-9-]{{1,63}}){{0,3}}{_DOT}[a-z]{{2,12}})"  # noqa: E501
    r"| at (?P<plain>[a-z0-9-]{1,63}(?: dot [a-z0-9-]{1,63}){0,3} dot "
    r"(?:com|org|net|info|edu|io|co|uk|de|fr|es|br|pl|nl|se|cn|eu|ch|ca|au|jp|ru)))(?![\w])",
    re.IGNORECASE,
)
_NO_ONE = frozenset(
    "look looks looking shop shopping buy bought order ordered available find found see us me it visit visited here "  # noqa: SIM905
    "there only more them him her stock sold online deal deals check support up down people everyone and or".split()
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_V4 = re.compile(rf"(?<![\w.])(?<!\d[,/:-]){_OCTET}(?:\.{_OCTET}){{3}}(?![A-Za-z\d]|[.,-]\d)", re.ASCII)
_V6 = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f:]*\d)(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])", re.ASCII)


def emails(text: str) -> Iterator[Found]:
    """Find e-mail addresses, and those written "jo (at) example (dot) org"."""
    for match in _AT.finditer(text):
        window = text[max(0, match.start() - 64) : match.start()]
        before = _BEFORE[0].search(window) or _BEFORE[1].search(window)
        if before is None or _FILE.search(match["host"]):
            continue
        who = before.group().lstrip(".'/=`!#*?|")
        start = match.start() - len(who)
        if not who or text[start - 1 : start] == "@":  # "@jo@example.social" is a handle
            continue
        value = text[start : match.end()]
        yield Found("EMAIL", start, match.end(), value, value.lower())
    if " dot " in text.lower() or _BRACKETED.search(text):
        yield from _veiled(text)


def addresses(text: str) -> Iterator[Found]:
    """Find IPv4 and IPv6 addresses; four small numbers after "version" or without a word for them are a version."""
    from ipaddress import AddressValueError, IPv4Address, IPv6Address

    for match in _V4.finditer(text):
        said = hint(text, match.start())
        octets = [int(part) for part in match.group().split(".")]
        large = max(octets) >= 100 or octets[0] == 10
        if said not in ("version", "order") and (said == "ip" or large) and octets[0]:
            value = match.group()
            yield Found("IP", *match.span(), value, str(IPv4Address(value)))
    for match in _V6.finditer(text):
        groups = [group for group in match.group().split(":") if group]
        if len(groups) < 3 and len(groups[0] if groups else "") < 3:
            continue
        try:
            normal = str(IPv6Address(match.group()))
        except AddressValueError:
            continue
        yield Found("IP", *match.span(), match.group(), normal)


def _veiled(text: str) -> Iterator[Found]:
    for match in _VEILED.finditer(text):
        who, host = match["who"], match["host"] or match["plain"]
        if match["plain"] and who.lower() in _NO_ONE:
            continue
        clear = re.sub(r" ?[\[({]dot[\])}] ?| dot ", ".", host, flags=re.IGNORECASE)
        yield Found("EMAIL", *match.span(), match.group(), f"{who}@{clear}".lower())

"""Addresses: a street with a house number, as eleven languages write it; best effort."""

import re
from collections.abc import Iterator

from segment_core.privacy.found import Found

_UPPER = "A-ZÀ-ÖØ-ÞŁŚŻŹĆŃĄĘÓĐŠŽČŘ"
_NAME = rf"(?:[{_UPPER}][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?|\d{{1,3}}(?:st|nd|rd|th))"
_OF = r"(?:d[eiaou]s?|del(?:la|le|lo)?|dell[’']|dei|degli|la|las|los|les|l[’']|d[’']|do|da|dos|das|der|den|het|de la|van|von|e|y)"  # noqa: E501
_NAMES = rf"(?:(?:{_OF} ){{0,2}}(?:[dl][’'])?(?:{_NAME}|[IVX]+))(?: (?:{_OF} ){{0,2}}(?:[dl][’'])?{_NAME}){{0,3}}"
_HOUSE = r"(?<!\d)\d{1,4}(?:-?[a-zA-Z](?![^\W_]))?(?:[/-](?:\d{1,3}[A-Za-z]?|[A-Z]{1,3})(?![^\W_]))?(?![\d%€$£]|[.,]\d)"
_NUMBER = r"(?:n[º°o]\.? ?|nr\.? ?|número |num\. ?)?"

_ENGLISH = (
    rf"(?:(?:Flat|Apt\.?|Apartment|Unit|Suite) \w{{1,5}},? )?(?<![\w.,#-])\d{{1,5}}[A-Za-z]?,? (?:{_NAME} ){{1,4}}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Ter|Close|"
    r"Crescent|Cres|Gardens|Grove|Parkway|Pkwy|Highway|Hwy|Circle|Mews|Row|Walk|Hill|Nagar|Marg|Colony)(?![^\W\d_])\.?"
    r"(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Flat|#)\.? ?\w{1,5})?"
)
_FRENCH = (
    r"(?<![\w.,])\d{1,4}(?: ?(?:bis|ter|quater))?,? (?:rue|avenue|av\.|boulevard|bd\.?|place|chemin|allée|impasse|quai|cours|"  # noqa: E501
    rf"route|square|passage|faubourg|sentier) {_NAMES}"
)
_GERMAN = (
    rf"(?<![^\W_])[{_UPPER}][^\W\d_]*(?:[ -][{_UPPER}][^\W\d_]*){{0,2}}?(?:stra(?:ß|ss)e|str\.|-Stra(?:ß|ss)e|-Str\.| Stra(?:ß|ss)e|"  # noqa: E501
    rf"(?<=[a-zäöüß])(?:weg|allee|platz|gasse|ring|damm|ufer|chaussee|steig|pfad|graben)|-(?:Weg|Allee|Platz|Gasse|Ring|Damm|Ufer)) {_HOUSE}"  # noqa: E501
    rf"|(?<![^\W_])(?:Am|An der|Auf der|Auf dem|Im|In der|Zum|Zur|Unter den|Alter|Neuer) (?:[{_UPPER}][a-zäöüß]+ )?"
    rf"(?:[{_UPPER}][a-zäöüß]*)?(?:[Mm]arkt|[Tt]or|[Bb]ahnhof|[Hh]of|[Bb]erg|[Ff]eld|[Gg]raben|[Kk]irche|[Mm]ühle|[Ll]inden|[Bb]rücke|[Ww]iese) {_HOUSE}"  # noqa: E501
)
_NORTHERN = (
    rf"(?<![^\W_])(?:[{_UPPER}][^\W\d_]+ )?(?:[Vv]an (?:de[rn]? )?)?[{_UPPER}][^\W\d_]*(?:straat|laan|gracht|plein|kade|dijk|singel|dreef|weg|"  # noqa: E501
    rf"gatan|vägen|gränd|torget|stigen|backen|gata|veien|vegen|gade|vej|katu|tie) {_HOUSE}(?:-?[IVX]{{1,3}}\b)?"
)
_SOUTHERN = (
    rf"(?<![^\W_])(?:Calle|calle|C/|Avenida|avenida|Avda\.|Av\.|Plaza|plaza|Paseo|paseo|Camino|Carretera|Via|via|Viale|viale|Piazza|piazza|"
    rf"Corso|corso|Largo|Vicolo|Rua|rua|R\.|Travessa|Praça|praça|Alameda|Rodovia|Estrada) {_NAMES},? {_NUMBER}{_HOUSE}"
    r"(?:, \d{1,2}[º°ª](?: ?[A-Z]\b)?|,? (?:apto|apt|ap|piso|bloco|int)\.? ?\w{1,4})?"
)
_POLISH = rf"(?<![^\W_])(?:ul|al|os|pl)\. {_NAMES} {_HOUSE}(?: ?m\.? ?\d{{1,3}})?"
_HAN = "[\u4e00-\u9fff]"
_CHINESE = (
    rf"(?:{_HAN}{{2,4}}(?:省|自治区))?(?:{_HAN}{{2,5}}?市)?(?:{_HAN}{{1,4}}?[区县镇])?{_HAN}{{1,8}}?(?:路|街|大道|大街|胡同|巷|弄|道)"
    r"\d{1,5}(?:号楼|号院|号|弄)(?:(?:\d{1,4}|[A-Za-z东南西北]{1,2})(?:号楼|号|单元|栋|幢|座|层|楼|室|户)?){0,4}"
)
_LEADS = re.compile("[在到至是住往：:为送寄](?!.*[在到至是住往：:为送寄])")
_CENTRE = re.compile("[省市区县路街道巷弄]")

_LATIN = tuple(re.compile(shape) for shape in (_ENGLISH, _FRENCH, _GERMAN, _NORTHERN, _SOUTHERN, _POLISH))
_EAST = re.compile(_CHINESE)
_MAY_BE = re.compile(
    r"(?:St|Rd|Ave|L(?:n|ane)|Dr|Blvd|Boulevard|C(?:t|ourt|lose|res|ircle|olony)|Way|Pl|Sq|Ter|G(?:ardens|rove)|P(?:ark|kw)|H(?:igh|wy|ill)|Mews|R(?:ow|oad)|Walk|"
    r"Nagar|Marg|rue|venue|av\.|boulevard|bd|place|chemin|all[ée]e|impasse|quai|cours|route|square|passage|faubourg|sentier|"
    r"str|weg|platz|gasse|ring|damm|ufer|chaussee|steig|pfad|graben|arkt|[Tt]or|ahnhof|[Hh]of|erg|eld|irche|ühle|inden|rücke|iese|"
    r"Allee|laan|gracht|plein|kade|dijk|singel|dreef|gat|väg|gränd|stig|backen|ve[ij]|veg|gade|katu|tie|"
    r"alle|C/|venida|Av|laza|aseo|Camino|Carretera|ia|iazza|orso|Largo|Vicolo|ua|R\.|Travessa|raça|Alameda|Rodovia|Estrada|ul\.|al\.|os\.|pl\.)"
)


def addresses(text: str) -> Iterator[Found]:
    """Find streets with a house number, the flat behind it, and in Chinese what stands before the street."""
    if _CENTRE.search(text):
        for match in _EAST.finditer(text):
            start = match.start() + _told(match.group())
            yield _found(text, start, match.end())
    if _MAY_BE.search(text):
        for pattern in _LATIN:
            for match in pattern.finditer(text):
                yield _found(text, *match.span())


def _told(written: str) -> int:
    """Return where the address starts: behind the verb that leads to it."""
    lead = _LEADS.search(written)
    return lead.end() if lead and _CENTRE.search(written, lead.end()) else 0


def _found(text: str, start: int, end: int) -> Found:
    value = text[start:end].strip(" ,")
    start = text.index(value, start)
    return Found("ADDRESS", start, start + len(value), value, " ".join(value.lower().replace(",", " ").split()))

"""Letters: how usual the characters are that come out when bytes are read in an encoding."""

import re

WIDE_LEAK = 0.25
"""In UTF-16, zero bytes on the rarer side as a share of those on the other: letters such as U+4E00 have them there."""

_USUAL = {
    "cp1252": "éèêëàâäáãåæçíîïñóôöõøúûüßÉÈÀÂÄÅÆÇÑÓÔÖØÜÁÍÚ",
    "cp1250": "ąćęłńóśźżčďěňřšťůžáéíýúäöüőűôľßÁČĎÉÍŁŃÓÖŘŚŠŤÚŮÜÝŹŻŽ",
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёОЕАИНТСРВЛКМДПУЯГЗБЧХЖШЮЦЩЭФ",
    "cp1253": "αοιετςσνηυρπκλμάόίέήωώύδγθχφβξζψΑΟΙΕΤΣΝΗΥΡΠΚΛΜΔΓΘΧΦΒ",
}
_FREQUENT = {"cp1251": set("оеаинтсрвлкмдп"), "cp1253": set("αοιετςσνηυρπκλάόίέή")}
_SIGNS = set("’‘“”„–—…€£¥©®™«»·•°§ ²³¼½¾ªº¿¡´`ˆ¨")
_SINGLE_BYTE = tuple(_USUAL)
_PRIOR = {"cp1250": -0.12, "cp1252": 0.03}


def plausibility(text: str, encoding: str) -> float:
    """Score from 0 to about 1 how much the text looks like something people write.

    For Chinese, Japanese and Korean the share of everyday characters is measured; for
    alphabets, whether letters stand where letters stand and signs where signs stand.
    """
    if encoding in _SINGLE_BYTE:
        return _alphabet(text, encoding) + _PRIOR.get(encoding, 0.0)
    return _characters(text, encoding)


def _characters(text: str, encoding: str) -> float:
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return 0.0
    usual = sum(_is_everyday(character, encoding) for character in beyond)
    if encoding == "euc_kr" and usual == len(beyond):
        return 1.01  # Chinese characters lie where hangul lies, but never all of them
    if encoding == "euc_jp" and usual < 0.1 * len(beyond):
        return 0.0
    if encoding == "euc_jp":  # kanji count only beside kana: alone they would not be told from Chinese
        usual += sum("\u4e00" <= character <= "\u9fff" for character in beyond)
    return usual / len(beyond)


def _is_everyday(character: str, encoding: str) -> bool:
    code = character.encode(encoding)
    if len(code) != 2:
        return False
    lead, trail = code
    if encoding == "gb18030":  # GB 2312 level 1, the 3,755 everyday characters, and punctuation
        return (0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3)) and trail >= 0xA1
    if encoding == "big5":  # level 1, the 5,401 everyday characters, and punctuation
        return 0xA4 <= lead <= 0xC6 or lead == 0xA1
    if encoding == "shift_jis":  # kana, punctuation, and level-1 kanji
        return 0x81 <= lead <= 0x83 or 0x88 <= lead <= 0x97
    if encoding == "euc_jp":  # kana and punctuation
        return lead in (0xA1, 0xA4, 0xA5)
    return 0xB0 <= lead <= 0xC8 or lead == 0xA1  # euc_kr: hangul and punctuation


def _alphabet(text: str, encoding: str) -> float:
    """Score runs of letters beyond ASCII, each by its neighbours."""
    points = total = 0.0
    usual, frequent = set(_USUAL[encoding]), _FREQUENT.get(encoding)
    for run in re.finditer(r"[^\x00-\x7f]+", text):
        found = run.group()
        before = text[run.start() - 1] if run.start() else " "
        after = text[run.end()] if run.end() < len(text) else " "
        inside = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
        between = before.isalpha() and after.isalpha()
        for character in found:
            total += 1
            if frequent is not None:
                points += (1.0 if character in frequent else 0.6 if character in usual else 0.0) * (
                    0.3 if inside or len(found) < 2 else 1.0
                )
            elif character in _SIGNS:
                points += 0.3 if between and character not in "’‘´" else 0.9
            elif len(found) > 2:
                points += 0.15
            elif character in usual:
                points += 1.0 if inside else 0.6
            elif character.isalpha():
                points += 0.6 if inside else 0.3
    return points / total if total else 0.0

"""Catalogues: gather every text of the app and the core, and keep the .po files in step with them.

Run `python -m tests.catalogues` after changing a text: new ones are added, translations are
kept, and what nobody says any more is dropped.
"""

import ast
import io
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "pages" / "_shared" / "locale"
LANGUAGES = ("en", "zh")
SPOKEN = {
    "t", "say", "Message", "SegmentError", "DataError", "OptionError", "MissingExtraError", "ModelError",
}  # fmt: skip
FORWARDED = {"label", "help", "when", "template"}
"""Names of what holds a text that stands in place elsewhere; such a text may be passed on."""
HEADER = """# Texts of Strata: {language}. Updated by `python -m tests.catalogues`.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def main() -> int:
    """Update the catalogues and say what is still to translate."""
    texts, loose = gathered()
    for place in loose:
        sys.stderr.write(f"{place}: this text does not stand in place\n")
    for language in LANGUAGES:
        path = LOCALE / f"{language}.po"
        missing = update(path, language, texts)
        sys.stdout.write(f"{path.relative_to(ROOT)}: {len(texts)} texts, {missing} to translate\n")
    return 1 if loose else 0


def gathered() -> tuple[dict[str, set[str]], list[str]]:
    """Return every text with the files that say it, and the places that say something else than a literal."""
    texts: dict[str, set[str]] = {}
    loose: list[str] = []
    for path in (
        ROOT / "app.py",
        *sorted((ROOT / "pages").rglob("*.py")),
        *sorted((ROOT / "segment_core").rglob("*.py")),
    ):
        name = path.relative_to(ROOT).as_posix()
        for node in said(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if node.value:
                    texts.setdefault(node.value, set()).add(name)
            elif forwarded(node) not in FORWARDED:
                loose.append(f"{name}:{node.lineno}")
    return texts, loose


def said(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions that stand where a text belongs."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        name = node.func.id
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        if name in SPOKEN and node.args:
            yield node.args[0]
        elif name == "option":
            yield from (*node.args[1:2], *(named[word] for word in ("label", "help") if word in named))
        elif name == "Choice":
            yield from (*node.args[:1], *node.args[3:4], *(named[word] for word in ("label", "when") if word in named))


def forwarded(node: ast.expr) -> object:
    """Return the name under which a text is passed on: x, y.x or y["x"]."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return node.slice.value
    return getattr(node, "id", getattr(node, "attr", None))


def placeholders(text: str) -> set[str]:
    """Return the names of the values that a text is filled with."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def read(language: str) -> Catalog:
    """Read a language's catalogue."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def update(path: Path, language: str, texts: dict[str, set[str]]) -> int:
    """Bring a catalogue in step with the texts; return how many are still to translate."""
    kept = {message.id: message.string for message in read(language)} if path.exists() else {}
    catalogue = Catalog(locale=language)
    for text, files in sorted(texts.items()):
        translation = text if language == "en" else kept.get(text, "")
        catalogue.add(text, translation, locations=[(file, 0) for file in sorted(files)])
    written = io.BytesIO()
    write_po(written, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEADER.format(language=language).encode() + written.getvalue())
    return sum(not message.string for message in catalogue if message.id)


if __name__ == "__main__":
    sys.exit(main())

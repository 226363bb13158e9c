"""Pre-trained words: vectors that somebody learned from other texts, out of a GloVe or word2vec file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

import numpy as np

from segment_core.artifacts import Floats, Progress, Step, Vectors, silent
from segment_core.choices import option, options_to_json
from segment_core.encoders.folding import Fold
from segment_core.encoders.word_means import POOLINGS, cut, folded, tallied
from segment_core.errors import ModelError
from segment_core.messages import Message, say

LONGEST_LINE = 1_000_000
MOST_DIMENSIONS = 10_000
LONGEST_WORD = 1_000
READ = 1 << 20
TELL_EVERY = 20_000
_HEADER = re.compile(rb"\s*(\d{1,12})\s+(\d{1,6})\s*")
_NUMERIC = frozenset(b"0123456789+-.eE \t\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class GloveFileOptions:
    """Options of pre-trained words."""

    path: str = option(
        "", "File", help="A GloVe file (.txt) or a word2vec one (.txt or .bin), as it is or packed as .gz."
    )
    pooling: str = option(
        "rare",
        "Words to text",
        among=POOLINGS,
        help="even: every word counts alike; rare: frequent words count less (smooth inverse frequency).",
    )


def encode(
    texts: Sequence[str], options: GloveFileOptions = GloveFileOptions(), progress: Progress = silent
) -> Vectors:
    """Average the vectors that a file has for the words of these texts.

    The file is read once from front to end, and only words that occur are kept, so its size does not matter. Words
    are sought in lower case, then in any other. A text without a known word is the zero vector; the others have
    length 1. `reason` says which share of the words the file knows.

    Raises
    ------
    ModelError
        If the file is not there, is not such a file, breaks off, or knows none of the words.
    """
    matrix, _, reason = _read(texts, options, progress)
    return Vectors(matrix, Step("glove_file", options_to_json(options)), reason)


def fold(
    texts: Sequence[str], options: GloveFileOptions = GloveFileOptions(), progress: Progress = silent
) -> tuple[Floats, Fold]:
    """Return the matrix that `encode` returns, and what reads more texts into the same space.

    Words that none of these texts holds are not known to it.
    """
    matrix, fold_, _ = _read(texts, options, progress)
    return matrix, fold_


def _read(texts: Sequence[str], options: GloveFileOptions, progress: Progress) -> tuple[Floats, Fold, Message]:
    path = Path(options.path.strip()).expanduser()
    if not options.path.strip() or not path.is_file():
        raise ModelError(
            "There is no file {path}. Give the path of a file with word vectors, such as glove.6B.100d.txt.",
            path=options.path.strip() or "-",
        )
    cut_texts = cut(texts, progress, 0.2)
    counts = tallied(cut_texts)
    found = _sought(path, set(counts), progress)
    n_words, n_known = sum(counts.values()), sum(counts[word] for word in found)
    if n_words and not n_known:
        raise ModelError(
            "The file {name} knows none of the {n:,} words of these texts. Choose one in their language.",
            name=path.name,
            n=len(counts),
        )
    reason = say(
        "Read by their words with the vectors of {name}, which knows {share}% of all words ({n:,} different ones).",
        name=path.name,
        share=_percent(n_known, n_words),
        n=len(found),
    )
    known = {word: count for word, count in counts.items() if word in found}
    progress(0.95, 1, say("Reading texts: {done:,} of {n:,}", done=0, n=len(texts)))
    if not known:
        return np.zeros((len(texts), 1), dtype=np.float32), Fold.none(), reason
    matrix, brought = folded(cut_texts, known, np.vstack([found[word] for word in known]), options.pooling)
    progress(1, 1, say("Texts read"))
    return matrix, Fold(tuple(known), brought), reason


def _percent(part: int, whole: int) -> int:
    """Round down, so that 100 means every single one."""
    return 100 * part // max(1, whole)


def _sought(path: Path, wanted: set[str], progress: Progress) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    exact: set[str] = set()
    size = max(1, path.stat().st_size)
    try:
        with path.open("rb") as raw, _unpacked(path, raw) as file:
            for number, (word, vector) in enumerate(_entries(file, path.name, wanted)):
                if number % TELL_EVERY == 0:
                    note = say("Looking words up in {name}: {n:,} read", name=path.name, n=number)
                    progress(0.2 + 0.7 * min(1.0, raw.tell() / size), 1, note)
                if vector is None:
                    continue
                lowered = word.lower()
                if word == lowered and word not in exact:
                    exact.add(word)
                    found[word] = vector
                elif lowered not in found:
                    found[lowered] = vector
    except (OSError, EOFError) as error:
        raise ModelError("The word vectors in {name} cannot be read or unpacked to the end.", name=path.name) from error
    return found


def _unpacked(path: Path, raw: IO[bytes]) -> IO[bytes]:
    import gzip
    import io

    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    return io.BufferedReader(gzip.GzipFile(fileobj=raw), READ) if packed else io.BufferedReader(raw, READ)  # type: ignore[type-var]


def _entries(file: IO[bytes], name: str, wanted: set[str]) -> Iterator[tuple[str, Floats | None]]:
    first = _line(file, name, 1)
    header = _HEADER.fullmatch(first)
    if header is None:
        n_dimensions = len(first.split()) - 1
        if n_dimensions < 1 or n_dimensions > MOST_DIMENSIONS:
            raise ModelError(
                "The word vectors in {name} cannot be read: line 1 is neither a word with its numbers nor a heading.",
                name=name,
            )
        yield from _text(chain([(1, first)], _lines(file, name)), name, n_dimensions, wanted, None)
        return
    n_words, n_dimensions = int(header[1]), int(header[2])
    if not 1 <= n_dimensions <= MOST_DIMENSIONS:
        raise ModelError(
            "The word vectors in {name} cannot be read: line 1 speaks of {n} numbers a word.", name=name, n=n_dimensions
        )
    if _looks_binary(file.peek(256)[:256]):  # type: ignore[attr-defined]
        yield from _binary(file, name, n_words, n_dimensions, wanted)
    else:
        yield from _text(_lines(file, name), name, n_dimensions, wanted, n_words)


def _text(
    lines: Iterator[tuple[int, bytes]], name: str, n_dimensions: int, wanted: set[str], promised: int | None
) -> Iterator[tuple[str, Floats | None]]:
    n_found = 0
    for number, line in lines:
        if not line.strip():
            continue
        n_found += 1
        word, *numbers = line.rstrip().rsplit(None, n_dimensions)
        if len(numbers) != n_dimensions or _all_numbers(word.split()[1:]):
            found = len(line.split()) - 1
            raise ModelError(
                "The word vectors in {name} cannot be read: line {line} has {n} numbers, not {needed}.",
                name=name,
                line=number,
                n=found,
                needed=n_dimensions,
            )
        text = word.decode("utf-8", "replace")
        if text.lower() not in wanted:
            yield text, None
            continue
        try:
            with np.errstate(over="ignore"):  # too large for single precision becomes infinite, which is refused
                vector = np.array([float(part) for part in numbers], dtype=np.float32)
        except ValueError as error:
            raise ModelError(
                "The word vectors in {name} cannot be read: line {line} has something that is not a number.",
                name=name,
                line=number,
            ) from error
        if not np.isfinite(vector).all():
            raise ModelError(
                "The word vectors in {name} cannot be read: line {line} has a number that is not finite.",
                name=name,
                line=number,
            )
        yield text, vector
    if promised is not None and n_found != promised:
        raise ModelError(
            "The word vectors in {name} cannot be read: line 1 speaks of {needed:,} words, and there are {n:,}.",
            name=name,
            needed=promised,
            n=n_found,
        )


def _binary(
    file: IO[bytes], name: str, n_words: int, n_dimensions: int, wanted: set[str]
) -> Iterator[tuple[str, Floats | None]]:
    width = 4 * n_dimensions
    for number in range(1, n_words + 1):
        letters = bytearray()
        while (letter := file.read(1)) != b" ":
            if not letter or len(letters) > LONGEST_WORD:
                raise ModelError(
                    "The word vectors in {name} cannot be read: it breaks off at word {number:,} of {n:,}.",
                    name=name,
                    number=number,
                    n=n_words,
                )
            letters += letter
        data = file.read(width)
        if len(data) < width:
            raise ModelError(
                "The word vectors in {name} cannot be read: it breaks off at word {number:,} of {n:,}.",
                name=name,
                number=number,
                n=n_words,
            )
        text = bytes(letters).lstrip(b"\n").decode("utf-8", "replace")
        if text.lower() not in wanted:
            yield text, None
            continue
        vector = np.frombuffer(data, dtype="<f4").astype(np.float32)
        if not np.isfinite(vector).all():
            raise ModelError(
                "The word vectors in {name} cannot be read: word {number:,} has a number that is not finite.",
                name=name,
                number=number,
            )
        yield text, vector


def _all_numbers(parts: list[bytes]) -> bool:
    """Tell numbers too many from the parts of a name with spaces in it, of which some GloVe files have a few."""
    return bool(parts) and all(part.lstrip(b"+-")[:1].isdigit() for part in parts)


def _looks_binary(start: bytes) -> bool:
    _, _, after = start.partition(b" ")
    return not set(after[:64]) <= _NUMERIC and not set(after.split(b"\n")[0]) <= _NUMERIC


def _lines(file: IO[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    number = 2
    while line := _line(file, name, number):
        yield number, line
        number += 1


def _line(file: IO[bytes], name: str, number: int) -> bytes:
    line = file.readline(LONGEST_LINE + 1)
    if len(line) > LONGEST_LINE:
        raise ModelError("The word vectors in {name} cannot be read: line {line} has no end.", name=name, line=number)
    return line

"""Encoders: models that learned a customer base, each in a folder with its card and the checksums of its files."""

import hashlib
import json
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from uuid import uuid4

from segment_core.artifacts import Note, Step
from segment_core.errors import DataError
from segment_core.store import records

KEPT = "kept:"
"""What the name of a kept encoder begins with, where a model's name is asked for."""
FOLDER, MODEL, CARD, CHECKSUMS = "encoders", "model", "card", "checksums.json"
ENDINGS = (".json", ".txt", ".model", ".safetensors")
"""Files that a kept model may consist of: never code, never pickled weights."""
_ID = re.compile(r"[0-9a-f]{16}")
_NAME = 80

Verdict = Literal["better", "worse", "unclear", "too few"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure on held-out customers with the vectors before and after; more is better for all of them.

    `about` names the labels it was measured by, "" for the study's segments as they would come back. `spread` is the
    standard error of the difference; `n` counts the customers measured on.
    """

    name: str
    about: str
    before: float
    after: float
    spread: float
    verdict: Verdict
    n: int


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """Where an encoder comes from, and what it was worth on the customers held out.

    `made` is in seconds since 1970. `losses` are those of its training, thinned to a few hundred. An encoder that is
    not `kept` waits for somebody to look at its figures.
    """

    name: str
    base: str
    base_hash: str
    data_hash: str
    recipe: Step
    study: str
    learned_from: tuple[str, ...]
    n_texts: int
    n_held_out: int
    figures: tuple[Figure, ...]
    seconds: float
    losses: tuple[float, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    made: float = 0.0
    kept: bool = False


class Encoders:
    """Keep encoders under `<folder>/<id>`: the model, its card, and the checksums of the model's files."""

    def __init__(self, workspace: Path) -> None:
        self._folder = Path(workspace) / FOLDER

    def add(self, model: Path, card: EncoderCard) -> str:
        """Take over the folder of a trained model, and return the id of the encoder; it appears whole or not at all.

        Raises
        ------
        DataError
            If there is anything in it that a safe model does not consist of.
        """
        files = [path for path in sorted(model.rglob("*")) if path.is_file() or path.is_symlink()]
        odd = [path.name for path in files if path.suffix not in ENDINGS or path.is_symlink()]
        if odd or not any(path.suffix == ".safetensors" for path in files):
            raise DataError(
                "This is not kept as an encoder: it may consist of {endings} alone, and holds {found}.",
                endings=", ".join(ENDINGS),
                found=", ".join(odd) or "-",
            )
        sums = {path.relative_to(model).as_posix(): _sha256(path) for path in files}
        id_ = secrets.token_hex(8)
        fresh = self._folder / f".{uuid4().hex}"
        try:
            fresh.mkdir(parents=True)
            shutil.copytree(model, fresh / MODEL)
            records.save(replace(card, made=card.made or time.time()), fresh / CARD)
            (fresh / CHECKSUMS).write_text(json.dumps(sums), encoding="ascii")
            fresh.replace(self._folder / id_)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return id_

    def card(self, encoder: str) -> EncoderCard:
        """Return an encoder's card, or raise `DataError` where there is none, or it is damaged."""
        return records.load(EncoderCard, self._place(encoder) / CARD)

    def all(self) -> dict[str, EncoderCard]:
        """Return the cards of all encoders by id, the latest first; one whose card is damaged is passed over."""
        found = {}
        for place in self._folder.glob("*"):
            if _ID.fullmatch(place.name):
                try:
                    found[place.name] = self.card(place.name)
                except DataError:
                    continue
        return dict(sorted(found.items(), key=lambda item: (-item[1].made, item[0])))

    def size(self) -> int:
        """Return the bytes that all encoders take."""
        return sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())

    def keep(self, encoder: str) -> None:
        """Keep an encoder that waited: it can be chosen from now on."""
        self._write(encoder, replace(self.card(encoder), kept=True))

    def rename(self, encoder: str, name: str) -> None:
        """Give an encoder another name.

        Raises
        ------
        DataError
            If the name is empty, or another encoder has it.
        """
        wanted = " ".join(name.split())[:_NAME]
        others = {card.name for id_, card in self.all().items() if id_ != encoder}
        if not wanted or wanted in others:
            raise DataError("An encoder needs a name of its own; {name} is not one.", name=wanted or "-")
        self._write(encoder, replace(self.card(encoder), name=wanted))

    def delete(self, encoder: str) -> None:
        """Delete an encoder; one that is not there is no error."""
        if _ID.fullmatch(encoder):
            shutil.rmtree(self._folder / encoder, ignore_errors=True)

    def model(self, encoder: str) -> tuple[Path, dict[str, str]]:
        """Return the folder of an encoder's model, and the SHA-256 that each file of it must have.

        Raises
        ------
        DataError
            If there is no such encoder.
        """
        place = self._place(encoder)
        try:
            sums = json.loads((place / CHECKSUMS).read_text(encoding="ascii"))
        except (OSError, ValueError) as error:
            raise _gone() from error
        return place / MODEL, {str(name): str(digest) for name, digest in dict(sums).items()}

    def free_name(self, wanted: str) -> str:
        """Return a name that no encoder has, as near to the one wanted as can be."""
        taken = {card.name for card in self.all().values()}
        wanted = " ".join(wanted.split())[: _NAME - 5]
        numbered = (wanted, *(f"{wanted} {number}" for number in range(2, len(taken) + 3)))
        return next(name for name in numbered if name not in taken)

    def _place(self, encoder: str) -> Path:
        place = self._folder / encoder
        if not _ID.fullmatch(encoder) or not place.is_dir():
            raise _gone()
        return place

    def _write(self, encoder: str, card: EncoderCard) -> None:
        records.save(card, self._place(encoder) / CARD)


def _gone() -> DataError:
    return DataError("This encoder is not in the workspace any more. Choose another one.")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()

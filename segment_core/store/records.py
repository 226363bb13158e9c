"""Records: any frozen dataclass as a folder of JSON, .npy and Parquet, driven by its type hints; never pickle."""

import dataclasses
import io
import json
import math
import re
import shutil
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

import numpy as np
import pandas as pd

from segment_core.errors import DataError, SegmentError
from segment_core.store import frames
from segment_core.store.plain import from_plain, to_plain

T = TypeVar("T")
_RECORD = "record.json"
_FILE = re.compile(r"[A-Za-z0-9_.]{1,200}\.(npy|parquet)")


def save(obj: Any, folder: Path) -> None:
    """Write a dataclass with everything inside it; the folder appears whole or not at all.

    A folder that is there already is replaced; to swap one under a reader's eyes, write a new
    folder and point to it, as `Workspace.save_study` does. A class that offers both `to_json`
    and `from_json` is kept through them. Computed properties are not kept.

    Raises
    ------
    TypeError
        If a value has no safe form, such as an array of objects.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    token = uuid4().hex
    fresh = folder.with_name(f".{folder.name}.{token}.new")
    fresh.mkdir()
    try:
        value = _encode(obj, type(obj), "", fresh)
        text = json.dumps({"record": 1, "kind": type(obj).__name__, "value": value}, allow_nan=False)
        (fresh / _RECORD).write_text(text, encoding="ascii")
        _replace(fresh, folder, folder.with_name(f".{folder.name}.{token}.old"))
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def load(kind: type[T], folder: Path) -> T:
    """Read back what `save` wrote as an object of this class.

    Fields that the record lacks keep their default; those that a class names as `RETIRED` are passed over.

    Raises
    ------
    DataError
        If the folder is missing, damaged, or holds something else.
    """
    import pyarrow as pa

    try:
        record = json.loads((folder / _RECORD).read_text(encoding="ascii"))
        if record["record"] != 1 or record["kind"] != kind.__name__:
            raise ValueError("another kind of record")
        found: T = _decode(record["value"], kind, folder)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, EOFError) as error:
        raise _unreadable(kind, error) from error
    except (pa.ArrowException, SegmentError, RecursionError) as error:
        raise _unreadable(kind, error) from error
    return found


def mentions(folder: Path, text: str) -> bool:
    """Tell whether a text of plain letters stands in a record; False where it cannot be read."""
    try:
        return text in (folder / _RECORD).read_text(encoding="ascii")
    except (OSError, ValueError):
        return False


def pack(obj: Any) -> bytes:
    """Return as bytes what `save` would write: its folder as an uncompressed zip.

    Raises
    ------
    TypeError
        If a value has no safe form.
    """
    packed = io.BytesIO()
    with TemporaryDirectory() as temporary, ZipFile(packed, "w") as archive:
        save(obj, Path(temporary) / "packed")
        for path in sorted((Path(temporary) / "packed").iterdir()):
            archive.write(path, path.name)
    return packed.getvalue()


def unpack(kind: type[T], data: bytes) -> T:
    """Read back what `pack` returned as an object of this class.

    Raises
    ------
    DataError
        If the bytes are damaged, or hold something else.
    """
    with TemporaryDirectory() as temporary:
        try:
            with ZipFile(io.BytesIO(data)) as archive:
                archive.extractall(temporary)
        except (BadZipFile, OSError, ValueError) as error:
            raise _unreadable(kind, error) from error
        return load(kind, Path(temporary))


def _unreadable(kind: type, error: BaseException) -> DataError:
    return DataError(
        "What was kept as {kind} cannot be read ({reason}); it may be damaged or come from another version, "
        "so it must be made again.",
        kind=kind.__name__,
        reason=type(error).__name__,
    )


def _replace(fresh: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        folder.replace(old)
    fresh.replace(folder)
    shutil.rmtree(old, ignore_errors=True)


def _encode(value: Any, hint: Any, place: str, folder: Path) -> Any:
    hint = _without_none(hint, value)
    if not _fits(value, hint):
        # Caught here, where the mistake is: reading it back would fail when it is too late.
        raise TypeError(f"{place or 'The record'} holds a {type(value).__name__} where {hint} belongs.")
    if isinstance(value, np.ndarray | pd.DataFrame):
        return _encode_file(value, place, folder)
    if dataclasses.is_dataclass(value) and not _speaks_json(type(value)):
        return _encode_fields(value, place, folder)
    if _is_container(hint):
        return _encode_items(value, hint, place, folder)
    return _encode_scalar(value, hint)


def _encode_fields(value: Any, place: str, folder: Path) -> dict[str, Any]:
    hints = typing.get_type_hints(type(value))
    return {
        field.name: _encode(getattr(value, field.name), hints[field.name], f"{place}.{field.name}".lstrip("."), folder)
        for field in dataclasses.fields(value)
        if field.init
    }


def _encode_items(value: Any, hint: Any, place: str, folder: Path) -> list[Any]:
    if typing.get_origin(hint) is tuple:
        hints = _item_hints(hint, len(value))
        return [_encode(item, hints[n], f"{place}.{n}", folder) for n, item in enumerate(value)]
    _, item_hint = typing.get_args(hint)
    pairs = enumerate(value.items())
    return [[to_plain(key), _encode(item, item_hint, f"{place}.{n}", folder)] for n, (key, item) in pairs]


def _encode_file(value: Any, place: str, folder: Path) -> dict[str, Any]:
    if isinstance(value, pd.DataFrame):
        name = f"{place}.parquet"
        return {"file": name, "frame": frames.write(value, folder / name)}
    if value.dtype.hasobject or value.dtype.kind == "T":
        raise TypeError(f"The array {place} holds objects and cannot be kept.")
    np.save(folder / f"{place}.npy", value, allow_pickle=False)
    return {"file": f"{place}.npy"}


def _encode_scalar(value: Any, hint: Any) -> Any:
    if _speaks_json(type(value)):
        return to_plain(value.to_json())
    if hint is float:
        number = float(value)
        return number if math.isfinite(number) else repr(number)
    return to_plain(value)


def _decode(found: Any, hint: Any, folder: Path) -> Any:
    hint = _without_none(hint, found)
    if hint is pd.DataFrame or hint is np.ndarray or typing.get_origin(hint) is np.ndarray:
        return _decode_file(found, hint, folder)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint) and not _speaks_json(hint):
        return _decode_fields(found, hint, folder)
    if _is_container(hint):
        return _decode_items(found, hint, folder)
    return _decode_scalar(found, hint)


def _decode_items(found: Any, hint: Any, folder: Path) -> Any:
    if typing.get_origin(hint) is tuple:
        hints = _item_hints(hint, len(found))
        return tuple(_decode(item, hints[n], folder) for n, item in enumerate(found))
    _, item_hint = typing.get_args(hint)
    return {from_plain(key): _decode(item, item_hint, folder) for key, item in found}


def _decode_file(found: Any, hint: Any, folder: Path) -> Any:
    name = str(found["file"])
    # The record may have been made elsewhere: a name must stay inside its folder.
    if not _FILE.fullmatch(name):
        raise ValueError("unexpected file name")
    if hint is pd.DataFrame:
        return frames.read(folder / name, found["frame"])
    return np.load(folder / name, allow_pickle=False)


def _decode_fields(found: Any, kind: type, folder: Path) -> Any:
    hints = typing.get_type_hints(kind)
    known = {field.name for field in dataclasses.fields(kind) if field.init}
    if not set(found) <= known.union(getattr(kind, "RETIRED", ())):
        raise ValueError("unknown fields")
    return kind(**{name: _decode(item, hints[name], folder) for name, item in found.items() if name in known})


def _decode_scalar(found: Any, hint: Any) -> Any:
    if isinstance(hint, type) and _speaks_json(hint):
        return typing.cast(Any, hint).from_json(from_plain(found))
    if hint is float:
        return float(found)
    if typing.get_origin(hint) is typing.Literal and found not in typing.get_args(hint):
        raise ValueError("not among the allowed values")
    if isinstance(hint, type) and hint is not Any and not isinstance(found, hint):
        raise TypeError("wrong type")
    return from_plain(found)


def _fits(value: Any, hint: Any) -> bool:
    kind = typing.get_origin(hint) or hint
    if isinstance(value, np.generic):
        value = value.item()
    if kind is typing.Literal:
        return value in typing.get_args(hint)
    if kind is float:
        return isinstance(value, int | float)
    if kind is tuple:
        return isinstance(value, tuple | list)
    return not isinstance(kind, type) or kind is Any or isinstance(value, kind)


def _without_none(hint: Any, value: Any) -> Any:
    """Reduce `X | None` to what applies to this value; several scalar types become Any."""
    if not isinstance(hint, types.UnionType) and typing.get_origin(hint) is not typing.Union:
        return hint
    kinds = typing.get_args(hint)
    if value is None and types.NoneType in kinds:
        return types.NoneType
    inner = [kind for kind in kinds if kind is not types.NoneType]
    if len(inner) == 1:
        return inner[0]
    if any(kind not in (str, int, float, bool) for kind in inner):
        raise TypeError(f"The type {hint} is ambiguous in a record.")
    return Any


def _item_hints(hint: Any, n_items: int) -> list[Any]:
    hints = list(typing.get_args(hint))
    if len(hints) == 2 and hints[1] is Ellipsis:
        return [hints[0]] * n_items
    if len(hints) != n_items:
        raise ValueError("another number of items")
    return hints


def _is_container(hint: Any) -> bool:
    origin = typing.get_origin(hint)
    return isinstance(origin, type) and issubclass(origin, tuple | Mapping)


def _speaks_json(kind: type) -> bool:
    return hasattr(kind, "to_json") and hasattr(kind, "from_json")

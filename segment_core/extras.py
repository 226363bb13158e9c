"""Extras: the one gate to optional packages."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from segment_core.errors import MissingExtraError


def need(package: str) -> ModuleType:
    """Import an optional package, or say how to get it.

    Raises
    ------
    MissingExtraError
        If the package is not installed.
    """
    if not has(package):
        raise MissingExtraError(
            "This needs the package {package}, which is not installed. Run: pip install {package}",
            package=package,
        )
    return import_module(package.replace("-", "_"))


def has(package: str) -> bool:
    """Tell whether a package can be imported, without importing it."""
    return find_spec(package.replace("-", "_")) is not None

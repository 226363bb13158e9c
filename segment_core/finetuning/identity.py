"""Identity: what tells one training from any other, so that only its own checkpoint is taken up."""

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from segment_core.choices import options_to_json
from segment_core.encoders.models import contents, folder_of
from segment_core.finetuning.lessons import Lesson

DECIDING = ("torch", "transformers", "sentence-transformers", "peft", "numpy")


def identity_of(recipe: str, lesson: Lesson, options: Any) -> str:
    """Return a SHA-256 over recipe, options, texts, labels, the weights to start from, and the packages that decide."""
    asked = options_to_json(options)
    return _digest(
        [recipe, asked, data_hash(lesson), contents(str(folder_of(asked["model"]))), sorted(versions().items())]
    )


def data_hash(lesson: Lesson) -> str:
    """Return a SHA-256 over the texts and labels learned from, whatever order they came in."""
    tasks = [[task.name, sorted(zip(task.texts, task.labels, strict=True))] for task in lesson.tasks]
    return _digest([tasks, sorted(set(lesson.texts))])


def versions() -> Mapping[str, str]:
    """Return the versions of the packages that decide what training makes."""
    return {name: _version(name) for name in DECIDING}


def _digest(found: Any) -> str:
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""

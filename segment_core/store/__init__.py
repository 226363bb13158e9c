"""Store: what outlives a session."""

from segment_core.store.encoders import KEPT, EncoderCard, Encoders, Figure
from segment_core.store.runs import RunEntry, new_run
from segment_core.store.studies import Overtaken, StudyEntry
from segment_core.store.uploads import Upload
from segment_core.store.workspace import MODELS, Workspace, default_folder

__all__ = [
    "KEPT",
    "MODELS",
    "EncoderCard",
    "Encoders",
    "Figure",
    "Overtaken",
    "RunEntry",
    "StudyEntry",
    "Upload",
    "Workspace",
    "default_folder",
    "new_run",
]

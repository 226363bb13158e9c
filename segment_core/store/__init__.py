"""Store: what outlives a session."""

from segment_core.store.studies import StudyEntry
from segment_core.store.uploads import Upload
from segment_core.store.workspace import Workspace, default_folder

__all__ = ["StudyEntry", "Upload", "Workspace", "default_folder"]

"""Portions: the progress of a part of the work told as that of the whole."""

from segment_core.artifacts import Progress
from segment_core.messages import Message


def portion(progress: Progress, start: float, share: float) -> Progress:
    """Return what a part tells, to fill this share of the whole from `start` on; both are parts of 1."""

    def told(done: float, total: float, note: Message) -> None:
        progress(start + share * min(1.0, done / total if total else 1.0), 1.0, note)

    return told

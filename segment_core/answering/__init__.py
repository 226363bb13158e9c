"""Answering: questions in plain words become typed queries, which are computed from the study and nothing else."""

from segment_core.answering.asked import MEASURES, Asked, checked
from segment_core.answering.computing import Answer, answer
from segment_core.answering.table import Row
from segment_core.answering.understanding import Understood, understand

__all__ = ["MEASURES", "Answer", "Asked", "Row", "Understood", "answer", "checked", "understand"]

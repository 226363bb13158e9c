"""Providers: which way a language model is spoken to, told by its address."""

from segment_core.llm.access import ModelAccess
from segment_core.llm.filling import LanguageModel
from segment_core.llm.writer import Writer


def writer_at(access: ModelAccess) -> Writer:
    """Return what speaks to the model behind an address: see `ModelAccess.protocol` for how that is told."""
    return LanguageModel(access)

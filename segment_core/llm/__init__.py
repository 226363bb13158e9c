"""Language models: one way to ask, one door through which everything goes out."""

from segment_core.llm.access import ModelAccess
from segment_core.llm.costs import Price
from segment_core.llm.embeddings import Embedded, embed, example
from segment_core.llm.filling import LanguageModel
from segment_core.llm.ledger import Ledger, Sent, Total, digest_of, recorded_for, recorded_in, total
from segment_core.llm.outbound import Outbound, masks_in, parts_of, seal
from segment_core.llm.presets import PRESETS, Preset, preset_of
from segment_core.llm.providers import writer_at
from segment_core.llm.rungs import Abilities, remembered
from segment_core.llm.several import several
from segment_core.llm.trying import Connection, models_at, try_connection
from segment_core.llm.writer import Reply, Writer

__all__ = [
    "PRESETS",
    "Abilities",
    "Connection",
    "Embedded",
    "LanguageModel",
    "Ledger",
    "ModelAccess",
    "Outbound",
    "Preset",
    "Price",
    "Reply",
    "Sent",
    "Total",
    "Writer",
    "digest_of",
    "embed",
    "example",
    "masks_in",
    "models_at",
    "parts_of",
    "preset_of",
    "recorded_for",
    "recorded_in",
    "remembered",
    "seal",
    "several",
    "total",
    "try_connection",
    "writer_at",
]

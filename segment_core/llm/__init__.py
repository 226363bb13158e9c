"""Language models: one way to ask, one door through which everything goes out."""

from segment_core.llm.access import ModelAccess
from segment_core.llm.embeddings import Embedded, embed, example
from segment_core.llm.ledger import Ledger, Sent, recorded_in
from segment_core.llm.openai_compatible import OpenAICompatible, try_connection
from segment_core.llm.outbound import Outbound, seal
from segment_core.llm.providers import writer_at
from segment_core.llm.several import several
from segment_core.llm.writer import Reply, Writer

__all__ = [
    "Embedded",
    "Ledger",
    "ModelAccess",
    "OpenAICompatible",
    "Outbound",
    "Reply",
    "Sent",
    "Writer",
    "embed",
    "example",
    "recorded_in",
    "seal",
    "several",
    "try_connection",
    "writer_at",
]

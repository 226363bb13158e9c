"""Problems: why a sentence was refused."""

from dataclasses import dataclass

from segment_core.messages import Message


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a sentence was refused: a stable code, and a sentence for the one who wrote it."""

    code: str
    message: Message
    # Values are a mapping, which cannot be hashed; two problems are the same if they say the same.

    def __hash__(self) -> int:
        return hash((self.code, self.message.template))

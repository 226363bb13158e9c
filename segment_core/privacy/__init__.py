"""Privacy: personal data in texts are found and masked by stable tags; best effort."""

from segment_core.privacy.columns import kinds_in
from segment_core.privacy.finding import find
from segment_core.privacy.found import Found
from segment_core.privacy.known import Known, known_index
from segment_core.privacy.masking import Example, Masked, Tags, mask, mask_texts, untagged, without_tags
from segment_core.privacy.names import Names, names_index
from segment_core.privacy.surroundings import KINDS, TAG

__all__ = [
    "KINDS",
    "TAG",
    "Example",
    "Found",
    "Known",
    "Masked",
    "Names",
    "Tags",
    "find",
    "kinds_in",
    "known_index",
    "mask",
    "mask_texts",
    "names_index",
    "untagged",
    "without_tags",
]

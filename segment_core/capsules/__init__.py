"""Capsules: one file that makes the same study open anywhere, and places customers who come later."""

from segment_core.capsules.archive import SUFFIX
from segment_core.capsules.hashing import Print, label_hash, print_of
from segment_core.capsules.opening import Capsule, reopen, unpack
from segment_core.capsules.packing import Packed, pack
from segment_core.capsules.placing import Placed, place

__all__ = [
    "SUFFIX",
    "Capsule",
    "Packed",
    "Placed",
    "Print",
    "label_hash",
    "pack",
    "place",
    "print_of",
    "reopen",
    "unpack",
]

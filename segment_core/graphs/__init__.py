"""Graphs: customers by what they have in common. Each line offers `embed(customers, texts, options, progress)`."""

from segment_core.choices import Choice
from segment_core.graphs import spectral, walks
from segment_core.graphs.exchange import as_network, to_graphml
from segment_core.graphs.neighbourhood import Neighbourhood, around_members, around_node
from segment_core.graphs.triples import letters
from segment_core.graphs.values import FIFTHS

GRAPHS: dict[str, Choice] = {
    "spectral": Choice(
        "Main directions (spectral)",
        spectral.embed,
        spectral.SpectralOptions,
        when="Fast and exact: the broad ways in which customers go together. Seconds for 100,000 customers.",
        asks=("secrets",),
    ),
    "walks": Choice(
        "Random walks (node2vec)",
        walks.embed,
        walks.WalksOptions,
        when="Finds small circles of customers besides the broad ones, and takes several times as long.",
        needs=("gensim",),
        asks=("secrets",),
    ),
}

__all__ = [
    "FIFTHS",
    "GRAPHS",
    "Neighbourhood",
    "around_members",
    "around_node",
    "as_network",
    "letters",
    "to_graphml",
]

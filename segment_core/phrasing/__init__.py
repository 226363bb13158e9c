"""Phrasing: evidence as words that fit into a sentence, in English and Chinese."""

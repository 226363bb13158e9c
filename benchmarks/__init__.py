"""Benchmarks: what README claims about speed and quality, each against a named peer in the same run."""

"""Improving: what an analyst said goes into the study: recorded, replayed on what was found, and shown."""

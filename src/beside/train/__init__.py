"""Corpus to weights. An extra: nothing imports it, and torch is needed here only."""

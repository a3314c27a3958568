"""Invented cases of certification, so that a demonstration has a desk with something on it."""

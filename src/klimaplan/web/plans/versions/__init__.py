"""Versions of a plan: named, published and frozen, compared and restored."""

"""Targets of the municipalities: published ones with source, invented ones marked Demo."""

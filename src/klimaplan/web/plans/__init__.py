"""Targets and plans of the municipalities: written here, computed live, kept in versions, invented ones marked Demo."""

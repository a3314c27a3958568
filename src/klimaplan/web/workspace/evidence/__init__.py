"""Evidence of a plan: files that are handed in, listed, fetched and taken off."""

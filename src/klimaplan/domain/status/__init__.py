"""How it stands: what the figures say about a municipality, in facts that words can be put to."""

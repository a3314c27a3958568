"""What is emitted: the published account by municipality, sector and year, and what changes between two of them."""

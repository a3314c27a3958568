"""Actions that come from another municipality's published plan."""

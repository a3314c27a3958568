"""Several actions changed at once: chosen in the list, seen before anything changes, then all of them or none."""

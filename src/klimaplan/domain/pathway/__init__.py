"""Where it must end: targets, the path to them, and the gap that is left."""

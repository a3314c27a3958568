"""The way of a plan to its certificate, when it must be revised, and that a revision wants no less."""

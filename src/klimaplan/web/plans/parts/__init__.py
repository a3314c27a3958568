"""The parts of a plan: adding, changing, ordering, removing, and reading them."""

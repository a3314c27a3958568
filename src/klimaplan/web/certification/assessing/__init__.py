"""The self-assessment of a plan: from what is stored to evidence, and from what the rules answer to a page."""

"""The certification of a plan as its municipality sees it: its cases, and what the council decided."""

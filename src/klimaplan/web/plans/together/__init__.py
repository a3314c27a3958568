"""Working together on a plan: comments and tasks."""

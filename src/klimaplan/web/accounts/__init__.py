"""People: how they sign in, which roles they hold where and when, and what a role may do."""

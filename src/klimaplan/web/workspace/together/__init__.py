"""Working together on a plan: what people say and ask, what was done, and what of it is new to somebody."""

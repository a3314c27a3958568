"""The pages of the certification workflow: the case of a plan, the reviewer's desk, and what councils decided."""

"""Criteria held against evidence: what a machine can see of a plan, and what it leaves to a person."""

"""The calculation: pure, typed, and readable from `plan.py` downwards.

Nothing here opens a file, looks at a clock, calls a network or knows about Django.
"""

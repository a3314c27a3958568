"""The case of a plan: where it stands, whose turn it is, the steps one may take, and what is said of each criterion."""

"""Closing one's account, and opening one again."""

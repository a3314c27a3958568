"""The open pages and the open API, read from a roll-up that is rebuilt when an account or a target changes."""

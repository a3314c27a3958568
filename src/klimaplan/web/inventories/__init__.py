"""Snapshots of the account: imported once, never changed, one of them current."""

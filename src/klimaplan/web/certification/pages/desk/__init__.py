"""The reviewer's desk: what waits, for how long, and one's own load."""

"""The whole installation in one file that either database can be made anew from."""

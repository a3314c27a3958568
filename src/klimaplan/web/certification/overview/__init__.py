"""The overview of all municipalities: who is due when, where cases wait, and what is missing in each plan."""

"""The departments of an organisation: their names, their days, and who is the contact of which."""

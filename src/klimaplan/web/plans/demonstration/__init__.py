"""The invented plans of the demonstration, as plans that people can open."""

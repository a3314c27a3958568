"""The open, common system behind Denmark's municipal climate action plans."""

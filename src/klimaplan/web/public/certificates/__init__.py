"""Certificates, open to everybody by their hash."""

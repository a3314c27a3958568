"""Reviewing: scores, questions and replies, criterion by criterion."""

"""Sharing a project: one box a case, the words, and the line after a project was saved."""

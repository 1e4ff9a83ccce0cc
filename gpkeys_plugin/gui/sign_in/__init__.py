"""Signing in, and what has to be set up before."""

"""Tests of the page that mends layers and connections."""

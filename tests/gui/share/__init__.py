"""Tests of the page of sharing and of the line after a project was saved."""

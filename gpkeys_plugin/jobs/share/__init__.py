"""Use cases around projects that others open too: what one gives away, and copies of it with a key of their own."""

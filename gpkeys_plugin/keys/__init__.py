"""The rules and plans for access keys: pure functions from values to values."""

"""What was made for a key, and what can be done with it."""

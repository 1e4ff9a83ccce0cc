"""The download service: what it lists, asked and read."""

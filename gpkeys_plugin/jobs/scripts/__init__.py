"""What the Processing algorithms talk to: use cases for scripts."""

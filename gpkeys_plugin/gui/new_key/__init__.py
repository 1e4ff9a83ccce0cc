"""The wizard that makes a key."""

"""What is to be done about keys that exist."""

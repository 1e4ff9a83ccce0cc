"""What a draft of a key must hold to."""

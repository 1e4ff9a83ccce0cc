"""What the platform gives to anybody: files below `/annexes`, the search service."""

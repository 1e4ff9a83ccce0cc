"""What is done with a key: a page an act, and what an act left half-way."""

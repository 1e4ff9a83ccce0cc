"""The keys that exist: their list, the page of one, and the pages that act on it."""

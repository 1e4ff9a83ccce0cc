"""Messages above the pages: what went wrong, what was done, what is left to do."""

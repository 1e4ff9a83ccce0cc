"""Downloads: what is chosen, under which names it is kept, and what is left to fetch. Pure."""

"""The download service of the simulated platform (facts.md, sections 6 and 15)."""

"""The services of one key: a row each, with what can be done with it."""

"""What an administrator lays down for a fleet: values that are fixed, and defaults, from a file."""

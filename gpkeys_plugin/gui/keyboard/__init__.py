"""How the keyboard goes through the window."""

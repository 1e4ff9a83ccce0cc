"""Downloads in a real desktop and by script."""

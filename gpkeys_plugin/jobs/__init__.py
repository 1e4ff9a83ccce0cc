"""The use cases, one file each, and the task that runs one off the GUI thread."""

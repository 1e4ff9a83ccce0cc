"""The help: its pages, its pictures, and the buttons that open it."""

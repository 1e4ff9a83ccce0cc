"""The made-up data: its layers, the country they show, and where the platform has their public files."""

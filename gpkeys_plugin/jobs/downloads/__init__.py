"""Downloads: listing what a key opens, fetching it, making it ready for use."""

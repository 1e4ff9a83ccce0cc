"""The download service, asked as clients ask it."""

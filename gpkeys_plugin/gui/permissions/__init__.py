"""The permissions of the account."""

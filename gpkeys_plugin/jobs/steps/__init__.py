"""The steps that use cases share."""

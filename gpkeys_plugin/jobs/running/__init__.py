"""Running a use case: off the main thread, with progress, cancel and what must be taken back."""

"""Property tests that neither a slow machine nor chance can fail: deeper, random runs are for the one who develops."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")

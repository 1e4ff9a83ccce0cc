"""A set-up on the real store."""

from __future__ import annotations

from typing import Any

import pytest

from gpkeys_plugin.jobs.window.sign_in_set_up import SetUp


@pytest.fixture
def set_up(manager: Any, monkeypatch: pytest.MonkeyPatch) -> SetUp:
    """Return a set-up in an empty profile, on a machine that brings no client secret."""
    for name in ("API_URL", "SSO_URL", "CLIENT_ID", "CLIENT_SECRET", "ENVIRONMENT"):
        monkeypatch.delenv(f"GPKEYS_{name}", raising=False)
    return SetUp()

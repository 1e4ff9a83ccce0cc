"""The gateway before fakes."""

from __future__ import annotations

from tests.unit.simulator.gateway.conftest import client, ogc, state

__all__ = ["client", "ogc", "state"]

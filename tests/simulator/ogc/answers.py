"""What the OGC server sends back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What goes back to the client."""

    status: int
    content_type: str
    body: bytes


def not_found(reason: str) -> Answer:
    """There is nothing; the gateway says so in the words of the service."""
    return Answer(404, "text/plain; charset=utf-8", reason.encode())

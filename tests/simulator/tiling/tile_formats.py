"""Endings of tiles and their media types."""

from __future__ import annotations

_MIME_TYPES = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "pbf": "application/x-protobuf",
    "bil": "image/x-bil;bits=32",
    "zbil": "image/x-bil;bits=32",
}


def mime_type(extension: str) -> str:
    """The media type of tiles with this ending."""
    return _MIME_TYPES[extension]

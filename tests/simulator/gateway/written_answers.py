"""The servers whose answers we write before the OGC server: ROK4 and pg_tileserv."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Protocol

from flask import Response

from ..rok4 import rok4_answers as rok4
from ..rok4.site import Document, Found, Picture, Site
from . import pg_tileserv


class Front(Protocol):
    """The server behind an endpoint."""

    def layer_names(self, endpoint: str, path: str, parameters: Mapping[str, str], /) -> tuple[str, ...]:
        """The layers that a question names, known or not."""

    def answer(self, endpoint: str, path: str, parameters: Mapping[str, str], site: Site, /) -> Found:
        """The answer to a question."""

    def nothing_there(self, endpoint: str, /) -> Document:
        """What is said of a tile without data."""


FRONTS: dict[str, Front] = {**dict.fromkeys(rok4.ENDPOINTS, rok4), pg_tileserv.ENDPOINT: pg_tileserv}
"""Endpoint → the server."""


def written(document: Document) -> Response:
    """A document as it is sent."""
    return Response(document.body, document.status, content_type=document.content_type)


def drawn(endpoint: str, picture: Picture, status: int, body: bytes) -> Response:
    """What the OGC server drew, as the server of the endpoint sends it."""
    if status == 404:
        return written(FRONTS[endpoint].nothing_there(endpoint))
    if status >= 400:
        return Response(body, status, content_type="text/plain; charset=utf-8")
    if not picture.is_deflated:
        return Response(body, content_type=picture.content_type)
    headers = {"Content-Encoding": "deflate"}
    return Response(zlib.compress(body), headers=headers, content_type=picture.content_type)

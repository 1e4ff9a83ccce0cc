"""The routes below `/annexes`."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, request

from ..dataset.made_up_layers import LAYERS
from ..dataset.public_addresses import LEGEND, STYLES
from ..gateway.error_pages import html_page
from ..gateway.key_guard import StateLike, TokenChecker, find_key, number
from .png import Colour, png
from .sprite import sprite_json, sprite_png
from .vector_tile_styles import style_json

_JSON = "application/json"
_PNG = "image/png"
_HTML = "text/html; charset=utf-8"
_STYLED = {known.layer_name: known for known in LAYERS if known.styles}


def blueprint(state: StateLike, token_checker: TokenChecker) -> Blueprint:
    """The public files; the switch `private_styles` asks a valid key for styles and sprites."""
    routes = Blueprint("annexes", __name__)

    def guarded(answer: Callable[..., Response]) -> Callable[..., Response]:
        def view(**found: Any) -> Response:
            if number(state, "private_styles", 0) and find_key(state, token_checker, request) is None:
                return Response(html_page("401 Authorization Required"), 401, content_type=_HTML)
            return answer(**found)

        return view

    routes.add_url_rule(f"{STYLES}/<name>/<style>.json", "style", guarded(_style))
    routes.add_url_rule(f"{STYLES}/<name>/sprite/symboles<ratio>.<any(json, png):ending>", "sprite_2", guarded(_sprite))
    routes.add_url_rule(
        f"{STYLES}/<name>/sprite/symboles.<any(json, png):ending>", "sprite", guarded(_sprite), defaults={"ratio": ""}
    )
    routes.add_url_rule(LEGEND, "legend", lambda: Response(_legend(), content_type=_PNG))
    return routes


def _missing() -> Response:
    return Response(html_page("404 Not Found"), 404, content_type=_HTML)


def _style(name: str, style: str) -> Response:
    layer = _STYLED.get(name)
    if layer is None or style not in layer.styles:
        return _missing()
    return Response(style_json(layer, style, request.host_url.rstrip("/")), content_type=_JSON)


def _sprite(name: str, ratio: str, ending: str) -> Response:
    if name not in _STYLED or ratio not in ("", "@2x"):
        return _missing()
    pixels = 2 if ratio else 1
    if ending == "json":
        return Response(sprite_json(pixels), content_type=_JSON)
    return Response(sprite_png(pixels), content_type=_PNG)


@lru_cache(maxsize=1)
def _legend() -> bytes:
    """A strip from dark to light, in the size of the recorded documents."""

    def pixel(column: int, row: int) -> Colour:
        grey = 40 + column * 215 // 280
        return (grey, grey, grey, 255)

    return png(280, 69, pixel)

"""A plot of a few curves as an SVG file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

Curve = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 640, 400, 70, 40, 170, 50
_COLOURS = ("#1f6feb", "#d1242f", "#2da44e", "#9a6700")
_STEPS = 4


def plot(title: str, across: str, up: str, curves: Mapping[str, Curve]) -> str:
    """Return the plot of named curves; both axes begin at nothing, so that what grows straight looks straight."""
    most_x = max(x for curve in curves.values() for x, _ in curve)
    most_y = max((y for curve in curves.values() for _, y in curve), default=0.0) or 1.0

    def place(x: float, y: float) -> tuple[float, float]:
        inner_width, inner_height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
        return _LEFT + inner_width * x / most_x, _HEIGHT - _BOTTOM - inner_height * y / most_y

    parts = [_text(_WIDTH / 2, 20, title, "middle", 15), _text(_WIDTH / 2, _HEIGHT - 10, across, "middle")]
    parts.append(_text(8, _TOP - 12, up))
    for step in range(_STEPS + 1):
        x, y = most_x * step / _STEPS, most_y * step / _STEPS
        parts.append(_text(place(x, 0)[0], _HEIGHT - _BOTTOM + 16, f"{x:g}", "middle"))
        parts.append(_text(_LEFT - 6, place(0, y)[1] + 4, f"{y:.4g}", "end"))
        parts.append(_line([place(0, y), place(most_x, y)], "#d0d7de", 1))
    for number, (name, curve) in enumerate(curves.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        points = [place(x, y) for x, y in curve]
        parts.append(_line(points, colour, 2))
        parts += (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
        parts.append(_text(_WIDTH - _RIGHT + 10, _TOP + 18 * number + 10, name, colour=colour))
    size = f'width="{_WIDTH}" height="{_HEIGHT}"'
    body = "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n<rect {size} fill="white"/>\n{body}\n</svg>\n'


def _line(points: Iterable[tuple[float, float]], colour: str, width: int) -> str:
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _text(x: float, y: float, text: str, anchor: str = "start", size: int = 12, colour: str = "#24292f") -> str:
    style = f'font-family="sans-serif" font-size="{size}" text-anchor="{anchor}" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'

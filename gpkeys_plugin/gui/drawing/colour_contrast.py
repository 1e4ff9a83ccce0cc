"""Colours between others, and how they stand out from each other."""

from __future__ import annotations

from functools import lru_cache

from qgis.PyQt.QtGui import QColor

_READABLE = 4.6


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """Return `first` with `share` (0 to 1) of `second` in it."""
    pairs = zip(first.getRgbF()[:3], second.getRgbF()[:3])
    return QColor.fromRgbF(*(a + (b - a) * min(1.0, share) for a, b in pairs))


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG reckons it."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: QColor) -> float:
    """Return how light a colour is, 0 to 1, as WCAG reckons it."""
    red, green, blue, _alpha = colour.getRgbF()
    return _luminance(red, green, blue)


def away_from(colour: QColor, other: QColor, least: float) -> QColor:
    """Return `colour`, lighter or darker as far as `other` is to stand out from it with a contrast of `least`.

    It goes the way that it differs from `other` already; where it does not, the way that has more room.
    """
    light, dark = QColor("white"), QColor("black")
    is_up = luminance(colour) > luminance(other)
    if contrast(light if is_up else dark, other) < least:
        is_up = not is_up
    made, share = colour, 0.0
    while contrast(made, other) < least and share < 1:
        share += 0.05
        made = mix(colour, light if is_up else dark, share)
    return made


def readable(words: QColor, *grounds: QColor) -> QColor:
    """Return `words`, lighter or darker where they could not be read on one of the grounds otherwise."""
    made = words
    for ground in grounds:
        made = away_from(made, ground, _READABLE)
    return made


# A window has a dozen colours, and each of its words asks for some of them.
@lru_cache(maxsize=256)
def _luminance(red: float, green: float, blue: float) -> float:
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

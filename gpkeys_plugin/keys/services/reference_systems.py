"""Which of the reference systems a service offers a layer is asked for in."""

from __future__ import annotations

from typing import Iterable

WEB_MERCATOR = "EPSG:3857"
_WEB_MERCATOR_NAMES = frozenset({WEB_MERCATOR, "EPSG:900913", "EPSG:102100", "EPSG:102113"})
_LAMBERT_93 = "EPSG:2154"
_DEGREES = "CRS:84"
# Two names of one system: the IGN's register and the EPSG's. QGIS takes them for different ones.
_TWINS = (
    _WEB_MERCATOR_NAMES,
    frozenset({_LAMBERT_93, "IGNF:LAMB93", "IGNF:RGF93LAMB93"}),
    frozenset({"EPSG:2975", "IGNF:RGR92UTM40S"}),
    frozenset({"EPSG:2972", "IGNF:RGFG95UTM22"}),
    frozenset({"EPSG:5490", "IGNF:RGAF09UTM20"}),
    frozenset({"EPSG:4471", "IGNF:RGM04UTM38S"}),
    frozenset({"EPSG:4467", "IGNF:RGSPM06U21"}),
    frozenset({_DEGREES, "OGC:CRS84"}),
)


def is_web_mercator(code: str) -> bool:
    """Return whether a code is one of those of Web Mercator, the only system QGIS draws tiles of a template in."""
    return code.upper() in _WEB_MERCATOR_NAMES


def best_system(offered: Iterable[str], of_project: str = "") -> str:
    """Return the offered code to ask for, empty where none is offered.

    It is that of the project, then Web Mercator or Lambert 93, then one of the IGN's register, then degrees, then the
    first. `of_project` is empty for a project that has not settled on one.
    """
    codes = tuple(offered)
    wanted = (of_project, *_twins(of_project), WEB_MERCATOR, _LAMBERT_93)
    known = next((code for code in wanted if code in codes), "")
    from_register = next((code for code in codes if code.upper().startswith("IGNF:")), "")
    in_degrees = _DEGREES if _DEGREES in codes else ""
    return known or from_register or in_degrees or (codes[0] if codes else "")


def _twins(code: str) -> tuple[str, ...]:
    return tuple(sorted(next((twins for twins in _TWINS if code in twins), frozenset()) - {code}))

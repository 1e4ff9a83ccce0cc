"""An example of all that the test of a key, and connecting it, may say of a service, out of the code that says it."""

from __future__ import annotations

import requests

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.models import Filters
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.steps import verdict_words
from gpkeys_plugin.jobs.steps.connecting import connection_choice_texts as choices
from gpkeys_plugin.jobs.values import ServiceVerdict
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ServedLayer, TileRange

_USER_AGENT = "Mozilla/5.0 QGIS/34400"
_ADDRESSES = ("192.0.2.0/24",)
_LAYER, _OTHER = "rochebrune.plu_2026", "rochebrune.ortho_2023"
_SERVICE = "WMS", "https://data.geopf.fr/private/wms-r"


_SILENT = Text("the service does not answer")
_SERVED = ServedLayer("o1", _LAYER, ConnectionKind.XYZ, "tms", "https://data.geopf.fr/private/tms/1.0.0", "TMS")
_ABROAD = ServedLayer("o1", _LAYER, ConnectionKind.XYZ, "tms", "https://tiles.example.org/1.0.0", "TMS")


def every() -> tuple[ServiceVerdict, ...]:
    """Return them, those of the key first, then those of the service, then those of the network."""
    return (
        verdict_words.works(*_SERVICE),
        verdict_words.gives_elevations(verdict_words.works(*_SERVICE)),
        verdict_words.accepts_key(*_SERVICE),
        verdict_words.not_set_up(*_SERVICE),
        _refused(401),
        *_filtered(),
        verdict_words.listed(*_SERVICE, (_LAYER,), (_LAYER,)),
        verdict_words.listed(*_SERVICE, (_LAYER, _OTHER), (_LAYER,)),
        verdict_words.not_served(*_SERVICE, (_LAYER,)),
        verdict_words.tile_missing(*_SERVICE),
        verdict_words.request_refused(*_SERVICE, ""),
        verdict_words.elsewhere(*_SERVICE),
        _refused(429),
        _refused(503),
        verdict_words.unreachable(*_SERVICE, ErrorCode.TIMEOUT),
        verdict_words.not_an_answer(*_SERVICE, ""),
        verdict_words.unreachable(*_SERVICE, ErrorCode.TLS),
        verdict_words.unreachable(*_SERVICE, ErrorCode.PROXY),
        verdict_words.unreachable(*_SERVICE, ErrorCode.CONNECTION),
    )


def connecting() -> tuple[Text, ...]:
    """Return what connecting a key may say of a service or a layer beside making it."""
    return (
        choices.not_served(_LAYER, ("WFS",)),
        choices.service_unknown("Urbanisme – WFS", _SILENT),
        choices.levels_assumed(_SERVED, _SILENT, TileRange(0, 18, "png")),
        choices.levels_kept(_SERVED, _SILENT),
        choices.drawn_elsewhere(_SERVED, "EPSG:2154", "WMTS"),
        choices.drawn_nowhere(_SERVED, "EPSG:2154"),
        choices.holds_values(_SERVED),
        choices.format_unknown(_SERVED, ("image/x-bil",)),
        choices.elsewhere(_ABROAD),
    )


def _filtered() -> tuple[ServiceVerdict, ...]:
    return (
        _refused(403, Filters(referer="^https://www.example.org/")),
        _refused(403, Filters(user_agent="QGIS/3.16")),
        _refused(403, Filters(whitelist=_ADDRESSES)),
        _refused(403, Filters(blacklist=_ADDRESSES)),
        _refused(403, Filters(user_agent=".*QGIS.*")),
        _refused(403, Filters()),
    )


def _refused(status: int, filters: Filters | None = None) -> ServiceVerdict:
    answer = requests.Response()
    answer.status_code = status
    return verdict_words.refused(*_SERVICE, answer, filters or Filters(), _USER_AGENT)

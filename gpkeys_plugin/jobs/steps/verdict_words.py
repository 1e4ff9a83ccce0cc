"""The words of a verdict: what was seen of a service, and what to do about it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Sequence

import requests

from ...entrepot import retries
from ...entrepot.errors import ErrorCode
from ...entrepot.models import Filters
from ...entrepot.translatable_text import Text
from ...keys.rules import header_patterns, ip_ranges
from ..values import ServiceVerdict, Verdict

# What the platform's gateway asks for where it asks at all.
_USUAL_WAIT_S = 5.0
_LONG_WAIT_S = 120
_UNREACHABLE = {
    ErrorCode.TLS: (
        Verdict.CERTIFICATE,
        Text("No secure connection: the certificate was not accepted."),
        Text("Ask your IT department: QGIS may have to be told the certificate of your network."),
    ),
    ErrorCode.PROXY: (
        Verdict.PROXY,
        Text("The proxy of your network refused the connection."),
        Text("Check QGIS's proxy settings."),
    ),
    ErrorCode.TIMEOUT: (
        Verdict.SERVICE_DOWN,
        Text("The service did not answer in time."),
        Text("Try again in a few minutes."),
    ),
}
_NO_CONNECTION = (
    Verdict.NO_CONNECTION,
    Text("The service cannot be reached."),
    Text("Check your connection and QGIS's proxy settings, then try again."),
)


def unreachable(service: str, root: str, code: ErrorCode) -> ServiceVerdict:
    """Return the verdict on a service that gave no answer."""
    if code is ErrorCode.BAD_ANSWER:
        return not_an_answer(service, root, "")
    verdict, text, advice = _UNREACHABLE.get(code, _NO_CONNECTION)
    return ServiceVerdict(service, root, verdict, text, advice)


def refused(service: str, root: str, answer: requests.Response, filters: Filters, user_agent: str) -> ServiceVerdict:
    """Return the verdict on an answer that is no success, whatever the service says of it."""
    status = answer.status_code
    if status == 401:
        return ServiceVerdict(service, root, Verdict.KEY_REFUSED, _KEY_REFUSED, _KEY_REFUSED_ADVICE)
    if status == 403:
        return ServiceVerdict(service, root, Verdict.FILTERED, why_filtered(filters, user_agent), _FILTERED_ADVICE)
    if status == 407:
        return unreachable(service, root, ErrorCode.PROXY)
    if status == 429:
        return _limited(service, root, retries.retry_after_s(answer))
    text = Text("The service is out of order (HTTP {status}).", {"status": status})
    return ServiceVerdict(service, root, Verdict.SERVICE_DOWN, text, Text("Try again in a few minutes."))


def not_served(service: str, root: str, layers: Sequence[str]) -> ServiceVerdict:
    """Return the verdict on a service that says it does not have the layers."""
    text = Text("This service does not serve the layer (yet).")
    return ServiceVerdict(service, root, Verdict.NOT_SERVED, text, _NOT_SERVED_ADVICE, tuple(layers))


def request_refused(service: str, root: str, words: str) -> ServiceVerdict:
    """Return the verdict on a service that takes the key, but not the request; `words` are its own, if any."""
    text = _REQUEST_REFUSED_SAYING.with_values({"words": words}) if words else _REQUEST_REFUSED
    return ServiceVerdict(service, root, Verdict.REQUEST_REFUSED, text, _NOT_THE_KEY_ADVICE)


def tile_missing(service: str, root: str) -> ServiceVerdict:
    """Return the verdict on a service that has none of the tiles which its description announces."""
    text = Text("The service answers, but has no tile where its description says there is one.")
    return ServiceVerdict(service, root, Verdict.TILE_MISSING, text, _NOT_THE_KEY_ADVICE)


def not_an_answer(service: str, root: str, words: str) -> ServiceVerdict:
    """Return the verdict on what no such service answers; `words` are how it begins, empty where it is no text."""
    text = _NOT_AN_ANSWER_SAYING.with_values({"words": words}) if words else _NOT_AN_ANSWER
    return ServiceVerdict(service, root, Verdict.NOT_AN_ANSWER, text, _NOT_AN_ANSWER_ADVICE)


def works(service: str, root: str) -> ServiceVerdict:
    """Return the verdict on a service that answers all that it was asked."""
    return ServiceVerdict(service, root, Verdict.WORKS, Text("Works."))


def gives_elevations(found: ServiceVerdict) -> ServiceVerdict:
    """Return the verdict on a service whose layer is no picture, which is no fault of it."""
    if found.verdict is not Verdict.WORKS:
        return found
    return replace(found, text=Text("Works: it gives elevation values, not a picture."))


def accepts_key(service: str, root: str) -> ServiceVerdict:
    """Return the verdict on a service that can only be asked a question, and was asked none."""
    text = Text("Works: the service accepts the key. Nothing else was tested.")
    return ServiceVerdict(service, root, Verdict.WORKS, text)


def listed(service: str, root: str, wanted: Sequence[str], missing: Sequence[str]) -> ServiceVerdict:
    """Return the verdict on a service that answers: it lists all that the key should open, or not."""
    if wanted and len(missing) == len(wanted):
        text = Text("The service answers, but opens none of the key's layers.")
        return ServiceVerdict(service, root, Verdict.NOTHING_GRANTED, text, _MISSING_ADVICE, tuple(missing))
    if missing:
        text = Text("The service works, but does not list {count} of the key's layers.", {"count": len(missing)})
        return ServiceVerdict(service, root, Verdict.LAYERS_MISSING, text, _MISSING_ADVICE, tuple(missing))
    return works(service, root)


def not_set_up(service: str, root: str) -> ServiceVerdict:
    """Return the verdict on a service that cannot be asked: QGIS does not know the key's password."""
    text = Text("Not tested: QGIS does not know the password of this key.")
    return ServiceVerdict(service, root, Verdict.NOT_SET_UP, text, Text("Connect the key to this QGIS first."))


def elsewhere(service: str, root: str) -> ServiceVerdict:
    """Return the verdict on a service that is not asked, since the key is not for the server it is said to be on."""
    text = Text("Not tested: it is not on the platform’s servers.")
    return ServiceVerdict(service, root, Verdict.ELSEWHERE, text, _ELSEWHERE_ADVICE)


def why_filtered(filters: Filters, user_agent: str) -> Text:
    """Return which filter of the key shuts this QGIS out, as far as that can be told from here."""
    if filters.referer:
        return Text("The key's Referer filter refuses QGIS: QGIS sends no Referer.")
    if filters.user_agent and header_patterns.matches(filters.user_agent, user_agent) is False:
        return Text(
            "The key's User-Agent filter “{filter}” refuses this QGIS, which presents itself as “{user_agent}”.",
            {"filter": header_patterns.plain_text(filters.user_agent) or filters.user_agent, "user_agent": user_agent},
        )
    if filters.whitelist:
        ranges = ", ".join(map(ip_ranges.normalized, filters.whitelist))
        return Text("The key may be used from these addresses only, and yours is none of them: {ranges}.", _of(ranges))
    if filters.blacklist:
        ranges = ", ".join(map(ip_ranges.normalized, filters.blacklist))
        return Text("The key may not be used from these addresses, and yours is one of them: {ranges}.", _of(ranges))
    if filters.user_agent:
        return Text("The service refuses this QGIS, though the key's filters seem to allow it.")
    return Text("The service refuses this QGIS, though the key has no filter.")


def _of(ranges: str) -> dict[str, object]:
    return {"ranges": ranges}


def _limited(service: str, root: str, asked_s: float | None) -> ServiceVerdict:
    text = Text("The service's request limit is reached for the moment.")
    wait_s = math.ceil(asked_s or _USUAL_WAIT_S)
    advice = Text("Wait {seconds} s, then test again.", {"seconds": wait_s})
    if wait_s > _LONG_WAIT_S:
        advice = Text("Wait {minutes} min, then test again.", {"minutes": math.ceil(wait_s / 60)})
    return ServiceVerdict(service, root, Verdict.LIMIT_REACHED, text, advice)


_ELSEWHERE_ADVICE = Text(
    "The key’s secret is sent to the Géoplateforme only: tell the producer that the address is wrong."
)
_KEY_REFUSED = Text("The service refuses the key.")
_KEY_REFUSED_ADVICE = Text(
    "What QGIS holds may be out of date: connect the key to this QGIS again. A key made a moment ago may take a minute."
)
_FILTERED_ADVICE = Text("Change the key's filters, or ask your IT department for the public address of your network.")
_MISSING_ADVICE = Text("A permission may have ended, or its producer taken the layer offline: see the key's accesses.")
_NOT_SERVED_ADVICE = Text(
    "Its producer may be publishing it just now, or have taken it offline: try again later, or ask the producer."
)
_REQUEST_REFUSED = Text("The service takes the key, but refuses what it was asked.")
_REQUEST_REFUSED_SAYING = Text("The service takes the key, but refuses what it was asked. It says: “{words}”")
_NOT_THE_KEY_ADVICE = Text("The key is not at fault. If the layer stays empty in QGIS, tell its producer.")
_NOT_AN_ANSWER = Text("The answer received does not come from this service.")
_NOT_AN_ANSWER_SAYING = Text("The answer received does not come from this service. It begins: “{words}”")
_NOT_AN_ANSWER_ADVICE = Text(
    "Your network may want you to sign in first: open a web page to see. Otherwise try again in a few minutes."
)

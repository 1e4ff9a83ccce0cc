"""The words of a verdict: what was seen of a service, and what to do about it."""

from __future__ import annotations

from typing import Sequence

import requests

from ..entrepot.errors import ErrorCode
from ..entrepot.models import Filters
from ..entrepot.texts import Text
from ..keys import addresses, patterns
from .key_values import ServiceVerdict, Verdict

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
    verdict, text, advice = _UNREACHABLE.get(code, _NO_CONNECTION)
    return ServiceVerdict(service, root, verdict, text, advice)


def refused(service: str, root: str, answer: requests.Response, filters: Filters, user_agent: str) -> ServiceVerdict:
    """Return the verdict on an answer that is no success."""
    status = answer.status_code
    if status == 401:
        return ServiceVerdict(service, root, Verdict.KEY_REFUSED, _KEY_REFUSED, _KEY_REFUSED_ADVICE)
    if status == 403:
        return ServiceVerdict(service, root, Verdict.FILTERED, why_filtered(filters, user_agent), _FILTERED_ADVICE)
    if status == 429:
        return _limited(service, root, answer.headers.get("Retry-After", ""))
    text = Text("The service is out of order (HTTP {status}).", {"status": status})
    return ServiceVerdict(service, root, Verdict.SERVICE_DOWN, text, Text("Try again in a few minutes."))


def listed(service: str, root: str, wanted: Sequence[str], missing: Sequence[str]) -> ServiceVerdict:
    """Return the verdict on a service that answers: it lists all that the key should open, or not."""
    if wanted and len(missing) == len(wanted):
        text = Text("The service answers, but opens none of the key's layers.")
        return ServiceVerdict(service, root, Verdict.NOTHING_GRANTED, text, _MISSING_ADVICE, tuple(missing))
    if missing:
        text = Text("The service works, but does not list {count} of the key's layers.", {"count": len(missing)})
        return ServiceVerdict(service, root, Verdict.LAYERS_MISSING, text, _MISSING_ADVICE, tuple(missing))
    return ServiceVerdict(service, root, Verdict.WORKS, Text("Works."))


def not_set_up(service: str, root: str) -> ServiceVerdict:
    """Return the verdict on a service that cannot be asked: QGIS does not know the key's password."""
    text = Text("Not tested: QGIS does not know the password of this key.")
    return ServiceVerdict(service, root, Verdict.NOT_SET_UP, text, Text("Connect the key to this QGIS first."))


def why_filtered(filters: Filters, user_agent: str) -> Text:
    """Return which filter of the key shuts this QGIS out, as far as that can be told from here."""
    if filters.referer:
        return Text("The key's Referer filter shuts QGIS out: QGIS sends no Referer.")
    if filters.user_agent and patterns.matches(filters.user_agent, user_agent) is False:
        return Text(
            "The key's User-Agent filter “{filter}” shuts this QGIS out, which presents itself as “{user_agent}”.",
            {"filter": patterns.plain_text(filters.user_agent) or filters.user_agent, "user_agent": user_agent},
        )
    if filters.whitelist:
        ranges = ", ".join(map(addresses.normalized, filters.whitelist))
        return Text("The key may be used from these addresses only, and yours is none of them: {ranges}.", _of(ranges))
    if filters.blacklist:
        ranges = ", ".join(map(addresses.normalized, filters.blacklist))
        return Text("The key may not be used from these addresses, and yours is one of them: {ranges}.", _of(ranges))
    if filters.user_agent:
        return Text("The service shuts this QGIS out, though the key's filters seem to let it in.")
    return Text("The service shuts this QGIS out, though the key has no filter.")


def _of(ranges: str) -> dict[str, object]:
    return {"ranges": ranges}


def _limited(service: str, root: str, retry_after: str) -> ServiceVerdict:
    text = Text("The service's request limit is reached for the moment.")
    wait_s = int(retry_after) if retry_after.isdigit() else 5
    advice = Text("Wait {seconds} s, then test again.", {"seconds": wait_s})
    return ServiceVerdict(service, root, Verdict.LIMIT_REACHED, text, advice)


_KEY_REFUSED = Text("The service refuses the key.")
_KEY_REFUSED_ADVICE = Text(
    "What QGIS holds may be out of date: connect the key to this QGIS again. A key made a moment ago may take a minute."
)
_FILTERED_ADVICE = Text("Change the key's filters, or ask your IT department for the public address of your network.")
_MISSING_ADVICE = Text("A permission may have ended, or its producer taken the layer offline: see the key's accesses.")

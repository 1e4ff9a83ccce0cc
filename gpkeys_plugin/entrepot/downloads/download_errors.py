"""What the download service's refusals mean: there it is a key that is refused, not an account."""

from __future__ import annotations

import requests

from .. import errors_from_answers, retries
from ..errors import ErrorCode, GpkeysError
from ..translatable_text import Text

_SENTENCES = {
    401: (
        ErrorCode.FORBIDDEN,
        Text("The download service does not accept this key."),
        Text("Test the key: its secret may have been changed, or a filter keeps this computer out."),
    ),
    403: (
        ErrorCode.FORBIDDEN,
        Text("This key does not open “{name}” at the download service."),
        Text("Check that the permission still holds and that the key opens this service."),
    ),
    404: (
        ErrorCode.NOT_FOUND,
        Text("The download service no longer has “{name}”."),
        Text("List what there is again: another edition may have taken its place."),
    ),
}


def of_answer(response: requests.Response, name: str, request: str) -> GpkeysError:
    """Return what to tell of an answer that is no success; `name` is what was asked for."""
    status = 404 if response.status_code == 410 else response.status_code
    if status not in _SENTENCES:
        return errors_from_answers.of_response(response, request, retry_after_s=retries.retry_after_s(response))
    code, sentence, advice = _SENTENCES[status]
    log = f"{request}: HTTP {response.status_code}"
    return GpkeysError(code, sentence.with_values({"name": name}), log, advice=advice, status=response.status_code)


def nothing_listed(name: str) -> GpkeysError:
    """Return the error of a list that is empty."""
    return GpkeysError(
        ErrorCode.NOT_FOUND,
        Text("The download service lists nothing for “{name}”.", {"name": name}),
        "an empty list",
        advice=Text("Ask for less: another zone, format or edition, or no extent."),
    )

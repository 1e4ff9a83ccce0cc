"""Errors of the simulated Entrepôt API, in the forms that the contract knows."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, jsonify

from tests.simulator.memory.switches import Switches

_UNAUTHORIZED_PAGE = """<html>
<head><title>401 Authorization Required</title></head>
<body><center><h1>401 Authorization Required</h1></center></body>
</html>
"""


class ApiError(Exception):
    """A refusal, with its status and its sentences."""

    def __init__(self, status: int, *descriptions: str) -> None:
        """`descriptions` are what the user of the API reads."""
        super().__init__(status, *descriptions)
        self.status = status
        self.descriptions = descriptions


def bad_request(*descriptions: str) -> ApiError:
    """400: the body or a parameter is wrong."""
    return ApiError(400, *descriptions)


def forbidden(description: str) -> ApiError:
    """403: a rule of permissions forbids it."""
    return ApiError(403, description)


def not_found(what: str) -> ApiError:
    """404: unknown, or somebody else's."""
    return ApiError(404, f"{what} introuvable")


def conflict(description: str) -> ApiError:
    """409: it exists already, or there is no room for it."""
    return ApiError(409, description)


def error_response(error: ApiError, options: Switches) -> Response:
    """The answer to a refusal; 401 and the form of the body follow the switches."""
    if error.status == 401 and options.unauthorized_body != "json":
        text = _UNAUTHORIZED_PAGE if options.unauthorized_body == "html" else ""
        response = Response(text, 401, mimetype="text/html")
    elif options.error_body == "text":
        response = Response("\n".join(error.descriptions), error.status, mimetype="text/plain")
    else:
        response = jsonify(_body(error, options.error_body))
        response.status_code = error.status
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="geoplateforme"'
    return response


def _body(error: ApiError, form: str) -> dict[str, object]:
    reason = HTTPStatus(error.status).phrase
    sentence = "\n".join(error.descriptions)
    if form == "message":
        return {"error": reason, "message": sentence, "error_description": sentence}
    if form == "string":
        return {"error": reason, "error_description": sentence}
    return {"error": reason, "error_description": list(error.descriptions)}

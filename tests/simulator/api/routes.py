"""The simulated Entrepôt API: who asks, and the routes of all subjects."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException

from tests.simulator.api import accesses, keys, permissions, statistics
from tests.simulator.api.answer_bodies import Bodies
from tests.simulator.api.errors import ApiError, error_response
from tests.simulator.api.route_context import RouteContext
from tests.simulator.memory.state import State

TokenChecker = Callable[[str], "str | None"]
"""Gives the user name behind an access token, None when it is not valid."""


def blueprint(state: State, token_checker: TokenChecker, gateway_url: str) -> Blueprint:
    """All operations of the contract, to be mounted at /api."""
    routes = Blueprint("api", __name__)
    context = RouteContext(state, Bodies(state.options, gateway_url))
    _guard(routes, state, token_checker)
    routes.add_url_rule("/users/me", "me", lambda: _me(context))
    for subject in (permissions, keys, accesses, statistics):
        subject.add_routes(routes, context)
    return routes


def _guard(routes: Blueprint, state: State, token_checker: TokenChecker) -> None:
    """Every route demands a valid token, and turns refusals into answers."""

    @routes.before_request
    def _know_account() -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        username = token_checker(token.strip()) if scheme.lower() == "bearer" else None
        account = state.account(username) if username is not None else None
        if account is None:
            raise ApiError(401, "Le jeton d'accès est absent, invalide ou expiré")
        g.account = account

    @routes.errorhandler(ApiError)
    def _refuse(error: ApiError) -> Response:
        return error_response(error, state.options)


def unknown_route(error: HTTPException, state: State) -> Response:
    """404 and 405 of the API, as JSON with the headers that go with them."""
    response = error_response(ApiError(error.code or 500, error.description or ""), state.options)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _me(context: RouteContext) -> Response:
    with context.state.lock:
        keys_use = len(context.state.keys_of(context.account.username))
    return jsonify(context.bodies.account(context.account, keys_use))

"""The control interface that tests use over HTTP: faults, latency, switches, log, reset, tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request

from tests.simulator.control.faults import Fault, FaultError, Faults
from tests.simulator.control.request_log import RequestLog
from tests.simulator.memory.large_account import Size, large_account
from tests.simulator.memory.records import utc_now
from tests.simulator.memory.seeds import seeded_holdings
from tests.simulator.memory.state import State
from tests.simulator.sso.realm import Sso

_FAULT_FIELDS = ("method", "path", "nth", "times", "action", "status", "headers", "body", "applied")


class Controls:
    """What each order does."""

    def __init__(self, state: State, sso: Sso, faults: Faults, log: RequestLog) -> None:
        """`faults` and `log` are those of the middleware."""
        self._state = state
        self._sso = sso
        self._faults = faults
        self._log = log

    def blueprint(self) -> Blueprint:
        """The routes, to be mounted at /control."""
        routes = Blueprint("control", __name__)
        for path, order in self._orders().items():
            routes.add_url_rule(path, path, _answering(order), methods=["POST"])
        routes.add_url_rule("/requests", "requests", lambda: jsonify(self._log.entries()))
        routes.add_url_rule(
            "/requests", "clear_requests", _answering(lambda _body: self._log.clear()), methods=["DELETE"]
        )
        routes.add_url_rule("/switch", "switches", lambda: jsonify(self._state.options.as_dict()))
        routes.register_error_handler(KeyError, _wrong_order)
        routes.register_error_handler(ValueError, _wrong_order)
        routes.register_error_handler(TypeError, _wrong_order)
        return routes

    def _orders(self) -> dict[str, Callable[[dict[str, Any]], None]]:
        return {
            "/fail": self._fail,
            "/repair": lambda _body: self._faults.clear(),
            "/reset": lambda _body: self.reset(),
            "/remember": lambda _body: self._state.remember(),
            "/recall": lambda _body: self._state.recall(),
            "/switch": self._state.options.set_all,
            "/latency": self._set_latency,
            "/token-lifetime": lambda body: self._state.options.set("token_lifetime_s", body["s"]),
            "/revoke": lambda body: self._sso.revoke(body["username"]),
            "/expire-refused": lambda body: self._sso.refuse_access_tokens(body["username"]),
            "/permission": self._change_permission,
            "/large-account": self._sow_large_account,
        }

    def reset(self) -> None:
        """Back to the seeds: keys, switches, faults, latency, log, tokens. Ports and SSO keys stay."""
        self._faults.clear()
        self._state.reset(seeded_holdings())
        self._sso.reset()
        self._log.clear()

    def _fail(self, body: dict[str, Any]) -> None:
        unknown = [name for name in body if name not in _FAULT_FIELDS]
        if unknown:
            raise FaultError(f"unknown properties {unknown}")
        self._faults.order(Fault(**body))

    def _set_latency(self, body: dict[str, Any]) -> None:
        self._faults.set_latency(int(body["ms"]), body.get("since"))

    def _sow_large_account(self, body: dict[str, Any]) -> None:
        """Give an account as many permissions and keys as are wanted, beside what it has; see `Size`."""
        account = self._state.account(body.pop("username"))
        if account is None:
            raise ValueError("no such account")
        self._state.add(large_account(account, Size(**body)))

    def _change_permission(self, body: dict[str, Any]) -> None:
        """Change when a permission ends (`ends_in_s`, null for never), whether it is `only_oauth`; or withdraw it."""
        permission = self._state.permission(body["id"])
        if permission is None:
            raise KeyError(body["id"])
        if body.get("withdrawn"):
            self._state.remove_permission(permission.id)
            return
        if "ends_in_s" in body:
            wait_s = body["ends_in_s"]
            permission = replace(permission, end_date=None if wait_s is None else utc_now() + timedelta(seconds=wait_s))
        self._state.replace_permission(replace(permission, only_oauth=body.get("only_oauth", permission.only_oauth)))


def _answering(order: Callable[[dict[str, Any]], None]) -> Callable[[], Response]:
    def answer() -> Response:
        order(request.get_json(silent=True) or {})
        return Response(status=204)

    return answer


def _wrong_order(error: Exception) -> tuple[Response, int]:
    return jsonify({"error": str(error)}), 400

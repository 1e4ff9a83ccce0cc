"""What every route of the simulated Entrepôt API works with."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, g

from tests.simulator.api.answer_bodies import Bodies
from tests.simulator.api.errors import not_found
from tests.simulator.memory.records import AccessRecord, AccountRecord, KeyRecord, PermissionRecord
from tests.simulator.memory.state import State


@dataclass(frozen=True)
class RouteContext:
    """State, bodies and the account that asks. What belongs to others is not found."""

    state: State
    bodies: Bodies

    @property
    def account(self) -> AccountRecord:
        """The account that asks."""
        account: AccountRecord = g.account
        return account

    def permission(self, permission_id: str) -> PermissionRecord:
        """A permission that the account benefits from."""
        found = self.state.permission(permission_id.lower())
        if found is None or not found.is_for(self.account):
            raise not_found("Permission")
        return found

    def key(self, key_id: str) -> KeyRecord:
        """A key of the account."""
        found = self.state.key(key_id.lower())
        if found is None or found.username != self.account.username:
            raise not_found("Clé")
        return found

    def access(self, key_id: str, access_id: str) -> AccessRecord:
        """An access of a key of the account."""
        key = self.key(key_id)
        for access in self.state.accesses_of(key.id):
            if access.id == access_id.lower():
                return access
        raise not_found("Accès")

    def deleted(self) -> Response:
        """The answer to a DELETE."""
        return Response(status=self.state.options.delete_status)

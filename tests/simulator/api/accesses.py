"""Accesses of a key: list, creation through one permission, detail, removal."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from tests.simulator.api import request_bodies
from tests.simulator.api.errors import conflict, forbidden, not_found
from tests.simulator.api.paging import page_response
from tests.simulator.api.route_context import RouteContext
from tests.simulator.memory.records import AccessRecord, KeyRecord, OfferingRecord, PermissionRecord, utc_now
from tests.simulator.memory.state import new_id


def add_routes(routes: Blueprint, context: RouteContext) -> None:
    """GET and POST of the list; GET and DELETE of one."""
    base = "/users/me/keys/<key_id>/accesses"
    one = f"{base}/<access_id>"
    routes.add_url_rule(base, "list_accesses", lambda key_id: _list(context, key_id))
    routes.add_url_rule(base, "create_accesses", lambda key_id: _create(context, key_id), methods=["POST"])
    routes.add_url_rule(one, "get_access", lambda key_id, access_id: _get(context, key_id, access_id))
    routes.add_url_rule(
        one, "delete_access", lambda key_id, access_id: _delete(context, key_id, access_id), methods=["DELETE"]
    )


def _list(context: RouteContext, key_id: str) -> Response:
    accesses = context.state.accesses_of(context.key(key_id).id)
    return page_response(accesses, context.bodies.access, context.state.options)


def _get(context: RouteContext, key_id: str, access_id: str) -> Response:
    access = context.access(key_id, access_id)
    key = context.key(key_id) if context.state.options.access_with_key else None
    return jsonify(context.bodies.access(access, key))


def _delete(context: RouteContext, key_id: str, access_id: str) -> Response:
    with context.state.lock:
        context.state.remove_access(context.access(key_id, access_id).id)
    return context.deleted()


def _create(context: RouteContext, key_id: str) -> Response:
    """All of the wanted accesses, or none."""
    with context.state.lock:
        key = context.key(key_id)
        body = request_bodies.new_accesses()
        permission = context.permission(body.permission_id) if body.permission_id else None
        if permission is not None:
            _check_permission(context, key, permission)
        offerings = [_usable_offering(context, offering_id, permission) for offering_id in body.offering_ids]
        _check_new(context, key, offerings, permission)
        now = utc_now()
        created = [AccessRecord(new_id(), key.id, offering, now, permission) for offering in offerings]
        for access in created:
            context.state.add_access(access)
    return _created_answer(context, created)


def _check_permission(context: RouteContext, key: KeyRecord, permission: PermissionRecord) -> None:
    if permission.only_oauth and key.type != "OAUTH2" and context.state.options.only_oauth_refused == "api":
        raise forbidden("La permission n'est utilisable qu'avec une clé OAUTH2")
    if permission.is_expired(utc_now()):
        raise forbidden("La permission a expiré")


def _usable_offering(context: RouteContext, offering_id: str, permission: PermissionRecord | None) -> OfferingRecord:
    offering = context.state.offering(offering_id.lower())
    if offering is None:
        raise not_found("Offre")
    if permission is None and not offering.is_open:
        raise forbidden("L'offre n'est pas ouverte, une permission est nécessaire")
    if permission is not None and not permission.covers(offering):
        raise forbidden("La permission ne couvre pas l'offre demandée")
    return offering


def _check_new(
    context: RouteContext, key: KeyRecord, offerings: list[OfferingRecord], permission: PermissionRecord | None
) -> None:
    accesses = context.state.accesses_of(key.id)
    if context.state.options.second_access == "accepted":
        accesses = [access for access in accesses if access.permission is permission]
    held = {access.offering.id for access in accesses}
    if any(offering.id in held for offering in offerings):
        raise conflict("La clé a déjà un accès à cette offre")


def _created_answer(context: RouteContext, created: list[AccessRecord]) -> Response:
    status, _, form = context.state.options.accesses_answer.partition("-")
    if not form:
        return Response(status=int(status))
    bodies = [context.bodies.access(access) for access in created]
    response = jsonify(bodies if form == "array" else bodies[0])
    response.status_code = int(status)
    return response

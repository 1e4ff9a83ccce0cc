"""Permissions received: list, detail, giving up."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, jsonify

from tests.simulator.api.errors import forbidden
from tests.simulator.api.paging import flag, one_of, page_response, text_filter
from tests.simulator.api.route_context import Desk
from tests.simulator.memory.records import PermissionRecord

OFFERING_TYPES = (
    "WMS-VECTOR",
    "WFS",
    "WMTS-TMS",
    "WMS-RASTER",
    "DOWNLOAD",
    "ITINERARY-ISOCURVE",
    "ALTIMETRY",
    "SEARCH",
    "VECTOR-TMS",
)


def add_routes(routes: Blueprint, desk: Desk) -> None:
    """GET of the list; GET and DELETE of one."""
    base = "/users/me/permissions"
    routes.add_url_rule(base, "list_permissions", lambda: _list(desk))
    routes.add_url_rule(f"{base}/<permission_id>", "get_permission", lambda permission_id: _get(desk, permission_id))
    routes.add_url_rule(
        f"{base}/<permission_id>",
        "delete_permission",
        lambda permission_id: _delete(desk, permission_id),
        methods=["DELETE"],
    )


def _list(desk: Desk) -> Response:
    is_wanted = _filter(desk)
    found = [permission for permission in desk.state.permissions_of(desk.account) if is_wanted(permission)]
    return page_response(found, desk.bodies.permission_with_offerings, desk.state.options)


def _filter(desk: Desk) -> Callable[[PermissionRecord], bool]:
    """One test from all parameters, which are checked even when there is nothing to test."""
    offering_type, only_oauth = one_of("type", OFFERING_TYPES), flag("only_oauth")
    has_layer, has_licence = text_filter("layer_name"), text_filter("license", "licence")
    is_of_wanted_origin = _origin_filter(desk)
    return lambda permission: (
        is_of_wanted_origin(permission)
        and only_oauth in (None, permission.only_oauth)
        and has_licence(permission.licence)
        and any(has_layer(offering.layer_name) for offering in permission.offerings)
        and any(offering_type in (None, offering.type) for offering in permission.offerings)
    )


def _origin_filter(desk: Desk) -> Callable[[PermissionRecord], bool]:
    personal, community = flag("personal"), flag("community")
    if not desk.state.options.community_filters:
        return lambda _permission: True
    return lambda permission: (community if permission.is_community else personal) is not False


def _get(desk: Desk, permission_id: str) -> Response:
    body = desk.bodies.permission_with_offerings(desk.permission(permission_id), has_urls=True)
    return jsonify([body] if desk.state.options.permission_detail == "array" else body)


def _delete(desk: Desk, permission_id: str) -> Response:
    with desk.state.lock:
        permission = desk.permission(permission_id)
        if permission.is_community:
            raise forbidden("La permission a été donnée à une communauté, elle ne peut pas être supprimée")
        desk.state.remove_permission(permission.id)
    return desk.deleted()

"""Permissions received: list, detail, giving up."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, jsonify

from tests.simulator.api.errors import forbidden
from tests.simulator.api.paging import flag, one_of, page_response, text_filter
from tests.simulator.api.route_context import RouteContext
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


def add_routes(routes: Blueprint, context: RouteContext) -> None:
    """GET of the list; GET and DELETE of one."""
    base = "/users/me/permissions"
    routes.add_url_rule(base, "list_permissions", lambda: _list(context))
    routes.add_url_rule(f"{base}/<permission_id>", "get_permission", lambda permission_id: _get(context, permission_id))
    routes.add_url_rule(
        f"{base}/<permission_id>",
        "delete_permission",
        lambda permission_id: _delete(context, permission_id),
        methods=["DELETE"],
    )


def _list(context: RouteContext) -> Response:
    is_wanted = _filter(context)
    found = [permission for permission in context.state.permissions_of(context.account) if is_wanted(permission)]
    return page_response(found, context.bodies.permission_with_offerings, context.state.options)


def _filter(context: RouteContext) -> Callable[[PermissionRecord], bool]:
    """One test from all parameters, which are checked even when there is nothing to test."""
    offering_type, only_oauth = one_of("type", OFFERING_TYPES), flag("only_oauth")
    has_layer, has_licence = text_filter("layer_name"), text_filter("license", "licence")
    is_of_wanted_origin = _origin_filter(context)
    return lambda permission: (
        is_of_wanted_origin(permission)
        and only_oauth in (None, permission.only_oauth)
        and has_licence(permission.licence)
        and any(has_layer(offering.layer_name) for offering in permission.offerings)
        and any(offering_type in (None, offering.type) for offering in permission.offerings)
    )


def _origin_filter(context: RouteContext) -> Callable[[PermissionRecord], bool]:
    personal, community = flag("personal"), flag("community")
    if not context.state.options.community_filters:
        return lambda _permission: True
    return lambda permission: (community if permission.is_community else personal) is not False


def _get(context: RouteContext, permission_id: str) -> Response:
    body = context.bodies.permission_with_offerings(context.permission(permission_id), has_urls=True)
    return jsonify([body] if context.state.options.permission_detail == "array" else body)


def _delete(context: RouteContext, permission_id: str) -> Response:
    with context.state.lock:
        permission = context.permission(permission_id)
        if permission.is_community:
            raise forbidden("La permission a été donnée à une communauté, elle ne peut pas être supprimée")
        context.state.remove_permission(permission.id)
    return context.deleted()

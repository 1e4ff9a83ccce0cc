"""Keys of the account: list, creation, detail, update, deletion."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from tests.simulator.api import request_bodies
from tests.simulator.api.errors import conflict
from tests.simulator.api.paging import one_of, page_response, text_filter
from tests.simulator.api.request_bodies import KEY_TYPES, KeyBody
from tests.simulator.api.route_context import RouteContext
from tests.simulator.memory.records import KeyRecord, utc_now
from tests.simulator.memory.state import new_hash, new_id

_TAKEN = "Valeur de clé déjà utilisé"


def add_routes(routes: Blueprint, context: RouteContext) -> None:
    """GET and POST of the list; GET, PATCH and DELETE of one."""
    base = "/users/me/keys"
    one = f"{base}/<key_id>"
    routes.add_url_rule(base, "list_keys", lambda: _list(context))
    routes.add_url_rule(base, "create_key", lambda: _create(context), methods=["POST"])
    routes.add_url_rule(one, "get_key", lambda key_id: jsonify(context.bodies.key_details(context.key(key_id))))
    routes.add_url_rule(one, "update_key", lambda key_id: _update(context, key_id), methods=["PATCH"])
    routes.add_url_rule(one, "delete_key", lambda key_id: _delete(context, key_id), methods=["DELETE"])


def _list(context: RouteContext) -> Response:
    key_type = one_of("type", KEY_TYPES)
    has_name, has_agent, has_referer = text_filter("name"), text_filter("user_agent"), text_filter("referer")
    is_white, is_black = _list_filter("whitelist"), _list_filter("blacklist")
    found = [
        key
        for key in context.state.keys_of(context.account.username)
        if key_type in (None, key.type)
        and has_name(key.name)
        and has_agent(key.user_agent)
        and has_referer(key.referer)
        and is_white(key.whitelist)
        and is_black(key.blacklist)
    ]
    return page_response(found, context.bodies.key, context.state.options)


def _list_filter(name: str) -> Any:
    """A test of a list of ranges: without the parameter every list passes, even an empty one."""
    is_wanted = text_filter(name)
    return lambda ranges: is_wanted(None) or any(is_wanted(text) for text in ranges)


def _create(context: RouteContext) -> Response:
    with context.state.lock:
        body = request_bodies.new_key(context.state.options)
        key = _new_record(context.account.username, body)
        _check_room(context, key)
        _check_unique(context, key)
        context.state.add_key(key)
    response = jsonify(context.bodies.key_details(key))
    response.status_code = context.state.options.create_status
    return response


def _new_record(username: str, body: KeyBody) -> KeyRecord:
    now = utc_now()
    key = KeyRecord(
        new_id(),
        username,
        body.changes["name"],
        body.type,
        now,
        now,
        login=body.infos.get("login"),
        password=body.infos.get("password"),
        hash=body.infos.get("hash", new_hash()) if body.type == "HASH" else None,
        headers=dict(body.infos.get("headers", {})),
    )
    _apply(key, body.changes)
    return key


def _apply(key: KeyRecord, changes: dict[str, Any]) -> None:
    """Take the changes over; an empty text clears a pattern."""
    for name, value in changes.items():
        setattr(key, name, value if value != "" else None)


def _check_room(context: RouteContext, key: KeyRecord) -> None:
    if len(context.state.keys_of(context.account.username)) >= context.account.keys_quota:
        raise conflict("Le quota de clés est atteint")
    if key.type == "OAUTH2" and context.state.oauth2_key_of(context.account.username) is not None:
        raise conflict("Une clé OAUTH2 existe déjà pour ce compte")


def _check_unique(context: RouteContext, key: KeyRecord) -> None:
    _check_name(context, key.name)
    if key.login is not None and context.state.key_by_login(key.login) is not None:
        raise conflict(_TAKEN)
    if key.hash is not None and context.state.key_by_hash(key.hash) is not None:
        raise conflict(_TAKEN)


def _check_name(context: RouteContext, name: str, own_id: str | None = None) -> None:
    if any(key.name == name and key.id != own_id for key in context.state.keys_of(context.account.username)):
        raise conflict("Une clé porte déjà ce nom")


def _update(context: RouteContext, key_id: str) -> Response:
    with context.state.lock:
        key = context.key(key_id)
        body = request_bodies.key_changes(context.state.options)
        if "name" in body.changes:
            _check_name(context, body.changes["name"], key.id)
        _apply(key, body.changes)
        key.update = utc_now()
        return _update_answer(context, key)


def _update_answer(context: RouteContext, key: KeyRecord) -> Response:
    form = context.state.options.patch_answer
    if form == "200":
        return jsonify(context.bodies.key_details(key))
    return Response(status=204 if form == "204" else 200)


def _delete(context: RouteContext, key_id: str) -> Response:
    with context.state.lock:
        context.state.remove_key(context.key(key_id).id)
    return context.deleted()

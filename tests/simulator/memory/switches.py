"""The assumptions of the contract that can be turned the other way, and their values."""

from __future__ import annotations

from dataclasses import Field, asdict, dataclass, field, fields
from typing import Any


class SwitchError(ValueError):
    """A switch that does not exist, or a value that it does not take."""


def _choice(default: Any, *others: Any) -> Any:
    """A switch that takes one of a few values."""
    return field(default=default, metadata={"choices": (default, *others)})


def _number(default: int, least: int = 0) -> Any:
    """A switch that takes a whole number."""
    return field(default=default, metadata={"least": least})


def _names() -> Any:
    """A switch that takes a list of names, none by default."""
    return field(default=(), metadata={"names": True})


@dataclass
class Switches:
    """Each default is what the contract holds for the likeliest.

    `create_status`: status of POST keys. `patch_answer`, `delete_status`, `accesses_answer`: forms of those answers.
    `content_range`: the header of lists; `stats_content_range`: of statistics.
    `page_limit_max` and `page_limit_excess`: most rows a page, and what asking for more gives.
    `community_filters`: whether `personal` and `community` are obeyed. `permission_detail`: C5.
    `slash_in_urls`: C24, `/wms-r/?service=…` or `/wms-r?service=…`.
    `null_end_date`: "end_date": null instead of nothing. `keys_use`: C19. `last_login_name`: C7.
    `access_with_key`: GET of one access embeds the key. `only_oauth_refused`: by the API or by the gateway alone.
    `cidr_checked`, `both_lists`: enforcement of the web form's rules on address lists.
    `community_dates`: communities of an account tell `creation` and `update`, at which the official plugin stumbles.
    `second_access`: a key may open an offering through another permission as well, or that gives 409.
    `bare_properties`: leave out what clients must survive without. `unknown_properties`, `unknown_values`: add what a
    later API may bring. `error_body`, `unauthorized_body`: forms of error bodies.
    `token_lifetime_s`, `refresh_lifetime_s` (sliding), `refresh_rotation`: a refresh token serves once only.
    `token_type_hint_demanded`: introspecting a refresh token without the hint answers that it is not active.
    `direct_grants`: a client may sign in with a user name and a password. `pkce_demanded`: of every client.
    `client_refusal`: a wrong client secret as Keycloak refuses it, or as RFC 6749 does, with a challenge.
    `any_redirect_port`: any loopback port may be the reply port. `sso_remembers`: a browser stays signed in.
    `search_layer_name`: how the search service compares layer names; `search_limit_per_s`: requests a second it takes.
    `rate_limit_per_s`: requests a second and address at the gateway, 0 for no limit; `rate_limit_wait_s`: retry-after.
    `tile_map_form`: the TileMap of ROK4 7.0.0 (also before 6.0), of 6.0 to 6.1.4, or of 5.x, there with the `&` of an
    address as it is in the layer's file.
    `wmts_sets`: ROK4 since 5.5.2 links sets of a layer's levels (`PM_6_15`); before, whole ones (`PM`), and it listed
    vector tiles too.
    `unopened_layer_status`: what the gateway says of a layer that exists and that the key does not open.
    `private_styles`: styles of vector tiles and their sprites ask for a key.
    `download_md5`: a file's sum in its entry, in a file beside it, both or nowhere. `download_length`: how an entry
    tells it (`lying`: a thousand bytes too many). `download_counts`: what a list says of its length (in `words`: no
    number). `download_limit_excess`: what asking for more than 50 entries gives. `download_rel`: of the links.
    `download_filters`: whether they are obeyed. `download_ranges`: parts of files can be asked for.
    `download_limit_per_s`: requests a second. `download_more_editions`: so many more in the list of the SCAN;
    `download_large_bytes`: a file that large in an edition of its own.
    `unserved`: layers whose offerings are published and that the servers do not have yet.
    """

    create_status: int = _choice(201, 200)
    patch_answer: str = _choice("200", "204", "200-empty")
    delete_status: int = _choice(204, 202, 200)
    accesses_answer: str = _choice("204", "201-object", "201-array", "200-object", "200-array")
    content_range: bool = _choice(True, False)
    stats_content_range: bool = _choice(True, False)
    page_limit_max: int = _number(100, least=1)
    page_limit_excess: str = _choice("clamp", "400")
    community_filters: bool = _choice(True, False)
    permission_detail: str = _choice("object", "array")
    slash_in_urls: bool = _choice(True, False)
    null_end_date: bool = _choice(False, True)
    keys_use: str = _choice("counted", "zero", "missing")
    last_login_name: str = _choice("last_login", "last_call")
    access_with_key: bool = _choice(False, True)
    only_oauth_refused: str = _choice("api", "gateway")
    cidr_checked: bool = _choice(True, False)
    both_lists: bool = _choice(True, False)
    community_dates: bool = _choice(False, True)
    second_access: str = _choice("accepted", "409")
    bare_properties: bool = _choice(False, True)
    unknown_properties: bool = _choice(False, True)
    unknown_values: bool = _choice(False, True)
    error_body: str = _choice("list", "string", "message", "text")
    unauthorized_body: str = _choice("json", "html", "empty")
    token_lifetime_s: int = _number(43200, least=1)
    refresh_lifetime_s: int = _number(43200, least=1)
    refresh_rotation: bool = _choice(False, True)
    token_type_hint_demanded: bool = _choice(True, False)
    direct_grants: bool = _choice(True, False)
    pkce_demanded: bool = _choice(False, True)
    client_refusal: str = _choice("keycloak", "rfc6749")
    any_redirect_port: bool = _choice(False, True)
    sso_remembers: bool = _choice(True, False)
    search_layer_name: str = _choice("words", "prefix", "exact")
    search_limit_per_s: int = _number(10)
    rate_limit_per_s: int = _number(0)
    rate_limit_wait_s: int = _number(5, least=1)
    tile_map_form: str = _choice("tilesets", "nested", "5.x", "5.x-unescaped")
    wmts_sets: str = _choice("restricted", "plain")
    unopened_layer_status: int = _choice(403, 400)
    private_styles: bool = _choice(False, True)
    download_md5: str = _choice("content", "beside", "both", "missing")
    download_length: str = _choice("gpf_dl", "plain", "missing", "lying")
    download_counts: str = _choice("told", "missing", "words")
    download_limit_excess: str = _choice("clamp", "400")
    download_rel: str = _choice("alternate", "section")
    download_filters: bool = _choice(True, False)
    download_ranges: bool = _choice(True, False)
    download_limit_per_s: int = _number(10)
    download_more_editions: int = _number(0)
    download_large_bytes: int = _number(0)
    unserved: tuple[str, ...] = _names()

    def set(self, name: str, value: Any) -> None:
        """Turn one switch; SwitchError when it does not exist or does not take the value."""
        known = _by_name(self).get(name)
        if known is None:
            raise SwitchError(f"unknown switch {name}")
        setattr(self, name, _checked(known, value))

    def set_all(self, values: dict[str, Any]) -> None:
        """Turn several switches, or none of them when one is wrong."""
        trial = Switches(**asdict(self))
        for name, value in values.items():
            trial.set(name, value)
        for name, value in values.items():
            self.set(name, value)

    def set_text(self, assignment: str) -> None:
        """Turn a switch from `name=value`, as on a command line."""
        name, _, text = assignment.partition("=")
        known = _by_name(self).get(name)
        self.set(name, _parsed(known, text) if known is not None else text)

    def as_dict(self) -> dict[str, Any]:
        """All values, for the control interface."""
        return asdict(self)

    def restore(self, defaults: Switches) -> None:
        """Take all values of another set."""
        self.set_all(defaults.as_dict())


def _by_name(switches: Switches) -> dict[str, Field[Any]]:
    return {known.name: known for known in fields(switches)}


def _checked(known: Field[Any], value: Any) -> Any:
    """The value as it is kept; SwitchError when the switch does not take it."""
    if known.metadata.get("names"):
        return _checked_names(known, value)
    choices = known.metadata.get("choices")
    if choices is not None:
        # 1 == True in Python, but not in the mind of whoever sends it.
        if not any(value == choice and type(value) is type(choice) for choice in choices):
            raise SwitchError(f"{known.name} takes one of {choices}, not {value!r}")
    elif not isinstance(value, int) or isinstance(value, bool) or value < known.metadata["least"]:
        raise SwitchError(f"{known.name} takes a whole number from {known.metadata['least']}, not {value!r}")
    return value


def _checked_names(known: Field[Any], value: Any) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(name, str) for name in value):
        raise SwitchError(f"{known.name} takes a list of names, not {value!r}")
    return tuple(value)


def _parsed(known: Field[Any], text: str) -> Any:
    """The value meant by a text; what makes no sense is left for `_checked` to refuse."""
    default = known.default
    if isinstance(default, bool):
        return {"true": True, "false": False}.get(text.lower(), text)
    if isinstance(default, int) and text.isdecimal():
        return int(text)
    if known.metadata.get("names"):
        return tuple(name for name in text.split(",") if name)
    return text

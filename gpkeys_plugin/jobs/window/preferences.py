"""The plugin's options, on top of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Mapping

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.draft import HashStorage
from ...keys.protected_addresses import url_problem
from ...store import environments, settings
from ...store.configurations import auth_configs
from ...store.preset import preset_file
from ...store.preset.preset_setting import PresetSetting
from ...store.preset.preset_values import FIRST_PORT, LAST_PORT
from ...store.qgis_settings import settings_file
from .sign_in_set_up import move_to_wanted_port


@dataclass(frozen=True)
class EnvironmentChoice:
    """An environment that comes with the plugin."""

    id: str
    label: str
    api_url: str
    sso_url: str
    client_id: str


@dataclass(frozen=True)
class Preferences:
    """What the options page edits. `environment_id` is empty for URLs of one's own.

    `only_reply_port` keeps the sign-in to `reply_port`; without it the ports after it are tried where it is taken.
    """

    environment_id: str = ""
    api_url: str = ""
    sso_url: str = ""
    client_id: str = ""
    reply_port: int = 0
    only_reply_port: bool = False
    hash_storage: HashStorage = HashStorage.URL
    looks_up_titles: bool = True
    tells_of_layers: bool = True
    tells_of_hashes: bool = True
    tells_of_keys: bool = True


# Which fields of the options each setting is behind.
_BEHIND: Mapping[str, PresetSetting[Any]] = {
    "platform": settings.ENVIRONMENT,
    "reply_port": settings.REPLY_PORTS,
    "hash_storage": settings.HASH_STORAGE,
    "looks_up_titles": settings.LOOK_UP_TITLES,
    "tells_of_layers": settings.TELL_OF_LAYERS,
    "tells_of_hashes": settings.TELL_OF_HASHES,
    "tells_of_keys": settings.TELL_OF_KEYS,
}


@dataclass(frozen=True)
class FixedOptions:
    """What an administrator has fixed: `names` of options, `file` where that stands, `problem` why it does not count.

    The names are those of `Preferences`, and `platform` for the environment with its addresses. `reply_ports` are all
    that may be used.
    """

    names: frozenset[str] = frozenset()
    file: str = ""
    reply_ports: tuple[int, ...] = ()
    problem: Text | None = None


class PluginPreferences:
    """The options, read and kept; `on_environment_changed` is called when another platform was chosen."""

    def __init__(self, on_environment_changed: Callable[[], None]) -> None:
        self._on_environment_changed = on_environment_changed

    def environments(self) -> tuple[EnvironmentChoice, ...]:
        """Return the environments that come with the plugin."""
        return tuple(
            EnvironmentChoice(
                environment.name, environment.label, environment.api_url, environment.sso_url, environment.client_id
            )
            for environment in environments.known()
        )

    def has_header_method(self) -> bool:
        """Say whether this QGIS can send a hash as a header."""
        return auth_configs.has_header_method()

    def load(self) -> Preferences:
        """Return what is set now."""
        name = settings.ENVIRONMENT.get()
        return Preferences(
            environment_id="" if name == environments.CUSTOM else name,
            api_url=settings.CUSTOM_API_URL.get(),
            sso_url=settings.CUSTOM_SSO_URL.get(),
            client_id=settings.CUSTOM_CLIENT_ID.get(),
            reply_port=settings.reply_ports()[0],
            only_reply_port=len(settings.reply_ports()) == 1,
            hash_storage=settings.HASH_STORAGE.get(),
            looks_up_titles=settings.LOOK_UP_TITLES.get(),
            tells_of_layers=settings.TELL_OF_LAYERS.get(),
            tells_of_hashes=settings.TELL_OF_HASHES.get(),
            tells_of_keys=settings.TELL_OF_KEYS.get(),
        )

    def fixed(self) -> FixedOptions:
        """Return what the user cannot change."""
        preset = preset_file.current()
        names = frozenset(name for name, setting in _BEHIND.items() if setting.is_fixed())
        return FixedOptions(names, preset.path if names else "", settings.reply_ports(), preset.problem)

    def tells_of_layers(self) -> bool:
        """Say whether one is told, when a project is opened, that some of its layers need a key."""
        return settings.TELL_OF_LAYERS.get()

    def tells_of_hashes(self) -> bool:
        """Say whether one is told that a project that was saved holds a hash."""
        return settings.TELL_OF_HASHES.get()

    def tells_of_keys(self) -> bool:
        """Say whether one is told that who opens a project that was saved needs a key."""
        return settings.TELL_OF_KEYS.get()

    def stop_telling_of_layers(self) -> None:
        """Don't tell of it any more, until the options say otherwise.

        Raises GpkeysError as `save`, and where an administrator has fixed it.
        """
        if settings.TELL_OF_LAYERS.is_fixed():
            raise _fixed()
        settings_file.require_room()
        settings.TELL_OF_LAYERS.set(False)

    def port_problem(self, preferences: Preferences) -> Text | None:
        """Return why the reply port cannot be used, None when it can."""
        if settings.REPLY_PORTS.is_fixed():
            return None
        first, last = FIRST_PORT, LAST_PORT
        ports = _ports(preferences)
        if first <= ports[0] and ports[-1] <= last:
            return None
        most = last - (ports[-1] - ports[0])
        return Text("The reply port must be between {first} and {last}.", {"first": str(first), "last": str(most)})

    def save(self, preferences: Preferences) -> None:
        """Keep it.

        Raises GpkeysError for addresses that are not protected, ports that do not exist, and where the settings cannot
        be written.
        """
        before = environments.current()
        port_problem = self.port_problem(preferences)
        if port_problem is not None:
            raise GpkeysError(ErrorCode.INVALID, port_problem, "unusable reply port in the options")
        if not preferences.environment_id and not settings.ENVIRONMENT.is_fixed():
            _refuse_bad_addresses(preferences)
        settings_file.require_room()
        if not preferences.environment_id:
            settings.CUSTOM_API_URL.keep(preferences.api_url)
            settings.CUSTOM_SSO_URL.keep(preferences.sso_url)
            settings.CUSTOM_CLIENT_ID.keep(preferences.client_id)
        settings.ENVIRONMENT.keep(preferences.environment_id or environments.CUSTOM)
        settings.REPLY_PORTS.keep(_ports(preferences))
        settings.HASH_STORAGE.keep(preferences.hash_storage)
        settings.LOOK_UP_TITLES.keep(preferences.looks_up_titles)
        settings.TELL_OF_LAYERS.keep(preferences.tells_of_layers)
        settings.TELL_OF_HASHES.keep(preferences.tells_of_hashes)
        settings.TELL_OF_KEYS.keep(preferences.tells_of_keys)
        if environments.current() != before:
            self._on_environment_changed()
        own = auth_configs.own_sign_in_id()
        # Locked, it is done before the next sign-in: saving options is no reason to ask for a password.
        if own and auth_configs.is_unlocked():
            move_to_wanted_port(own)


def _ports(preferences: Preferences) -> tuple[int, ...]:
    first = preferences.reply_port
    return (first,) if preferences.only_reply_port else tuple(range(first, first + len(settings.REPLY_PORTS.default)))


def _refuse_bad_addresses(preferences: Preferences) -> None:
    for url in (preferences.api_url, preferences.sso_url):
        problem = url_problem(url)
        if problem is not None:
            raise GpkeysError(ErrorCode.INVALID, problem, "unusable address in the options")


def _fixed() -> GpkeysError:
    return GpkeysError(
        ErrorCode.INVALID,
        Text("Your administrator has fixed this option."),
        "an option that is fixed was to be changed",
        advice=Text("Ask your administrator."),
    )

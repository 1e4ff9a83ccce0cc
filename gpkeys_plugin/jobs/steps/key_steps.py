"""The steps that creating, extending and finishing a key share; each notes how it is taken back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Callable, Iterable, Sequence, TypeVar

from ...entrepot.client import EntrepotClient
from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Key, KeyCreation, KeyDetails, KeyType, Offering
from ...entrepot.request_turns import side_by_side
from ...entrepot.translatable_text import Text
from ...keys.draft import Grant, HashStorage
from ...keys.services import connection_plans
from ...keys.services.connection_plans import ServedLayer
from ...keys.services.kept_connections import HeldConnection
from ...keys.services.layer_recipes import LayerRecipe, WrittenConnection
from ...store import connection_snapshots, connections, qgis_capabilities_cache, settings
from ...store.configurations import auth_configs
from ...store.connection_snapshots import ConnectionSnapshot
from ...store.records import connection_origins, installed_keys, titles
from ...store.records.installed_keys import InstalledKey
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..running.undo_list import UndoList
from ..values import CreatedKey
from .account_sessions import SignedIn
from .connecting.key_connector import Chosen, KeyConnector
from .keep_what_services_told import remember_layers, remember_titles, rename_connections
from .key_configurations import KeyConfigurations
from .layers_drawn_anew import draw_anew
from .opened_services import open_services
from .service_probe import Credential, ServiceProbe, require_password_known

T = TypeVar("T")

ADDITIONS_STAYED = Text("Some of the new services may still be open to the key; all that it had is still there.")
"""What to say of accesses that were added and cannot be removed again."""


class KeySteps:
    """Runs on a worker, for one creation; `undo` fills up as the steps are done."""

    def __init__(self, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self.progress = progress
        self.client = signed_in.client(progress.is_cancelled, progress.tell_wait)
        self.undo = UndoList()
        self.configurations = KeyConfigurations(signed_in, self.client, main_thread, self.undo)

    def lasting_client(self) -> EntrepotClient:
        """Return a client that only the end of QGIS stops, not the user's cancel.

        For taking steps back, and for a change whose outcome must be known: one cut off in between is perhaps made.
        """
        return self._signed_in.client(self._main_thread.is_shut_down, self.progress.tell_wait)

    def served_layers(self, grants: Iterable[Grant]) -> list[ServedLayer]:
        """Return where the granted offerings are served; their permissions are read side by side."""
        wanted = {grant.offering_id for grant in grants}
        permission_ids = {grant.permission_id for grant in grants if grant.permission_id}
        permissions = side_by_side(
            lambda id_: self._signed_in.known.permission(self.client, id_), sorted(permission_ids)
        )
        offerings: dict[str, Offering] = {
            offering.id: offering for permission in permissions for offering in permission.offerings
        }
        found = [offering for id_, offering in offerings.items() if id_ in wanted]
        return [layer for offering in found for layer in connection_plans.served_layers(offering)]

    def create_key(self, creation: KeyCreation, existing_ids: Sequence[str]) -> KeyDetails:
        """Create the key on the platform."""
        self.progress.tell(20, Text("Creating the key…"))
        made: list[str] = []
        # Noted first: a request that failed or was cancelled may have been carried out all the same.
        stays = Text("The new key “{name}” may still be on the Géoplateforme.", {"name": creation.name})
        self.undo.add(stays, lambda: self._delete_key(creation, existing_ids, made), needs_earlier=True)
        details = self.client.create_key(creation, existing_ids=existing_ids)
        made.append(details.key.id)
        return details

    def add_accesses(self, key_id: str, grants: Sequence[Grant], meanwhile: Callable[[], T]) -> T:
        """Open the granted offerings to the key; return what `meanwhile` returns, which may ask their services."""
        self.progress.tell(30, Text("Opening the services…"))
        return open_services(self.client, key_id, grants, meanwhile)

    def credential(self, details: KeyDetails, storage: HashStorage, authcfg: str) -> Credential:
        """Return what opens the key's services; `authcfg` is the one kept or planned for it, if any."""
        if details.key.type is KeyType.OAUTH2:
            return Credential(self._signed_in.authcfg)
        if details.key.type is not KeyType.HASH:
            return Credential(authcfg)
        hash_value = details.hash or self.client.key(details.key.id).hash
        if not hash_value:
            raise _no_hash()
        if storage is HashStorage.URL:
            return Credential(hash=hash_value)
        return Credential(self.configurations.keep_header(authcfg, details.key, hash_value))

    def check_password(self, layers: Sequence[ServedLayer], credential: Credential) -> None:
        """Ask the services with a BASIC key; raises GpkeysError (INVALID) when they refuse its password."""
        self.progress.tell(40, Text("Checking the password with the services…"))
        answers = ServiceProbe(self._signed_in, credential, self.progress).answers(layers).values()
        self.progress.check()
        require_password_known(answers)

    def connector(self, credential: Credential) -> KeyConnector:
        """Return what asks the services with a credential, and writes connections that carry it."""
        probe = ServiceProbe(self._signed_in, credential, self.progress)
        known = titles.book(self._signed_in.api_url, with_catalogue=settings.LOOK_UP_TITLES.get())
        return KeyConnector(probe, credential, self._main_thread, known)

    def _write(
        self, details: KeyDetails, credential: Credential, connector: KeyConnector, chosen: Chosen
    ) -> CreatedKey:
        """Write the key's services into QGIS, and remember what was written for it."""
        if installed_keys.find(self._signed_in.api_url, details.key.id) is None:
            self.configurations.note(details.key, credential.authcfg)
        self.progress.tell(85, Text("Writing the connections into QGIS…"))
        self.undo.add(_STILL_THERE.with_values({"name": details.key.name}), connector.undo)
        connected = connector.write(details.key, chosen)
        self.progress.check()
        self._remember(details.key, credential, connected.connections)
        remember_titles(self._signed_in.api_url, connected.titles)
        remember_layers(connected.layers)
        return CreatedKey(
            key=details.key,
            authcfg=credential.authcfg,
            connections=connected.connections,
            layers=connected.layers,
            other_layers=connected.other_layers,
            warnings=connected.warnings,
            hash=details.hash or credential.hash,
        )

    def leave_unconnected(self, details: KeyDetails, authcfg: str) -> CreatedKey:
        """Write nothing; remember the configuration that was kept for the key, if any."""
        if authcfg:
            before = self.configurations.taken_over(details)
            self._remember(details.key, Credential(authcfg), before.connections if before is not None else ())
        return CreatedKey(key=details.key, authcfg=authcfg)

    def open_and_connect(
        self, details: KeyDetails, grants: Sequence[Grant], layers: Sequence[ServedLayer], credential: Credential
    ) -> CreatedKey:
        """Open the granted offerings to the key, and write it anew; its services are asked as soon as they are open."""
        connector = self.connector(credential)
        chosen = self.add_accesses(details.key.id, grants, lambda: self._chosen(details.key, layers, connector))
        return self._write_anew(details, credential, connector, chosen)

    def reconnect(self, details: KeyDetails, layers: Sequence[ServedLayer], credential: Credential) -> CreatedKey:
        """Write a key anew: what was written for it before and is not wanted any more goes, after the rest is there."""
        connector = self.connector(credential)
        return self._write_anew(details, credential, connector, self._chosen(details.key, layers, connector))

    def _chosen(self, key: Key, layers: Sequence[ServedLayer], connector: KeyConnector) -> Chosen:
        self.progress.tell(60, Text("Asking the services what the key opens…"))
        return connector.choose(key, layers)

    def _write_anew(
        self, details: KeyDetails, credential: Credential, connector: KeyConnector, chosen: Chosen
    ) -> CreatedKey:
        before = self._held_before(details, credential)
        known = _known_connections(details.key, before)
        kept = self._snapshots(known)
        stays = _NOT_AS_BEFORE.with_values({"name": details.key.name})
        self.undo.add(stays, lambda: self._put_back(kept, before))
        created = self._write(details, credential, connector, chosen)
        leftovers = [old.connection for old in kept if old.connection not in created.connections]
        self._main_thread.call_by_parts(connections.remove, leftovers)
        connection_origins.forget_all(old for old in known if old not in created.connections)
        return created

    def bring_up_to_date(
        self,
        details: KeyDetails,
        credential: Credential,
        connector: KeyConnector,
        chosen: Chosen,
        staying: Sequence[HeldConnection],
    ) -> tuple[Text, ...]:
        """Write what was chosen beside the connections of a key that stay, remove the others, return what to tell."""
        before = self._held_before(details, credential)
        known = _known_connections(details.key, before)
        kept = self._snapshots(known)
        name = {"name": details.key.name}
        self.undo.add(_NOT_AS_BEFORE.with_values(name), lambda: self._put_back(kept, before))
        self.undo.add(_STILL_THERE.with_values(name), connector.undo)
        connected = connector.write(details.key, chosen, staying)
        self.progress.check()
        written = tuple(dict.fromkeys((*(one.connection for one in staying), *connected.connections)))
        self._remember(details.key, credential, written)
        remember_titles(self._signed_in.api_url, connected.titles)
        self._main_thread.call_by_parts(partial(_drop_capabilities, hash_value=credential.hash), staying)
        self._drop([old.connection for old in kept], but=written)
        connection_origins.forget_all(old for old in known if old not in written)
        # Last, since it forgets the layers of connections that are forgotten.
        remember_layers(_beside(staying, connected.layers))
        return connected.warnings

    def _held_before(self, details: KeyDetails, credential: Credential) -> InstalledKey | None:
        # Its configuration would be nobody's where this key has its hash in the connections.
        if credential.authcfg:
            return self.configurations.taken_over(details)
        return installed_keys.find(self._signed_in.api_url, details.key.id)

    def rename(self, details: KeyDetails, installed: InstalledKey) -> bool:
        """Give what QGIS holds for a key the key's new name, and ask nobody; False where it must be written anew."""
        kept = self._snapshots(installed.connections)
        wanted = self._main_thread.call(
            lambda: connection_snapshots.under_names(kept, installed.key_name, details.key.name)
        )
        if wanted is None or len(kept) != len(installed.connections):
            return False
        stays = _NOT_AS_BEFORE.with_values({"name": details.key.name})
        self.undo.add(stays, lambda: self._rename_back(kept, wanted, installed))
        connection_origins.record_all(new.origin for new in wanted if new.origin is not None)
        self._main_thread.call_by_parts(connection_snapshots.put_back, wanted)
        written = tuple(new.connection for new in wanted)
        installed_keys.remember(replace(installed, key_name=details.key.name, connections=written))
        rename_connections(dict(zip((old.connection for old in kept), written)))
        self._drop([old.connection for old in kept], but=written)
        return True

    def _rename_back(
        self, kept: Sequence[ConnectionSnapshot], wanted: Sequence[ConnectionSnapshot], before: InstalledKey
    ) -> None:
        self._put_back(kept, before)
        self._drop([new.connection for new in wanted], but=[old.connection for old in kept])

    def _drop(self, found: Sequence[WrittenConnection], *, but: Sequence[WrittenConnection]) -> None:
        leftovers = [connection for connection in found if connection not in but]
        self._main_thread.call_by_parts(connections.remove, leftovers)
        connection_origins.forget_all(leftovers)

    def _snapshots(self, found: Sequence[WrittenConnection]) -> tuple[ConnectionSnapshot, ...]:
        parts = self._main_thread.call_by_parts(connection_snapshots.snapshots, found)
        return tuple(snapshot for part in parts for snapshot in part)

    def _put_back(self, kept: Sequence[ConnectionSnapshot], before: InstalledKey | None) -> None:
        connection_origins.record_all(old.origin for old in kept if old.origin is not None)
        self._main_thread.call_by_parts(connection_snapshots.put_back, kept)
        if before is not None:
            installed_keys.remember(before)

    def _remember(self, key: Key, credential: Credential, written: tuple[WrittenConnection, ...]) -> None:
        before, there = installed_keys.find(self._signed_in.api_url, key.id), auth_configs.ids()
        former, further = (before.authcfg, before.borrowed_authcfgs) if before is not None else ("", ())
        # Where the connections have the hash now, what held it before is the key's until somebody has dropped it.
        own = credential.authcfg or (former if former in there else "")
        # What was only said to be here when QGIS stopped, or was removed by hand, is not here.
        borrowed = tuple(id_ for id_ in further if id_ in there and id_ != own)
        at, whose = self._signed_in.api_url, self._signed_in.account_id
        installed = InstalledKey(key.id, key.name, key.type.value, at, own, written, borrowed, whose)
        installed_keys.remember(installed)
        held, asked = installed.authcfgs, credential.hash
        draw_anew(at, self._main_thread, self.progress, authcfgs=held, hash_value=asked)

    def _delete_key(self, creation: KeyCreation, existing_ids: Sequence[str], made: Sequence[str]) -> None:
        client = self.lasting_client()
        if not made:
            found = client.find_created(creation, existing_ids)
            made = [found.key.id] if found is not None else []
        for key_id in made:
            client.delete_key(key_id)


_STILL_THERE = Text("Connections just written for the key “{name}” are still in QGIS.")
_NOT_AS_BEFORE = Text("Earlier connections of the key “{name}” are not as they were.")


def _known_connections(key: Key, installed: InstalledKey | None) -> tuple[WrittenConnection, ...]:
    return connection_origins.written_for(key.id, installed.connections if installed is not None else ())


def _beside(staying: Iterable[HeldConnection], made: Sequence[LayerRecipe]) -> tuple[LayerRecipe, ...]:
    """Return how the layers of a key are made: those that stay, but where they are made anew, and the new ones."""
    anew = {(recipe.connection, recipe.name) for recipe in made}
    left = (recipe for one in staying for recipe in one.layers)
    return (*(recipe for recipe in left if (recipe.connection, recipe.name) not in anew), *made)


def _drop_capabilities(staying: Iterable[HeldConnection], hash_value: str | None) -> None:
    """Have QGIS ask again what these connections list: it may be less than before."""
    for one in staying:
        qgis_capabilities_cache.drop_capabilities(one.connection.kind, one.url, hash_value)


def _no_hash() -> GpkeysError:
    return GpkeysError(
        ErrorCode.BAD_ANSWER,
        Text("The Géoplateforme did not give the hash of the key."),
        "no hash in the key's detail",
        advice=Text("Try again in a few minutes."),
    )

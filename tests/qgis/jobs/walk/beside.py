"""What is done beside the plugin: on the web site, and by hand in QGIS."""

from __future__ import annotations

from gpkeys_plugin.entrepot.models import KeyType
from tests.qgis.jobs.walk import profile_side
from tests.qgis.jobs.walk.walker import Walker

_NEW_NAME = "Renommée"


def create_on_the_web(walker: Walker, name: str, type_: KeyType, login: str) -> None:
    """Create a key there, where it can be."""
    user, password = walker.seats.user, walker.new_password(login)
    is_there = any(name == key.name or type_ is key.type is KeyType.OAUTH2 for key in walker.own_keys())
    if is_there or any(key.login == login for key in walker.keys.values()):
        return
    if type_ is KeyType.BASIC:
        walker.ledger.passwords[login] = password
    walker.elsewhere(lambda: walker.ledger.wanted.add(walker.platform.create(user, name, type_, login, password)))


def delete_on_the_web(walker: Walker, number: int) -> None:
    """Delete a key there."""
    keys = walker.own_keys()
    if keys:
        key = keys[number % len(keys)]
        walker.elsewhere(lambda: walker.platform.delete(key.user, key.id))


def rename_on_the_web(walker: Walker, number: int) -> None:
    """Give a key another name there."""
    keys = walker.own_keys()
    if keys and all(key.name != _NEW_NAME for key in keys):
        key = keys[number % len(keys)]
        walker.elsewhere(lambda: walker.platform.rename(key.user, key.id, _NEW_NAME))
        # Who renames a half-made key there knows of it; its record, which has the old name only, may not.
        walker.ledger.wanted.add(key.id)


def change_permission(walker: Walker, *, is_ended: bool) -> None:
    """End a permission of the account, or grant it again."""
    user = walker.seats.user
    walker.elsewhere(lambda: walker.platform.change_permission(user, is_ended=is_ended))


def remove_configuration(walker: Walker, number: int) -> None:
    """Remove a configuration in QGIS's options."""
    # Not by their ids: some are drawn by lot.
    found = sorted(walker.seats.profile().configurations.values(), key=lambda found: (found.name, str(found.entries)))
    seat = walker.seats.seat
    if found:
        removed = found[number % len(found)]
        profile_side.remove_configuration(removed.id)
        seat.by_hand.add(removed.id)
        seat.lost.add(walker.ledger.owners.get(profile_side.secret_of(removed), ""))


def remove_connection(walker: Walker, number: int) -> None:
    """Remove a connection in QGIS's Browser."""
    found = sorted(walker.seats.profile().connections, key=str)
    if found:
        profile_side.remove_connection(found[number % len(found)])
        walker.seats.seat.by_hand.add(found[number % len(found)])

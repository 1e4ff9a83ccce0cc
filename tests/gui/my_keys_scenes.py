"""The states of the second half of the window: my keys, my permissions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gpkeys_plugin.entrepot.models import Hits, Key, KeyType
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.values import (
    ChangeRemainder,
    Deleted,
    DeletionOutlook,
    Failed,
    KeyPage,
    Rotation,
    RotationRemainder,
)
from gpkeys_plugin.keys.upkeep.holdings import Holdings

from . import fake_my_keys as known
from . import fakes
from .fakes import NOW
from .scenes import Stage, scroll_to, titles_come

MY_KEYS, MY_PERMISSIONS = 1, 2


def tab(one: Stage, place: int) -> None:
    """Choose a tab."""
    one.find("dockTabs").setCurrentIndex(place)


def keys(one: Stage, held: Holdings | None = None) -> None:
    """Show the list, all of it read."""
    listed(one, held)
    call = one.my_keys_jobs.last("overviews")
    for row in known.rows():
        call.on_part([row])
    call.on_done()


def listed(one: Stage, held: Holdings | None = None) -> None:
    """Show the list, nothing read yet."""
    has = held or known.holdings()
    one.my_keys_jobs.connected = frozenset({known.HASH_KEY.id, known.BASIC_KEY.id})
    one.sign_in.become(SignInState.SIGNED_IN, has.account)
    one.new_key_jobs.last("load").on_done(has)
    tab(one, MY_KEYS)


def key_page(one: Stage, page: KeyPage | None = None) -> None:
    """Show the page of a key."""
    keys(one)
    shown = page or known.page()
    row(one, shown.details.key)
    one.click("openKeyPageButton")
    one.my_keys_jobs.last("page").on_done(shown)


def row(one: Stage, key: Key) -> None:
    """Select a key in the list."""
    view = one.find("keysList")
    model = view.model()
    place = next(place for place in range(model.rowCount()) if model.index(place, 0).data() == key.name)
    view.setCurrentIndex(model.index(place, 0))


def _empty(one: Stage) -> None:
    listed(one, known.holdings(()))


def _list_failed(one: Stage) -> None:
    listed(one)
    one.my_keys_jobs.last("overviews").on_failed(fakes.error())


def _search_nothing(one: Stage) -> None:
    keys(one)
    one.type("keysSearch", "introuvable")


def _filtered(one: Stage) -> None:
    keys(one)
    one.click("keyFiltersFold")
    one.click("attentionBox")
    one.find("keyServiceCombo").setCurrentIndex(2)
    one.find("keyOrderCombo").setCurrentIndex(2)
    one.click("keyOrderEndButton")


def _reading(one: Stage) -> None:
    keys(one)
    row(one, known.HASH_KEY)
    one.click("openKeyPageButton")


def _basic(one: Stage) -> None:
    key_page(one, known.page(known.BASIC_KEY))


def _header(one: Stage) -> None:
    key_page(one, known.page(known.HEADER_KEY, is_held=False, uses=False))


def _elsewhere(one: Stage) -> None:
    key_page(one, known.page(known.BASIC_KEY, is_held=False))


def _usage(one: Stage) -> None:
    key_page(one)
    one.find("usagePeriodCombo").setCurrentIndex(1)
    scroll_to(one, "usageWords")


def _usage_table(one: Stage) -> None:
    _usage(one)
    one.click("usageInTableButton")
    scroll_to(one, "usageYearWords")


def _list_titles(one: Stage) -> None:
    keys(one)
    titles_come(one)


def _key_titles(one: Stage) -> None:
    key_page(one)
    titles_come(one)
    scroll_to(one, "copyKeyUrlButton")


def _key_titles_below(one: Stage) -> None:
    key_page(one)
    titles_come(one)
    scroll_to(one, "openConnectionButton")


def _edit_titles(one: Stage) -> None:
    edit(one)
    titles_come(one)


def _permission_titles(one: Stage) -> None:
    permissions(one)
    titles_come(one)


def edit(one: Stage) -> None:
    """Show the first page of an edit."""
    key_page(one)
    one.click("editKeyButton")


def edit_filters(one: Stage) -> None:
    """Show the second page of an edit, with changes."""
    edit(one)
    one.type("keyNameEdit", "Portail cartographique interne")
    one.click("nextButton")


def _synchronise(one: Stage) -> None:
    key_page(one)
    one.click("removeExpiredButton")


def connect(one: Stage) -> None:
    """Show what connecting a HASH key asks."""
    key_page(one, replace(known.page(), held=known.page(is_held=False).held))
    one.click("connectKeyButton")


def connect_basic(one: Stage) -> None:
    """Show what connecting a BASIC key asks."""
    _elsewhere(one)
    one.click("connectKeyButton")


def rotate(one: Stage) -> None:
    """Show what the rotation of a BASIC key asks."""
    _basic(one)
    one.click("rotateKeyButton")


def _rotate_quota(one: Stage) -> None:
    keys(one, known.holdings(quota=5))
    row(one, known.HASH_KEY)
    one.click("openKeyPageButton")
    one.my_keys_jobs.last("page").on_done(known.page())
    one.click("rotateKeyButton")


def rotated(one: Stage, key: Key = known.HASH_KEY) -> None:
    """Show a rotation that is to be finished."""
    key_page(one, known.page(key))
    one.click("rotateKeyButton")
    one.click("rotateButton")
    held = known.page(key).held
    one.my_keys_jobs.unfinished = (rotation_remainder(key),)
    one.my_keys_jobs.last("rotate").on_done(
        Rotation(
            "r1",
            key.id,
            key.name,
            new_key(key),
            (*held.connections, *held.other_connections),
            held.layer_names,
            held.authcfg if key.type is KeyType.BASIC else "",
            old_usage=Hits(321, 4_000_000, NOW, NOW),
        )
    )


def new_key(key: Key) -> Key:
    """Return the key that takes the place of another."""
    return Key("k-new", f"{key.name} (bis)", key.type)


def rotation_remainder(key: Key) -> RotationRemainder:
    """Return a rotation of a key that waits to be ended."""
    password = Text(
        "The password of the key “{name}” was changed: QGIS uses the new key, the old one is still there.",
        {"name": key.name},
    )
    secret = Text(
        "The secret of the key “{name}” was changed: QGIS uses the new key, the old one is still there.",
        {"name": key.name},
    )
    said = password if key.type is KeyType.BASIC else secret
    return RotationRemainder("r1", key.name, key.id, said, True, new_key(key))


def _rotated_basic(one: Stage) -> None:
    rotated(one, known.BASIC_KEY)


def rotation_left(one: Stage, key: Key = known.HASH_KEY) -> None:
    """Show the list, and above it a rotation of an earlier session; the account has its new key, too."""
    one.my_keys_jobs.unfinished = (rotation_remainder(key),)
    keys(one, known.holdings().with_key(new_key(key)))


def rotation_to_end(one: Stage, key: Key = known.BASIC_KEY) -> None:
    """Show the page that ends a rotation of an earlier session."""
    rotation_left(one, key)
    one.click("showRotationButton")


EDIT_LEFT = ChangeRemainder(
    "e1",
    known.HASH_KEY.name,
    Text("The change of the key “{name}” stopped half-way.", {"name": known.HASH_KEY.name}),
)
DELETION_LEFT = ChangeRemainder(
    "d1",
    known.BASIC_KEY.name,
    Text(
        "The deletion of the key “{name}” stopped half-way. Finishing it deletes the key and what the plugin made "
        "for it in QGIS.",
        {"name": known.BASIC_KEY.name},
    ),
    is_deletion=True,
)


def changes_left(one: Stage) -> None:
    """Show an edit and a deletion that stopped half-way in an earlier session."""
    one.my_keys_jobs.unfinished_changes.left = (EDIT_LEFT, DELETION_LEFT)
    keys(one)


def edit_stopped(one: Stage) -> None:
    """Show an edit that has just stopped half-way."""
    edit_filters(one)
    one.click("saveButton")
    stayed = Text(
        "The rest is done, but these services are still open to the key: {names}.", {"names": "rochebrune.plu_2026"}
    )
    one.my_keys_jobs.last("edit").on_failed(Failed(fakes.error(), (stayed,), EDIT_LEFT))


def delete(one: Stage) -> None:
    """Show what deleting a key would do."""
    _basic(one)
    one.click("deleteKeyButton")
    held = known.page(known.BASIC_KEY).held
    usage = Hits(1234, 5_000_000, NOW, NOW)
    one.my_keys_jobs.last("deletion_outlook").on_done(DeletionOutlook(held, (held.authcfg,), held.connections, usage))


def _deleted(one: Stage) -> None:
    delete(one)
    one.click("deleteButton")
    one.my_keys_jobs.last("delete").on_done(Deleted(known.BASIC_KEY.name))


def permissions(one: Stage) -> None:
    """Show the permissions."""
    keys(one)
    tab(one, MY_PERMISSIONS)


def _permissions_expired(one: Stage) -> None:
    permissions(one)
    one.find("permissionsCombo").setCurrentIndex(1)


SCENES: dict[str, Callable[[Stage], None]] = {
    "keys": keys,
    "keys_reading": listed,
    "keys_empty": _empty,
    "keys_failed": _list_failed,
    "keys_search_nothing": _search_nothing,
    "keys_filtered": _filtered,
    "keys_unfinished": rotation_left,
    "keys_changes_left": changes_left,
    "key_hash": key_page,
    "key_reading": _reading,
    "key_basic": _basic,
    "key_header": _header,
    "key_elsewhere": _elsewhere,
    "key_usage": _usage,
    "key_usage_table": _usage_table,
    "edit_services": edit,
    "edit_filters": edit_filters,
    "edit_stopped": edit_stopped,
    "edit_synchronise": _synchronise,
    "connect_hash": connect,
    "connect_basic": connect_basic,
    "rotate_basic": rotate,
    "rotate_quota": _rotate_quota,
    "rotated": rotated,
    "rotated_basic": _rotated_basic,
    "rotation_to_end": rotation_to_end,
    "delete": delete,
    "deleted": _deleted,
    "permissions": permissions,
    "permissions_expired": _permissions_expired,
    "keys_titles": _list_titles,
    "key_titles": _key_titles,
    "key_titles_below": _key_titles_below,
    "edit_titles": _edit_titles,
    "permissions_titles": _permission_titles,
}

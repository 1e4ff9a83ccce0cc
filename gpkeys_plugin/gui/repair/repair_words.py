"""What the page says of a group of layers: why they need a key, and what mends them."""

from __future__ import annotations

from typing import Iterable, Mapping, Sequence

from ...entrepot.translatable_text import Text
from ...jobs.repair.repair_values import LayerFound, WhereKept
from ...jobs.running.translate import counted, show, tr, written_day
from ...keys.layer_needs.needs import Cause
from ...keys.layer_needs.remedies import (
    CouldBeOpenedBy,
    MayBeOpened,
    NoPermission,
    NoSuccessor,
    NothingToDo,
    OpenedBy,
)
from ...keys.layer_needs.shared_hashes import SharedHash
from ..parts import value_words
from .layer_groups import RepairGroup

_MOST_NAMES = 2


def cause(group: RepairGroup, shared: Mapping[str, SharedHash]) -> str:
    """Return why the layers of a group need a key; `shared` are the shared hashes that have ended."""
    if group.cause is Cause.DEAD_SHARED_HASH:
        return _ended(shared.get(group.plans[0].found.need.source.hash or ""))
    if group.cause is Cause.UNKNOWN_CONFIGURATION:
        return tr("Authentication configuration that this profile does not have: {ids}").format(ids=_ids(group))
    return of_cause(group.cause)


def of_cause(found: Cause) -> str:
    """Return why something needs a key, in a few words."""
    words = {
        Cause.OLD_GEOPORTAIL: tr("Address of the Géoportail, which has been closed"),
        Cause.DEAD_SHARED_HASH: tr("Shared key that has ended"),
        Cause.UNKNOWN_CONFIGURATION: tr("Authentication configuration that this profile does not have"),
        Cause.ENDED_KEY: tr("Key of yours that has ended or was deleted"),
        Cause.FOREIGN_HASH: tr("Key of somebody else"),
        Cause.FOREIGN_CONFIGURATION: tr("Authentication configuration that holds none of your keys"),
        Cause.LOGIN_IN_URL: tr("User name and password in the address"),
        Cause.NO_CREDENTIAL: tr("No key"),
        Cause.NONE: tr("Your key is there, but QGIS could not read the layer"),
    }
    return words[found]


def remedy(group: RepairGroup) -> str:
    """Return what mends the layers of a group."""
    found = group.remedy
    if isinstance(found, OpenedBy):
        return _opened(group, found.key.name)
    if isinstance(found, CouldBeOpenedBy):
        words = tr("Opened by your key “{name}” with {services} more, which it gets first.")
        return words.format(name=found.key.name, services=value_words.services(len(group.grants)))
    return _without_key(group)


def _without_key(group: RepairGroup) -> str:
    found = group.remedy
    if isinstance(found, MayBeOpened):
        return tr("Open to you, but none of your keys has it: create one.")
    if isinstance(found, NothingToDo):
        return tr("It is read again with the key that is there.")
    if isinstance(found, NoPermission):
        why = show(found.reason) if found.reason is not None else ""
        return " ".join(filter(None, (tr("You have no permission for this."), why)))
    if isinstance(found, NoSuccessor):
        return _no_successor()
    return tr("Once you are signed in, the key that opens it shows here.")


def layer_place(found: LayerFound) -> str:
    """Return where a layer is and what it asks."""
    source = found.need.source
    return " · ".join(filter(None, (found.group, value_words.connection_kind(source.kind), *source.layer_names[:1])))


def sharing(where: WhereKept) -> str:
    """Return what a place for the key means for those who get the project."""
    if where is WhereKept.IN_URL:
        return tr("Whoever gets the project can read the hash, and draws with your key. For keys of type HASH.")
    if where is WhereKept.IN_CONFIGURATION:
        return tr("The project holds no secret: whoever gets it draws with a key of their own.")
    return tr(
        "A key that QGIS keeps in a configuration stays out of the project; a hash that it keeps in URLs can be read "
        "by whoever gets the project."
    )


def layers_to_mend(count: int) -> str:
    """Return what the main button does."""
    if count == 0:
        return tr("Mend")
    return counted("Me&nd 1 layer", "Me&nd {count} layers", count)


def mended(count: int, *, is_saved: bool) -> str:
    """Return what was done."""
    if count == 0:
        return tr("No layer was mended.")
    words = draw_again(count)
    return words if is_saved else f"{words} {tr('The project is changed, but not saved.')}"


def draw_again(count: int) -> str:
    """Return how many layers draw that did not."""
    return counted("1 layer draws again.", "{count} layers draw again.", count)


def line(count: int) -> str:
    """Return what is said of a project when it is opened."""
    return counted(
        "1 layer needs your Géoplateforme access key.", "{count} layers need your Géoplateforme access key.", count
    )


def unchanged(left: Iterable[tuple[str, Text]]) -> list[str]:
    """Return a line a reason: what could not be mended, and why."""
    by_reason: dict[str, list[str]] = {}
    for name, why in left:
        by_reason.setdefault(show(why), []).append(name)
    return [tr("Unchanged: {names}. {why}").format(names=_few(names), why=why) for why, names in by_reason.items()]


def needing(count: int) -> str:
    """Return how many layers of a project need a key."""
    return counted("1 layer of this project needs your key.", "{count} layers of this project need your key.", count)


def nothing_to_mend(private_count: int) -> str:
    """Return what stands on the page where no layer is to be mended; `private_count` layers need a key and have it."""
    words = tr(
        "Layers whose key has ended or is missing stay empty. When you open a project that has some, they are listed "
        "here with the key of yours that opens them, and are mended in one go: styles, order and layouts stay."
    )
    if private_count == 0:
        return words
    has = counted(
        "1 layer of this project needs a key, and has one.",
        "{count} layers of this project need a key, and have one.",
        private_count,
    )
    return f"{has}\n\n{words}"


def _opened(group: RepairGroup, name: str) -> str:
    if group.needs_password:
        return tr("Opened by your key “{name}”, of which QGIS does not have the password.").format(name=name)
    if group.cause is Cause.UNKNOWN_CONFIGURATION:
        words = tr("Opened by your key “{name}”, which is put into a configuration of the same id.")
        return words.format(name=name)
    return tr("Opened by your key “{name}”.").format(name=name)


def _ended(shared: SharedHash | None) -> str:
    if shared is None:
        return of_cause(Cause.DEAD_SHARED_HASH)
    words = tr("Shared key of {what}, ended on {date}") if shared.what else tr("Shared key, ended on {date}")
    return words.format(what=shared.what, date=written_day(shared.ended))


def _ids(group: RepairGroup) -> str:
    ids = list(dict.fromkeys(plan.found.need.source.configuration_id for plan in group.plans))
    return _few(ids)


def _few(names: Sequence[str]) -> str:
    shown, more = ", ".join(names[:_MOST_NAMES]), len(names) - _MOST_NAMES
    return counted("{names} and 1 more", "{names} and {count} more", more, names=shown) if more > 0 else shown


def _no_successor() -> str:
    open_data = tr("Most of what the Géoportail had is open today, without a key.")
    return f"{tr('Nothing of this name is open to you.')} {open_data}"


def connections_to_mend(count: int) -> str:
    """Return what the button of the connections does."""
    if count == 0:
        return tr("Mend")
    return counted("Mend 1 connection", "Mend {count} connections", count)


def connections_mended(count: int) -> str:
    """Return what was done to connections."""
    if count == 0:
        return tr("No connection was mended.")
    return counted("1 connection was mended.", "{count} connections were mended.", count)

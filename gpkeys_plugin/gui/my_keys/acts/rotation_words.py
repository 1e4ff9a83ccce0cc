"""How giving a key another secret is called: of a BASIC key, it is the password that changes."""

from __future__ import annotations

from ....entrepot.models import Hits, KeyType
from ....jobs.running.translate import tr
from ....keys.draft import HashStorage
from ...parts import value_words


def button(kind: KeyType) -> str:
    """Return the words of the button that does it."""
    return tr("Chan&ge the password") if _is_password(kind) else tr("Chan&ge the secret")


def in_menu(kind: KeyType) -> str:
    """Return the words in a menu of what can be done with a key."""
    return tr("Change the &password") if _is_password(kind) else tr("Change the &secret")


def title(kind: KeyType, name: str) -> str:
    """Return the title of the page that asks."""
    password, secret = tr("Change the password of the key “{name}”"), tr("Change the secret of the key “{name}”")
    return (password if _is_password(kind) else secret).format(name=name)


def under_way(kind: KeyType, name: str) -> str:
    """Return what is said while the new key is made."""
    password, secret = tr("Changing the password of the key “{name}”"), tr("Changing the secret of the key “{name}”")
    return (password if _is_password(kind) else secret).format(name=name)


def replaced(kind: KeyType, places: str) -> str:
    """Return what takes the place of what, and where."""
    password = tr("Its user name and password replace the old ones in this QGIS: {places}.")
    secret = tr("Its secret replaces the old one in this QGIS: {places}.")
    return (password if _is_password(kind) else secret).format(places=places)


def hash_place(held: HashStorage | None, fixed: HashStorage | None) -> str:
    """Return what an administrator has fixed of a hash that QGIS keeps elsewhere, which a rotation leaves there."""
    if held is None or fixed is None or held is fixed:
        return ""
    in_urls = tr("Until the key is connected to QGIS again, its hash stays in the URL of the connections.")
    encrypted = tr("Until the key is connected to QGIS again, its hash stays encrypted.")
    said = value_words.fixed(value_words.hash_place(fixed))
    return f"{said}. {in_urls if held is HashStorage.URL else encrypted}"


def in_use(kind: KeyType, name: str) -> str:
    """Return what is said once QGIS uses the new key."""
    password = tr("QGIS now uses the new user name and password of “{name}”.")
    secret = tr("QGIS now uses the new secret of “{name}”.")
    return (password if _is_password(kind) else secret).format(name=name)


def still_works(kind: KeyType) -> str:
    """Return what is still so although QGIS uses the new key."""
    password = tr("The old user name and password still work, until the old key is deleted.")
    secret = tr("The old secret still works, until the old key is deleted.")
    return password if _is_password(kind) else secret


def configuration(kind: KeyType, authcfg: str) -> str:
    """Return what has changed in an authentication configuration."""
    password = tr("Authentication configuration {id}: same id, new user name and password.")
    secret = tr("Authentication configuration {id}: same id, new secret.")
    return (password if _is_password(kind) else secret).format(id=authcfg)


def finished(kind: KeyType, name: str) -> str:
    """Return what is said once the old key is deleted."""
    password = tr("The key “{name}” has its new user name and password; the old key is deleted.")
    secret = tr("The key “{name}” has its new secret; the old key is deleted.")
    return (password if _is_password(kind) else secret).format(name=name)


def old_use(kind: KeyType, usage: Hits | None) -> str:
    """Return who else would be cut off by the deletion of the old key, as far as that is known."""
    if usage is None:
        password = tr(
            "It is not known who else uses the old key: other computers, projects and web maps that have its user "
            "name and password will stop working."
        )
        secret = tr(
            "It is not known who else uses the old key: other computers, projects and web maps that have its secret "
            "will stop working."
        )
        return password if _is_password(kind) else secret
    if not usage.hits or usage.end_date is None:
        return tr("The old key was not used in the past 30 days.")
    password = tr(
        "The old key answered {requests} in the past 30 days, the last on {date}. Other computers, projects and web "
        "maps that have its user name and password will stop working once it is deleted."
    )
    secret = tr(
        "The old key answered {requests} in the past 30 days, the last on {date}. Other computers, projects and web "
        "maps that have its secret will stop working once it is deleted."
    )
    return (password if _is_password(kind) else secret).format(
        requests=value_words.requests(usage.hits), date=value_words.local_date(usage.end_date)
    )


def _is_password(kind: KeyType) -> bool:
    return kind is KeyType.BASIC

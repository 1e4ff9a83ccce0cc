"""What is said when a project is shared: what to do, and what others will see."""

from __future__ import annotations

from typing import Sequence

from ...entrepot.models import KeyType
from ...entrepot.translatable_text import Text
from ...jobs.running.translate import show, tr
from ...jobs.share.share_values import CountInClear, SharedCopy, ShareOutlook
from ...jobs.values import KeyPage
from ..parts import value_words


def carried(page: KeyPage, outlook: ShareOutlook) -> str:
    """Return what the open project carries of the key."""
    count = len(outlook.in_clear.layers) + len(outlook.others)
    lines = []
    if count:
        lines.append(
            tr(
                "The open project holds the hash of this key in clear: {layers}. Who has the file can use the key."
            ).format(layers=value_words.layers(count))
        )
    if outlook.layer_names:
        text = tr("The open project uses a configuration of this key, without its secret: {layers}.")
        lines.append(text.format(layers=value_words.layers(len(outlook.layer_names))))
    if not lines:
        lines.append(tr("No layer of the open project uses this key."))
    if page.details.key.type is KeyType.HASH and count and not outlook.has_header_method:
        lines.append(
            tr(
                "This version of QGIS keeps no hash in a configuration: from 3.24 on it can. Until then, a BASIC or "
                "OAuth2 key leaves no secret in a project."
            )
        )
    return "\n\n".join(lines)


def by_hand(outlook: ShareOutlook) -> str:
    """Return what only a person can change, empty where there is nothing."""
    lines = []
    if outlook.others:
        text = tr("These layers carry it too; change their source by hand: {names}.")
        lines.append(text.format(names=", ".join(outlook.others)))
    if outlook.in_clear.variables:
        text = tr("These variables of the project hold it too; change them in the project’s properties: {names}.")
        lines.append(text.format(names=", ".join(outlook.in_clear.variables)))
    return "\n\n".join(lines)


def colleague(outlook: ShareOutlook) -> str:
    """Return what a colleague will see."""
    if not outlook.configurations:
        return tr(
            "Once the layers use a configuration, the project names its id and holds no secret. Your colleague makes a "
            "configuration with the same id, holding their own key, and the project draws for both of you."
        )
    text = tr(
        "The project names the configuration {ids} and holds no secret. Your colleague sees the layers as unavailable "
        "at first, makes a configuration with the same id, holding their own key, and the project draws for both of "
        "you."
    )
    return text.format(ids=", ".join(outlook.configurations))


def text_for_colleague(page: KeyPage, outlook: ShareOutlook) -> str:
    """Return the text to send along with the project; there is no secret in it."""
    services = _asked_for(outlook, {access.offering.layer_name for access in page.accesses})
    lines = (
        tr("To open this project you need a key of your own on the Géoplateforme."),
        tr("1. Ask for these services, or see in “My access keys” that you may open them: {services}").format(
            services=", ".join(services)
        ),
        tr("2. In QGIS, install the plugin “Géoplateforme access keys” and sign in."),
        tr("3. Open the project. In the line “layers need your key”, choose “Show”, then mend the layers."),
        tr(
            "Without the plugin: in QGIS’s options, under Authentication, add a configuration with the id {ids} and "
            "your own key in it, then open the project again."
        ).format(ids=", ".join(outlook.configurations)),
    )
    return "\n".join(lines)


def _asked_for(outlook: ShareOutlook, opened: set[str]) -> list[str]:
    """Return what of a key's services the project needs; all of them where it asks for none by a name known."""
    # Of a WFS a layer has a name of its own within the service's: `service:type`.
    asked = {part for name in outlook.services for part in (name, name.split(":")[0])}
    return sorted(opened & asked or opened)


def computer(page: KeyPage, outlook: ShareOutlook) -> str:
    """Return what a second computer of one's own needs."""
    kind = page.details.key.type
    if kind is KeyType.OAUTH2:
        return tr(
            "Install the plugin there and sign in. The sign-in has another id there: open the project, choose “Show” "
            "in the line “layers need your key”, and mend the layers. The file of the project stays as it is."
        )
    lines = [
        tr(
            "Install the plugin there, sign in, and connect this key to QGIS: its configuration gets the same id, and "
            "the project draws as it is."
        )
    ]
    if kind is KeyType.HASH:
        lines.append(tr("Your account knows the hash: there is nothing to type."))
        if outlook.in_clear.layers:
            lines.append(tr("Layers that carry the hash in their URL draw there at once: the project brings it along."))
    else:
        lines.append(tr("The password is asked for once: the Géoplateforme cannot give it."))
    if outlook.configurations:
        lines.append(
            tr(
                "Or carry the configuration in a file that only a password opens, and import it there in QGIS’s "
                "options, under Authentication, Utilities."
            )
        )
    return "\n\n".join(lines)


def server() -> str:
    """Return what a server needs."""
    lines = (
        tr(
            "QGIS Server and Lizmap have none of your configurations: the hash must stand in the URLs. Give the server "
            "a HASH key of its own, with the same services: only the server’s addresses may use it, and it can be "
            "deleted without touching yours."
        ),
        tr(
            "Who can read the project on the server sees the hash. Visitors of the map do not, unless the browser asks "
            "these layers itself (in Lizmap: “Third party WMS”)."
        ),
    )
    return "\n\n".join(lines)


def device() -> str:
    """Return what a device needs, as far as that is known.

    QField: its guide to authentication, and its pull requests 7217 and 7230 (APIHeader, merged in March 2026, after
    4.1.2). Mergin Maps: issue 3534 of its app and pull request 725 of its documentation.
    """
    lines = (
        tr(
            "With the hash in the URLs nothing else need be taken along: QField and Mergin Maps ask them like any "
            "other address. Give the device a key of its own, and delete it when the device is lost. A device changes "
            "its address, so that the key cannot be kept to some of them."
        ),
        tr(
            "With a configuration instead, by their documentation: QField reads from its folder “auth” what QGIS’s "
            "options export without a password, in clear; a hash in a header only in versions after 4.1.2. Mergin Maps "
            "takes configurations along since 2026. None of this was tried for this plugin: try it before you go out."
        ),
    )
    return "\n\n".join(lines)


def file_to_copy(outlook: ShareOutlook) -> str:
    """Return which file will be copied, or why none."""
    if outlook.file is None:
        reason = show(outlook.file_problem) if outlook.file_problem is not None else ""
        return tr("Only the key will be made. {reason}").format(reason=reason)
    words = tr("A copy of “{name}” will carry the hash of the new key; the open project stays as it is.").format(
        name=outlook.file.name
    )
    if outlook.is_changed:
        words = f"{words} {tr('It has changes that are not saved: they will not be in the copy.')}"
    return f"{words} {tr('Keep the copy in the same folder if the project names files beside it.')}"


def made(shared: SharedCopy, addresses: Sequence[str]) -> str:
    """Return what was made."""
    lines = [tr("The key “{name}” was made.").format(name=shared.key.name)]
    if shared.copy is not None:
        lines.append(tr("The copy is {file}.").format(file=str(shared.copy)))
    else:
        lines.append(tr("Its page has the URLs with its hash, to copy."))
    if addresses:
        text = tr("It answers to {addresses} only: on this computer the copy does not draw.")
        lines.append(text.format(addresses=", ".join(addresses)))
    if shared.left_out:
        text = tr("Not opened to it, since they need an OAuth2 key or their permission has ended: {names}.")
        lines.append(text.format(names=", ".join(shared.left_out)))
    return " ".join(lines)


def taken_out(count: int) -> str:
    """Return what was done to the open project."""
    return tr("{layers} of the project use a configuration now. Save the project to keep it.").format(
        layers=value_words.layers(count)
    )


def kept(left: Sequence[tuple[str, Text]]) -> tuple[Text, ...]:
    """Return what kept its hash, and why."""
    return tuple(
        Text("The layer “{name}” keeps its hash: {reason}.", {"name": name, "reason": why}) for name, why in left
    )


def unchanged(left: Sequence[tuple[str, Text]]) -> tuple[Text, ...]:
    """Return what could not be brought back, and why."""
    return tuple(
        Text("The layer “{name}” stays as it is: {reason}.", {"name": name, "reason": why}) for name, why in left
    )


def saved(found: CountInClear) -> str:
    """Return what is told after a project was saved: a fact, for whoever did not know it."""
    words = tr("The project holds a hash of yours in clear. Who has the file can use the key; a server needs it so.")
    if found.layers:
        return f"{words} ({value_words.layers(found.layers)})"
    return f"{words} ({tr('variables: {names}').format(names=', '.join(found.variables))})"


def brought_back(count: int) -> str:
    """Return what was undone."""
    return tr("{layers} of the project carry the hash again.").format(layers=value_words.layers(count))

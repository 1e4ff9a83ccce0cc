"""Changes between accounts and platforms, and notes what of whom shows. Runs in QGIS's own Python.

`turns` of the settings are done one by one: `who` signs in (the browser is the robot's), `another` account; `account`
or `platform` are chosen in the menu by their words; `key` is made with `service`; `forget` forgets the account in use;
`options` opens QGIS's options from the menu. After each the record has what shows.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.inside_qgis.dock_user import DockUser

_SIGNED_IN, _SIGNED_OUT = "servicesTree", "signInButton"
_OPTIONS = ("platformCombo", "replyPortSpin", "hashStorageCombo", "lookUpTitlesBox", "tellOfLayersBox")


class AccountsWalk:
    """One person who has several accounts."""

    def __init__(self, settings: script_runner.Settings, record: script_runner.Record) -> None:
        self._settings, self._content = settings, record.content
        self._content["seen"] = []
        self._person = DockUser()
        self._pictures = Path(settings["pictures"])
        self._pictures.mkdir(parents=True, exist_ok=True)

    def go(self) -> None:
        """Open the panel, then take the turns."""
        iface.mainWindow().setGeometry(0, 0, 1366, 768)
        self._person.unlock()
        self._person.open_dock()
        clicking.wait_until(lambda: self._is_there(_SIGNED_IN) or self._is_there(_SIGNED_OUT), "the panel")
        for turn in self._settings["turns"]:
            self._take(turn)
            clicking.wait_until(lambda: not self._is_there("waitingBar"), "the end of the sign-in")
            self._note(turn)

    def _take(self, turn: dict[str, Any]) -> None:
        os.environ["GPKEYS_ROBOT_USER"] = turn.get("who", "")
        os.environ["GPKEYS_ROBOT_PASSWORD"] = turn.get("word", "")
        if "account" in turn or "platform" in turn:
            self._choose(turn.get("account") or turn["platform"])
        elif "key" in turn:
            self._make_key(turn)
        elif turn.get("forget"):
            self._choose("forgetAccountAction")
        elif turn.get("options"):
            self._look_at_options()
        elif turn.get("another"):
            self._choose("anotherAccountAction")
            clicking.click(self._person.dock, "useAccountButton")
        elif "who" in turn:
            # Of a platform it is asked for once.
            clicking.type_into(self._person.dock, "clientSecretEdit", turn["client"])
            clicking.click(self._person.dock, _SIGNED_OUT)
        self._wait_for(_SIGNED_OUT if turn.get("is_signed_out") else _SIGNED_IN)

    def _make_key(self, turn: dict[str, Any]) -> None:
        self._person.choose_services(turn["key"], [turn["service"]])
        self._person.secure({"type": "HASH", "storage": "URL"})
        self._person.create()
        clicking.click(self._person.dock, "anotherKeyButton")

    def _choose(self, words: str) -> None:
        (action,) = [action for action in self._menu().actions() if words in (action.objectName(), action.text())]
        action.trigger()

    def _menu(self) -> QMenu:
        menu: QMenu = self._person.dock.findChild(QMenu, "accountMenu")
        menu.aboutToShow.emit()
        return menu

    def _look_at_options(self) -> None:
        """Open them, note what cannot be changed, and close them again: they wait for their end."""
        timer = QTimer()
        timer.setInterval(50)
        timer.timeout.connect(lambda: self._read_options(timer))
        timer.start()
        self._choose("accountOptionsAction")
        clicking.wait_until(lambda: "options" in self._content, "the plugin's page in the options")

    def _read_options(self, timer: QTimer) -> None:
        dialog = QApplication.activeModalWidget()
        page = dialog.findChild(QWidget, "GpkeysOptionsPage") if isinstance(dialog, QDialog) else None
        if page is None or not page.isVisible():
            return
        timer.stop()
        lines = [label for label in page.findChildren(QLabel) if label.objectName().endswith("FixedLine")]
        self._content["options"] = {
            "changeable": [name for name in _OPTIONS if page.findChild(QWidget, name).isEnabled()],
            "said": {line.objectName(): line.text() for line in lines if line.text()},
            "from": page.findChild(QWidget, "fixedOptionsNotice").text(),
        }
        clicking.picture(dialog, self._pictures / "options.png")
        dialog.reject()

    def _wait_for(self, name: str) -> None:
        clicking.wait_until(lambda: self._is_there(name), name)
        if name == _SIGNED_IN:
            self._person.wait_for_services()

    def _is_there(self, name: str) -> bool:
        return clicking.visible(self._person.dock, name)

    def _note(self, turn: dict[str, Any]) -> None:
        # Imported here: the plugin that QGIS has loaded.
        from gpkeys_plugin.gui.browser import key_search
        from gpkeys_plugin.jobs.browser import connected_keys
        from gpkeys_plugin.jobs.scripts.session_choices import keys as known_keys
        from gpkeys_plugin.store import connections
        from gpkeys_plugin.store.records import installed_keys

        held = sorted(key.name for key in connected_keys.connected_keys())
        clicking.wait_until(lambda: _keys_in_browser_panel() == held, f"{held} in the Browser panel")
        dock = self._person.dock
        hits = key_search.search("partag", has_prefix=True, is_cancelled=lambda: False)
        self._content["seen"].append(
            {
                "name": clicking.widget(dock, "accountName").text(),
                "words": " | ".join(label.text() for label in dock.findChildren(QLabel) if label.isVisible()),
                "keys": sorted(name for name, _ in known_keys()),
                "browser": held,
                "found": sorted(hit.title for hit in hits),
                "logins": self._logins(),
                "accounts": [action.text() for action in self._menu().actions() if "@" in action.text()],
                "connections": [
                    held.name
                    for key in installed_keys.installed()
                    for held in key.connections
                    if connections.exists(held.kind, held.name)
                ],
            }
        )
        clicking.picture(iface.mainWindow(), self._pictures / f"{len(self._content['seen'])}.png")

    def _logins(self) -> int:
        log = Path(os.environ["GPKEYS_ROBOT_LOG"])
        return len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0


def _keys_in_browser_panel() -> list[str] | None:
    """Return the keys that QGIS's Browser panel lists, None while it has not looked."""
    # Imported here: the plugin that QGIS has loaded.
    from gpkeys_plugin.store.records import installed_keys

    model = iface.browserModel()
    root = model.findPath("geoplateforme:")
    if model.canFetchMore(root):
        model.fetchMore(root)
    rows = [str(model.index(row, 0, root).data()) for row in range(model.rowCount(root))]
    names = {key.key_name for key in installed_keys.installed()}
    return sorted(row for row in rows if row in names) if rows else None


if __name__ == "__main__":
    script_runner.run(lambda settings, record: AccountsWalk(settings, record).go())

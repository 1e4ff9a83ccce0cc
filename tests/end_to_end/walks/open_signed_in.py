"""Opens the dock and signs in, then leaves QGIS to the person. Runs in QGIS's own Python."""

from __future__ import annotations

from qgis.PyQt.QtCore import QTimer

from tests.end_to_end.inside_qgis.dock_user import DockUser


def open_signed_in() -> None:
    """Do what would be the person's first clicks; the browser is the robot's."""
    person = DockUser()
    person.unlock()
    person.open_dock()
    person.sign_in()


if __name__ == "__main__":
    QTimer.singleShot(0, open_signed_in)

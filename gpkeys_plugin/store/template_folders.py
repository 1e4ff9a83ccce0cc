"""The folders of the profile that hold templates: of layouts and of projects."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication, QgsSettings

_FOLDERS = ("composer_templates", "project_templates")
# Where the user said in QGIS's options that project templates are.
_CHOSEN = "qgis/projectTemplateDir"


def template_folders() -> tuple[Path, ...]:
    """Return those that are there, each once."""
    profile = Path(QgsApplication.qgisSettingsDirPath())
    chosen = str(QgsSettings().value(_CHOSEN, "") or "")
    wanted = [*(profile / name for name in _FOLDERS), *([Path(chosen)] if chosen else [])]
    return tuple(dict.fromkeys(folder.resolve() for folder in wanted if folder.is_dir()))

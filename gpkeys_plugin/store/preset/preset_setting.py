"""A setting that an administrator may fix, or give another default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from ..qgis_settings.setting import Setting
from . import preset_file

T = TypeVar("T")


@dataclass(frozen=True)
class PresetSetting(Setting[T]):
    """What is fixed comes first, then what the user has set, then the preset's default, then the plugin's."""

    def get(self) -> T:
        """Return what counts."""
        preset = preset_file.current()
        if self.key in preset.fixed:
            value: T = preset.fixed[self.key]
            return value
        return self.stored_or(preset.defaults.get(self.key, self.default))

    def is_fixed(self) -> bool:
        """Say whether an administrator has fixed it."""
        return self.key in preset_file.current().fixed

    def keep(self, value: T) -> None:
        """Store a value where it is another one, so that a default goes on being followed; never over a fixed one."""
        if not self.is_fixed() and self.get() != value:
            self.set(value)

"""What the window imports, in bits that each leave the main thread again within 50 ms."""

from __future__ import annotations

from importlib import import_module
from typing import Iterator

# From the ground up, so that none brings much that is not before it.
_BITS = (
    "urllib3",
    "requests",
    "..entrepot.client",
    "..store.environments",
    "..keys.layer_needs.remedies",
    "..keys.rules.draft_rules",
    "..store.configurations.auth_configs",
    "..store.layers",
    "..jobs.values",
    "..jobs.create_key",
    "..jobs.edit_key",
    "..jobs.check_key",
    "..jobs.repair.repair_layers",
    "..jobs.file_repair.repair_files",
    "..jobs.share.dedicated_key_and_copy",
    "..jobs.window.new_key_jobs",
    "..jobs.window.my_keys_jobs",
    "..jobs.window.repair_tab_jobs",
    "..jobs.window.share_jobs",
    "..network.sign_in",
    "..gui.notices.message_area",
    "..gui.key_form.services_page",
    "..gui.new_key.wizard",
    "..gui.result.result_page",
    "..gui.my_keys.key_list",
    "..gui.my_keys.my_keys_view",
    "..gui.repair.repair_page",
    "..gui.dock",
    ".window_parts",
)


def bits() -> Iterator[str]:
    """Import one bit at each step, and yield its name. Raises ImportError."""
    for name in _BITS:
        import_module(name, __package__)
        yield name

"""What the window imports, in bits that each leave the main thread again within 50 ms."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Iterator

# From the ground up, so that none brings much that is not before it.
_BITS = (
    "http.client",
    "http.cookiejar",
    "urllib3",
    "json",
    "zipfile",
    "encodings.idna",
    "idna",
    "charset_normalizer",
    "chardet",
    "requests",
    "..entrepot.errors",
    "..entrepot.client",
    "..store.environments",
    "..keys.layer_needs.sources",
    "..keys.layer_needs.remedies",
    "..keys.rules.draft_rules",
    "..store.configurations.auth_configs",
    "..store.connections",
    "..store.layers",
    "..jobs.values",
    "..jobs.steps.account_sessions",
    "..store.records.room_to_write",
    "..jobs.steps.key_services",
    "..jobs.steps.key_configurations",
    "..jobs.steps.service_probe",
    "..jobs.steps.connecting.key_connector",
    "..store.project_files.scan",
    "..jobs.create_key",
    "..jobs.edit_key",
    "..jobs.check_key",
    "..jobs.repair.repair_layers",
    "..store.project_files.rewrite",
    "..jobs.file_repair.repair_files",
    "..jobs.share.dedicated_key_and_copy",
    "..jobs.window.new_key_jobs",
    "osgeo.gdal",
    "..jobs.downloads.make_ready",
    "..jobs.window.download_jobs",
    "..jobs.rotate_key",
    "..jobs.window.my_keys_jobs",
    "..jobs.window.repair_tab_jobs",
    "..jobs.window.share_jobs",
    "..jobs.window.account_choice",
    "..network.open_session",
    "..network.sign_in",
    "..gui.notices.message_area",
    "..gui.key_form.services_page",
    "..gui.new_key.security_page",
    "..gui.new_key.wizard",
    "..gui.result.result_page",
    "..gui.downloads.downloads_view",
    "..gui.my_keys.key_list",
    "..gui.my_keys.key_page",
    "..gui.my_keys.acts.act_pages",
    "..gui.my_keys.my_keys_view",
    "..gui.repair.repair_page",
    "..gui.permissions.permissions_page",
    "..gui.sign_in.sign_in_panel",
    "..gui.sign_in.account_change",
    "..gui.dock",
    ".window_parts",
)
# What `requests` takes of these, it takes where they are; by itself it would do so all at once.
_MAY_LACK = frozenset({"idna", "charset_normalizer", "chardet"})


def bits() -> Iterator[str]:
    """Import one bit at each step, and yield its name. Raises ImportError."""
    for name in _BITS:
        if name not in _MAY_LACK or find_spec(name) is not None:
            import_module(name, __package__)
        yield name

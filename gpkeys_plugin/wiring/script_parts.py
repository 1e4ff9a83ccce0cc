"""What algorithms run on."""

from __future__ import annotations

from typing import Callable

from ..jobs.scripts.runner import Scripts
from ..jobs.scripts.script_context import ScriptSide
from ..network.http import user_agent
from ..network.http.network_threads import wait_until
from ..network.open_session import open_session
from ..network.sign_out import drop_session
from ..store.configurations import master_password
from .shared_parts import SharedParts


def scripts(shared: SharedParts, on_changed: Callable[[], None], *, has_window: bool) -> Scripts:
    """Return the use cases for scripts; `on_changed` is called on the main thread once keys were changed."""
    side = ScriptSide(
        user_agent=user_agent.current,
        unlock=master_password.unlock if has_window else master_password.is_unlocked,
        drop_tokens=drop_session,
        on_changed=on_changed,
        wait=wait_until,
    )
    return Scripts(open_session, shared.main_thread, shared.creations, shared.rotations, side)

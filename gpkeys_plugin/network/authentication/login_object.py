"""QGIS's login object of an OAuth2 configuration, and the thread it lives in.

QGIS below 3.40.6 makes it in whichever thread asks first and uses it from all. A login begun from another thread
never hears its answer, and crashes QGIS when the object's own thread is alive. So: a login of ours is made in the
authentication thread from beginning to end, and the object is given up afterwards; the tokens are in the file.
"""

from __future__ import annotations

import itertools
import threading
from contextlib import contextmanager
from typing import Callable, Iterator

from qgis.core import Qgis, QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..http.network_threads import AUTHENTICATION, THREADS, authentication_thread
from . import token_file

_BOUND_TO_THREAD_BEFORE = 34006
_GUI_PATIENCE_S = 2.0


# The login objects that live in the authentication thread, by the number of the question that made them.
_OWNED: dict[str, int] = {}
_NUMBERS = itertools.count()


def is_bound_to_thread() -> bool:
    """Whether this QGIS makes the login object in whichever thread asks first; newer ones have a thread for them."""
    return bool(Qgis.QGIS_VERSION_INT < _BOUND_TO_THREAD_BEFORE)


@contextmanager
def login_object_of_this_thread(authcfg: str) -> Iterator[None]:
    """Have the login object made in this thread, and given up soon afterwards with its tokens kept."""
    if not is_bound_to_thread():
        yield
        return
    if authcfg not in _OWNED:
        _give_up(authcfg)
    number = _OWNED[authcfg] = next(_NUMBERS)
    yield
    authentication_thread().post(lambda: _give_up_if_last(authcfg, number))


def forget_login(authcfg: str) -> None:
    """Have QGIS drop its login object for `authcfg`, and do not wait."""
    authentication_thread().post(lambda: _drop(authcfg, _clear_on_gui_thread))


def disown(authcfg: str) -> None:
    """Note that QGIS has dropped the login object by itself: it does when a login fails."""
    _OWNED.pop(authcfg, None)


def give_up_all() -> None:
    """Give up what lives in this thread before it ends; the GUI thread waits for that end."""
    for authcfg in tuple(_OWNED):
        _give_up(authcfg, _clear)


def _give_up_if_last(authcfg: str, number: int) -> None:
    if _OWNED.get(authcfg) == number:
        _give_up(authcfg)


def _give_up(authcfg: str, clear: Callable[[str], None] | None = None) -> None:
    # With the object, QGIS deletes tokens that are not to outlive it.
    with token_file.held(authcfg):
        _drop(authcfg, clear or _clear_on_gui_thread)


def _drop(authcfg: str, clear: Callable[[str], None]) -> None:
    """Have QGIS drop its login object.

    QGIS deletes the object while another thread may still wait in it. An object of this thread is safe: nothing is
    deleted before this function says so, and that is when QGIS's lock is free.
    """
    disown(authcfg)
    wait_for_lock(authcfg)
    clear(authcfg)
    wait_for_lock(authcfg)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _clear(authcfg: str) -> None:
    QgsApplication.authManager().clearCachedConfig(authcfg)


def _clear_on_gui_thread(authcfg: str) -> None:
    """Have the GUI thread do it: QGIS's list of login objects has no lock, and that is where it is changed.

    What the object has to tell the GUI thread about how the login ended is read there before.
    """
    done = threading.Event()

    def clear() -> None:
        _clear(authcfg)
        done.set()

    THREADS.post_to_gui(clear)
    done.wait(_GUI_PATIENCE_S)


def wait_for_lock(authcfg: str) -> None:
    """Return when nobody is inside QGIS's OAuth2 method; looking at a reply is what takes its lock and does nothing."""
    reply = QgsNetworkAccessManager.instance().get(QNetworkRequest(QUrl("data:,")))
    QgsApplication.authManager().updateNetworkReply(reply, authcfg)
    reply.deleteLater()


THREADS.on_end(AUTHENTICATION, give_up_all)

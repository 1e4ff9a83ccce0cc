"""A service that is said to be on somebody else's server: not asked, not written, not given anything, and said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import requests

from gpkeys_plugin.entrepot.models import EndpointUrl, Key, KeyDetails, KeyType, Offering, OfferingType
from gpkeys_plugin.jobs.check_key import check_key
from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.jobs.running.task import Progress, TaskRunner
from gpkeys_plugin.jobs.steps.account_sessions import SignedIn
from gpkeys_plugin.jobs.steps.connecting.key_connector import KeyConnector
from gpkeys_plugin.jobs.steps.service_probe import Credential, ServiceProbe
from gpkeys_plugin.jobs.steps.vector_styles.style_requests import StyleFiles
from gpkeys_plugin.jobs.values import KeyPage, Verdict
from gpkeys_plugin.jobs.window.key_reading_jobs import KeyReadingJobs
from gpkeys_plugin.keys.services import connection_plans
from gpkeys_plugin.keys.services.connection_plans import ServedLayer
from gpkeys_plugin.keys.services.titles import NO_TITLES
from gpkeys_plugin.store.services.style_document import UnreadableStyle
from tests.qgis.store.conftest import own_settings

__all__ = ["own_settings"]

API = "https://data.geopf.fr/api"
AUTHCFG = "abcdef1"
HASH = "marked-hash"
STRANGE = (
    "https://evil.example/private/wms-r?layers=a",
    "http://data.geopf.fr/private/wms-r?layers=a",
    "https://someone:else@data.geopf.fr/private/wms-r?layers=a",  # pragma: allowlist secret - made up
    "https://data.geopf.fr@evil.example/private/wms-r?layers=a",
    "https://data.geopf.fr:8443/private/wms-r?layers=a",
    "file:///private/wms-r",
    "javascript:alert(1)",
)
SERVICES = {"WMS": OfferingType.WMS_RASTER, "WFS": OfferingType.WFS, "TMS": OfferingType.WMTS_TMS}


@dataclass
class Sessions:
    """Opens sessions that go nowhere, and notes with which credentials each was opened and what it was asked."""

    opened: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __call__(
        self,
        authcfg: str = "",
        *,
        guarded_url: str = "",
        guarded_headers: Mapping[str, str] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> requests.Session:
        self.opened.append((authcfg, guarded_url, guarded_headers or {}))
        return _Deaf(self.asked)


class _Deaf(requests.Session):
    def __init__(self, asked: list[str]) -> None:
        super().__init__()
        self._asked = asked

    def get(self, url: str | bytes, **_: Any) -> requests.Response:
        self._asked.append(str(url))
        raise requests.ConnectionError


class _Listening(Progress):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[Any] = []

    def hand_over(self, part: Any) -> None:
        self.said.append(part)


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


@pytest.fixture
def signed_in(sessions: Sessions) -> SignedIn:
    return SignedIn(sessions, API, AUTHCFG)


def served_at(url: str, service: str = "WMS") -> ServedLayer:
    """Return the one layer of an offering that names this URL."""
    (layer,) = connection_plans.served_layers(Offering("a", SERVICES[service], "a", urls=(EndpointUrl(service, url),)))
    return layer


def page_of(*layers: ServedLayer, kind: KeyType = KeyType.HASH) -> KeyPage:
    details = KeyDetails(Key("k", "Clé", kind), hash=HASH if kind is KeyType.HASH else None)
    return KeyPage(details, elsewhere=layers)


@pytest.mark.parametrize("url", STRANGE)
@pytest.mark.parametrize("credential", [Credential(AUTHCFG), Credential(hash=HASH)], ids=["configuration", "hash"])
def test_a_strange_server_is_not_asked(
    url: str, credential: Credential, signed_in: SignedIn, sessions: Sessions
) -> None:
    probe = ServiceProbe(signed_in, credential, Progress())
    layers = [served_at(url, service) for service in SERVICES]
    assert all(answer.body is None for answer in probe.tile_descriptions(layers).values())
    assert probe.answers(layers) == {}
    plans = connection_plans.connection_plans("Clé", layers, {})
    assert all(answer.body is None for answer in probe.capabilities(plans).values())
    (once,) = probe.ask_once([url])
    assert (once.body, once.is_passing) == (None, False)
    assert (sessions.opened, sessions.asked) == ([], [])


@pytest.mark.parametrize("url", STRANGE)
@pytest.mark.parametrize("kind", [KeyType.OAUTH2, KeyType.HASH])
def test_a_strange_server_is_not_tested_and_that_is_said(
    url: str, kind: KeyType, signed_in: SignedIn, sessions: Sessions
) -> None:
    listening = _Listening()
    check_key(page_of(served_at(url), kind=kind), signed_in, "QGIS", listening)
    assert [verdict.verdict for verdict in listening.said] == [Verdict.ELSEWHERE]
    assert (sessions.opened, sessions.asked) == ([], [])


@pytest.mark.parametrize("url", STRANGE)
def test_no_session_to_a_strange_server_has_a_credential(url: str, signed_in: SignedIn, sessions: Sessions) -> None:
    signed_in.service_session(AUTHCFG, url, hash_value=HASH)
    assert sessions.opened == [("", "", {})]


def test_a_session_to_the_platform_has_the_credential_as_a_header(signed_in: SignedIn, sessions: Sessions) -> None:
    root = "https://data.geopf.fr/private/wfs"
    ServiceProbe(signed_in, Credential(hash=HASH), Progress()).ask_once([f"{root}?SERVICE=WFS"])
    assert sessions.opened[0] == ("", root, {"apikey": HASH})
    assert sessions.asked[0] == f"{root}?SERVICE=WFS"


def test_styles_of_strange_tiles_are_fetched_without_the_key(signed_in: SignedIn, sessions: Sessions) -> None:
    tiles = "https://evil.example/private/tms/1.0.0/a/{z}/{x}/{y}.pbf"
    files = StyleFiles(signed_in, Credential(AUTHCFG, HASH), tiles, Progress())
    with pytest.raises(UnreadableStyle):
        files.get("https://evil.example/private/style.json")
    assert sessions.opened == [("", "", {})]
    assert HASH not in str(sessions.asked)


@pytest.mark.usefixtures("own_settings")
@pytest.mark.parametrize("url", STRANGE)
def test_nothing_is_written_for_a_strange_server_and_that_is_said(
    url: str, signed_in: SignedIn, sessions: Sessions
) -> None:
    credential, key = Credential(hash=HASH), Key("k", "Clé", KeyType.HASH)
    layers = [served_at(url, service) for service in SERVICES]
    probe = ServiceProbe(signed_in, credential, Progress())
    connector = KeyConnector(probe, credential, MainThread(), NO_TITLES)
    connected = connector.write(key, connector.choose(key, layers))
    assert (connected.connections, connected.layers, connected.other_layers) == ((), (), ())
    assert len(connected.warnings) == len(layers)
    assert all("is not on the platform" in str(warning) for warning in connected.warnings)
    assert (sessions.opened, sessions.asked) == ([], [])
    assert not any(word in str(connected.warnings) for word in ("someone", HASH))


@pytest.mark.parametrize("is_elsewhere", [True, False])
@pytest.mark.parametrize("kind", [KeyType.BASIC, KeyType.HASH])
def test_what_is_copied_for_a_strange_server_has_no_secret_in_it(
    kind: KeyType, signed_in: SignedIn, *, is_elsewhere: bool
) -> None:
    jobs = KeyReadingJobs(lambda: signed_in, TaskRunner(), MainThread())
    layer = served_at(STRANGE[0] if is_elsewhere else f"{API}/private/wms-r?layers=a")
    page = page_of(layer, kind=kind)
    page = page if is_elsewhere else replace(page, served=(layer,), elsewhere=())
    for copied in (jobs.ready_url(page, layer, with_hash=True), jobs.curl_line(page, layer, with_hash=True)):
        assert (HASH in copied) is (kind is KeyType.HASH and not is_elsewhere)

"""Marked secrets go through every use case; afterwards they are searched for, and found only where they belong."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from qgis.core import QgsApplication, QgsSettings

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.values import ConnectRequest, Failed, KeyPage
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.store import auth_config_snapshots
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.test_check_key import rows, verdicts
from tests.qgis.jobs.test_create_key import create, draft_of, failure
from tests.qgis.jobs.test_delete_key import delete
from tests.qgis.jobs.test_rotate_key import finish, rotate

_LIVES = (KeyType.HASH, KeyType.BASIC, KeyType.OAUTH2)
_CONNECTED_AGAIN = ConnectRequest()


@dataclass
class Said:
    """What was said on the way: the message log, values as they are printed, errors."""

    log: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)

    def all(self) -> str:
        """Return all of it."""
        return "\n".join((*self.log, *self.printed))


@pytest.fixture
def said() -> Iterator[Said]:
    heard = Said()
    log = QgsApplication.messageLog()

    def on_message(text: str, tag: str, *_: object) -> None:
        heard.log.append(f"{tag}: {text}")

    log.messageReceived.connect(on_message)
    yield heard
    log.messageReceived.disconnect(on_message)


def live(bench: Bench, said: Said, type_: KeyType) -> tuple[KeyPage, set[str]]:
    """Take a key through its life up to its deletion; return its page, and the secrets it had on the way."""
    page = page_of(bench, create(bench, draft_of(bench, type_)).key)
    seen = [page, *verdicts(bench, page).values(), *rows(bench).values()]
    secrets = {page.details.hash or ""}
    connector = bench.run(
        lambda progress: ExistingKeyConnector(bench.signed_in, bench.main_thread, progress).connect(
            page, _CONNECTED_AGAIN
        )
    )
    seen.append(connector)
    if type_ is not KeyType.OAUTH2:
        rotation = rotate(bench, page)
        key = finish(bench, rotation.id)
        page = page_of(bench, key)
        seen += [rotation, key, page, *verdicts(bench, page).values()]
        secrets.add(page.details.hash or "")
    said.printed += [text for one in seen for text in (repr(one), str(one))]
    return page, secrets - {""}


def provoked(bench: Bench) -> str:
    """Return the error, as Python prints it, of a creation that the platform refuses half-way."""
    bench.simulator.fail("POST", "/accesses", status=500, times=9)
    error: Failed = failure(bench, draft_of(bench, KeyType.HASH, "Refusée"))
    bench.simulator.reset_faults()
    return "".join(traceback.format_exception(type(error), error, error.__traceback__)) + repr(error)


def found_in(secrets: set[str], *folders: Path) -> set[str]:
    """Return the names of the files that hold one of the secrets in clear, also as a URL writes it."""
    QgsSettings().sync()
    marks = {form.encode() for secret in secrets for form in (secret, quote(secret, safe=""))}
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    return {path.name for path in files if any(mark in path.read_bytes() for mark in marks)}


def places(tmp_path: Path) -> tuple[Path, ...]:
    """Return where anything can be left: settings and records, profile, caches, the folder for temporary files."""
    return (
        tmp_path,
        Path(QgsApplication.qgisSettingsDirPath()),
        *(Path(os.environ[name]) for name in ("XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR")),
    )


def test_secrets_are_only_where_they_belong(bench: Bench, said: Said, tmp_path: Path) -> None:
    account = bench.simulator.account("camille")
    draft = draft_of(bench, KeyType.BASIC)
    lasting = {account.password, bench.simulator.client_secret, draft.password}
    hashes: set[str] = set()
    for type_ in _LIVES:
        bench.simulator.clear_requests()
        page, its_hashes = live(bench, said, type_)
        hashes |= its_hashes
        # As long as the key lives, its hash stands in the URLs of the connections, as the user wished.
        assert found_in(its_hashes, *places(tmp_path)) == (
            {Path(QgsSettings().fileName()).name} if its_hashes else set()
        )
        # QGIS's network log shows URLs: ours hold no hash.
        assert [asked for asked in bench.simulator.requests() if asked.authentication == "apikey-query"] == []
        if type_ is KeyType.BASIC:
            lasting |= {auth_config_snapshots.take(page.held.authcfg).entries["password"]}
        delete(bench, page)
    said.printed.append(provoked(bench))

    kept = token_file.read(bench.signed_in.authcfg)
    assert kept is not None
    tokens = {token for token in (kept.access, kept.refresh) if token}
    secrets = {*lasting, *hashes, *tokens}
    assert all(secrets)
    assert len(hashes) == 2
    assert found_in(secrets, *places(tmp_path)) == set()
    assert [secret[:3] for secret in secrets if secret in said.all()] == []
    assert [secret[:3] for secret in secrets if secret in Path("/proc/self/cmdline").read_text("utf-8")] == []
    assert said.printed


def test_the_search_finds_what_is_planted(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "planted.txt").write_text("x marked%20secret y", "utf-8")
    assert found_in({"marked secret"}, *places(tmp_path)) == {"planted.txt"}

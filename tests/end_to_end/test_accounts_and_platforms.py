"""Two accounts and two platforms in one desktop: nothing of one is shown to another, and each is taken up again.

Then an administrator's preset, and one of the accounts forgotten.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.desktop import left_behind
from tests.end_to_end.desktop.qgis_desktop import WALKS, Desktop, desktop_for
from tests.end_to_end.main_job_run import SERVICES
from tests.simulator.remote.steering import Simulator

pytestmark = pytest.mark.skipif(
    not (shutil.which("qgis") and shutil.which("xvfb-run")), reason="needs the QGIS desktop and a virtual display"
)

_WALK = WALKS / "accounts.py"
_KEY = "Clé partagée"
_QUALIFICATION = "Géoplateforme (qualification)"
Seen = list[dict[str, Any]]


def _let_choose(desktop: Desktop, production: Simulator, qualification: Simulator) -> None:
    """Have the plugin's two platforms be two simulators, and no variable say which one it is."""
    for name in ("API_URL", "SSO_URL", "CLIENT_ID", "CLIENT_SECRET", "SEARCH_URL"):
        del desktop.variables[f"GPKEYS_{name}"]
    file = desktop.profile / "python" / "plugins" / "gpkeys_plugin" / "resources" / "environments.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    for entry, simulator in zip(content["environments"], (production, qualification), strict=True):
        entry.update(api_url=simulator.api_url, sso_url=simulator.sso_url, client_id=simulator.client_id)
        entry.pop("search_url", None)
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _ran(desktop: Desktop, pictures: Path, turns: list[dict[str, Any]]) -> dict[str, Any]:
    outcome = desktop.run(_WALK, {"turns": turns, "pictures": str(pictures)})
    report = outcome.report
    assert "error" not in report, f"{report['error']}\n{outcome.last_words}"
    assert report["exceptions"] == []
    assert left_behind.troubles(outcome) == []
    return dict(report)


def _who(simulator: Simulator, user: str) -> dict[str, str]:
    account = simulator.account(user)
    return {"who": account.username, "word": account.password, "client": simulator.client_secret}


def test_two_accounts_and_two_platforms(
    qgis_app: Any, simulator_process: Simulator, light_simulator_process: Simulator, tmp_path: Path
) -> None:
    production, qualification = simulator_process, light_simulator_process
    for simulator in (production, qualification):
        simulator.reset()
    desktop = desktop_for(production, tmp_path, "camille")
    desktop.install_plugin()
    _let_choose(desktop, production, qualification)
    names = {user: _menu_words(production, user) for user in ("camille", "olga")}

    first = _ran(
        desktop,
        tmp_path / "pictures",
        [
            _who(production, "camille"),
            {"key": _KEY, "service": SERVICES[0]},
            {**_who(production, "olga"), "another": True},
            {"account": names["camille"]},
            {"platform": _QUALIFICATION, "is_signed_out": True},
            _who(qualification, "camille"),
            {"platform": "Géoplateforme"},
            {"account": names["olga"]},
        ],
    )["seen"]
    camille, with_key, olga, back, elsewhere, camille_elsewhere, home, last = first
    assert camille["name"].startswith("Camille")
    for seen in (with_key, back, home):
        assert (seen["name"], seen["keys"], seen["browser"]) == (camille["name"], [_KEY], [_KEY])
        assert _KEY in seen["found"]
    for seen in (olga, last):
        assert seen["name"].startswith("Olga")
        assert (seen["keys"], seen["browser"], seen["found"]) == ([], [], [])
        assert "camille" not in seen["words"].casefold()
        assert _KEY not in seen["words"]
    for seen in (elsewhere, camille_elsewhere):
        assert (seen["browser"], seen["found"]) == ([], [])
        assert _KEY not in seen["keys"]
    assert elsewhere["name"] == _QUALIFICATION
    assert "camille" not in elsewhere["words"].casefold()
    assert [seen["logins"] for seen in first] == [1, 1, 2, 2, 2, 3, 3, 3]

    second = _again(desktop, tmp_path / "pictures-again", names)
    assert [seen["name"] for seen in second[:4]] == [last["name"], *[camille["name"]] * 3]
    assert [seen["browser"] for seen in second[:4]] == [[], [_KEY], [], [_KEY]]
    assert {seen["logins"] for seen in second} == {3}
    _assert_that_camille_is_forgotten(second[3:], names, with_key["connections"])
    (ended,) = production.requests(service="sso", path="/logout")
    assert ended.status == 204
    _assert_that_no_token_went_astray(production, {"camille", "olga"})
    _assert_that_no_token_went_astray(qualification, {"camille"})


def _again(desktop: Desktop, pictures: Path, names: dict[str, str]) -> Seen:
    """Start QGIS again, with an administrator's preset; take up the sessions, then forget Camille."""
    preset = desktop.profile / "gpkeys.json"
    preset.write_text(json.dumps({"fixed": {"hash_storage": "URL", "tell_of_layers": False}}), encoding="utf-8")
    turns: list[dict[str, Any]] = [
        {"options": True},
        {"account": names["camille"]},
        {"platform": _QUALIFICATION},
        {"platform": "Géoplateforme"},
        {"forget": True, "is_signed_out": True},
        {"account": names["olga"]},
    ]
    outcome = _ran(desktop, pictures, turns)
    _assert_that_what_is_fixed_is_said(outcome["options"], preset)
    return list(outcome["seen"])


def _assert_that_what_is_fixed_is_said(options: dict[str, Any], preset: Path) -> None:
    assert options["changeable"] == ["platformCombo", "replyPortSpin", "lookUpTitlesBox"]
    assert set(options["said"]) == {"hash_storageFixedLine", "tells_of_layersFixedLine"}
    assert preset.name in options["from"].replace("\u200b", "")


def _assert_that_camille_is_forgotten(seen: Seen, names: dict[str, str], connections: list[str]) -> None:
    """The list of accounts and the panel are without her; QGIS keeps what it holds of her key, Olga sees none of it.

    With no account in use, QGIS's own places list what the profile holds, whoever's it is.
    """
    known, forgotten, olga = seen
    assert set(known["accounts"]) == set(names.values())
    assert forgotten["accounts"] == olga["accounts"] == [names["olga"]]
    assert "camille" not in forgotten["words"].casefold()
    assert [one["browser"] for one in seen] == [[_KEY], [_KEY], []]
    assert (forgotten["keys"], olga["keys"], olga["found"]) == ([], [], [])
    assert _KEY not in forgotten["words"] + olga["words"]
    assert olga["name"].startswith("Olga")
    assert connections
    assert [one["connections"] for one in seen] == [connections] * 3


def _menu_words(simulator: Simulator, user: str) -> str:
    """Return how the menu names an account."""
    told = simulator.session_for(user).get(f"{simulator.api_url}/users/me", timeout=10).json()
    return f"{told['first_name']} {told['last_name']} – {told['email']}"


def _assert_that_no_token_went_astray(simulator: Simulator, users: set[str]) -> None:
    """A token of another platform is nobody's, and refused."""
    asked = [entry for entry in simulator.requests(service="api") if entry.authentication == "bearer"]
    assert {entry.user for entry in asked} == users
    assert [entry for entry in asked if entry.status == 401] == []

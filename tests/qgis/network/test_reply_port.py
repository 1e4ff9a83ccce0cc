"""What comes to the reply port while a sign-in waits: only the browser's own answer to it counts."""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.network.authentication.reply_listener import Pages, Reply, ReplyListener
from gpkeys_plugin.network.authentication.sign_in_client import read_setup
from tests.qgis.network.conftest import Person, in_thread, is_free, result_of, wait_for
from tests.qgis.network.watched_sign_in import MakeConfig, Watched, error_of, reply_port_of, sign_in
from tests.simulator.remote.steering import Simulator

__all__ = ["sign_in"]

CHALLENGE = {"code_challenge": "A" * 43, "code_challenge_method": "S256"}


def begin(sign_in: Watched, person: Person, authcfg: str) -> dict[str, str]:
    """Begin a sign-in and return what the page that opened was asked."""
    pages = len(person.opened)
    sign_in.port.sign_in(authcfg)
    wait_for(lambda: len(person.opened) > pages)
    return {name: values[0] for name, values in parse_qs(urlsplit(person.opened[-1]).query).items()}


def bring(port: int, target: str = "/", **query: str) -> int:
    """Bring something to the reply port, as any program and any web page can; return the status."""
    separator = "&" if "?" in target else "?"
    address = f"http://127.0.0.1:{port}{target}{separator}{urlencode(query)}"
    answer: requests.Response = result_of(in_thread(lambda: requests.get(address, timeout=5)))
    return answer.status_code


def code_of(simulator: Simulator, username: str, asked: dict[str, str]) -> str:
    """Return a code of somebody's own, made for this reply address."""
    mine = {name: value for name, value in asked.items() if name != "state"} | CHALLENGE
    sent = simulator.browse_login(f"{simulator.auth_url}?{urlencode(mine)}", username, follow=False)
    return parse_qs(urlsplit(sent.headers["Location"]).query)["code"][0]


@pytest.mark.parametrize("told", [{}, {"state": ""}, {"state": "guessed"}, {"state": "é"}])
def test_a_code_that_somebody_else_brings_signs_nobody_in(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator, told: dict[str, str]
) -> None:
    authcfg = make_config()
    asked = begin(sign_in, person, authcfg)
    code = code_of(light_simulator, "olga", asked)
    assert bring(reply_port_of(authcfg), code=code, **told) == 404
    assert sign_in.state is SignInState.SIGNING_IN
    person.log_in("camille")
    account = sign_in.settle().account
    assert account is not None
    assert "camille" in account.email


def test_a_state_beside_another_one_is_none(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    asked = begin(sign_in, person, authcfg)
    code = code_of(light_simulator, "olga", asked)
    assert bring(reply_port_of(authcfg), f"/?state={asked['state']}", state="guessed", code=code) == 404
    assert bring(reply_port_of(authcfg), "/elsewhere", state=asked["state"], code=code) == 404
    assert sign_in.state is SignInState.SIGNING_IN
    sign_in.port.cancel()


def test_a_code_that_was_not_made_for_this_sign_in_is_refused_although_its_state_is_known(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    asked = begin(sign_in, person, authcfg)
    code = code_of(light_simulator, "olga", asked)
    assert bring(reply_port_of(authcfg), code=code, state=asked["state"]) == 200
    status = sign_in.settle()
    assert (status.state, error_of(status).code) == (SignInState.SIGNED_OUT, ErrorCode.SIGN_IN_REFUSED)
    assert token_file.read(authcfg) is None
    assert not light_simulator.requests(service="api")


@pytest.mark.parametrize("stray", ["/", "/favicon.ico", "/?error=access_denied", "/?code=&state=", "//[", "/%"])
def test_a_stray_request_ends_no_sign_in(sign_in: Watched, make_config: MakeConfig, person: Person, stray: str) -> None:
    authcfg = make_config()
    begin(sign_in, person, authcfg)
    assert bring(reply_port_of(authcfg), stray) == 404
    person.log_in()
    assert sign_in.settle().state is SignInState.SIGNED_IN
    assert len(person.opened) == 1


def test_the_late_answer_of_another_tab_is_not_taken(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    begin(sign_in, person, authcfg)
    first_tab = person.opened[-1]
    sign_in.port.cancel()
    begin(sign_in, person, authcfg)
    assert reply_port_in(person.opened[-1]) == reply_port_in(first_tab)
    late = result_of(in_thread(lambda: light_simulator.browse_login(first_tab, "olga")))
    assert late.status_code == 404
    assert "sign in from there" in late.text
    assert sign_in.state is SignInState.SIGNING_IN
    second_tab = person.opened[-1]
    shown = result_of(in_thread(lambda: light_simulator.browse_login(second_tab, "camille")))
    assert "close this page" in shown.text
    account = sign_in.settle().account
    assert account is not None
    assert "camille" in account.email


def reply_port_in(address: str) -> int | None:
    """Return the port that a login page is to send the browser back to."""
    return urlsplit(parse_qs(urlsplit(address).query)["redirect_uri"][0]).port


def test_the_refusal_of_the_sign_in_itself_ends_it(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config()
    asked = begin(sign_in, person, authcfg)
    assert bring(reply_port_of(authcfg), error="access_denied", state=asked["state"]) == 200
    assert error_of(sign_in.settle()).code is ErrorCode.SIGN_IN_REFUSED


def test_a_service_that_sends_the_browser_back_with_its_own_failure_is_named(
    sign_in: Watched, make_config: MakeConfig, person: Person
) -> None:
    authcfg = make_config()
    asked = begin(sign_in, person, authcfg)
    assert bring(reply_port_of(authcfg), error="temporarily_unavailable", state=asked["state"]) == 200
    assert error_of(sign_in.settle()).code is ErrorCode.SERVER


def test_only_this_computer_reaches_the_port(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    """Whoever listens on all addresses answers on 127.0.0.2, too."""
    authcfg = make_config()
    begin(sign_in, person, authcfg)
    with socket.socket() as other:
        other.settimeout(5)
        assert other.connect_ex(("127.0.0.2", reply_port_of(authcfg))) != 0
    sign_in.port.cancel()
    wait_for(lambda: is_free(reply_port_of(authcfg)), 2)


def test_who_connects_and_says_nothing_holds_nobody_up(
    sign_in: Watched, make_config: MakeConfig, person: Person
) -> None:
    authcfg = make_config()
    begin(sign_in, person, authcfg)
    silent = [socket.create_connection(("127.0.0.1", reply_port_of(authcfg)), timeout=5) for _ in range(5)]
    person.log_in()
    assert sign_in.settle().state is SignInState.SIGNED_IN
    for connection in silent:
        connection.close()


def test_each_sign_in_has_a_state_and_a_challenge_of_its_own(
    sign_in: Watched, make_config: MakeConfig, person: Person
) -> None:
    authcfg = make_config(queryPairs={"kc_idp_hint": "proconnect", "state": "mine"}, redirectUrl="")
    first = begin(sign_in, person, authcfg)
    sign_in.port.cancel()
    second = begin(sign_in, person, authcfg)
    sign_in.port.cancel()
    assert all(len(asked["state"]) >= 43 and len(asked["code_challenge"]) == 43 for asked in (first, second))
    assert first["state"] != second["state"]
    assert first["code_challenge"] != second["code_challenge"]
    assert {first["code_challenge_method"], second["code_challenge_method"]} == {"S256"}
    assert first["kc_idp_hint"] == "proconnect"
    assert first["redirect_uri"] == f"http://127.0.0.1:{reply_port_of(authcfg)}/"


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ({"redirectPort": 7123, "redirectUrl": "callback"}, "http://127.0.0.1:7123/callback"),
        ({"redirectPort": 7123, "redirectHost": "localhost"}, "http://localhost:7123/"),
        ({"redirectPort": 7123, "redirectHost": "elsewhere.example"}, "http://127.0.0.1:7123/"),
    ],
)
def test_the_reply_address_is_the_configurations_own(
    make_config: MakeConfig, values: dict[str, Any], address: str
) -> None:
    setup = read_setup(make_config(scope="", **values))
    assert setup is not None
    assert setup.login_query["redirect_uri"] == address
    assert "scope" not in setup.login_query


def test_an_answer_comes_to_the_path_of_the_reply_address() -> None:
    listener = ReplyListener("callback", "drawn", Pages("answered", "ignored"))
    assert listener.hear("/?code=any&state=drawn") == (404, "ignored")
    assert listener.hear("/callback?code=any&state=drawn") == (200, "answered")
    assert listener.reply == Reply("any")
    assert "any" not in repr(listener.reply)
    assert listener.hear("/callback?code=other&state=drawn") == (404, "ignored")
    assert listener.reply == Reply("any")
    assert listener.ignored == 2


def test_the_page_of_the_answer_is_kept_nowhere(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    shown: Any = person.log_in()
    assert sign_in.sign_in(make_config()).state is SignInState.SIGNED_IN
    page = result_of(shown)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "code" not in page.text

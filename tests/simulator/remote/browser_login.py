"""A person at the login page, as a script: what a browser would do, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

_TIMEOUT_S = 30.0


class LoginPageExpected(RuntimeError):
    """The SSO showed something else than its login form; the message is the page."""


@dataclass
class _Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class _FormReader(HTMLParser):
    """The first form of a page, with its fields (not its buttons)."""

    def __init__(self) -> None:
        super().__init__()
        self.form: _Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form" and self.form is None:
            self.form = _Form(attributes.get("action", ""), attributes.get("method", "get"))
        elif tag == "input" and self.form is not None and "name" in attributes:
            self.form.fields[attributes["name"]] = attributes.get("value", "")


def form_of(page: str) -> _Form:
    """The form that a page holds; LoginPageExpected when there is none."""
    reader = _FormReader()
    reader.feed(page)
    if reader.form is None:
        raise LoginPageExpected(page)
    return reader.form


def new_browser() -> requests.Session:
    """A browser without cookies, that ignores the machine's proxies."""
    browser = requests.Session()
    browser.trust_env = False
    return browser


def walk_login(
    auth_url: str,
    username: str,
    password: str,
    *,
    browser: requests.Session | None = None,
    cancel: bool = False,
    follow: bool = True,
) -> requests.Response:
    """Open the login page, fill the form in, send it, and go where the SSO sends the browser.

    The answer is that of the reply port, or the page that the SSO shows instead. A browser that is signed in already
    goes straight through. With `cancel` the person clicks on "Annuler". Without `follow` the answer is the SSO's
    redirection itself: nobody has to listen at the reply port.
    """
    browser = browser or new_browser()
    page = browser.get(auth_url, timeout=_TIMEOUT_S, allow_redirects=follow)
    if page.history or "kc-form-login" not in page.text:
        return page
    form = form_of(page.text)
    button = {"cancel": "yes"} if cancel else {"login": "yes"}
    filled = form.fields | {"username": username, "password": password} | button
    return browser.post(urljoin(page.url, form.action), data=filled, timeout=_TIMEOUT_S, allow_redirects=follow)

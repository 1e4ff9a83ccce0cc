"""How a foreign answer begins, as it may be shown."""

from __future__ import annotations

import pytest
import requests

from gpkeys_plugin.jobs.steps.answer_excerpt import first_words, shown

_HASH = "ABCDEF0123456789abcdef0123456789"  # pragma: allowlist secret - made up


def answer(data: bytes) -> requests.Response:
    """Return an answer with that body."""
    made = requests.Response()
    made._content = data
    return made


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ""),
        (b"   \n", ""),
        (b"OK", "OK"),
        (b"<html><head><title>Portail</title></head><body><h1>Bonjour</h1>\n<p>Wi-Fi</body>", "Portail Bonjour Wi-Fi"),
        (b"<HTML><HEAD><STYLE>p{}</STYLE></HEAD><script>alert(1)</script>Bonjour", "Bonjour"),
        (b"<script>never closed", ""),
        (b"a &lt;b&gt;gras&lt;/b&gt; &amp; c", "a gras & c"),
        (b"<p title='cut", ""),
        ("Accès refusé".encode(), "Accès refusé"),
        ("Accès refusé".encode("cp1252"), "Accès refusé"),
        (b'{"error": "no"}', '{"error": "no"}'),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ""),
        (b"\x1a\x0e\x0a\x06zonage\x12\x02\x18\x03\x78\x02\xff\xfe\x01\x02", ""),
        (b"a\x1b[31mb\xe2\x80\xaec", "a[31mbc"),
    ],
)
def test_text_is_shown_without_markup_and_the_rest_is_not(data: bytes, words: str) -> None:
    assert first_words(answer(data)) == words


def test_no_more_than_a_line_is_shown() -> None:
    assert first_words(answer(b"mot " * 50_000)) == ("mot " * 30)[:119].rstrip() + "…"
    assert len(shown("x" * 500)) == 120


def test_a_cut_letter_is_left_out() -> None:
    data = b"x" * 65_535 + "é".encode()
    assert first_words(answer(data)).startswith("xxx")


@pytest.mark.parametrize(
    "text",
    [
        "GET /wfs?apikey={secret}&SERVICE=WFS",
        "apikey: {secret}",
        '{{"apikey": "{secret}"}}',
        "https://x.example/?url=%3Fapikey%3D{secret}",
        "Authorization: Bearer {secret}",
        "Authorization: Basic {secret}",
        "access_token={secret}",
        "password={secret} refused",
        "https://jean:{secret}@x.example/",
        "code={secret}&session_state={secret}",
    ],
)
def test_what_carries_a_secret_is_shown_without_it(text: str) -> None:
    said = shown(text.format(secret=_HASH))
    assert _HASH not in said
    assert "…" in said


def test_a_secret_that_is_known_is_never_shown_however_it_stands_there() -> None:
    assert shown(f"la clé {_HASH} est inconnue", (_HASH,)) == "la clé … est inconnue"
    assert shown("la clé a%2Fb%26c, a/b&amp;c", ("a/b&c", "")) == "la clé …, …"


@pytest.mark.parametrize("text", ["Layer ROCHEBRUNE.MAPS.SCAN25TOUR unknown", "Error code: 502", "La session a expiré"])
def test_nothing_else_is_hidden(text: str) -> None:
    assert shown(text) == text

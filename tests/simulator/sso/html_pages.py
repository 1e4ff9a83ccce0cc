"""The pages that the SSO shows in a browser: sign-in, error, sign-out. Plain French, no script."""

from __future__ import annotations

from flask import render_template_string

_FRAME = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }} – Géoplateforme (simulateur)</title>
<style>
body { font-family: sans-serif; background: #f0f2f7; color: #161616; margin: 0; }
main { max-width: 24rem; margin: 4rem auto; padding: 2rem; background: #fff; border-top: .3rem solid #000091; }
label { display: block; margin-top: 1rem; } input { width: 100%; padding: .5rem; box-sizing: border-box; }
button { margin-top: 1.5rem; padding: .6rem 1.2rem; background: #000091; color: #fff; border: 0; cursor: pointer; }
button.quiet { background: #fff; color: #000091; } .error { color: #ce0500; font-weight: bold; }
small { color: #666; }
</style>
</head>
<body><main>
<h1>{{ title }}</h1>
{% block content %}{% endblock %}
<p><small>Géoplateforme simulée, pour les essais.</small></p>
</main></body>
</html>"""

_LOGIN = """
<p>Vous vous connectez pour l'application <strong>{{ client_id }}</strong>.</p>
{% if error %}<p class="error" id="input-error" role="alert">{{ error }}</p>{% endif %}
<form id="kc-form-login" method="post" action="{{ action }}">
<label for="username">Nom d'utilisateur ou courriel</label>
<input id="username" name="username" value="{{ username }}" autocomplete="username" autofocus>
<label for="password">Mot de passe</label>
<input id="password" name="password" type="password" autocomplete="current-password">
<input type="hidden" name="credentialId" value="">
<button type="submit" name="login" id="kc-login" value="yes">Se connecter</button>
<button type="submit" name="cancel" id="kc-cancel" value="yes" class="quiet" formnovalidate>Annuler</button>
</form>"""

_MESSAGE = """<p id="kc-message" role="alert">{{ message }}</p>"""

_LOGOUT = """
<p>Voulez-vous vous déconnecter ?</p>
<form id="kc-form-logout" method="post" action="{{ action }}">
<button type="submit" name="confirmLogout" id="kc-logout" value="yes">Se déconnecter</button>
</form>"""


def _page(content: str, **values: str | None) -> str:
    template = _FRAME.replace("{% block content %}{% endblock %}", content)
    return render_template_string(template, **values)


def login_page(action: str, client_id: str, username: str = "", error: str | None = None) -> str:
    """The sign-in form, with the error of the last attempt."""
    return _page(_LOGIN, title="Connexion", action=action, client_id=client_id, username=username, error=error)


def error_page(message: str) -> str:
    """What is shown when the browser cannot be sent back to the application."""
    return _page(_MESSAGE, title="Nous sommes désolés…", message=message)


def logout_page(action: str) -> str:
    """The question before a sign-out that no application vouches for."""
    return _page(_LOGOUT, title="Déconnexion", action=action)


def logged_out_page() -> str:
    """The end of a sign-out."""
    return _page(_MESSAGE, title="Déconnexion", message="Vous êtes déconnecté.")

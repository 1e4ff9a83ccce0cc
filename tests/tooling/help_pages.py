"""The pages of the help that are made from the plugin itself: `make help-pages`.

A page an algorithm, from how the algorithm describes itself to QGIS, their list, and the table of verdicts in the page
on troubleshooting. What they say is written once, in the plugin; a test fails while they are out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterDefinition

from gpkeys_plugin.jobs.running.translate import show
from gpkeys_plugin.processing.provider import GpkeysProvider
from tests.tooling import help_verdicts
from tests.tooling.shown_language import shown_in
from tests.tooling.tree import PLUGIN

HELP = PLUGIN / "resources" / "help"
LANGUAGES = ("fr", "en")
BEGIN, END = "<!-- made by make help-pages -->", "<!-- end of what is made -->"
_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "contents": "Sommaire",
        "algorithms": "Les algorithmes",
        "algorithms_about": (
            "Tout ce que fait le panneau se lance aussi depuis la boîte à outils, un modèle, Python ou "
            "<code>qgis_process</code>. Pour se connecter sans écran, lire les rapports et équiper un parc : "
            '<a href="../../scripts.md">scripts.md</a>.'
        ),
        "inputs": "Paramètres",
        "outputs": "Résultats",
        "name": "Nom",
        "about": "Ce que c’est",
        "value": "Valeur",
        "examples": "Exemples",
        "script": "Dans un script :",
        "command": "En ligne de commande :",
        "required": "obligatoire",
        "default": "par défaut : {value}",
        "one_of": "au choix : {values}",
        "some_of": "un ou plusieurs : {values}",
        "string": "texte",
        "enum": "mot",
        "authcfg": "configuration d’authentification",
        "boolean": "vrai ou faux",
        "number": "nombre",
        "datetime": "date et heure",
        "extent": "emprise",
        "file": "dossier",
        "sink": "table",
        "outputVector": "table",
        "fileDestination": "fichier",
        "outputString": "texte",
        "outputNumber": "nombre",
        "outputBoolean": "vrai ou faux",
        "outputFile": "fichier",
        "service": "Ce que dit le test",
        "advice": "Que faire",
        "word": "Dans un rapport",
        "connecting": "Ce que dit aussi la connexion d’une clé à QGIS, par exemple :",
    },
    "en": {
        "contents": "Contents",
        "algorithms": "The algorithms",
        "algorithms_about": (
            "Whatever the panel does can be run from the toolbox, a model, Python or <code>qgis_process</code> as "
            'well. Signing in without a screen, what the reports say, a fleet of computers: <a href="../../scripts.md">'
            "scripts.md</a>."
        ),
        "inputs": "Inputs",
        "outputs": "Results",
        "name": "Name",
        "about": "What it is",
        "value": "Value",
        "examples": "Examples",
        "script": "In a script:",
        "command": "On the command line:",
        "required": "required",
        "default": "default: {value}",
        "one_of": "one of: {values}",
        "some_of": "one or several: {values}",
        "string": "text",
        "enum": "word",
        "authcfg": "authentication configuration",
        "boolean": "true or false",
        "number": "number",
        "datetime": "date and time",
        "extent": "extent",
        "file": "folder",
        "sink": "table",
        "outputVector": "table",
        "fileDestination": "file",
        "outputString": "text",
        "outputNumber": "number",
        "outputBoolean": "true or false",
        "outputFile": "file",
        "service": "What the test says",
        "advice": "What to do",
        "word": "In a report",
        "connecting": "What connecting a key to QGIS says as well, for example:",
    },
}
_IS_OPTIONAL = QgsProcessingParameterDefinition.Flag.FlagOptional


def page(language: str, title: str, body: str) -> str:
    """Return a whole page of the folder of algorithms."""
    words = _WORDS[language]
    way = f'<a href="../index.html">{words["contents"]}</a> · <a href="index.html">{words["algorithms"]}</a>'
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<link rel="stylesheet" href="../../help.css">\n</head>\n<body>\n<nav>{way}</nav>\n<h1>{title}</h1>\n'
        f"{body}</body>\n</html>\n"
    )


def made_pages() -> dict[Path, str]:
    """Return what each of these pages is to hold."""
    found: dict[Path, str] = {}
    # Held here: an algorithm asks its provider for its id.
    provider = GpkeysProvider(_no_scripts)
    provider.refreshAlgorithms()
    for language in LANGUAGES:
        with shown_in(language):
            folder = HELP / language
            algorithms = _algorithms(provider)
            for made in algorithms:
                body = _algorithm(language, made)
                found[folder / "algorithms" / f"{made.name()}.html"] = page(language, escape(made.displayName()), body)
            index = folder / "algorithms" / "index.html"
            found[index] = page(language, _WORDS[language]["algorithms"], _listed(language, algorithms))
            troubleshooting = folder / "troubleshooting.html"
            found[troubleshooting] = _filled(troubleshooting.read_text("utf-8"), _verdicts(language))
    return found


def _algorithms(provider: GpkeysProvider) -> list[QgsProcessingAlgorithm]:
    """Return the algorithms, described in the language that is shown now."""
    return [made.create({}) for made in sorted(provider.algorithms(), key=lambda found: str(found.name()))]


def _no_scripts() -> Any:
    raise NotImplementedError("the algorithms are only described here")


def _algorithm(language: str, made: QgsProcessingAlgorithm) -> str:
    words = _WORDS[language]
    script, command = made.examples()
    inputs = [_input(words, found) for found in made.parameterDefinitions()]
    outputs = [(found.name(), found.description(), words[found.type()]) for found in made.outputDefinitions()]
    heads = words["name"], words["about"], words["value"]
    return (
        f"<p><code>{made.id()}</code></p>\n<p>{escape(made.purpose())}</p>\n<p>{escape(made.remarks())}</p>\n"
        f"<h2>{words['inputs']}</h2>\n{_table(heads, inputs)}<h2>{words['outputs']}</h2>\n{_table(heads, outputs)}"
        f"<h2>{words['examples']}</h2>\n"
        f"<p>{words['script']}</p>\n<pre><code>{escape(script, quote=False)}</code></pre>\n"
        f"<p>{words['command']}</p>\n<pre><code>{escape(command, quote=False)}</code></pre>\n"
    )


def _input(words: Mapping[str, str], found: QgsProcessingParameterDefinition) -> tuple[str, str, str]:
    parts = [words[found.type()]]
    if found.type() == "enum":
        kind = "some_of" if found.allowMultiple() else "one_of"
        parts = [words[kind].format(values=", ".join(f"<code>{escape(word)}</code>" for word in found.options()))]
    if not found.flags() & _IS_OPTIONAL:
        parts.append(words["required"])
    elif isinstance(found.defaultValue(), bool):
        parts.append(words["default"].format(value=f"<code>{str(found.defaultValue()).lower()}</code>"))
    return found.name(), found.description(), ", ".join(parts)


def _listed(language: str, algorithms: Iterable[QgsProcessingAlgorithm]) -> str:
    words = _WORDS[language]
    groups: dict[str, list[str]] = {}
    for made in algorithms:
        link = f'<a href="{made.name()}.html">{escape(made.displayName())}</a>'
        line = f"<dt>{link} <code>{made.id()}</code></dt><dd>{escape(made.purpose())}</dd>\n"
        groups.setdefault(made.group(), []).append(line)
    lists = (f"<h2>{escape(group)}</h2>\n<dl>\n{''.join(lines)}</dl>\n" for group, lines in sorted(groups.items()))
    return f"<p>{words['algorithms_about']}</p>\n{''.join(lists)}"


def _verdicts(language: str) -> str:
    words = _WORDS[language]
    rows = [
        (found.verdict.name, show(found.text), escape(show(found.advice), quote=False) if found.advice else "")
        for found in help_verdicts.every()
    ]
    said = "".join(f"<li>{escape(show(text), quote=False)}</li>\n" for text in help_verdicts.connecting())
    table = _table((words["word"], words["service"], words["advice"]), rows)
    return f"{table}<p>{words['connecting']}</p>\n<ul>\n{said}</ul>\n"


def _table(heads: tuple[str, str, str], rows: Iterable[tuple[str, str, str]]) -> str:
    """Return a table: the first column is code, the second text, the third marked up already."""
    head = "".join(f"<th>{text}</th>" for text in heads)
    lines = "".join(
        f"<tr><td><code>{name}</code></td><td>{escape(about, quote=False)}</td><td>{value}</td></tr>\n"
        for name, about, value in rows
    )
    return f'<table class="wide">\n<tr>{head}</tr>\n{lines}</table>\n'


def _filled(text: str, made: str) -> str:
    """Return a page by hand with what is made in its place."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{made}{END}{after}"


def main() -> None:
    """Write what is out of date."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    for path, text in made_pages().items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(path.relative_to(HELP))
    sys.stdout.flush()


if __name__ == "__main__":
    main()

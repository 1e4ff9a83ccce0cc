"""A long text cut down to a name that one recognises at a glance, and that no other has."""

from __future__ import annotations

import re
from typing import Collection

LONGEST = 40
"""Characters of a name, without the number that tells it from another: a line of a panel 300 px wide."""

_SMALL_WORD = (
    r"(?:à|au|aux|avec|ce|ces|cette|chez|d|dans|de|des|du|en|entre|et|l|la|le|les|leur|leurs|ou|par|pour|sans|selon|ses"
    r"|son|sous|sur|un|une|vers|and|by|for|from|in|of|or|the|to|with)\b['’]?"
)
# Of "à grande échelle", "à très haute résolution": nothing without the word behind it.
_ADJECTIVE = r"(?:très|(?:grand|haut|petit|nouvelle|moyenne|ancien|ancienne)e?s?)\b"
# What licences begin with, which says nothing of what they open.
_PAPER = (
    r"(?:accord|autorisation|charte|conditions?|contrat|convention|licence|permission|protocole"
    r"|communauté(?= d['’]usage))"
)
_OF_PAPER = (
    r"(?:(?:accès|concession|consultation|diffusion|disposition|données|exploitation|générales?|gratuite?|interne|mise"
    r"|particulières?|partenariat|professionnel|relative?|réutilisation|usage|utilisation)\b"
    r"|n[°º]\s?[\w/-]+|\d{1,2}(?:er)?\s[^\W\d]+\s\d{4}\b)"
)
_LEAD = re.compile(rf"^{_PAPER}\b(?:[\s:,–—-]|{_OF_PAPER}|{_SMALL_WORD})*", re.IGNORECASE)
_SEAM = re.compile(r"\s[–—-]\s|\s?[:;]\s|\s\(|\.\s")
_LOOSE_END = re.compile(rf"(?:[\s:;,.(/&+_–—-]|(?<=\s)(?:{_SMALL_WORD}|{_ADJECTIVE}))+$", re.IGNORECASE)
# "du Pays", where "de Rochebrune" had to go: half a name.
_HALF_NAME = re.compile(r"\s(?:de\sla\s|de\sl['’]|du\s|des\s|de\s|d['’])[^\s'’]+$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s(?:de|du|des|d['’])", re.IGNORECASE)
_ABBREVIATIONS = (
    (re.compile(r"\bcommunauté de communes\b", re.IGNORECASE), "CC"),
    (re.compile(r"\bcommunauté d['’]agglomération\b", re.IGNORECASE), "CA"),
    (re.compile(r"\bcommunauté urbaine\b", re.IGNORECASE), "CU"),
    (re.compile(r"\bdirection départementale des territoires et de la mer\b", re.IGNORECASE), "DDTM"),
    (re.compile(r"\bdirection départementale des territoires\b", re.IGNORECASE), "DDT"),
)


def shortened(text: str) -> str:
    """Return at most `LONGEST` characters of a licence or an organisation; the whole where it is no longer.

    What goes first is what stands behind a dash, a colon or in brackets, then the words before what is licensed, then
    the last words. A name never ends in an article or a preposition.
    """
    whole = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(whole) <= LONGEST:
        return whole
    brief = whole
    for long_form, short_form in _ABBREVIATIONS:
        brief = long_form.sub(short_form, brief)
    lead = _LEAD.match(brief)
    core = _capitalised(brief[lead.end() :]) if lead is not None else brief
    return _whole_parts(brief) or _whole_parts(core) or _cut(core or brief)


def free_name(stem: str, taken: Collection[str]) -> str:
    """Return `stem`, with a number behind it where it is taken in whatever case."""
    folded = {name.casefold() for name in taken}
    number, name = 1, stem
    while name.casefold() in folded:
        number += 1
        # In brackets: many names end in a number of their own.
        name = f"{stem} ({number})"
    return name


def _whole_parts(text: str) -> str:
    """Return as many parts from the start as fit, nothing where those say nothing of what is licensed."""
    ends = [seam.start() for seam in _SEAM.finditer(text)] + [len(text)]
    fitting = [text[:end] for end in ends if end <= LONGEST and not _is_open(text[:end])]
    longest = fitting[-1] if fitting else ""
    return longest if _LEAD.sub("", longest) else ""


def _cut(text: str) -> str:
    """Return the words from the start that fit, without what is left hanging at their end."""
    if len(text) <= LONGEST:
        return text
    begun = text[: LONGEST + 1]
    words = begun.rsplit(" ", 1)[0] if " " in begun else text[:LONGEST]
    if _is_open(words):
        words = words[: words.rindex("(")]
    words = _LOOSE_END.sub("", words)
    if _GOES_ON.match(text, len(words)):
        words = _LOOSE_END.sub("", _HALF_NAME.sub("", words))
    return words or text[:LONGEST]


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]

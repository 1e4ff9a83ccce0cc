"""Long licences and organisations, as short names."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.keys.rules.short_name import LONGEST, free_name, shortened
from tests.simulator.memory.seeds import seeded_holdings
from tests.tooling.tree import TESTS

_HANGING = {"de", "du", "des", "d'", "l'", "la", "le", "les", "et", "à", "au", "aux", "pour", "en", "sous", "sur", "un"}


@pytest.mark.parametrize(
    ("licence", "name"),
    [
        # No longer than a name may be: as it is.
        ("Réseaux d'eau potable - agents habilités", "Réseaux d'eau potable - agents habilités"),
        ("Licence", "Licence"),
        # What stands behind a dash, a colon or in brackets goes first.
        ("Convention SCAN 25 - usage interne du Pays de Rochebrune", "Convention SCAN 25"),
        ("Plan local d'urbanisme - partenaires publics", "Plan local d'urbanisme"),
        ("Limites de 2026 (archives - série longue) pour la défense", "Limites de 2026"),
        ("Atlas : nappes, cours d'eau et zones humides du bassin", "Atlas"),
        # Then what says nothing of what is licensed.
        ("Communauté d'usage des données SCAN 25/100 sous licence", "SCAN 25/100 sous licence"),
        (
            "Licence gratuite d’usage professionnel des données SCAN 25®, SCAN 100® et SCAN OACI® de l’IGN",
            "SCAN 25®, SCAN 100® et SCAN OACI®",
        ),
        (
            "Licence d'utilisation des données SCAN 25 Touristique pour les collectivités territoriales membres",
            "SCAN 25 Touristique",
        ),
        (
            "Licence n° 2024-117 du 12 mars 2024 relative aux données SCAN 25 touristique de la région Bretagne",
            "SCAN 25 touristique de la région",
        ),
        ("Conditions générales d'utilisation : BD TOPO (version étendue) pour la défense", "BD TOPO"),
        (
            "Autorisation de diffusion et de réutilisation de l'orthophotographie à 20 cm du département",
            "Orthophotographie à 20 cm du département",
        ),
        ("Convention de mise à disposition de données pour la consultation", "Convention de mise à disposition"),
        # Then the last words, none of them left hanging.
        ("Essai de l'orthophotographie de vallée 2023", "Essai de l'orthophotographie de vallée"),
        ("Fonds de plan et calculs du Pays de Rochebrune", "Fonds de plan et calculs"),
        ("Groupement des usagers de données sous licence", "Groupement des usagers de données"),
        ("Photographies aériennes du littoral à très haute résolution", "Photographies aériennes du littoral"),
        (
            "Référentiel des bâtiments et des voies (édition de juin) de la ville",
            "Référentiel des bâtiments et des voies",
        ),
        ("Relevés a) des sources b) des puits c) des fontaines", "Relevés a) des sources b) des puits c)"),
        # Local authorities, as they call themselves.
        ("Communauté de communes du Pays de Rochebrune et du Val d'Argent", "CC du Pays de Rochebrune"),
        ("Direction départementale des territoires et de la mer du Finistère", "DDTM du Finistère"),
        ("Direction départementale des territoires de la Haute-Loire", "DDT de la Haute-Loire"),
    ],
)
def test_what_one_recognises_stays(licence: str, name: str) -> None:
    assert shortened(licence) == name


def test_each_licence_of_the_platform_has_a_name_that_ends_well() -> None:
    fixtures = TESTS / "simulator" / "contract" / "fixtures"
    recorded = [one["licence"] for one in json.loads((fixtures / "permissions_list.json").read_text(encoding="utf-8"))]
    sown = [permission.licence for permission in seeded_holdings().permissions.values()]
    assert len(recorded) + len(sown) > 20
    for licence in (*recorded, *sown):
        name = shortened(licence)
        assert 8 <= len(name) <= LONGEST
        assert name.split()[-1].casefold() not in _HANGING
        assert licence.casefold().count(name.casefold()) == 1


@given(st.text(alphabet="ab d'’le()-–:;.,/& 25_\n", max_size=300))
def test_no_text_is_too_long_or_gets_lost(text: str) -> None:
    name = shortened(text)
    assert len(name) <= LONGEST
    assert bool(name) == bool(text.split())


def test_words_without_a_gap_are_cut_where_they_must_be() -> None:
    assert shortened("x" * 300) == "x" * LONGEST
    assert shortened("(" * 300) == "(" * LONGEST


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free_name("SCAN 25", ()) == "SCAN 25"
    assert free_name("SCAN 25", {"scan 25", "SCAN 25 (2)"}) == "SCAN 25 (3)"

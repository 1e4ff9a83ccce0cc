"""What is found in the open project, at once and without asking anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorTileLayer

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.repair.repair_values import ProjectFindings
from gpkeys_plugin.keys.layer_needs.needs import Cause
from gpkeys_plugin.keys.layer_needs.remedies import MayBeOpened, NoSuccessor, OpenedBy, SignedOut
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.records import known_hashes
from tests.cpu_time import times_as_long
from tests.qgis.jobs.repair.conftest import RepairBench
from tests.qgis.jobs.repair.dark_project import (
    DEAD,
    LAYERS,
    delete_keys,
    make_key,
    open_project,
    read_ten_times,
    write_projects,
)

# A look takes less than so many times what it takes to read the layers once: 20 ms, where that takes 0.4.
_MOST_READINGS = 55
_LAYER_COUNT = 500
_ROOT = "{base}/private/tms/1.0.0/{layer}/%7Bz%7D/%7Bx%7D/%7By%7D.{ending}"


def tiles(atelier: RepairBench, carried: str, layer: str = "rochebrune.scan25.touristique") -> QgsRasterLayer:
    """Add a layer of tiles with a hash or a configuration to the project."""
    url = _ROOT.format(base=atelier.bench.simulator.api_url.removesuffix("/api"), layer=layer, ending="png")
    made = QgsRasterLayer(f"type=xyz&url={url}{carried}&zmax=3&zmin=0", "tuiles", "wms")
    assert QgsProject.instance().addMapLayer(made) is not None
    return made


def causes(findings: ProjectFindings) -> dict[str, Cause]:
    """Return the causes by layer name."""
    return {found.name: found.need.cause for found in findings.layers}


def test_signed_out_the_dead_hash_is_found_and_nobody_is_asked(atelier: RepairBench, tmp_path: Path) -> None:
    files = write_projects(make_key(atelier.bench), tmp_path)
    open_project(files.dark)
    atelier.bench.simulator.clear_requests()
    findings = atelier.jobs.look()
    assert causes(findings) == dict.fromkeys(LAYERS, Cause.DEAD_SHARED_HASH)
    assert findings.layer_count == len(LAYERS) + 1
    assert {found.group for found in findings.layers} == {"Fonds", "Fonds / Tuiles"}
    assert DEAD not in repr(findings)
    plans = atelier.jobs.plans(findings, (), None)
    assert {type(plan.remedy) for plan in plans} == {SignedOut}
    assert atelier.bench.simulator.requests() == []


def test_a_hash_of_ours_is_known_without_its_connections(atelier: RepairBench) -> None:
    created = make_key(atelier.bench)
    tiles(atelier, f"?apikey%3D{created.hash}")
    assert [found.need.key_id for found in atelier.jobs.look().layers] == [created.key.id]
    tiles(atelier, "?apikey%3DDunAutre")
    assert {found.need.cause for found in atelier.jobs.look().layers} == {Cause.NONE, Cause.FOREIGN_HASH}
    known_hashes.remember(atelier.bench.signed_in.api_url, "k9", "DunAutre")
    assert {found.need.key_id for found in atelier.jobs.look().layers} == {created.key.id, "k9"}
    assert "DunAutre" not in known_hashes._RECORDS.path.read_text(encoding="utf-8")


def test_the_sign_in_s_configuration_is_no_stranger(atelier: RepairBench) -> None:
    tiles(atelier, f"&authcfg={atelier.bench.signed_in.authcfg}")
    foreign = auth_configs.store_basic("autre", "autre", "autre")
    tiles(atelier, f"&authcfg={foreign}")
    assert [found.need.cause for found in atelier.jobs.look().layers] in (
        [Cause.NONE, Cause.FOREIGN_CONFIGURATION],
        [Cause.FOREIGN_CONFIGURATION, Cause.NONE],
    )


def test_a_key_that_is_gone_has_ended(atelier: RepairBench) -> None:
    created = make_key(atelier.bench, KeyType.BASIC)
    tiles(atelier, f"&authcfg={created.authcfg}")
    assert atelier.jobs.look(*atelier.account()).to_mend == ()
    delete_keys(atelier.bench)
    assert atelier.jobs.look().to_mend == ()
    assert causes(atelier.jobs.look(*atelier.account())) == {"tuiles": Cause.ENDED_KEY}


def test_a_key_that_opens_the_layer_no_longer_has_ended(atelier: RepairBench) -> None:
    created = make_key(atelier.bench, names=["rochebrune.scan25.estompage"])
    tiles(atelier, f"?apikey%3D{created.hash}", "rochebrune.plan.vecteur")
    assert causes(atelier.jobs.look(*atelier.account())) == {"tuiles": Cause.ENDED_KEY}


def test_a_key_of_another_account_is_not_called_ended(atelier: RepairBench) -> None:
    created = make_key(atelier.bench, KeyType.BASIC)
    tiles(atelier, f"&authcfg={created.authcfg}")
    _overviews, holdings = atelier.account()
    elsewhere = replace(atelier.bench.signed_in, account_id="camille")
    atelier.bench.signed_in = elsewhere
    assert atelier.jobs.look((), replace(holdings, keys=())).to_mend == ()


def test_what_one_may_open_and_what_nobody_serves_any_more(atelier: RepairBench) -> None:
    old = "type=xyz&url=https://wxs.ign.fr/abc/geoportail/wmts?layer%3DANCIENNE&zmax=3&zmin=0"
    assert QgsProject.instance().addMapLayer(QgsRasterLayer(old, "ancienne", "wms")) is not None
    tiles(atelier, f"?apikey%3D{DEAD}")
    remedies = {plan.found.name: type(plan.remedy) for plan in atelier.plans()}
    assert remedies == {"ancienne": NoSuccessor, "tuiles": MayBeOpened}
    make_key(atelier.bench)
    assert {type(plan.remedy) for plan in atelier.plans()} == {NoSuccessor, OpenedBy}


@pytest.mark.parametrize("share", [0, 10, 1])
def test_five_hundred_layers_are_looked_at_before_anybody_notices(atelier: RepairBench, share: int) -> None:
    created = make_key(atelier.bench)
    assert QgsProject.instance().addMapLayers(many(atelier, created.hash or "", share)) != []
    assert 10 * times_as_long(atelier.jobs.look, read_ten_times) < _MOST_READINGS


def many(atelier: RepairBench, hash_value: str, share: int) -> Sequence[QgsMapLayer]:
    """Return 500 layers, one in `share` of them of the platform, the others of another server."""
    base = atelier.bench.simulator.api_url.removesuffix("/api")
    here, elsewhere = (_ROOT.format(base=host, layer="a", ending="pbf") for host in (base, "http://ailleurs.example"))
    return [
        QgsVectorTileLayer(
            f"type=xyz&url={here}?apikey%3D{(DEAD, hash_value)[number % 2]}&zmax=3&zmin=0"
            if share and number % share == 0
            else f"type=xyz&url={elsewhere}&zmax=3&zmin=0",
            f"couche {number}",
        )
        for number in range(_LAYER_COUNT)
    ]

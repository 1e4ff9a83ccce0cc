"""Projects on disk scanned and mended through `processing.run`, then opened in QGIS and drawn."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.values import CreatedKey
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.project_files.file_replacement import copy_of
from tests.qgis.jobs.dark_files import (
    DEAD,
    DarkFolder,
    Source,
    created_key,
    dark_folder,
    forget_answers,
    opened,
    sources_with,
)
from tests.qgis.processing.algorithm_calls import read
from tests.qgis.processing.conftest import Heard, Toolbox
from tests.qgis.store.layer_pictures import colours, draw
from tests.simulator.memory import seeds

_UNKNOWN = "abc1234"
_LOOSE = {"layout", "variable", "connection"}


@pytest.fixture
def key(served_toolbox: Toolbox) -> CreatedKey:
    """Return a HASH key of the account that opens a layer of each kind of service."""
    return created_key(served_toolbox.bench, KeyType.HASH, "Poste")


@pytest.fixture
def dark(served_toolbox: Toolbox, key: CreatedKey, tmp_path: Path) -> DarkFolder:
    """Return a folder of files of every kind, dark for want of a key."""
    url = f"{served_toolbox.bench.simulator.gateway_url}/wms-r?SERVICE=WMS&LAYERS={seeds.ORTHO}&apikey={DEAD}"
    made = dark_folder(tmp_path / "projets", sources_with(served_toolbox.bench, key), url)
    forget_answers()
    return made


def scan(toolbox: Toolbox, path: Path | None, **values: Any) -> list[dict[str, Any]]:
    """Return the lines of a scan."""
    file = toolbox.file("scan.json")
    results = toolbox.run("scanproject", INPUT=str(path) if path else None, OUTPUT=file, **values)
    rows: list[dict[str, Any]] = read(file)
    assert results["COUNT"] == sum(1 for row in rows if row["cause"])
    return rows


def repair(toolbox: Toolbox, path: Path, **values: Any) -> list[dict[str, Any]]:
    """Return the lines of a repair."""
    file = toolbox.file("mend.json")
    results = toolbox.run("repairproject", INPUT=str(path), OUTPUT=file, **values)
    rows: list[dict[str, Any]] = read(file)
    mended = sum(1 for row in rows if row["is_mended"])
    assert (results["COUNT"], results["LEFT"]) == (mended, sum(1 for row in rows if row["cause"]) - mended)
    return rows


def places(dark: DarkFolder) -> list[str]:
    return [
        str(dark.folder / "été.qgs"),
        str(dark.folder / "sous dossier" / "b.qgz"),
        f"geopackage:{dark.folder / 'données.gpkg'}?projectName=Été",
    ]


def assert_drawn(place: str, count: int) -> None:
    """Open a project: its layers are valid, and none of their pictures is blank."""
    forget_answers()
    project = QgsProject.instance()
    project.clear()
    assert project.read(place)
    layers = list(project.mapLayers().values())
    assert len(layers) == count
    assert [layer.name() for layer in layers if not layer.isValid()] == []
    assert [layer.name() for layer in layers if colours(draw(layer)) < 2] == []
    project.clear()


def test_a_folder_is_mended_with_a_hash_and_draws(served_toolbox: Toolbox, dark: DarkFolder, key: CreatedKey) -> None:
    before = dark.contents()
    found = scan(served_toolbox, dark.folder)
    assert {row["cause"] for row in found} == {"dead-shared-hash"}
    assert {(row["remedy"], row["key"]) for row in found} == {("opened-by", "Poste")}
    assert {Path(row["file"]).name for row in found} == {Path(name).name for name in before}
    assert dark.contents() == before

    rows = repair(served_toolbox, dark.folder)
    assert [row for row in rows if not row["is_mended"]] == []
    assert len(rows) == len(found)
    assert scan(served_toolbox, dark.folder) == []
    assert {name for name in dark.holding(DEAD) if not name.endswith(".before-gpkeys")} == set()
    for place in places(dark):
        assert_drawn(place, len(dark.sources))
    kept = {name: copy_of(dark.folder / name) for name in before if not name.endswith(".gpkg")}
    assert {name: copy.read_bytes() for name, copy in kept.items()} == {name: before[name] for name in kept}


def test_no_secret_is_in_a_report_or_told(
    served_toolbox: Toolbox, dark: DarkFolder, key: CreatedKey, tmp_path: Path
) -> None:
    scan(served_toolbox, dark.folder)
    repair(served_toolbox, dark.folder)
    assert key.hash
    written = "".join((tmp_path / name).read_text("utf-8") for name in ("scan.json", "mend.json"))
    for secret in (key.hash, DEAD):
        assert secret not in written
        assert [line for line in served_toolbox.heard if secret in line] == []


def test_with_a_basic_key_sources_name_its_configuration_and_loose_texts_are_left(
    served_toolbox: Toolbox, dark: DarkFolder
) -> None:
    basic = created_key(served_toolbox.bench, KeyType.BASIC, "Bureau")
    rows = repair(served_toolbox, dark.folder, KEY="Bureau")
    left = [row for row in rows if not row["is_mended"]]
    assert {row["place"] for row in left} == _LOOSE
    assert {row["element"] for row in left} == {"LayoutItem/@labelText", "LayoutItem/@file", "value", "wms/@url"}
    assert all("A configuration cannot stand there" in row["text"] for row in left)
    assert dark.holding(f"authcfg={basic.authcfg}") >= {"été.qgs", "b.qgz", "c.qlr", "d.qpt"}
    for place in places(dark):
        assert_drawn(place, len(dark.sources))


def test_a_hash_goes_into_a_configuration_where_that_is_wanted(
    served_toolbox: Toolbox, dark: DarkFolder, key: CreatedKey
) -> None:
    rows = repair(served_toolbox, dark.folder, HASH_STORAGE="HEADER")
    if not auth_configs.has_header_method():
        assert [row for row in rows if row["is_mended"]] == []
        assert all("APIHeader" in row["text"] for row in rows)
        return
    assert {row["place"] for row in rows if not row["is_mended"]} == _LOOSE
    assert dark.holding(str(key.hash)) == set()
    assert_drawn(places(dark)[0], len(dark.sources))


def test_without_a_session_it_still_finds(served_toolbox: Toolbox, dark: DarkFolder) -> None:
    rows = scan(served_toolbox, dark.folder, AUTHCFG=None)
    assert {row["cause"] for row in rows} == {"dead-shared-hash"}
    assert "remedy" not in rows[0]
    assert any(line.startswith("Not signed in: ") for line in served_toolbox.heard)


def test_the_layers_of_the_open_project_are_looked_at_as_they_are(served_toolbox: Toolbox, dark: DarkFolder) -> None:
    layers = [opened(source) for source in dark.sources]
    for layer, source in zip(layers, dark.sources):
        layer.setDataSource(source.dark, source.name, source.provider)
    assert QgsProject.instance().addMapLayers(layers)
    rows = scan(served_toolbox, None)
    assert {row["layer"] for row in rows} == {source.name for source in dark.sources}
    QgsProject.instance().clear()


def test_the_open_project_is_left_and_said(served_toolbox: Toolbox, dark: DarkFolder) -> None:
    before = dark.contents()
    for place, name in zip(places(dark), ("été.qgs", "b.qgz", "données.gpkg")):
        assert QgsProject.instance().read(place)
        rows = repair(served_toolbox, dark.folder / name if name != "b.qgz" else dark.folder / "sous dossier" / name)
        assert rows
        assert all("open in this QGIS" in row["text"] for row in rows)
        QgsProject.instance().clear()
    assert dark.contents() == before


def test_what_is_not_to_be_mended_or_cannot_be_is_left_with_why(served_toolbox: Toolbox, dark: DarkFolder) -> None:
    before = dark.contents()
    (dark.folder / "c.qlr").chmod(0o444)
    served_toolbox.run("createkey", NAME="Peu", TYPE="HASH", OFFERINGS=seeds.SHADING)
    said = {row["text"] for row in repair(served_toolbox, dark.folder / "c.qlr")}
    assert said == {"It is read-only."}
    said = {row["text"] for row in repair(served_toolbox, dark.folder, KEY="Peu")}
    assert said == {"The key “Peu” does not open it."}
    said = {row["text"] for row in repair(served_toolbox, dark.folder, CAUSES=["foreign-hash"])}
    assert said == {"This cause was not chosen to be mended."}
    served_toolbox.bench.simulator.fail("GET", r"/private/", "status", status=503, times=500)
    said = {row["text"].partition(":")[0] for row in repair(served_toolbox, dark.folder)}
    assert all(text.startswith("Asked with the key “Poste”") for text in said)
    assert dark.contents() == before


def test_a_configuration_that_is_unknown_here_is_made_and_the_file_stays(
    served_toolbox: Toolbox, key: CreatedKey, tmp_path: Path
) -> None:
    basic = created_key(served_toolbox.bench, KeyType.BASIC, "Bureau")
    bench = served_toolbox.bench
    sources = [_with_configuration(source) for source in sources_with(bench, key, "")]
    dark = dark_folder(tmp_path / "projets", sources, "https://example.org")
    before = dark.contents()
    rows = repair(served_toolbox, dark.folder, KEY="Bureau")
    assert {row["cause"] for row in rows} == {"unknown-configuration"}
    assert [row for row in rows if not row["is_mended"]] == []
    assert dark.contents() == before
    assert _UNKNOWN in auth_configs.ids()
    assert basic.authcfg != _UNKNOWN
    assert_drawn(places(dark)[0], len(dark.sources))


def test_no_key_is_kept_under_an_id_that_a_file_sends_elsewhere(
    served_toolbox: Toolbox, key: CreatedKey, tmp_path: Path
) -> None:
    created_key(served_toolbox.bench, KeyType.BASIC, "Bureau")
    sources = [_with_configuration(source) for source in sources_with(served_toolbox.bench, key, "")]
    elsewhere = f"layers=a&styles=&format=image/png&crs=EPSG:3857&authcfg={_UNKNOWN}&url=http://127.0.0.1:9/a"
    thief = Source("Vol", "wms", elsewhere, elsewhere)
    dark = dark_folder(tmp_path / "projets", [*sources, thief], "https://example.org")
    rows = repair(served_toolbox, dark.folder, KEY="Bureau")
    assert [row for row in rows if row["is_mended"]] == []
    assert all("other servers" in row["text"] for row in rows)
    assert _UNKNOWN not in auth_configs.ids()


def _with_configuration(source: Source) -> Source:
    bare = source.dark
    for parameter in ("?apikey=", "?apikey%3D", "%26apikey%3D", "&apikey="):
        bare = bare.replace(parameter, "")
    assert "apikey" not in bare
    named = f"{bare} authcfg='{_UNKNOWN}'" if source.provider == "WFS" else f"{bare}&authcfg={_UNKNOWN}"
    return replace(source, dark=named)


def test_a_key_that_does_not_open_it_any_more_gives_way_to_one_that_does(
    served_toolbox: Toolbox, key: CreatedKey, tmp_path: Path
) -> None:
    bench = served_toolbox.bench
    other = created_key(bench, KeyType.HASH, "Neuve")
    dark = dark_folder(tmp_path / "projets", sources_with(bench, key, str(key.hash)), "https://example.org")
    assert scan(served_toolbox, dark.folder) == []
    scan25 = next(one for one in bench.accesses(key.key.id) if one.offering.layer_name == seeds.SCAN)
    bench.run(lambda _: bench.signed_in.client().delete_access(key.key.id, scan25.id))
    assert {(row["cause"], row["layer_name"]) for row in scan(served_toolbox, dark.folder)} == {
        ("ended-key", seeds.SCAN)
    }
    rows = repair(served_toolbox, dark.folder)
    assert {(row["is_mended"], row["key"]) for row in rows} == {(True, "Neuve")}
    assert {"été.qgs", "b.qgz"} <= dark.holding(str(other.hash))
    assert_drawn(places(dark)[0], len(dark.sources))


def test_the_old_geoportail_is_left_unless_it_is_asked_for_and_then_moved(
    served_toolbox: Toolbox, key: CreatedKey, tmp_path: Path
) -> None:
    source = next(one for one in sources_with(served_toolbox.bench, key) if f"layers={seeds.ORTHO}" in one.live)
    root = f"{served_toolbox.bench.simulator.gateway_url}/wms-r"
    old = "https://wxs.ign.fr/0123456789abcdef/geoportail/r/wms"
    moved = replace(source, dark=source.live.replace(root, old).replace(str(key.hash), "rien"))
    dark = dark_folder(tmp_path / "projets", [moved], "https://example.org")
    assert {row["cause"] for row in scan(served_toolbox, dark.folder)} == {"old-geoportail"}
    assert [row for row in repair(served_toolbox, dark.folder) if row["is_mended"]] == []
    rows = repair(served_toolbox, dark.folder, CAUSES=["old-geoportail"])
    assert {(row["is_mended"], row["key"]) for row in rows} == {(True, "Poste")}
    assert dark.holding("wxs.ign.fr") <= {copy_of(path).name for path in dark.folder.iterdir()}
    assert_drawn(places(dark)[0], 1)


# Bad input


def test_each_bad_file_is_a_line_and_nothing_is_written(served_toolbox: Toolbox, dark: DarkFolder) -> None:
    folder = dark.folder / "mauvais"
    folder.mkdir()
    whole = (dark.folder / "été.qgs").read_bytes()
    (folder / "coupé.qgs").write_bytes(whole[: len(whole) // 2])
    (folder / "faux.qgz").write_bytes(b"PK\x03\x04" + whole[:100])
    (folder / "autre.gpkg").write_bytes(b"SQLite format 3\0" + bytes(100))
    (folder / "vide.qlr").write_bytes(b"")
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb">\n<!ENTITY c "&b;&b;">]><qgis>&c;' + DEAD.encode() + b"</qgis>"
    (folder / "bombe.qgs").write_bytes(bomb)
    (folder / "parti.qgs").symlink_to(folder / "nulle part.qgs")
    (folder / "boucle").symlink_to(folder)
    before = dark.contents()
    rows = scan(served_toolbox, folder)
    assert {Path(row["file"]).name for row in rows if row["problem"]} >= {
        "coupé.qgs",
        "faux.qgz",
        "autre.gpkg",
        "vide.qlr",
        "parti.qgs",
        "boucle",
    }
    rows = repair(served_toolbox, folder)
    assert [row for row in rows if row["is_mended"]] == []
    assert dark.contents() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="who may do everything is refused nothing")
def test_a_folder_one_may_not_read_is_a_line(served_toolbox: Toolbox, dark: DarkFolder) -> None:
    (dark.folder / "sous dossier").chmod(0o000)
    rows = scan(served_toolbox, dark.folder)
    assert [row["problem"] for row in rows if row["problem"]] == ["You have no right to read it."]
    (dark.folder / "sous dossier").chmod(0o755)


def test_a_path_that_is_not_there_is_said(served_toolbox: Toolbox, tmp_path: Path) -> None:
    assert "is not there" in served_toolbox.failure("scanproject", INPUT=str(tmp_path / "rien"))
    assert "is not there" in served_toolbox.failure("repairproject", INPUT=str(tmp_path / "rien"))


def test_cancelled_the_rest_is_as_it_was(served_toolbox: Toolbox, dark: DarkFolder) -> None:
    before = dark.contents()

    def stop(text: str) -> None:
        if text.startswith("Mending 3 of"):
            feedback.cancel()

    feedback = Heard(stop)
    with pytest.raises(Exception, match=r"Cancelled\.|errors"):
        served_toolbox.run("repairproject", feedback, INPUT=str(dark.folder))
    after = dark.contents()
    changed = {name for name in before if after[name] != before[name]}
    assert len(changed) == 2
    assert set(after) - set(before) == {f"{name}.before-gpkeys" for name in changed}

"""After the last file: folders of archives, one mosaic over all tiles, a note without a secret."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from osgeo import gdal, osr

from gpkeys_plugin.jobs.downloads import seven_zip
from gpkeys_plugin.jobs.downloads.make_ready import ReadyFolder, make_ready
from gpkeys_plugin.jobs.downloads.mosaic import write_mosaics
from gpkeys_plugin.keys.downloads.edition_choice import EditionChoice
from tests.qgis.jobs.downloads.conftest import NORTH, SOUTH, Downloads
from tests.simulator.dataset.made_up_layers import EXTENT_LAMBERT
from tests.simulator.downloads import tiles
from tests.simulator.memory.seeds import DOWNLOAD_LICENCE, example_hash

# The service takes ten requests a second, and is not asked more often.
pytestmark = pytest.mark.real_pauses


def _ready(downloads: Downloads, choice: EditionChoice = NORTH, *, is_unpacking: bool = True) -> ReadyFolder:
    fetched = downloads.fetch(choice)
    (plan,) = downloads.plans(choice)
    ready: ReadyFolder = downloads.bench.run(lambda told: make_ready(plan, fetched, told, is_unpacking=is_unpacking))
    return ready


def test_all_tiles_are_one_mosaic_where_they_belong(downloads: Downloads) -> None:
    ready = _ready(downloads)
    assert ready.problems == ()
    assert len(ready.unpacked) == 4
    (path,) = ready.mosaics
    mosaic = gdal.Open(str(path))
    west, north = EXTENT_LAMBERT[0], EXTENT_LAMBERT[3]
    assert mosaic.GetGeoTransform() == (west, tiles.PIXEL_M, 0, north, 0, -tiles.PIXEL_M)
    assert (mosaic.RasterXSize, mosaic.RasterYSize) == (600, 400)
    for cell in range(8):
        row, column = divmod(cell, tiles.COLUMNS)
        assert mosaic.ReadAsArray(150 * column, 200 * row, 1, 1)[0][0][0] == 40 + 15 * cell
    assert '<SourceFilename relativeToVRT="1">' in path.read_text()


def test_a_mosaic_goes_along_with_its_folder(downloads: Downloads, tmp_path: Path) -> None:
    ready = _ready(downloads)
    moved = tmp_path / "ailleurs"
    shutil.move(str(ready.plan.folder), moved)
    mosaic = gdal.Open(str(moved / ready.mosaics[0].name))
    assert mosaic.ReadAsArray(0, 0, 1, 1)[0][0][0] == 40


def test_without_unpacking_the_plain_tiles_are_the_mosaic(downloads: Downloads) -> None:
    ready = _ready(downloads, is_unpacking=False)
    assert ready.unpacked == ()
    assert gdal.Open(str(ready.mosaics[0])).RasterYSize == 200


def test_what_cannot_be_unpacked_does_not_keep_the_rest_from_use(
    downloads: Downloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seven_zip, "way", lambda: None)
    ready = _ready(downloads)
    assert len(ready.unpacked) == 1
    assert len(ready.problems) == 3
    assert len(ready.mosaics) == 1


def test_the_note_says_where_it_comes_from_and_no_secret(downloads: Downloads) -> None:
    ready = _ready(downloads, SOUTH)
    text = (ready.plan.folder / "SOURCE.txt").read_text(encoding="utf-8")
    assert "Resource: rochebrune.scan.fichiers\n" in text
    assert f"Licence: {DOWNLOAD_LICENCE}\n" in text
    assert ready.plan.listed.edition.name in text
    assert example_hash("fichiers") not in text


def test_what_was_unpacked_is_left_as_it_is(downloads: Downloads) -> None:
    ready = _ready(downloads)
    marked = ready.unpacked[0] / "note de l'utilisateur.txt"
    marked.write_text("à garder")
    _ready(downloads)
    assert marked.exists()


@pytest.fixture(params=[False, True], ids=["as it is", "raised"])
def gdal_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have GDAL return nothing where it fails, as in QGIS 3.22, or raise, as with Processing of 3.40 and newer.

    Where that is loaded, GDAL cannot be had otherwise any more.
    """
    if not request.param or gdal.GetUseExceptions():
        yield
        return
    gdal.UseExceptions()
    yield
    gdal.DontUseExceptions()


@pytest.mark.usefixtures("gdal_errors")
def test_pictures_of_different_systems_are_not_laid_together(tmp_path: Path) -> None:
    for number, (code, x) in enumerate([(2154, 700_000), (2154, 700_010), (3857, 300_000), (3857, 300_010)]):
        image = gdal.GetDriverByName("GTiff").Create(str(tmp_path / f"{number}.tif"), 10, 10)
        image.SetGeoTransform((x, 1, 0, 6_490_000, 0, -1))
        image.SetProjection(_wkt(code))
        image = None
    (tmp_path / "5.png").write_bytes(b"pas une image")
    found = write_mosaics(tmp_path, "tout")
    assert [path.name for path in found] == ["tout.vrt", "tout_2.vrt"]
    assert {gdal.Open(str(path)).RasterXSize for path in found} == {20}


@pytest.mark.usefixtures("gdal_errors")
def test_a_mosaic_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    for number in range(2):
        gdal.GetDriverByName("GTiff").Create(str(tmp_path / f"{number}.tif"), 10, 10).SetGeoTransform(
            (0, 1, 0, 0, 0, -1)
        )
    (tmp_path / "unfinished-tout.vrt").mkdir()
    with pytest.raises(OSError, match="cannot write"):
        write_mosaics(tmp_path, "tout")


def _wkt(code: int) -> str:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    return str(reference.ExportToWkt())

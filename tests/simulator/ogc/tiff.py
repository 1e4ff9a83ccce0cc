"""Pictures and heights as TIFF (GDAL); QGIS Server writes none."""

from __future__ import annotations

from osgeo import gdal

from ..tiling.pyramids import Box

FORMATS = ("image/tiff", "image/geotiff")
_PICTURE = "/vsimem/picture.png"
_TIFF = "/vsimem/answer.tif"


def tiff_of(source: gdal.Dataset) -> bytes:
    """A dataset as a TIFF that tells where it lies, if the dataset does."""
    # Written out when it is let go of.
    gdal.GetDriverByName("GTiff").CreateCopy(_TIFF, source)
    handle = gdal.VSIFOpenL(_TIFF, "rb")
    content = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(_TIFF).size, handle))
    gdal.VSIFCloseL(handle)
    gdal.Unlink(_TIFF)
    return content


def tiff_of_picture(png: bytes, crs: str, box: Box) -> bytes:
    """A PNG of a box (x first) in a system as a TIFF."""
    gdal.FileFromMemBuffer(_PICTURE, png)
    picture = gdal.Open(_PICTURE)
    content = tiff_of(gdal.Translate("", picture, format="MEM", outputSRS=crs, outputBounds=_corners(box)))
    gdal.Unlink(_PICTURE)
    return content


def _corners(box: Box) -> tuple[float, float, float, float]:
    """Upper left, lower right."""
    return box[0], box[3], box[2], box[1]


def box_of(bbox: str, crs: str) -> Box:
    """The BBOX parameter of WMS 1.3.0, x first."""
    first, second, third, fourth = (float(edge) for edge in bbox.split(","))
    return (second, first, fourth, third) if crs == "EPSG:4326" else (first, second, third, fourth)

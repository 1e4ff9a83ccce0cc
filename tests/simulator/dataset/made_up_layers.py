"""The made-up data of the simulator: which layers exist, of which offering type, and where the gateway serves them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "EXTENT_LAMBERT",
    "EXTENT_LONLAT",
    "LAYERS",
    "TILE_TABLES",
    "VECTOR_TMS_LEVELS",
    "DatasetLayer",
    "Pyramid",
    "layer",
    "offering_urls",
]

EXTENT_LAMBERT = (690_000.0, 6_485_000.0, 702_000.0, 6_497_000.0)
"""xmin, ymin, xmax, ymax of all data in EPSG:2154: twelve kilometres of made-up Auvergne around "Rochebrune"."""
EXTENT_LONLAT = (2.871, 45.464, 3.026, 45.573)
"""The same extent in degrees (west, south, east, north), rounded outwards."""
TILE_TABLES = ("foret", "cours_eau", "route", "commune", "localite")
"""Tables of the GeoPackage that the vector tiles of ROK4 hold, in drawing order."""
VECTOR_TMS_LEVELS = (0, 22)
"""First and last level of pg_tileserv, which draws any tile when it is asked for."""


@dataclass(frozen=True)
class Pyramid:
    """The tiles that ROK4 serves a layer from: matrix set, first and last level, ending of the tiles."""

    matrix_set: str
    top: int
    bottom: int
    extension: str

    @property
    def is_vector(self) -> bool:
        """Whether the tiles are vector tiles."""
        return self.extension == "pbf"

    @property
    def is_elevation(self) -> bool:
        """Whether the tiles hold heights (32-bit floats) instead of a picture."""
        return self.extension in ("bil", "zbil")


@dataclass(frozen=True)
class DatasetLayer:
    """One offering of the simulated platform.

    `offering_type` is the API's word (`WMS-RASTER`, `WMTS-TMS`…), `kind` is "raster", "vector" or "none" (no map),
    `tables` are the feature types of a WFS offering, `tile_tables` what vector tiles hold. WMS-RASTER and WMTS-TMS
    offerings have a `pyramid`. `palette` is a style of the WMS that colours heights, `styles` are Mapbox GL styles.
    """

    layer_name: str
    offering_type: str
    title: str
    kind: str
    tables: tuple[str, ...] = ()
    is_open: bool = False
    pyramid: Pyramid | None = None
    tile_tables: tuple[str, ...] = ()
    palette: str = ""
    styles: tuple[str, ...] = ()

    @property
    def feature_types(self) -> tuple[str, ...]:
        """WFS type names as clients see them, `<layer_name>:<table>`."""
        return tuple(f"{self.layer_name}:{table}" for table in self.tables)

    @property
    def has_vector_tiles(self) -> bool:
        """Whether the offering is served as `.pbf` tiles."""
        return bool(self.tile_tables)

    @property
    def tile_levels(self) -> tuple[int, int]:
        """First and last level of the tiles."""
        return VECTOR_TMS_LEVELS if self.pyramid is None else (self.pyramid.top, self.pyramid.bottom)

    @property
    def tiles(self) -> Pyramid:
        """The pyramid of a layer that has one."""
        if self.pyramid is None:
            raise ValueError(f"{self.layer_name} has no pyramid")
        return self.pyramid


LAYERS: tuple[DatasetLayer, ...] = (
    DatasetLayer(
        "rochebrune.scan25.touristique",
        "WMTS-TMS",
        "SCAN 25 touristique de Rochebrune",
        "raster",
        pyramid=Pyramid("PM", 6, 15, "png"),
    ),
    DatasetLayer(
        "rochebrune.scan25.estompage",
        "WMS-RASTER",
        "Estompage du SCAN 25 de Rochebrune",
        "raster",
        pyramid=Pyramid("PM", 6, 15, "png"),
    ),
    DatasetLayer("rochebrune.limites_communales", "WMS-VECTOR", "Limites communales", "vector", is_open=True),
    DatasetLayer(
        "rochebrune.plu_2026", "WFS", "Plan local d'urbanisme 2026", "vector", tables=("zonage", "prescription")
    ),
    DatasetLayer("rochebrune_plu_2026_archive", "DOWNLOAD", "Archive du plan local d'urbanisme 2026", "none"),
    DatasetLayer("rochebrune.scan.fichiers", "DOWNLOAD", "SCAN 25 de Rochebrune à télécharger", "none"),
    DatasetLayer("rochebrune.reseaux_eau_potable", "WFS", "Réseaux d'eau potable", "vector", tables=("canalisation",)),
    DatasetLayer("rochebrune.reseaux_eau_potable_carte", "WMS-VECTOR", "Carte des réseaux d'eau potable", "vector"),
    DatasetLayer(
        "rochebrune.ortho_vallee_2023",
        "WMS-RASTER",
        "Orthophotographie de vallée 2023",
        "raster",
        pyramid=Pyramid("LAMB93_10cm", 8, 16, "jpeg"),
    ),
    DatasetLayer(
        "rochebrune.plan.vecteur",
        "WMTS-TMS",
        "Plan vectoriel de Rochebrune",
        "vector",
        pyramid=Pyramid("PM", 8, 14, "pbf"),
        tile_tables=TILE_TABLES,
        styles=("standard", "gris"),
    ),
    DatasetLayer("rochebrune.altimetrie", "ALTIMETRY", "Altimétrie du pays de Rochebrune", "none"),
    DatasetLayer("rochebrune.itineraires", "ITINERARY-ISOCURVE", "Itinéraires du pays de Rochebrune", "none"),
    DatasetLayer("rochebrune.recherche", "SEARCH", "Recherche dans le pays de Rochebrune", "none"),
    DatasetLayer(
        "rochebrune.cadastre.lamb93",
        "WMTS-TMS",
        "Cadastre de Rochebrune (Lambert 93)",
        "raster",
        pyramid=Pyramid("LAMB93_10cm", 9, 17, "png"),
    ),
    DatasetLayer(
        "rochebrune.ortho.tuiles",
        "WMTS-TMS",
        "Orthophotographie tuilée de Rochebrune",
        "raster",
        pyramid=Pyramid("PM", 7, 15, "jpeg"),
    ),
    DatasetLayer(
        "rochebrune.mnt.tuiles",
        "WMTS-TMS",
        "Modèle numérique de terrain tuilé",
        "raster",
        pyramid=Pyramid("PM", 6, 13, "zbil"),
    ),
    DatasetLayer(
        "rochebrune.mnt.lamb93",
        "WMTS-TMS",
        "Modèle numérique de terrain tuilé (Lambert 93)",
        "raster",
        pyramid=Pyramid("LAMB93_10cm", 8, 14, "bil"),
    ),
    DatasetLayer(
        "rochebrune.mnt",
        "WMS-RASTER",
        "Modèle numérique de terrain",
        "raster",
        pyramid=Pyramid("PM", 6, 13, "zbil"),
        palette="hypso",
    ),
    DatasetLayer(
        "rochebrune.mns",
        "WMS-RASTER",
        "Modèle numérique de surface, sans palette",
        "raster",
        pyramid=Pyramid("PM", 6, 13, "zbil"),
    ),
    DatasetLayer(
        "rochebrune.zonage_tuiles",
        "VECTOR-TMS",
        "Zonage du PLU en tuiles vectorielles",
        "vector",
        tile_tables=("zonage",),
    ),
)
"""Every offering the simulator knows; the seeds hand them out through permissions."""


def layer(layer_name: str) -> DatasetLayer:
    """The layer of that name; KeyError when there is none."""
    return {known.layer_name: known for known in LAYERS}[layer_name]


_WMS_QUERY = (
    "?service=WMS&version=1.3.0&request=GetMap&layers={name}&bbox={{xmin}},{{ymin}},{{xmax}},{{ymax}}"
    "&styles={{styles}}&width={{width}}&height={{height}}&srs={{srs}}&format={{format}}"
)
_WMTS_QUERY = (
    "?service=WMTS&version=1.0.0&request=GetTile&layer={name}&style={{style}}&format={{format}}"
    "&tilematrixset={{tilematrixset}}&tilematrix={{tilematrix}}&tilerow={{tilerow}}&tilecol={{tilecol}}"
)
_TEMPLATES: dict[str, tuple[tuple[str, str], ...]] = {
    "WMS-RASTER": (("WMS", "/wms-r/" + _WMS_QUERY),),
    "WMS-VECTOR": (("WMS", "/wms-v/" + _WMS_QUERY),),
    "WMTS-TMS": (("WMTS", "/wmts/" + _WMTS_QUERY), ("TMS", "/tms/1.0.0/{name}")),
    "VECTOR-TMS": (("TMS", "/vector-tms/{name}/{{z}}/{{x}}/{{y}}.pbf"),),
    "DOWNLOAD": (("DOWNLOAD", "/telechargement/resource/{name}"),),
    "ALTIMETRY": (("ALTIMETRY", "/altimetrie/1.0/calcul/alti/rest/elevation.json?resource={name}"),),
    "ITINERARY-ISOCURVE": (
        ("ITINERARY", "/navigation/itineraire?resource={name}"),
        ("ISOCURVE", "/navigation/isochrone?resource={name}"),
    ),
    "SEARCH": (("SEARCH", "/recherche/geocodage/search?index={name}"),),
}
_WFS_TEMPLATE = "/wfs/?service=WFS&version=2.0.0&request=GetFeature&typeNames={name}"


def offering_urls(dataset_layer: DatasetLayer, gateway_url: str) -> tuple[tuple[str, str], ...]:
    """The (url type, url) pairs that a permission's detail shows for this offering, below `gateway_url`."""
    if dataset_layer.offering_type == "WFS":
        pairs = tuple(("WFS", _WFS_TEMPLATE.format(name=name)) for name in dataset_layer.feature_types)
    else:
        pairs = tuple(
            (kind, template.format(name=dataset_layer.layer_name))
            for kind, template in _TEMPLATES[dataset_layer.offering_type]
            if not (dataset_layer.has_vector_tiles and kind == "WMTS")
        )
    return tuple((kind, gateway_url.rstrip("/") + path) for kind, path in pairs)

"""Sources in the forms that QGIS, its users and other tools write, made from what they shall say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from hypothesis import strategies as st

from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform
from gpkeys_plugin.keys.layer_needs.sources import CarrierKind, LayerSource
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind

PLATFORM = Platform.of("https://data.geopf.fr/api")
HOST = "https://data.geopf.fr"
SHARED = "ign_scan_ws"
OLD, NEW = "FauxHashAncien0001", "FauxHashNouveau002"  # pragma: allowlist secret - made up

_ENCODINGS = ("as needed", "whole", "twice", "its query twice")
_ONCE = {"as needed": "as needed", "whole": "whole", "twice": "whole", "its query twice": "as needed"}


@dataclass(frozen=True)
class Made:
    """A source that was made, what is to be read from it, and the source with a URL that is not encoded twice."""

    provider: str
    source: str
    read: LayerSource
    for_every_qgis: str


@dataclass(frozen=True)
class _Service:
    provider: str
    kind: ConnectionKind
    endpoint: str
    path: str
    root: str
    query: tuple[str, ...] = ()
    fields: tuple[tuple[str, str | None], ...] = ()
    names: tuple[tuple[str, ...], ...] = (("carte.a",), ("carte.b", "carte.a"))


_TMS = "/private/tms/1.0.0"
_TILES = (("type", "xyz"), ("zmin", "0"), ("zmax", "16"))
_LEVELS = "{z}/{x}/{y}"
_ONE = (("carte.a",),)
_SERVICES = (
    _Service("wms", ConnectionKind.WMS, "wms-r", "/private/wms-r", "/private/wms-r", ("VERSION=1.3.0",)),
    _Service("wms", ConnectionKind.WMS, "wms-v", "/private/wms-v/", "/private/wms-v"),
    _Service(
        "wms",
        ConnectionKind.WMTS,
        "wmts",
        "/private/wmts",
        "/private/wmts",
        ("SERVICE=WMTS", "VERSION=1.0.0", "REQUEST=GetCapabilities"),
        (("tileMatrixSet", "PM"),),
    ),
    _Service("wms", ConnectionKind.XYZ, "tms", f"{_TMS}/carte.a/{_LEVELS}.png", _TMS, (), _TILES, _ONE),
    _Service(
        "wms",
        ConnectionKind.XYZ,
        "wmts",
        "/private/wmts",
        "/private/wmts",
        ("layer=carte.a", "TileMatrix={z}", "TileCol={x}", "TileRow={y}"),
        _TILES,
        _ONE,
    ),
    _Service("vectortile", ConnectionKind.VECTOR_TILES, "tms", f"{_TMS}/carte.a/{_LEVELS}.pbf", _TMS, (), _TILES, _ONE),
    _Service(
        "xyzvectortiles",
        ConnectionKind.VECTOR_TILES,
        "vector-tms",
        f"/private/vector-tms/carte.a/{_LEVELS}.pbf",
        "/private/vector-tms",
        (),
        _TILES,
        _ONE,
    ),
    _Service(
        "WFS",
        ConnectionKind.WFS,
        "wfs",
        "/private/wfs/ows",
        "/private/wfs/ows",
        ("VERSION=2.0.0",),
        (),
        (("plu:zone",),),
    ),
)
_OTHER_FIELDS = (
    ("crs", "EPSG:3857"),
    ("styles", None),
    ("styles", ""),
    ("http-header:referer", "https://example.org/?apikey%3Dnot-it"),
    ("dpiMode", "7"),
    ("password", ""),
)
_OTHER_QUOTED = (("srsname", "EPSG:2154"), ("restrictToRequestBBOX", "1"), ("filter", "\"a\" = \\'authcfg=x\\'"))
_LETTERS = "abcXYZ0189"
any_hashes = st.text(f"{_LETTERS}-_.~+/%&='\"# é", min_size=1, max_size=12)
authcfgs = st.text(_LETTERS, min_size=7, max_size=7)


@dataclass(frozen=True)
class _Carried:
    """What a source carries: the kinds, and a value for each."""

    kinds: frozenset[CarrierKind]
    hash: str
    header: str
    authcfg: str

    @property
    def fields(self) -> list[tuple[str, str | None]]:
        """The fields of those that are fields."""
        fields: list[tuple[str, str | None]] = []
        if CarrierKind.HASH_IN_HEADER in self.kinds:
            fields.append(("http-header:apikey", quote(self.header, safe="")))
        if CarrierKind.CONFIGURATION in self.kinds:
            fields.append(("authcfg", self.authcfg))
        return fields

    def read_from(self, source: LayerSource) -> LayerSource:
        """Return what is to be read of a source that carries this."""
        found: dict[CarrierKind, dict[str, str]] = {
            CarrierKind.HASH_IN_URL: {"hash": self.hash},
            CarrierKind.HASH_IN_HEADER: {"hash": self.header},
            CarrierKind.CONFIGURATION: {"configuration_id": self.authcfg},
            CarrierKind.LOGIN_IN_URL: {"login": "bob"},
        }
        for kind in reversed(found):
            if kind in self.kinds:
                source = replace(source, carrier=kind, **found[kind])  # type: ignore[arg-type]
        return source


@st.composite
def made_sources(draw: st.DrawFn, *, carriers: tuple[CarrierKind, ...] | None = None) -> Made:
    """Draw a source that carries these things, or any."""
    service = draw(st.sampled_from(_SERVICES))
    kinds = set(draw(st.lists(st.sampled_from(list(CarrierKind)), max_size=2)) if carriers is None else carriers)
    if service.provider == "WFS":
        kinds.discard(CarrierKind.HASH_IN_HEADER)
    carried = _Carried(frozenset(kinds), draw(any_hashes), draw(any_hashes), draw(authcfgs))
    names = draw(st.sampled_from(service.names))
    url = _url(draw, service, carried)
    fields = [*service.fields, *carried.fields]
    if service.provider == "WFS":
        others = draw(st.lists(st.sampled_from(_OTHER_QUOTED), unique=True))
        source = for_every = _quoted(_shuffled(draw, [*fields, *others, ("typename", names[0]), ("url", url)]))
    else:
        others = draw(st.lists(st.sampled_from(_OTHER_FIELDS), unique=True))
        layers = [] if service.fields == _TILES else [("layers", name) for name in names]
        encoding = draw(st.sampled_from(_ENCODINGS if "?" in url else _ENCODINGS[:3]))
        shuffled = _shuffled(draw, [*fields, *others, *layers, ("url", url)])
        source, for_every = (_joined(_with_url(shuffled, _encoded(url, how))) for how in (encoding, _ONCE[encoding]))
    matrix_set = "PM" if service.kind is ConnectionKind.WMTS else ""
    root = f"{HOST}{service.root}"
    read = LayerSource(service.kind, service.endpoint, root, names, True, False, tile_matrix_set=matrix_set)
    return Made(service.provider, source, carried.read_from(read), for_every)


def _with_url(fields: list[tuple[str, str | None]], written: str) -> list[tuple[str, str | None]]:
    return [(name, written if name == "url" else value) for name, value in fields]


def _url(draw: st.DrawFn, service: _Service, carried: _Carried) -> str:
    query = list(service.query)
    if CarrierKind.HASH_IN_URL in carried.kinds:
        name = draw(st.sampled_from(("apikey", "APIKEY", "ApiKey")))
        query.insert(draw(st.integers(0, len(query))), f"{name}={quote(carried.hash, safe='')}")
    login = "bob:mot%40x@" if CarrierKind.LOGIN_IN_URL in carried.kinds else ""
    return f"https://{login}data.geopf.fr{service.path}" + (f"?{'&'.join(query)}" if query else "")


def _shuffled(draw: st.DrawFn, fields: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Draw another order, but for the layers: theirs is that of drawing."""
    order = draw(st.permutations(range(len(fields))))
    shuffled = [fields[index] for index in order]
    layers = iter([field for field in fields if field[0] == "layers"])
    return [next(layers) if field[0] == "layers" else field for field in shuffled]


def _encoded(url: str, encoding: str) -> str:
    if encoding == "whole":
        return quote(url, safe="")
    if encoding == "twice":
        return quote(quote(url, safe=""), safe="")
    address, mark, query = url.partition("?")
    if encoding == "its query twice":
        return quote(address, safe=":/@") + mark + quote(quote(query, safe=""), safe="")
    return quote(address, safe=":/@") + mark + quote(query, safe="")


def _joined(fields: list[tuple[str, str | None]]) -> str:
    return "&".join(name if value is None else f"{name}={value}" for name, value in fields)


def _quoted(fields: list[tuple[str, str | None]]) -> str:
    return "".join(f" {name}='{value}'" for name, value in fields)

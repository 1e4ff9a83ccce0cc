"""Each place of a file where a source or a key can stand is found, and said to be what it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gpkeys_plugin.store.project_files.kinds import FileKind
from gpkeys_plugin.store.project_files.places import FoundSource, Where
from gpkeys_plugin.store.project_files.scan import FileFindings, scan_file
from gpkeys_plugin.store.project_files.stamps import CHUNK
from gpkeys_plugin.store.project_files.telltale_words import Marks

from .documents import DOCTYPE, HASH, LAYERS, MARKS, TILES, URL, WFS, WMS, map_layer, project, tree_layer, write_archive

ESCAPED = URL.replace("&", "&amp;")


def scanned(folder: Path, content: bytes, name: str = "a.qgs") -> FileFindings:
    path = folder / name
    path.write_bytes(content)
    findings = scan_file(path, MARKS)
    assert findings.problem is None
    assert findings.path == path
    return findings


def told(sources: tuple[FoundSource, ...]) -> list[tuple[Where, str, str, str, str]]:
    return [(s.place.where, s.place.element, s.place.layer_id, s.place.layer_name, s.provider) for s in sources]


def test_layers_and_their_copies_in_the_tree_are_told_with_name_and_provider(tmp_path: Path) -> None:
    findings = scanned(tmp_path, project())
    numbered = [(f"layer_{number}", name, provider) for number, (name, provider, _) in enumerate(LAYERS)]
    assert told(findings.sources) == [
        *((Where.TREE, "layer-tree-layer/@source", *layer) for layer in numbered),
        *((Where.LAYER, "datasource", *layer) for layer in numbered),
    ]
    assert [found.source for found in findings.sources] == [WMS, WFS, TILES] * 2
    assert findings.kind is FileKind.PROJECT
    assert findings.stamp is not None


IN_A_LAYER = [
    (f"<dataUrl>{ESCAPED}</dataUrl>", Where.METADATA, "dataUrl"),
    (f"<legendUrl>{ESCAPED}</legendUrl>", Where.METADATA, "legendUrl"),
    (f"<metadataUrls><metadataUrl>{ESCAPED}</metadataUrl></metadataUrls>", Where.METADATA, "metadataUrl"),
    (f'<resourceMetadata><links><link url="{ESCAPED}"/></links></resourceMetadata>', Where.METADATA, "link/@url"),
    (f"<mapTip>{ESCAPED}</mapTip>", Where.MAP_TIP, "mapTip"),
    (f'<actionsetting action="{ESCAPED}"/>', Where.ACTION, "actionsetting/@action"),
    (
        f'<renderer-v2><symbol><layer><Option value="{ESCAPED}"/></layer></symbol></renderer-v2>',
        Where.SYMBOL,
        "Option/@value",
    ),
    (f'<symbols><symbol><prop k="name" v="{ESCAPED}"/></symbol></symbols>', Where.SYMBOL, "prop/@v"),
    (f'<labeling><settings><x y="{ESCAPED}"/></settings></labeling>', Where.SYMBOL, "x/@y"),
    (f'<customproperties><Option value="{ESCAPED}"/></customproperties>', Where.PROPERTY, "Option/@value"),
    (f"<editforminitcode><![CDATA[x<y{URL}]]></editforminitcode>", Where.OTHER, "editforminitcode"),
    (f"<!-- <maplayer> {URL} -->", Where.OTHER, ""),
]


@pytest.mark.parametrize(("xml", "where", "element"), IN_A_LAYER)
def test_what_a_layer_has_besides_its_source(tmp_path: Path, xml: str, where: Where, element: str) -> None:
    layers = [("Parcelles", "WFS", "dbname='x'")]
    (found,) = scanned(tmp_path, project(xml, layers=layers)).sources
    assert told((found,)) == [(where, element, "layer_0", "Parcelles", "")]
    assert URL in found.source


IN_A_PROJECT = [
    (f'<Layouts><Layout><LayoutItem file="{ESCAPED}"/></Layout></Layouts>', Where.LAYOUT, "LayoutItem/@file", ""),
    (
        f'<Layouts><Layout><LayoutItem labelText="&lt;b>{ESCAPED}"/></Layout></Layouts>',
        Where.LAYOUT,
        "LayoutItem/@labelText",
        "",
    ),
    (
        f'<Layout><LayerSet><Layer provider="wms" source="{ESCAPED}" name="n">i</Layer></LayerSet></Layout>',
        Where.LAYOUT,
        "Layer/@source",
        "wms",
    ),
    (
        f"<Layouts><Layout><LayoutItem>{tree_layer(7, 'n', 'WFS', URL)}</LayoutItem></Layout></Layouts>",
        Where.LEGEND,
        "layer-tree-layer/@source",
        "WFS",
    ),
    (f'<Layouts><Layout><symbol a="{ESCAPED}"/></Layout></Layouts>', Where.LAYOUT, "symbol/@a", ""),
    (
        f'<referencedLayers><relation dataSource="{ESCAPED}" providerKey="WFS"/></referencedLayers>',
        Where.RELATION,
        "relation/@dataSource",
        "WFS",
    ),
    (
        f'<editWidget type="ValueRelation"><config><Option value="WFS" type="QString" name="LayerProviderName"/>\
<Option value="{ESCAPED}" name="LayerSource"/></config></editWidget>',
        Where.VALUE_RELATION,
        "Option/@value",
        "WFS",
    ),
    (
        f"<properties><WMSOnlineResource>{ESCAPED}</WMSOnlineResource></properties>",
        Where.PROPERTY,
        "WMSOnlineResource",
        "",
    ),
    (
        f"<properties><Variables><variableValues><value>{ESCAPED}</value></variableValues></Variables></properties>",
        Where.VARIABLE,
        "value",
        "",
    ),
    (f"<projectMetadata><links><link url='{ESCAPED}'/></links></projectMetadata>", Where.METADATA, "link/@url", ""),
]


@pytest.mark.parametrize(("xml", "where", "element", "provider"), IN_A_PROJECT)
def test_what_a_project_has_besides_layers(tmp_path: Path, xml: str, where: Where, element: str, provider: str) -> None:
    (found,) = scanned(tmp_path, project(more=xml, layers=[])).sources
    assert (found.place.where, found.place.element, found.provider) == (where, element, provider)
    assert found.source.endswith(URL)


def test_what_a_layer_is_called_is_not_taken_from_within_it(tmp_path: Path) -> None:
    layer = map_layer(0, "Plan", "WFS", WFS)
    names = "<customproperties><id>no</id><layername>no</layername><provider>no</provider></customproperties>"
    (found,) = scanned(tmp_path, project(more=layer.replace("<id>", f"{names}<id>", 1), layers=[])).sources
    assert told((found,)) == [(Where.LAYER, "datasource", "layer_0", "Plan", "WFS")]


@pytest.mark.parametrize("name", ["a.qgs", "a.QGS", "a.qgs~"])
def test_backups_are_projects(tmp_path: Path, name: str) -> None:
    assert len(scanned(tmp_path, project(), name).sources) == 6


@pytest.mark.parametrize("root", ["Layout", "Composer"])
def test_templates_are_layouts(tmp_path: Path, root: str) -> None:
    content = f'<{root}><LayoutItem file="{ESCAPED}"/>{tree_layer(1, "n", "wms", WMS)}</{root}>'.encode()
    wheres = [found.place.where for found in scanned(tmp_path, content, "a.qpt").sources]
    assert wheres == [Where.LAYOUT, Where.LEGEND]


def test_layer_definitions_have_a_tree_and_layers(tmp_path: Path) -> None:
    content = DOCTYPE.replace("qgis", "qgis-layer-definition", 1) + (
        f"<qlr><layer-tree-group>{tree_layer(0, *LAYERS[0])}</layer-tree-group>"
        f"<maplayers>{map_layer(0, *LAYERS[0])}</maplayers></qlr>\n"
    )
    assert [found.provider for found in scanned(tmp_path, content.encode(), "a.qlr").sources] == ["wms", "wms"]


def test_exports_of_connections_tell_each_value_with_the_connection(tmp_path: Path) -> None:
    content = (
        '<!DOCTYPE connections>\n<qgsXYZTilesConnections version="1.0">\n'
        f'    <xyztiles name="Plan &amp; co" url="{ESCAPED}" zmin="0" authcfg="abc1234" http-header:apikey="{HASH}"/>\n'
        "</qgsXYZTilesConnections>\n"
    ).encode()
    found = scanned(tmp_path, content, "a.xml").sources
    assert {(s.place.where, s.place.layer_name, s.provider) for s in found} == {(Where.CONNECTION, "Plan & co", "")}
    assert [(s.place.element, s.source) for s in found] == [
        ("xyztiles/@url", URL),
        ("xyztiles/@authcfg", "abc1234"),
        ("xyztiles/@http-header:apikey", HASH),
    ]


@pytest.mark.parametrize(
    "content", [b"<other>ign_scan_ws</other>", b"no xml", b"", b"\xff\xfe<\0", b"<?xml?><!DOCTYPE a [ ]><a/>"]
)
def test_other_peoples_xml_is_no_problem(tmp_path: Path, content: bytes) -> None:
    assert scanned(tmp_path, content, "metadata.xml").sources == ()


def test_archives_name_the_member(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.qgz", {"x.qgd": b"", "é.qgs": project(), "AbC_styles.db": HASH.encode()})
    findings = scan_file(path, MARKS)
    assert findings.problem is None
    assert {found.place.member for found in findings.sources} == {"é.qgs"}
    assert len(findings.sources) == 6


def test_a_value_is_told_once_however_often_a_mark_stands_in_it(tmp_path: Path) -> None:
    (found,) = scanned(tmp_path, project(more=f"<a>{HASH} authcfg={HASH}</a>", layers=[])).sources
    assert found.source == f"{HASH} authcfg={HASH}"


def test_marks_are_found_whatever_their_case(tmp_path: Path) -> None:
    (found,) = scanned(tmp_path, project(more="<a>AuthCfg=x IGN_SCAN_WS</a>", layers=[])).sources
    assert found.source == "AuthCfg=x IGN_SCAN_WS"
    assert Marks.of(["", "A", "a"]) == Marks((b"a",))


def test_escapes_are_undone(tmp_path: Path) -> None:
    xml = f'<a b="&#x26;&#38;&lt;&gt;&quot;&apos;é {HASH}"/>'
    (found,) = scanned(tmp_path, project(more=xml, layers=[])).sources
    assert found.source == f"&&<>\"'é {HASH}"


@pytest.mark.parametrize(("declared", "codec"), [("ISO-8859-1", "latin-1"), ("utf-8", "utf-8"), ("UTF-8", "utf-8-sig")])
def test_encodings_like_ascii_are_read(tmp_path: Path, declared: str, codec: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<qgis><a>é{HASH}</a></qgis>'
    (found,) = scanned(tmp_path, text.encode(codec)).sources
    assert found.source == f"é{HASH}"


def test_bytes_that_are_no_text_are_kept_apart(tmp_path: Path) -> None:
    (found,) = scanned(tmp_path, b"<qgis><a>\xe9ign_scan_ws</a></qgis>").sources
    assert found.source.encode("utf-8", "surrogateescape") == b"\xe9ign_scan_ws"


@pytest.mark.parametrize("shift", [*range(-40, 3), *range(-700, -40, 31)])
def test_nothing_is_lost_where_two_reads_meet(tmp_path: Path, shift: int) -> None:
    """The chunk ends in front of, within, and behind everything that stands around the hash."""
    layer = map_layer(0, "Plan", "WFS", f"a=1 {HASH}", "<!-- <x> --><![CDATA[ <y> ]]>")
    start = b"<qgis><projectlayers><a>"
    filling = b"x" * (CHUNK + shift - len(start) - len("</a>") - layer.index(HASH))
    findings = scanned(tmp_path, start + filling + b"</a>" + layer.encode() + b"</projectlayers></qgis>")
    assert told(findings.sources) == [(Where.LAYER, "datasource", "layer_0", "Plan", "WFS")]


def test_the_stamp_is_that_of_the_content(tmp_path: Path) -> None:
    first = scanned(tmp_path, project())
    os.utime(first.path, (1, 1))
    assert scan_file(first.path, MARKS) == first
    assert scanned(tmp_path, project(more=" ")).stamp != first.stamp


def test_a_source_is_not_in_what_is_logged(tmp_path: Path) -> None:
    assert HASH not in repr(scanned(tmp_path, project()))
    assert HASH not in repr(MARKS)

"""WFS as the platform's GeoServer speaks it, in front of QGIS Server.

QGIS Server knows WFS 1.0.0 and 1.1.0 and names a type `zonage`; clients of the platform ask for WFS 2.0.0 and for
`rochebrune.plu_2026:zonage`. This translates requests one way and answers the other. All versions get the long names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from ..dataset.made_up_layers import LAYERS

VERSIONS = ("2.0.0", "1.1.0", "1.0.0")
PREFIX_OF = {table: known.layer_name for known in LAYERS for table in known.tables}
"""Table → the name before the colon, as clients see it."""
NAMESPACE = "https://data.geopf.fr/schemas/rochebrune"
"""What every prefix stands for: all types share one namespace."""

_QGIS_NAMESPACE = "http://www.qgis.org/gml"
_RENAMED = {"typenames": "typename", "count": "maxfeatures", "resourceid": "featureid"}
_NAMESPACES_2 = (
    ('"http://www.opengis.net/wfs"', '"http://www.opengis.net/wfs/2.0"'),
    ('"http://www.opengis.net/gml"', '"http://www.opengis.net/gml/3.2"'),
    ('"http://www.opengis.net/ows"', '"http://www.opengis.net/ows/1.1"'),
    ('xmlns:ogc="http://www.opengis.net/ogc"', 'xmlns:fes="http://www.opengis.net/fes/2.0"'),
)
_FILTER_CAPABILITIES_2 = """<fes:Filter_Capabilities>
  <fes:Conformance>
   <fes:Constraint name="ImplementsQuery"><ows:NoValues/><ows:DefaultValue>TRUE</ows:DefaultValue></fes:Constraint>
   <fes:Constraint name="ImplementsMinStandardFilter"><ows:NoValues/><ows:DefaultValue>TRUE</ows:DefaultValue>\
</fes:Constraint>
   <fes:Constraint name="ImplementsMinSpatialFilter"><ows:NoValues/><ows:DefaultValue>TRUE</ows:DefaultValue>\
</fes:Constraint>
  </fes:Conformance>
  <fes:Spatial_Capabilities>
   <fes:GeometryOperands><fes:GeometryOperand name="gml:Envelope"/></fes:GeometryOperands>
   <fes:SpatialOperators><fes:SpatialOperator name="BBOX"/></fes:SpatialOperators>
  </fes:Spatial_Capabilities>
 </fes:Filter_Capabilities>"""
_PAGING_2 = """ <ows:Constraint name="ImplementsResultPaging"><ows:NoValues/>\
<ows:DefaultValue>TRUE</ows:DefaultValue></ows:Constraint>
  <ows:Constraint name="KVPEncoding"><ows:NoValues/><ows:DefaultValue>TRUE</ows:DefaultValue></ows:Constraint>
 </ows:OperationsMetadata>"""
_FORMATS_2 = """<ows:Parameter name="outputFormat">
    <ows:AllowedValues>
     <ows:Value>application/gml+xml; version=3.2</ows:Value>
     <ows:Value>application/json</ows:Value>
    </ows:AllowedValues>
   </ows:Parameter>"""


@dataclass(frozen=True)
class WfsRequest:
    """A client's request, understood: the version to answer in, and what to ask QGIS Server."""

    version: str
    operation: str
    parameters: dict[str, str]

    @property
    def is_paged(self) -> bool:
        """Whether only a part of the features was asked for."""
        return bool({"maxfeatures", "startindex"} & self.parameters.keys())

    def counting(self) -> dict[str, str]:
        """The same question, but how many features there are in all."""
        kept = {name: text for name, text in self.parameters.items() if name not in ("maxfeatures", "startindex")}
        return {**kept, "resulttype": "hits"}


def negotiated_version(parameters: Mapping[str, str]) -> str:
    """The version to answer in: the one asked for, else the first acceptable one, else the latest."""
    asked = [parameters.get("version", ""), *parameters.get("acceptversions", "").split(",")]
    return next((version for version in asked if version in VERSIONS), VERSIONS[0])


def read_request(parameters: Mapping[str, str]) -> WfsRequest:
    """Understand a request; `parameters` has lower-case names."""
    version = negotiated_version(parameters)
    translated = {_RENAMED.get(name, name): text for name, text in parameters.items()}
    for unknown in ("namespaces", "namespace", "acceptversions"):
        translated.pop(unknown, None)
    translated["version"] = "1.0.0" if version == "1.0.0" else "1.1.0"
    if "typename" in translated:
        translated["typename"] = ",".join(name.rpartition(":")[2] for name in translated["typename"].split(","))
    if "filter" in translated:
        translated["filter"] = _filter_1(translated["filter"])
    if version == "2.0.0" and "json" not in translated.get("outputformat", ""):
        translated.pop("outputformat", None)
    if "json" in translated.get("outputformat", ""):
        translated["outputformat"] = "GeoJSON"
    return WfsRequest(version, translated.get("request", "").lower(), translated)


def _filter_1(text: str) -> str:
    """A filter in the words of Filter Encoding 1.1, without prefixes before names."""
    text = text.replace("http://www.opengis.net/fes/2.0", "http://www.opengis.net/ogc").replace("gml/3.2", "gml")
    text = re.sub(r"\bfes:", "ogc:", text).replace("xmlns:fes=", "xmlns:ogc=").replace("ValueReference", "PropertyName")
    text = re.sub(r"(PropertyName>)[\w.]+:", r"\1", text)
    return re.sub(r"ResourceId\s+rid=", "FeatureId fid=", text)


def read_post(body: bytes) -> dict[str, str]:
    """The key-value form of a request posted as XML (GetCapabilities, DescribeFeatureType, GetFeature of one type).

    ElementTree.ParseError when it is no XML.
    """
    root = ElementTree.fromstring(body)
    found = {"service": "WFS", "request": root.tag.rpartition("}")[2]}
    found.update({name.lower(): text for name, text in root.attrib.items() if "}" not in name})
    queries = [element for element in root.iter() if element.tag.rpartition("}")[2] == "Query"]
    names = [name for query in queries for name in _type_names(query)]
    names += [element.text or "" for element in root.iter() if element.tag.rpartition("}")[2] == "TypeName"]
    if names:
        found["typenames"] = ",".join(names)
    for query in queries[:1]:
        found.update({name.lower(): text for name, text in query.attrib.items() if name == "srsName"})
        for child in query:
            if child.tag.rpartition("}")[2] == "Filter":
                found["filter"] = ElementTree.tostring(child, encoding="unicode")
    return found


def _type_names(query: ElementTree.Element) -> list[str]:
    return (query.get("typeNames") or query.get("typeName") or "").replace(",", " ").split()


def write_answer(request: WfsRequest, text: str, matched: int | None = None) -> str:
    """Turn QGIS Server's XML into what a client of the platform gets.

    `matched` is the number of features in all, where the answer holds only some of them.
    """
    text = _long_names(text)
    if request.version != "2.0.0" or "ExceptionReport" in text[:400]:
        return text
    if request.operation == "getcapabilities":
        return _capabilities_2(text)
    if request.operation == "describefeaturetype":
        return _schema_2(text)
    return _collection_2(text, matched) if request.operation == "getfeature" else text


def _long_names(text: str) -> str:
    """Put the platform's prefixes before type names, on elements and in `Name`."""
    for table, prefix in PREFIX_OF.items():
        text = re.sub(rf"(</?)qgs:{table}\b", rf"\g<1>{prefix}:{table}", text)
        text = text.replace(f"<Name>{table}</Name>", f"<Name>{prefix}:{table}</Name>")
        text = re.sub(rf"(TYPENAME=){table}\b", rf"\g<1>{prefix}:{table}", text)
    prefixes = " ".join(f'xmlns:{prefix}="{NAMESPACE}"' for prefix in dict.fromkeys(PREFIX_OF.values()))
    text = re.sub(r"(<(?:wfs:FeatureCollection|WFS_Capabilities|schema)\b)", rf"\1 {prefixes}", text, count=1)
    return text.replace(_QGIS_NAMESPACE, NAMESPACE)


def _namespaces_2(text: str) -> str:
    for old, new in _NAMESPACES_2:
        text = text.replace(old, new)
    return text


def _capabilities_2(text: str) -> str:
    text = _namespaces_2(text)
    text = text.replace('version="1.1.0"', 'version="2.0.0"').replace(
        "http://www.opengis.net/wfs http://schemas.opengis.net/wfs/1.1.0/wfs.xsd",
        "http://www.opengis.net/wfs/2.0 http://schemas.opengis.net/wfs/2.0/wfs.xsd",
    )
    text = text.replace(">1.1.0</ows:ServiceTypeVersion>", ">2.0.0</ows:ServiceTypeVersion>")
    text = re.sub(r"(\s*)<ows:Value>1.1.0</ows:Value>", r"\1<ows:Value>2.0.0</ows:Value>\g<0>", text)
    text = re.sub(r'<ows:Operation name="Transaction">.*?</ows:Operation>\s*', "", text, flags=re.DOTALL)
    text = re.sub(r"\s*<Operations>.*?</Operations>", "", text, flags=re.DOTALL)
    text = re.sub(r'<ows:Parameter name="outputFormat">.*?</ows:Parameter>', _FORMATS_2, text, flags=re.DOTALL)
    text = re.sub(
        r"(Default|Other)SRS>EPSG:(\d+)</(?:Default|Other)SRS", r"\1CRS>urn:ogc:def:crs:EPSG::\2</\1CRS", text
    )
    text = text.replace("</ows:OperationsMetadata>", _PAGING_2)
    return re.sub(
        r"<ogc:Filter_Capabilities>.*?</ogc:Filter_Capabilities>", _FILTER_CAPABILITIES_2, text, flags=re.DOTALL
    )


def _schema_2(text: str) -> str:
    text = _namespaces_2(text).replace("gml/3.1.1/base/gml.xsd", "gml/3.2.1/gml.xsd")
    text = text.replace("gml:_Feature", "gml:AbstractFeature").replace(
        "gml:PolygonPropertyType", "gml:SurfacePropertyType"
    )
    return text.replace("gml:LineStringPropertyType", "gml:CurvePropertyType")


def _collection_2(text: str, matched: int | None) -> str:
    text = re.sub(r"^<gml:boundedBy>.*?^</gml:boundedBy>\s*", "", text, flags=re.DOTALL | re.MULTILINE)
    text = text.replace("gml:featureMember>", "wfs:member>").replace(
        "http://www.opengis.net/wfs http://schemas.opengis.net/wfs/1.1.0/wfs.xsd",
        "http://www.opengis.net/wfs/2.0 http://schemas.opengis.net/wfs/2.0/wfs.xsd",
    )
    text = text.replace("VERSION=1.1.0&amp;", "VERSION=2.0.0&amp;").replace("subtype%3Dgml/3.1.1", "subtype%3Dgml/3.2")
    counted = count_of(text)
    returned = text.count("<wfs:member>")
    total = matched if matched is not None else counted if counted is not None else returned
    text = re.sub(r'\s*numberOfFeatures="\d+"', "", text)
    return re.sub(
        r"<wfs:FeatureCollection",
        rf'<wfs:FeatureCollection numberMatched="{total}" numberReturned="{returned}"',
        _namespaces_2(text),
        count=1,
    )


def count_of(text: str) -> int | None:
    """The number in an answer to `resulttype=hits`, None where there is none."""
    found = re.search(r'numberOfFeatures="(\d+)"', text)
    return int(found.group(1)) if found else None

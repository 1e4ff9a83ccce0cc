"""Capabilities as one key may see them, under the gateway's own address."""

from __future__ import annotations

from collections.abc import Callable, Collection
from xml.dom import minidom

Node = minidom.Element


def limit_capabilities(endpoint: str, body: bytes, allowed: Collection[str]) -> bytes:
    """Take out of the capabilities of an endpoint every layer whose offering is not in `allowed`."""
    document = minidom.parseString(body)  # noqa: S318  # our own server wrote it
    _LIMITERS[endpoint](document, allowed)
    return document.toxml(encoding="utf-8")


def _limit_wms(document: minidom.Document, allowed: Collection[str]) -> None:
    for layer in _elements(document, "Layer"):
        names = [child for child in layer.childNodes if child.nodeName == "Name"]
        if not names or _text(names[0]) in allowed:
            continue
        if any(child.nodeName == "Layer" for child in layer.childNodes):
            # Asking for a group by its name would give all that it holds.
            layer.removeChild(names[0])
        else:
            _remove(layer)


def _limit_by_child(element: str, child: str) -> Callable[[minidom.Document, Collection[str]], None]:
    """Elements named `element` stay when the text of their `child` belongs to an allowed layer."""

    def limit(document: minidom.Document, allowed: Collection[str]) -> None:
        for found in _elements(document, element):
            name = next((_text(node) for node in found.childNodes if _local_name(node) == child), "")
            if name.partition(":")[0] not in allowed:
                _remove(found)

    return limit


_LIMITERS: dict[str, Callable[[minidom.Document, Collection[str]], None]] = {
    "wms-v": _limit_wms,
    "wfs": _limit_by_child("FeatureType", "Name"),
}


def _elements(document: minidom.Document, name: str) -> list[Node]:
    return list(document.getElementsByTagNameNS("*", name))


def _local_name(node: minidom.Node) -> str:
    return (node.nodeName or "").rpartition(":")[2]


def _text(node: minidom.Node) -> str:
    return "".join(child.data for child in node.childNodes if isinstance(child, minidom.Text)).strip()


def _remove(node: Node) -> None:
    if node.parentNode is not None:
        node.parentNode.removeChild(node)


def advertise(body: bytes, upstream_url: str, gateway_url: str) -> bytes:
    """Put the gateway's own address, without any key, where the OGC server wrote its own."""
    return body.replace(upstream_url.encode(), gateway_url.encode())

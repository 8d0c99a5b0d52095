"""XML that is well-formed whatever the text in it."""

from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element, SubElement, indent, tostring

_NONE: Mapping[str, str] = MappingProxyType({})


def child(
    parent: Element, name: str, text: str, attributes: Mapping[str, str] = _NONE
) -> None:
    """Add an element that holds nothing but text."""
    SubElement(parent, name, dict(attributes)).text = text


def document(root: Element) -> bytes:
    """Return an element as a document that people can read too."""
    indent(root, " ")
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"

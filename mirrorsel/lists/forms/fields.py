"""What a list can say of mirrors, as far as forms differ in it."""

from collections.abc import Container, Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

from mirrorsel.model import Mirror


class Field(StrEnum):
    """One thing that a form may hold or not."""

    COUNTRY = "country"
    BACKUP = "Backup"
    CONTACT = "contact"
    COORDINATES = "lat, lon"
    ASN = "asn"
    WEIGHT = "weight"
    MAX_SHARE = "max_share"
    PREFIX = "prefix"
    ONLY = "only"
    REFUSES = "refuses"
    IPV4 = "ipv4"
    IPV6 = "ipv6"
    DISABLED = "disabled"
    STAMP = "epoch"
    LOGO = "logo"
    LINK = "link"
    ALONE = "ftp and rsync alone"
    """Mirrors that no http mirror of the same host goes with."""
    ORDER = "order"
    DATE = "date"
    STATE = "state"
    """What the checker saw of the mirrors."""
    COMMENTS = "comments"


ATTRIBUTES: Mapping[Field, str] = MappingProxyType(
    {
        Field.COUNTRY: "country",
        Field.BACKUP: "backup",
        Field.CONTACT: "contact",
        Field.COORDINATES: "coordinates",
        Field.ASN: "asn",
        Field.WEIGHT: "weight",
        Field.MAX_SHARE: "max_share",
        Field.PREFIX: "prefixes",
        Field.ONLY: "only",
        Field.REFUSES: "refuses",
        Field.IPV4: "ipv4",
        Field.IPV6: "ipv6",
        Field.DISABLED: "disabled",
        Field.STAMP: "stamp",
        Field.LOGO: "logo",
        Field.LINK: "link",
    }
)
"""The attribute of a mirror for every field that one mirror can have."""

PLURALS: Mapping[Field, str] = MappingProxyType(
    {
        Field.COUNTRY: "countries",
        Field.BACKUP: "which mirrors are Backup",
        Field.CONTACT: "contacts",
        Field.COORDINATES: "coordinates",
        Field.ASN: "autonomous systems",
        Field.WEIGHT: "weights",
        Field.MAX_SHARE: "largest shares (max_share)",
        Field.PREFIX: "parts of the tree (prefix)",
        Field.ONLY: "whom a mirror serves only (only)",
        Field.REFUSES: "refused countries (refuses)",
        Field.IPV4: "ipv4=no",
        Field.IPV6: "ipv6=no",
        Field.DISABLED: "reasons of mirrors out of service (disabled)",
        Field.STAMP: "time stamps",
        Field.LOGO: "logos",
        Field.LINK: "links",
    }
)
"""What the fields of many mirrors are called."""

EVERY_FIELD = frozenset(ATTRIBUTES)

_PLAIN = Mirror(url="http://mirror.example/")


def value_of(mirror: Mirror, field: Field) -> object:
    """Return what a mirror has in a field, None where that is the default."""
    value: object = getattr(mirror, ATTRIBUTES[field])
    return None if value == getattr(_PLAIN, ATTRIBUTES[field]) else value


def restricted(mirror: Mirror, held: Container[Field]) -> Mirror:
    """Return a mirror with every field that is not held at its default."""
    plain = {
        name: getattr(_PLAIN, name)
        for field, name in ATTRIBUTES.items()
        if field not in held
    }
    return replace(mirror, **plain)

"""Countries, and how lists write them."""

from dataclasses import dataclass

from mirrorsel.model.place import Coordinates


def listed_country(iso: str) -> str:
    """Return a code of ISO 3166-1 as lists write it: lower case, `uk` for GB."""
    code = iso.lower()
    return "uk" if code == "gb" else code


def iso_country(listed: str) -> str:
    """Return a country's code of ISO 3166-1 in lower case: `gb` for `uk`."""
    return "gb" if listed == "uk" else listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What is known of a country, for clients and mirrors placed no better."""

    code: str
    """Lower case, ``uk`` for the United Kingdom."""
    name: str
    """In English."""
    continent: str
    centre: Coordinates | None = None
    """The mean place of its people; None for a few countries without towns."""

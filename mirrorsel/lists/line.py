"""One mirror as a line that reads back as it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from mirrorsel.model import USUAL_WEIGHT, Mirror, Scope

BACKUP = "Backup"
"""What stands in the place of a country for a server of last resort."""
NONE = "-"
"""What stands for no contact."""

_NEVER = "0"
_DECIMALS = 12
SHARE_DECIMALS = 6
"""Those of a `max_share` in per cent."""


def render_line(mirror: Mirror) -> str:
    """Return a mirror as a line, without its end.

    Fields are parted by tabs, options by blanks. The line reads back as the mirror,
    but for its number, and for a contact that no list can hold.
    A mirror with a contact loses its stamp, logo and link, which stand in its place.
    """
    options = " ".join(option_words(mirror))
    fourth = fourth_words(mirror) or ((NONE,) if options else ())
    fields = (mirror.kind.value, place_word(mirror), quoted(mirror.url), *fourth)
    return "\t".join((*fields, options) if options else fields)


def place_word(mirror: Mirror) -> str:
    """Return the second field: a country, or that it is a Backup."""
    return BACKUP if mirror.backup or mirror.country is None else mirror.country


def fourth_words(mirror: Mirror) -> tuple[str, ...]:
    """Return the contact, else stamp with logo and link, as far as there are any."""
    if mirror.contact is not None:
        return (quoted(mirror.contact),)
    more = (mirror.logo, mirror.link) if mirror.link else (mirror.logo,)
    if not any(more):
        return () if mirror.stamp is None else (_epoch(mirror),)
    return (_epoch(mirror), *map(quoted, more))


def option_words(mirror: Mirror) -> tuple[str, ...]:
    """Return the options that tell what is not the default, in the usual order."""
    return tuple(option_word(*one) for one in option_texts(mirror).items())


def option_word(name: str, value: str) -> str:
    """Return an option as it stands in a line."""
    return f"{name}={quoted(value)}"


def option_texts(mirror: Mirror) -> dict[str, str]:
    """Return the values that are not the default, by the names of their options."""
    texts = {name: write(mirror) for name, write in _WRITERS.items()}
    return {name: text for name, text in texts.items() if text is not None}


def quoted(text: str) -> str:
    """Return a text as one word, in double quotes where it needs them."""
    if text and not set(text) & {" ", '"'} and not text.startswith("#"):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def decimal(number: float, decimals: int = _DECIMALS) -> str:
    """Return a number without an exponent, which a list does not know."""
    return f"{number:.{decimals}f}".rstrip("0").rstrip(".")


def _epoch(mirror: Mirror) -> str:
    return f"{mirror.stamp.timestamp():.0f}" if mirror.stamp else _NEVER


def _latitude(mirror: Mirror) -> str | None:
    place = mirror.coordinates
    return decimal(place.latitude) if place else None


def _longitude(mirror: Mirror) -> str | None:
    place = mirror.coordinates
    return decimal(place.longitude) if place else None


def _share(mirror: Mirror) -> str | None:
    if mirror.max_share is None:
        return None
    return f"{decimal(mirror.max_share * 100, SHARE_DECIMALS)}%"


def _no(answer: bool) -> str | None:  # noqa: FBT001 - the one thing it is about
    return None if answer else "no"


_WRITERS: Mapping[str, Callable[[Mirror], str | None]] = MappingProxyType(
    {
        "lat": _latitude,
        "lon": _longitude,
        "asn": lambda one: f"AS{one.asn}" if one.asn else None,
        "weight": lambda one: str(one.weight) if one.weight != USUAL_WEIGHT else None,
        "max_share": _share,
        "prefix": lambda one: ",".join(map(_prefix, one.prefixes)) or None,
        "only": lambda one: (
            ",".join(each for each in Scope if each in one.only) or None
        ),
        "refuses": lambda one: ",".join(sorted(one.refuses)) or None,
        "ipv4": lambda one: _no(one.ipv4),
        "ipv6": lambda one: _no(one.ipv6),
        "disabled": lambda one: one.disabled,
    }
)


def _prefix(prefix: str) -> str:
    return prefix.removesuffix("/")

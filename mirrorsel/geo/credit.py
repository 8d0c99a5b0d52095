"""Who made a database, as its licence asks to have it said."""

from collections.abc import Iterable
from dataclasses import dataclass

from mirrorsel.geo.database import About


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What the pages say that show something found with a database."""

    words: str
    name: str
    """What follows the words and leads to `url`."""
    url: str


# By how the types of their databases begin.
_CREDITS = {
    # https://db-ip.com/db/lite.php: CC BY 4.0, with a link.
    "DBIP": Credit(words="IP geolocation by", name="DB-IP", url="https://db-ip.com/"),
    # https://www.maxmind.com/en/geolite2/eula, "Attribution requirements".
    "GeoLite": Credit(
        words="This product includes GeoLite data created by MaxMind, available from",
        name="https://www.maxmind.com",
        url="https://www.maxmind.com",
    ),
}


def credits_of(databases: Iterable[About]) -> tuple[Credit, ...]:
    """Return whom the licences of databases want named, each once."""
    found = {
        credit: None
        for one in databases
        for start, credit in _CREDITS.items()
        if one.type.startswith(start)
    }
    return tuple(found)

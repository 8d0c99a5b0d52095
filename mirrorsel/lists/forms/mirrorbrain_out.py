"""Writing mirrors as `mb edit` takes them, one a file."""

from mirrorsel.lists.forms.entries import Entry, contact_of, entries_of, named
from mirrorsel.lists.forms.fields import Field
from mirrorsel.lists.forms.form import Form, Listing
from mirrorsel.lists.forms.mirrorbrain_in import RULE, read_mirrorbrain
from mirrorsel.model import Scope, iso_country

_HELD = frozenset(
    {
        *(Field.COUNTRY, Field.CONTACT, Field.COORDINATES, Field.ASN, Field.WEIGHT),
        *(Field.ONLY, Field.IPV4, Field.DISABLED, Field.LINK),
    }
)
_NOWHERE = "0"


def write_mirrorbrain(listing: Listing) -> dict[str, str]:
    """Return an entry for the lines of each host, by its name."""
    listed = (one for one in listing.mirrors.mirrors if not one.backup)
    entries = entries_of(listed, _HELD, twins=False)
    return {name: _text(name, entry, listing) for name, entry in named(entries)}


def _text(name: str, entry: Entry, listing: Listing) -> str:
    region = listing.continents.get(entry.first.country or "", "").lower()
    fields = _fields(name, entry, region)
    lines = [f"{key:<15}: {text}" for key, text in fields.items()]
    return "\n".join([*lines, RULE, entry.first.disabled or "", RULE, ""])


def _fields(name: str, entry: Entry, region: str) -> dict[str, str]:
    """Return the fields that a list knows of, in the order of `mb show`."""
    mirror, contact = entry.first, contact_of(entry.first)
    return {
        "identifier": name,
        "operatorUrl": mirror.link,
        "baseurl": next(iter(entry.urls.values())),
        "baseurlFtp": entry.urls.get("ftp", ""),
        "baseurlRsync": entry.urls.get("rsync", ""),
        "region": region,
        "country": iso_country(mirror.country or ""),
        "asn": str(mirror.asn or _NOWHERE),
        "lat,lng": _place(entry),
        "regionOnly": str(Scope.CONTINENT in mirror.only),
        "countryOnly": str(Scope.COUNTRY in mirror.only),
        "asOnly": str(Scope.AS in mirror.only),
        "prefixOnly": str(False),
        "ipv6Only": str(not mirror.ipv4),
        "score": str(mirror.weight),
        "enabled": str(mirror.disabled is None),
        "admin": contact.name,
        "adminEmail": contact.mail,
    }


def _place(entry: Entry) -> str:
    place = entry.first.coordinates
    if place is None:
        return f"{_NOWHERE},{_NOWHERE}"
    return f"{place.latitude},{place.longitude}"


MIRRORBRAIN = Form(
    name="mirrorbrain",
    about="the form mirrorbrain",
    holds=_HELD,
    read=read_mirrorbrain,
    write=write_mirrorbrain,
    folder=True,
)

"""Writing mirrors as the editor of mirrorbits takes them, one a file."""

import yaml

from mirrorsel.lists.forms.entries import Entry, contact_of, entries_of, named
from mirrorsel.lists.forms.fields import Field
from mirrorsel.lists.forms.form import Form, Listing
from mirrorsel.lists.forms.mirrorbits_in import COMMENTS, read_mirrorbits
from mirrorsel.model import USUAL_WEIGHT, Scope, iso_country

_HELD = frozenset(
    {
        *(Field.COUNTRY, Field.CONTACT, Field.COORDINATES, Field.ASN, Field.WEIGHT),
        *(Field.ONLY, Field.REFUSES, Field.DISABLED, Field.LOGO, Field.LINK),
    }
)
_WEB = ("https", "http")


def write_mirrorbits(listing: Listing) -> dict[str, str]:
    """Return an entry for the lines of each host, by its name."""
    listed = (one for one in listing.mirrors.mirrors if not one.backup)
    entries = entries_of(listed, _HELD, twins=True)
    return {
        f"{name}.yaml": _document(name, entry, listing)
        for name, entry in named(entries)
    }


def _document(name: str, entry: Entry, listing: Listing) -> str:
    fields = {"Name": name, **_fields(entry)}
    continent = listing.continents.get(entry.first.country or "")
    if continent is not None:
        fields["ContinentCode"] = continent
    document: str = yaml.safe_dump(
        fields, sort_keys=False, allow_unicode=True, width=float("inf")
    )
    if entry.first.disabled is None:
        return document
    return f"{document}\n{COMMENTS}\n\n{entry.first.disabled}\n"


def _fields(entry: Entry) -> dict[str, object]:
    """Return the fields that a list knows of; the editor keeps the others."""
    mirror, contact = entry.first, contact_of(entry.first)
    fields: dict[str, object] = {
        "HttpURL": _web(entry),
        "RsyncURL": entry.urls.get("rsync", ""),
        "FtpURL": entry.urls.get("ftp", ""),
        "SponsorURL": mirror.link,
        "SponsorLogoURL": mirror.logo,
        "AdminName": contact.name,
        "AdminEmail": contact.mail,
        "ContinentOnly": Scope.CONTINENT in mirror.only,
        "CountryOnly": Scope.COUNTRY in mirror.only,
        "ASOnly": Scope.AS in mirror.only,
        "Score": mirror.weight - USUAL_WEIGHT,
        "CountryCodes": iso_country(mirror.country or "").upper(),
        "ExcludedCountryCodes": " ".join(
            sorted(iso_country(one).upper() for one in mirror.refuses)
        ),
        "Enabled": mirror.disabled is None,
    }
    if mirror.coordinates is not None:
        fields["Latitude"] = mirror.coordinates.latitude
        fields["Longitude"] = mirror.coordinates.longitude
    if mirror.asn is not None:
        fields["ASNum"] = mirror.asn
    return fields


def _web(entry: Entry) -> str:
    """Return the URL, without its scheme where there is one for each."""
    urls = [entry.urls[one] for one in _WEB if one in entry.urls]
    return urls[0].partition("://")[2] if len(urls) > 1 else urls[0]


MIRRORBITS = Form(
    name="mirrorbits",
    about="the form mirrorbits",
    holds=_HELD,
    read=read_mirrorbits,
    write=write_mirrorbits,
    folder=True,
)

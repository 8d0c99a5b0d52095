"""The object of one mirror in the form JSON."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from mirrorsel.lists.forms.draft import Text
from mirrorsel.lists.line import SHARE_DECIMALS, decimal, place_word
from mirrorsel.lists.options import OPTIONS
from mirrorsel.model import HIGHEST_WEIGHT, USUAL_WEIGHT, Mirror, Scope


def _option(name: str, note: str = "") -> str:
    return OPTIONS[name].description.replace("`", "") + note


class Entry(Struct, kw_only=True, forbid_unknown_fields=True):
    """One mirror; what is null or not there is at its default."""

    type: Annotated[
        Literal["http", "ftp", "rsync"] | None,
        Meta(description="Told by the URL if it is not given; https is of type http."),
    ] = None
    country: Annotated[
        str,
        Meta(
            description="A code of two letters, or Backup.",
            pattern="^([A-Za-z]{2}|[Bb]ackup)$",
        ),
    ]
    url: Annotated[
        str, Meta(description="The base URL.", pattern="^[A-Za-z]+://[^/].*$")
    ]
    contact: Annotated[str | None, Meta(description="A mail address, or any text.")] = (
        None
    )
    epoch: Annotated[
        Annotated[int, Meta(ge=0, le=2**33)] | None,
        Meta(description="The time of the mirror's tree in seconds since 1970."),
    ] = None
    logo: Annotated[str | None, Meta(description="The URL of a logo.")] = None
    link: Annotated[str | None, Meta(description="The URL behind the logo.")] = None
    lat: Annotated[
        Annotated[float, Meta(ge=-90, le=90)] | None, Meta(description=_option("lat"))
    ] = None
    lon: Annotated[
        Annotated[float, Meta(ge=-180, le=180)] | None, Meta(description=_option("lon"))
    ] = None
    asn: Annotated[
        Annotated[int, Meta(ge=1, le=2**32 - 1)] | None,
        Meta(description=_option("asn")),
    ] = None
    weight: Annotated[
        Annotated[int, Meta(ge=1, le=HIGHEST_WEIGHT)] | None,
        Meta(description=_option("weight")),
    ] = USUAL_WEIGHT
    max_share: Annotated[
        Annotated[float, Meta(ge=1, le=100)] | None,
        Meta(description=_option("max_share", " In per cent.")),
    ] = None
    prefix: Annotated[
        list[Annotated[str, Meta(pattern="^[^,/][^,]*$")]],
        Meta(description=_option("prefix")),
    ] = []
    only: Annotated[list[Scope], Meta(description=_option("only"))] = []
    refuses: Annotated[
        list[Annotated[str, Meta(pattern="^[A-Za-z]{2}$")]],
        Meta(description=_option("refuses")),
    ] = []
    ipv4: Annotated[bool, Meta(description=_option("ipv4"))] = True
    ipv6: Annotated[bool, Meta(description=_option("ipv6"))] = True
    disabled: Annotated[
        str | None, Meta(description=f"{_option('disabled')} It is the reason.")
    ] = None


def entry_of(mirror: Mirror) -> Entry:
    """Return the object of a mirror, which says all of it."""
    place, share = mirror.coordinates, mirror.max_share
    return Entry(
        type=mirror.kind.value,
        country=place_word(mirror),
        url=mirror.url,
        contact=mirror.contact,
        epoch=round(mirror.stamp.timestamp()) if mirror.stamp else None,
        logo=mirror.logo or None,
        link=mirror.link or None,
        lat=place.latitude if place else None,
        lon=place.longitude if place else None,
        asn=mirror.asn,
        weight=mirror.weight,
        max_share=None if share is None else round(share * 100, SHARE_DECIMALS),
        prefix=[one.removesuffix("/") for one in mirror.prefixes],
        only=sorted(mirror.only),
        refuses=sorted(mirror.refuses),
        ipv4=mirror.ipv4,
        ipv6=mirror.ipv6,
        disabled=mirror.disabled,
    )


def texts_of_entry(entry: Entry) -> dict[str, Text]:
    """Return what an object says as texts, each in the column of its number."""
    texts = {
        "type": entry.type or "",
        "country": entry.country,
        "url": entry.url,
        "contact": entry.contact or "",
        "epoch": _number(entry.epoch),
        "logo": entry.logo or "",
        "link": entry.link or "",
        "lat": _number(entry.lat),
        "lon": _number(entry.lon),
        "asn": _number(entry.asn),
        "weight": _number(entry.weight),
        "max_share": _share(entry.max_share),
        "prefix": ",".join(entry.prefix),
        "only": ",".join(entry.only),
        "refuses": ",".join(entry.refuses),
        "ipv4": "yes" if entry.ipv4 else "no",
        "ipv6": "yes" if entry.ipv6 else "no",
        "disabled": entry.disabled or "",
    }
    return {name: Text(text) for name, text in texts.items()}


def _number(number: float | None) -> str:
    if number is None:
        return ""
    return str(number) if isinstance(number, int) else decimal(number)


def _share(share: float | None) -> str:
    return "" if share is None else decimal(share, SHARE_DECIMALS)

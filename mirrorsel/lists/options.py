"""The options that a line may end with; each with its check and its sentence."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mirrorsel.model import HIGHEST_WEIGHT, Scope, listed_country

_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,12})?")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)%?")
_WHOLE = re.compile(r"[0-9]{1,10}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_LAST_ASN = 2**32 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What is known of one option besides its name."""

    syntax: str
    """What is right, as it stands behind "must be"."""
    read: Callable[[str], object]
    """Return the value; raise ValueError where the text cannot be."""
    example: str
    """The option with its value, as it would stand in the list."""
    default: str
    """What holds without it, for a person."""
    description: str
    """One sentence or a few, in Markdown."""


def _degrees(limit: int) -> Callable[[str], float]:
    def read(text: str) -> float:
        if not _NUMBER.fullmatch(text) or abs(float(text)) > limit:
            raise ValueError(text)
        return float(text)

    return read


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text) or not low <= int(text) <= high:
            raise ValueError(text)
        return int(text)

    return read


def _asn(text: str) -> int:
    return _whole(1, _LAST_ASN)(text[2:] if text[:2].upper() == "AS" else text)


def _share(text: str) -> float:
    match = _PERCENT.fullmatch(text)
    if match is None or not 1 <= float(match[1]) <= 100:  # noqa: PLR2004 - per cent
        raise ValueError(text)
    return float(match[1]) / 100


def _prefixes(text: str) -> tuple[str, ...]:
    return tuple(_prefix(one) for one in text.split(","))


def _prefix(text: str) -> str:
    segments = text.removesuffix("/").split("/")
    if {"", ".", ".."} & set(segments) or "\\" in text:
        raise ValueError(text)
    return "".join(f"{one}/" for one in segments)


def _scopes(text: str) -> frozenset[Scope]:
    return frozenset(Scope(one) for one in text.split(","))


def _countries(text: str) -> frozenset[str]:
    return frozenset(read_country(one) for one in text.split(","))


def read_country(text: str) -> str:
    """Return a country code of two letters in lower case, `uk` for `gb`.

    Raises:
        ValueError: it is not two letters.

    """
    if not _COUNTRY.fullmatch(text):
        raise ValueError(text)
    return listed_country(text)


def _answer(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(text)
    return text == "yes"


def _reason(text: str) -> str:
    if not text.strip():
        raise ValueError(text)
    return text.strip()


OPTIONS: Mapping[str, Option] = MappingProxyType(
    {
        "lat": Option(
            syntax="degrees from -90 to 90",
            read=_degrees(90),
            example="lat=50.12",
            default="the middle of the mirror's country",
            description="The latitude of the mirror, north positive, with `lon`."
            " Worth giving in large countries.",
        ),
        "lon": Option(
            syntax="degrees from -180 to 180",
            read=_degrees(180),
            example="lon=8.74",
            default="the middle of the mirror's country",
            description="The longitude of the mirror, east positive, with `lat`.",
        ),
        "asn": Option(
            syntax=f"a number from 1 to {_LAST_ASN}, with or without AS before it",
            read=_asn,
            example="asn=AS680",
            default="unknown",
            description="The autonomous system of the mirror."
            " Clients of the same system count as nearest of all,"
            " where an ASN database is set.",
        ),
        "weight": Option(
            syntax=f"a whole number from 1 to {HIGHEST_WEIGHT}",
            read=_whole(1, HIGHEST_WEIGHT),
            example="weight=200",
            default="100",
            description="How many clients the mirror gets"
            " in proportion to others that are as near.",
        ),
        "max_share": Option(
            syntax="a percentage from 1 to 100",
            read=_share,
            example="max_share=20%",
            default="no limit",
            description="The largest share of a region's clients that it takes;"
            " the others get the next mirrors.",
        ),
        "prefix": Option(
            syntax="paths below the base, parted by commas,"
            " without a leading slash and without `.`, `..` or empty segments",
            read=_prefixes,
            example="prefix=httpd,tomcat/tomcat-11",
            default="the whole tree",
            description="The only parts of the tree that the mirror carries.",
        ),
        "only": Option(
            syntax="one or more of `country`, `continent` and `as`, parted by commas",
            read=_scopes,
            example="only=country",
            default="clients from anywhere",
            description="Serve only clients of the mirror's own country, continent"
            " or autonomous system; with several, a client must share all of them."
            " `as` needs `asn`; `country` and `continent` need a country.",
        ),
        "refuses": Option(
            syntax="country codes of two letters, parted by commas",
            read=_countries,
            example="refuses=fr,be",
            default="none",
            description="Countries whose clients the mirror does not serve.",
        ),
        "ipv4": Option(
            syntax="`yes` or `no`",
            read=_answer,
            example="ipv4=no",
            default="yes",
            description="Whether the mirror is meant to be reached over IPv4.",
        ),
        "ipv6": Option(
            syntax="`yes` or `no`",
            read=_answer,
            example="ipv6=no",
            default="yes",
            description="Whether the mirror is meant to be reached over IPv6.",
        ),
        "disabled": Option(
            syntax="the reason, in double quotes if it has blanks",
            read=_reason,
            example='disabled="disk full until May"',
            default="in service",
            description="Take the mirror out of service."
            " It is neither probed nor given to anyone until the option is removed.",
        ),
    }
)

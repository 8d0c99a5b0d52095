"""The section of the settings that says how clients are placed."""

from collections.abc import Iterator
from dataclasses import dataclass

from mirrorsel.setting import choice, page_url, setting, text, whole

_LARGEST_ACCOUNT = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class GeoipSettings:
    """The section `[geoip]`: how clients are placed."""

    database: str = setting(
        text(),
        "",
        "A City or Country database in the MaxMind DB format; empty for the embedded"
        " country table.",
        restart=True,
    )
    asn_database: str = setting(
        text(), "", "An ASN database in the same format; empty for none.", restart=True
    )
    source: str = setting(
        choice("", "dbip", "maxmind"),
        "",
        "Where `mirrorsel geoip update` gets both from: DB-IP, which needs no account"
        " (`dbip`), or MaxMind with a licence key (`maxmind`).",
    )
    edition: str = setting(
        text(),
        "",
        "Which edition `database` is; empty for `dbip-city-lite`, or `GeoLite2-City`"
        " of MaxMind.",
    )
    asn_edition: str = setting(
        text(),
        "",
        "Which edition `asn_database` is; empty for `dbip-asn-lite`, or"
        " `GeoLite2-ASN` of MaxMind.",
    )
    account_id: int = setting(
        whole(0, _LARGEST_ACCOUNT),
        0,
        "The number of the account at MaxMind; 0 for none.",
    )
    licence_key_file: str = setting(
        text(),
        "",
        "The file with the licence key of that account, for the account alone that"
        " updates the databases.",
    )
    url: str = setting(
        page_url(),
        "",
        "A server of your own that has the files of `source` at the same paths, or"
        " speaks its protocol; empty for its maker's. It may have an address that is"
        " not public. A licence key goes only over https, or to a loopback address.",
    )


def geoip_contradictions(settings: GeoipSettings) -> Iterator[tuple[str, str]]:
    """Yield the settings that cannot be as they are, each with what is wrong."""
    if settings.account_id and not settings.licence_key_file:
        yield "account_id", "`account_id` needs a `licence_key_file`"
    if settings.licence_key_file and not settings.account_id:
        yield "licence_key_file", "`licence_key_file` needs an `account_id`"
    if settings.source == "maxmind" and not settings.account_id and not settings.url:
        message = '`source = "maxmind"` needs `account_id` and `licence_key_file`'
        yield "source", message
    if settings.url and not settings.source:
        yield "url", "`url` needs a `source`, whose files or protocol it has"

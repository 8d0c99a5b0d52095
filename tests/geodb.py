"""Small GeoIP databases, in which loopback addresses can lie in any country."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mmdb_writer import MMDBWriter
from netaddr import IPSet

_PLAIN = ("latitude", "longitude")


def write_city_database(path: Path, networks: Mapping[str, Mapping[str, Any]]) -> Path:
    """Write a City database.

    `networks` are, by networks such as ``127.0.0.2/32``, places with any of the
    keys ``country``, ``continent``, ``registered_country`` (codes in any case),
    ``latitude`` and ``longitude``.
    """
    return write_database(path, "GeoLite2-City", _records(networks))


def write_country_database(
    path: Path, networks: Mapping[str, Mapping[str, Any]]
) -> Path:
    """Write a Country database; `networks` as in `write_city_database`."""
    return write_database(path, "GeoLite2-Country", _records(networks))


def write_asn_database(path: Path, networks: Mapping[str, int]) -> Path:
    """Write an ASN database of the systems' numbers by network."""
    records: dict[str, Any] = {
        network: {
            "autonomous_system_number": number,
            "autonomous_system_organization": f"Network {number}",
        }
        for network, number in networks.items()
    }
    return write_database(path, "GeoLite2-ASN", records)


def write_database(path: Path, kind: str, records: Mapping[str, Any]) -> Path:
    """Write a database of any type with these records by network."""
    writer = MMDBWriter(
        ip_version=6,
        ipv4_compatible=True,
        database_type=kind,
        languages=["en"],
        description="Made for a test",
        float_type="f64",
    )
    for network, record in records.items():
        writer.insert_network(IPSet([network]), record)
    writer.to_db_file(str(path))
    return path


def _records(networks: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {network: _record(place) for network, place in networks.items()}


def _record(place: Mapping[str, Any]) -> dict[str, object]:
    record: dict[str, object] = {}
    for name in ("country", "registered_country"):
        if name in place:
            record[name] = {"iso_code": place[name].upper(), "names": {"en": "Named"}}
    if "continent" in place:
        record["continent"] = {"code": place["continent"].upper()}
    if coordinates := {name: place[name] for name in _PLAIN if name in place}:
        record["location"] = coordinates
    return record

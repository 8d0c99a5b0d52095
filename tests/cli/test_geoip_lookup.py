"""`mirrorsel geoip lookup`: the embedded table against databases."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.geoip_lookup import command
from tests.geodb import write_asn_database, write_city_database, write_database

# The embedded table has these in Australia, the United Kingdom and Japan.
_AU, _UK, _JP = "1.1.1.1", "2001:630::1", "202.12.27.33"
_LONDON = {"latitude": 51.5, "longitude": -0.1}


@pytest.fixture(name="config")
def fixture_config(tmp_path: Path) -> Path:
    """Return settings with two databases."""
    write_city_database(
        tmp_path / "city.mmdb",
        {
            "1.1.1.0/24": {"country": "au"},
            "2001:630::/32": {"country": "gb", **_LONDON},
            "202.12.27.0/24": {"country": "fr"},
        },
    )
    write_asn_database(tmp_path / "asn.mmdb", {"1.1.1.0/24": 13335})
    config = tmp_path / "mirrorsel.toml"
    config.write_text('[geoip]\ndatabase = "city.mmdb"\nasn_database = "asn.mmdb"\n')
    return config


def run(config: Path, *arguments: str) -> Result:
    """Run the verb."""
    return CliRunner().invoke(command, ["--config", str(config), *arguments])


def told(config: Path, *arguments: str) -> dict[str, Any]:
    """Return what it tells programs."""
    found: dict[str, Any] = json.loads(run(config, "--json", *arguments).stdout)
    return found


@pytest.mark.parametrize(
    ("addresses", "verdicts", "code"),
    [
        pytest.param([_AU], ["agree"], 0, id="agree"),
        pytest.param([_UK], ["agree"], 0, id="gb is uk"),
        pytest.param([_JP], ["differ"], 1, id="differ"),
        pytest.param(["8.8.8.8"], ["differ"], 1, id="one knows nothing"),
        pytest.param(["10.0.0.1"], ["unknown"], 1, id="private"),
        pytest.param(["2001:db8::1"], ["unknown"], 1, id="documentation"),
        pytest.param([_AU, _JP], ["agree", "differ"], 1, id="several"),
        pytest.param([f"::ffff:{_AU}"], ["agree"], 0, id="mapped"),
    ],
)
def test_verdicts(
    addresses: list[str], verdicts: list[str], code: int, config: Path
) -> None:
    """They agree if all that tell places name the same country."""
    found = told(config, *addresses)["addresses"]

    assert verdicts == [one["verdict"] for one in found]
    assert code == run(config, *addresses).exit_code


def test_without_databases(tmp_path: Path) -> None:
    """The embedded table alone cannot disagree."""
    config = tmp_path / "mirrorsel.toml"
    config.touch()
    found = run(config, _AU)

    assert 0 == found.exit_code
    assert f"{_AU}: known\n" in found.stdout


def test_json(config: Path) -> None:
    """Programs get the sources, and what each of them says."""
    found = told(config, _UK)
    embedded, city, asn = found["sources"]
    [uk] = found["addresses"]

    assert ["GeoLite2-City", "GeoLite2-ASN"] == [city["name"], asn["name"]]
    assert [None, str(config.with_name("city.mmdb"))] == [
        embedded["file"],
        city["file"],
    ]
    assert [True, True, False] == [one["places"] for one in found["sources"]]
    assert {
        "source": "GeoLite2-City",
        "country": "uk",
        "continent": "EU",
        "latitude": 51.5,
        "longitude": -0.1,
        "centre": False,
        "asn": None,
        "organisation": None,
    } == uk["told"][1]
    assert uk["told"][0]["centre"]
    assert 50 < uk["kilometres"] < 300
    assert uk["public"]


def test_table(config: Path) -> None:
    """A person gets rows: who says what, and how far apart that is."""
    lines = run(config, _UK, _AU, "10.0.0.1").stdout.splitlines()
    rows = [line.split() for line in lines]

    assert any(line.startswith(f"  {_UK}: they agree, at places 1") for line in lines)
    assert f"  {_AU}: they agree" in lines
    assert "  10.0.0.1: not known, as it is no public address" in lines
    assert ["GeoLite2-City", "uk", "EU", "51.50,", "-0.10", "-"] in rows
    assert ["GeoLite2-ASN", "-", "-", "-", "AS13335", "Network", "13335"] in rows
    assert sum("(centre)" in line for line in lines) == 3


def test_another_database(config: Path) -> None:
    """Databases that are not in use can be compared, one with the other too."""
    folder = config.parent
    one = write_city_database(folder / "1", {"1.0.0.0/8": {"country": "nz"}})
    other = write_database(
        folder / "2",
        "DBIP-Country-Lite (compat=Country)",
        {"1.0.0.0/8": {"country": {"iso_code": "AU"}}},
    )
    arguments = (_AU, "--database", str(one), "--database", str(other))
    found = told(config, *arguments)

    assert ["au", "nz", "au"] == [
        told["country"] for told in found["addresses"][0]["told"]
    ]
    assert 1 == run(config, *arguments).exit_code


@pytest.mark.parametrize(
    "text", ["", "x", "1.2.3", "1.2.3.4/24", "01.2.3.4", "::1%", "\u0661.1.1.1"]
)
def test_no_address(text: str, config: Path) -> None:
    """What is no address is an error, and what to do for a name is said."""
    found = run(config, text)

    assert 2 == found.exit_code
    assert "is no IP address; --resolve looks names up" in found.stderr


def test_resolve(config: Path) -> None:
    """A name is looked up when that is asked for."""
    found = told(config, "--resolve", "localhost")["addresses"]

    assert {"localhost"} == {one["name"] for one in found}
    assert {"127.0.0.1", "::1"} >= {one["address"] for one in found}


def test_broken_database(config: Path) -> None:
    """A database that cannot be used is an error with its name."""
    config.with_name("city.mmdb").write_text("x")
    found = run(config, _AU)

    assert isinstance(found.exception, Exception)
    assert "city.mmdb: is damaged" in str(found.exception)


def test_hostile_names(config: Path) -> None:
    """No terminal obeys what a database holds."""
    name = "\x1b[31mEvil\u202e"
    evil = write_database(
        config.with_name("evil"),
        f"GeoLite2-ASN{name}",
        {
            "1.1.1.0/24": {
                "autonomous_system_number": 1,
                "autonomous_system_organization": name,
            }
        },
    )
    found = run(config, _AU, "--database", str(evil))

    assert "Evil" in found.stdout
    assert not {"\x1b", "\u202e"} & set(found.stdout)

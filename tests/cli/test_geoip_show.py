"""`mirrorsel geoip show`: which databases are in use, and what is wrong."""

import json
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.bases import bases
from mirrorsel.cli.geoip_show import command
from mirrorsel.config import read_settings
from tests.geodb import write_asn_database, write_city_database


@pytest.fixture(name="config")
def fixture_config(tmp_path: Path) -> Path:
    """Return settings with two databases, of which one has a predecessor."""
    for name in ("city.mmdb", "city.mmdb~"):
        write_city_database(tmp_path / name, {"1.1.1.0/24": {"country": "au"}})
    write_asn_database(tmp_path / "asn.mmdb", {"1.1.1.0/24": 13335}).chmod(0o640)
    config = tmp_path / "mirrorsel.toml"
    config.write_text('[geoip]\ndatabase = "city.mmdb"\nasn_database = "asn.mmdb"\n')
    return config


def run(config: Path, *arguments: str) -> Result:
    """Run the verb."""
    return CliRunner().invoke(command, ["--config", str(config), *arguments])


def told(config: Path) -> list[dict[str, Any]]:
    """Return what it tells programs."""
    found: list[dict[str, Any]] = json.loads(run(config, "--json").stdout)
    return found


def test_table(config: Path) -> None:
    """A person gets type, age, size, owner and mode of each, and of the one before."""
    found = run(config)
    rows = [line.split() for line in found.stdout.splitlines()]
    today = f"{datetime.now(UTC):%Y-%m-%d}"

    assert 0 == found.exit_code
    assert ["database:", str(config.with_name("city.mmdb"))] in rows
    assert ["type", "GeoLite2-City"] in rows
    assert ["type", "GeoLite2-ASN"] in rows
    assert sum(row[:2] == ["built", f"{today},"] for row in rows) == 2
    assert sum(row[:2] == ["before", "it"] for row in rows) == 1
    assert sum(row[-1:] == ["0640"] for row in rows) == 1
    assert "nodes for IPv4 and IPv6" in found.stdout


def test_a_link_of_another_name(config: Path) -> None:
    """The one before lies beside the database itself, under its name."""
    config.with_name("now.mmdb").symlink_to("city.mmdb")
    config.write_text('[geoip]\ndatabase = "now.mmdb"\n')

    assert "before it" in run(config).stdout


def test_json(config: Path) -> None:
    """Programs get the same."""
    city, asn = told(config)

    assert ["database", "asn_database"] == [city["setting"], asn["setting"]]
    assert [True, False] == [one["about"]["places"] for one in (city, asn)]
    assert city["kept"] == city["about"]["built"]
    assert asn["kept"] is None
    assert 0 <= city["age"] < 86400
    assert config.with_name("city.mmdb").stat().st_size == city["size"]
    assert [] == city["findings"]


def test_none(tmp_path: Path) -> None:
    """Without a database, it is said what is in use, and what could be."""
    config = tmp_path / "mirrorsel.toml"
    config.touch()
    found = run(config)

    assert 0 == found.exit_code
    assert "embedded table of countries, iptocc" in found.stdout
    assert "`mirrorsel geoip update --source dbip`" in found.stdout


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"x", "is damaged", id="damaged"),
        pytest.param(None, "cannot be read: No such file", id="missing"),
    ],
)
def test_bad(content: bytes | None, expected: str, config: Path) -> None:
    """What cannot be used is told, with what gets a new one."""
    file = config.with_name("city.mmdb")
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    found = run(config)

    assert 1 == found.exit_code
    assert f"! {expected}" in found.stdout
    assert "`mirrorsel geoip update` gets a new one" in found.stdout
    assert "GeoLite2-ASN" in found.stdout


def test_old(config: Path) -> None:
    """One of more than 90 days is a finding."""
    later = datetime.fromtimestamp(datetime.now(UTC).timestamp() + 91 * 86400, UTC)
    [city, _] = bases(read_settings(config), config, later)

    assert ("it is 91 d old; `mirrorsel geoip update` gets a new one",) == city.findings


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try other accounts")
def test_accounts(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root is told which accounts of httpd's can and cannot read them."""
    monkeypatch.chdir(config.parent)
    shared = Path(tempfile.gettempdir()).resolve()
    for folder in config.resolve().parents:
        if shared in folder.parents:
            folder.chmod(0o755)
    city, asn = told(Path(config.name))

    assert city["readers"]
    assert not city["findings"]
    assert not asn["readers"]
    assert "cannot read" in asn["findings"][0]
    assert 1 == run(config).exit_code

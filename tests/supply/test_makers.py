"""Who is asked for databases, and with what."""

from pathlib import Path

import pytest

from mirrorsel.config import Settings
from mirrorsel.config.locating import GeoipSettings
from mirrorsel.errors import SupplyError
from mirrorsel.supply import DBIP, MAXMIND, Transfer, make_vendor
from mirrorsel.supply.dbip import DBIP_URL, DbIp
from mirrorsel.supply.maxmind import MAXMIND_URL, MaxMind
from tests.supplier import ACCOUNT, KEY

_OWN = "https://geoip.example.org/"


def settings_with(folder: Path, mode: int = 0o600, url: str = "") -> Settings:
    """Return settings with an account, whose key is in a file."""
    file = folder / "key"
    file.write_text(f" {KEY}\n")
    file.chmod(mode)
    section = GeoipSettings(
        account_id=ACCOUNT, licence_key_file="key", source=MAXMIND, url=url
    )
    return Settings(folder=folder, geoip=section)


def test_maxmind(tmp_path: Path) -> None:
    """MaxMind gets the account, at a public address."""
    vendor = make_vendor(settings_with(tmp_path), MAXMIND, Transfer())

    assert isinstance(vendor, MaxMind)
    assert (MAXMIND_URL, False) == (vendor.base, vendor.transfer.private_addresses)
    assert vendor.transfer.account is not None
    assert KEY == vendor.transfer.account.key


def test_dbip(tmp_path: Path) -> None:
    """DB-IP gets no account, though the settings have one."""
    vendor = make_vendor(settings_with(tmp_path, url=_OWN), DBIP, Transfer())

    assert isinstance(vendor, DbIp)
    assert (DBIP_URL, False) == (vendor.base, vendor.transfer.private_addresses)
    assert vendor.transfer.account is None


def test_own_server(tmp_path: Path) -> None:
    """A server of the operator's own may be anywhere."""
    vendor = make_vendor(settings_with(tmp_path, url=_OWN), MAXMIND, Transfer())

    assert isinstance(vendor, MaxMind)
    assert (_OWN, True) == (vendor.base, vendor.transfer.private_addresses)


def test_own_server_without_account() -> None:
    """It need not ask for an account."""
    section = GeoipSettings(source=MAXMIND, url="http://geoip.example.org/")
    vendor = make_vendor(Settings(geoip=section), MAXMIND, Transfer())

    assert isinstance(vendor, MaxMind)
    assert vendor.transfer.account is None


def test_no_account() -> None:
    """MaxMind itself does, and it is said what to do."""
    with pytest.raises(SupplyError, match="`account_id` and `licence_key_file`"):
        make_vendor(Settings(), MAXMIND, Transfer())


@pytest.mark.parametrize("host", ["geoip.example.org", "10.0.0.1", "localhost"])
def test_key_in_clear(host: str, tmp_path: Path) -> None:
    """The key is not sent where somebody on the way could read it."""
    settings = settings_with(tmp_path, url=f"http://{host}/")
    with pytest.raises(SupplyError, match="without TLS"):
        make_vendor(settings, MAXMIND, Transfer())


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3:80", "[::1]"])
def test_key_to_loopback(host: str, tmp_path: Path) -> None:
    """To this machine itself there is nobody on the way."""
    settings = settings_with(tmp_path, url=f"http://{host}/")

    assert isinstance(make_vendor(settings, MAXMIND, Transfer()), MaxMind)


@pytest.mark.parametrize(
    ("content", "mode", "expected"),
    [
        pytest.param(KEY, 0o644, "everybody can read it", id="open to all"),
        pytest.param("", 0o600, "is empty", id="empty"),
        pytest.param(f"{KEY}\n{KEY}", 0o600, "and nothing else", id="two lines"),
        pytest.param("k\u00e9y", 0o600, "and nothing else", id="not ASCII"),
        pytest.param(None, 0o600, "No such file", id="missing"),
    ],
)
def test_key_file(
    content: str | None, mode: int, expected: str, tmp_path: Path
) -> None:
    """A key that cannot be used, or is none any more, is told without the key."""
    settings = settings_with(tmp_path, mode)
    if content is None:
        (tmp_path / "key").unlink()
    else:
        (tmp_path / "key").write_text(content)
    with pytest.raises(SupplyError, match=expected) as caught:
        make_vendor(settings, MAXMIND, Transfer())

    assert str(tmp_path / "key") in str(caught.value)
    assert KEY not in str(caught.value)


def test_key_is_not_shown(tmp_path: Path) -> None:
    """Neither what is printed for a developer has it, nor what was sent back."""
    vendor = make_vendor(settings_with(tmp_path), MAXMIND, Transfer())

    assert isinstance(vendor, MaxMind)
    assert vendor.transfer.account is not None
    sent = vendor.transfer.account.authorization
    assert KEY not in repr(vendor)
    assert "Basic (hidden), (hidden)" == vendor.transfer.hide(f"{sent}, {KEY}")

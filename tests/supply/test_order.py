"""Which editions are got, and where they go."""

from pathlib import Path

import pytest

from mirrorsel.config import Settings
from mirrorsel.config.locating import GeoipSettings
from mirrorsel.errors import SupplyError
from mirrorsel.supply import DBIP, MAXMIND, make_orders

FOLDER = Path("/etc/mirrorsel")


def ordered(
    geoip: GeoipSettings,
    source: str = MAXMIND,
    edition: str = "",
    target: Path | None = None,
) -> list[tuple[str, str, str]]:
    """Return editions, files and what the settings lack."""
    settings = Settings(folder=FOLDER, geoip=geoip)
    return [
        (one.edition, str(one.target), one.setting)
        for one in make_orders(settings, source, edition, target)
    ]


@pytest.mark.parametrize(
    ("geoip", "expected"),
    [
        pytest.param(
            GeoipSettings(database="a.mmdb"),
            [("GeoLite2-City", "/etc/mirrorsel/a.mmdb", "")],
            id="the usual edition, to the file of the settings",
        ),
        pytest.param(
            GeoipSettings(database="/srv/a", asn_database="b", edition="GeoIP2-City"),
            [
                ("GeoIP2-City", "/srv/a", ""),
                ("GeoLite2-ASN", "/etc/mirrorsel/b", ""),
            ],
            id="both",
        ),
        pytest.param(
            GeoipSettings(asn_edition="GeoIP2-ISP"),
            [
                (
                    "GeoLite2-City",
                    "/etc/mirrorsel/geoip/GeoLite2-City.mmdb",
                    'database = "geoip/GeoLite2-City.mmdb"',
                ),
                (
                    "GeoIP2-ISP",
                    "/etc/mirrorsel/geoip/GeoIP2-ISP.mmdb",
                    'asn_database = "geoip/GeoIP2-ISP.mmdb"',
                ),
            ],
            id="files that the settings do not name",
        ),
    ],
)
def test_settings(geoip: GeoipSettings, expected: list[tuple[str, str, str]]) -> None:
    """The settings say what, and where to."""
    assert expected == ordered(geoip)


def test_source() -> None:
    """Each maker has its own usual edition."""
    [(edition, _, _)] = ordered(GeoipSettings(database="a"), DBIP)

    assert "dbip-city-lite" == edition


def test_another_source() -> None:
    """The editions of one maker are none of another's."""
    geoip = GeoipSettings(
        source=MAXMIND, database="a", edition="GeoIP2-City", asn_edition="GeoIP2-ISP"
    )

    assert [("dbip-city-lite", "/etc/mirrorsel/a", "")] == ordered(geoip, DBIP)
    assert 2 == len(ordered(geoip, MAXMIND))


@pytest.mark.parametrize(
    ("edition", "file"),
    [("GeoLite2-Country", "a"), ("dbip-asn-lite", "b"), ("GeoIP2-ISP", "b")],
)
def test_one_edition(edition: str, file: str) -> None:
    """One that is asked for goes where databases of its kind belong."""
    geoip = GeoipSettings(database="a", asn_database="b")

    assert [(edition, f"/etc/mirrorsel/{file}", "")] == ordered(geoip, edition=edition)


def test_target() -> None:
    """A file that is asked for needs no setting."""
    found = ordered(GeoipSettings(), target=Path("x.mmdb"))

    assert [("GeoLite2-City", "x.mmdb", "")] == found


@pytest.mark.parametrize(
    ("geoip", "edition", "expected"),
    [
        pytest.param(GeoipSettings(), "../x", "is no edition", id="path"),
        pytest.param(GeoipSettings(), "x?y", "is no edition", id="query"),
        pytest.param(GeoipSettings(), "x" * 65, "is no edition", id="long"),
        pytest.param(
            GeoipSettings(edition="dbip-asn-lite"), "", "`asn_edition`", id="kind"
        ),
        pytest.param(
            GeoipSettings(asn_edition="dbip-city-lite"),
            "",
            "`edition`",
            id="other kind",
        ),
        pytest.param(
            GeoipSettings(asn_database="b"), "", "cannot go to one file", id="several"
        ),
    ],
)
def test_refused(geoip: GeoipSettings, edition: str, expected: str) -> None:
    """What can be no edition, or belongs elsewhere, is an error."""
    with pytest.raises(SupplyError, match=expected):
        ordered(geoip, edition=edition, target=Path("x"))

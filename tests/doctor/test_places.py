"""How GeoIP databases are judged."""

from datetime import UTC, datetime, timedelta

import pytest

from mirrorsel.doctor.places import Base, judge_places

NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize(("days", "level"), [(90, "ok"), (91, "warn")])
def test_age(days: int, level: str) -> None:
    """One that missed two months of updates is told."""
    base = Base(setting="database", path="/d", built=NOW - timedelta(days=days))
    [one] = judge_places((base,), NOW, "/etc/my mirrors.toml")

    assert level == one.level
    update = "`mirrorsel geoip update --config '/etc/my mirrors.toml'`"
    assert (update in one.remedy) == (level == "warn")


def test_networks_alone() -> None:
    """Without a database of places, the table that came along places clients."""
    base = Base(setting="asn_database", path="/d", built=NOW)
    codes = [one.code for one in judge_places((base,), NOW, "/etc/my mirrors.toml")]

    assert ["database", "asn_database"] == codes

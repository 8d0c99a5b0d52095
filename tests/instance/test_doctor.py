"""Each defect is made for real, and found with what to do."""

import os
from collections.abc import Iterator

import pytest

from tests.geodb import write_city_database
from tests.httpd.served import open_folder
from tests.instance.defects import ANYWHERE, BY_ROOT, BY_THREE
from tests.instance.harms import PARTED, Defect, settings, troubles, unit
from tests.instance.ready import Ready, give, held, prepared, ready

pytestmark = pytest.mark.httpd

_by_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs accounts to change to")
_by_three = pytest.mark.skipif(not PARTED, reason="needs the accounts of an instance")
_ROWS = [
    *(pytest.param(one, id=name) for name, one in ANYWHERE.items()),
    *(pytest.param(one, id=name, marks=_by_root) for name, one in BY_ROOT.items()),
    *(pytest.param(one, id=name, marks=_by_three) for name, one in BY_THREE.items()),
]


@pytest.fixture(name="well")
def fixture_well() -> Iterator[Ready]:
    """Return an instance that all is well with."""
    with ready() as made:
        yield made


def test_a_healthy_instance_gives_only_ok(well: Ready) -> None:
    """Nothing is made up, and every group of checks has something to say."""
    found = well.look()

    assert [] == troubles(found)
    assert len({one.group for one in found}) == 8


@pytest.mark.parametrize("defect", _ROWS)
def test_a_defect_is_found(well: Ready, defect: Defect) -> None:
    """It is named, with how bad it is, and what to do."""
    defect.harm(well)
    found = [one for one in troubles(well.look()) if one.code == defect.code]

    assert defect.level in {one.level for one in found}
    assert any(
        defect.words in one.words and defect.remedy in one.remedy for one in found
    ), found
    assert all(one.remedy for one in found)


def test_a_dead_checker_is_found() -> None:
    """The file of its lock is there, and nobody holds it."""
    with open_folder() as base:
        [found] = troubles(prepared(base).look())

    assert (found.code, found.level) == ("running", "fail")
    assert "restart httpd" in found.remedy


@_by_three
def test_a_checker_of_another_account_is_found() -> None:
    """Whose process holds the lock is compared with who should probe."""
    with open_folder() as base:
        made = prepared(base)
        give(made.state.lock, made.accounts.web)
        with held(made.state.lock, made.accounts.web):
            [found] = troubles(made.look())

    assert (found.code, found.level) == ("running", "warn")
    assert f"a checker runs as {made.accounts.web.user}" in found.words


def test_a_missing_configuration_is_found(well: Ready) -> None:
    """Without httpd's configuration nobody knows what is served."""
    well.tree.file.unlink()
    found = [one for one in troubles(well.look()) if one.group == "httpd"]

    assert ["configuration"] == [one.code for one in found]
    assert "--httpd-config" in found[0].remedy


def test_a_machine_without_httpd(well: Ready) -> None:
    """Where none belongs to the instance, nothing is said of it; a unit starts."""
    unit(well)
    found = well.look(httpd=False)

    assert [] == troubles(found)
    assert "httpd" not in {one.group for one in found}


def test_a_good_database_is_fresh(well: Ready) -> None:
    """Its age is told."""
    write_city_database(
        well.folder / "places.mmdb", {"127.0.0.1/32": {"country": "de"}}
    )
    settings('[geoip]\ndatabase = "places.mmdb"')(well)
    found = well.look()
    [database] = [one for one in found if one.code == "database"]

    assert [] == troubles(found)
    assert database.words.startswith(f"{well.folder}/places.mmdb was built ")

"""dnf with `metalink=`, on mirrors that are good, broken and lying."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mirror import tree
from tests.real_clients.faults import (
    Fault,
    breaks_off,
    corrupts,
    dying,
    lacks,
    serving_but,
)
from tests.real_clients.managers import Dnf
from tests.real_clients.mirrored import Mirrored, asked, mirrored
from tests.real_clients.repositories import (
    PACKAGES,
    content_of,
    files_below,
    rpm_repository,
)

pytestmark = pytest.mark.httpd

INDEX = "repo/repodata/repomd.xml"
WANTED = {name: content_of(name) for name in PACKAGES}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mirrored]:
    """Publish a repository."""
    folder = tmp_path_factory.mktemp("rpm")
    (folder / "tree/repo").mkdir(parents=True)
    rpm_repository(folder / "tree/repo", folder / "work")
    with mirrored(files_below(folder / "tree"), 61) as running:
        yield running


@pytest.fixture
def site(world: Mirrored) -> Mirrored:
    """Return it with all mirrors good, none of them asked for anything."""
    world.mend()
    return world


def by_metalink(site: Mirrored, folder: Path, form: str = "metalink") -> Dnf:
    """Return a system that knows the repository by a metalink."""
    return Dnf.make(folder, f"metalink={site.base}{INDEX}.{form}")


def test_all_of_a_transaction_comes_from_one_mirror(
    site: Mirrored, tmp_path: Path
) -> None:
    """It is the one to which the client is sent for any other file too."""
    mirror = site.mirror_of(INDEX)
    dnf = by_metalink(site, tmp_path)
    ran = dnf.install("greeting")

    assert ran.status == 0, ran.said
    assert dnf.installed() == WANTED
    assert {f"repo/{name}.rpm" for name in PACKAGES} < set(asked(mirror))
    assert not any(asked(one) for one in (*site.others(mirror), site.origin))


@pytest.mark.parametrize("fault", [corrupts, lacks, breaks_off])
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("repomd.xml", id="index"),
        pytest.param("-primary.xml.gz", id="list of packages"),
        pytest.param("greeting-doc.rpm", id="package"),
    ],
)
def test_what_one_mirror_has_not_comes_from_the_next(
    site: Mirrored, tmp_path: Path, name: str, fault: Fault
) -> None:
    """Whatever is wrong with a file there, the client ends with the right ones."""
    mirror = site.mirror_of(INDEX)
    site.behave(serving_but(site.files, fault, name), mirror)
    dnf = by_metalink(site, tmp_path)
    ran = dnf.install("greeting")

    assert ran.status == 0, ran.said
    assert dnf.installed() == WANTED
    assert any(one.endswith(name) for one in asked(mirror))
    assert any(
        path.endswith(name) for one in site.others(mirror) for path in asked(one)
    )


def test_a_mirror_that_dies_within_a_transaction(
    site: Mirrored, tmp_path: Path
) -> None:
    """What it has sent is kept, and the rest comes from the next mirror."""
    mirror = site.mirror_of(INDEX)
    site.behave(dying(site.files, ".rpm", 2), mirror)
    dnf = by_metalink(site, tmp_path)
    ran = dnf.install("greeting")
    others = [path for one in site.others(mirror) for path in asked(one)]

    assert ran.status == 0, ran.said
    assert dnf.installed() == WANTED
    assert 0 < sum(path.endswith(".rpm") for path in others) < len(PACKAGES)


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        pytest.param("repomd.xml", "Cannot download repomd.xml", id="index"),
        pytest.param("-primary.xml.gz", "checksum", id="list of packages"),
        pytest.param("greeting-doc.rpm", "greeting-doc", id="package"),
    ],
)
def test_what_all_corrupt_is_never_installed(
    site: Mirrored, tmp_path: Path, name: str, complaint: str
) -> None:
    """The client is told, and nothing of the transaction is done."""
    site.behave(serving_but(site.files, corrupts, name))
    dnf = by_metalink(site, tmp_path)
    ran = dnf.install("greeting")

    assert ran.status == 1
    assert complaint in ran.said
    assert dnf.installed() == {}


def test_mirrors_that_lag_are_passed_over(site: Mirrored, tmp_path: Path) -> None:
    """While all have the index of yesterday, that of today comes from the origin."""
    old = {
        **site.files,
        INDEX: site.files[INDEX].replace(b"<revision>", b"<revision>0"),
    }
    site.behave(tree(old), *site.mirrors)
    dnf = by_metalink(site, tmp_path)
    ran = dnf.install("greeting")

    assert ran.status == 0, ran.said
    assert dnf.installed() == WANTED
    assert all(INDEX in asked(one) for one in (*site.mirrors, site.origin))


def test_a_plain_address_works_as_well(site: Mirrored, tmp_path: Path) -> None:
    """`baseurl=` follows the redirects, all of them to one mirror."""
    mirror = site.mirror_of(INDEX)
    dnf = Dnf.make(tmp_path, f"baseurl={site.base}repo/")
    ran = dnf.install("greeting")

    assert ran.status == 0, ran.said
    assert dnf.installed() == WANTED
    assert not any(asked(one) for one in (*site.others(mirror), site.origin))


def test_a_plain_address_has_no_other_mirror(site: Mirrored, tmp_path: Path) -> None:
    """A package that is not the listed one is a failure, and nothing is installed."""
    site.behave(serving_but(site.files, corrupts, "greeting-doc.rpm"))
    dnf = Dnf.make(tmp_path, f"baseurl={site.base}repo/")
    ran = dnf.install("greeting")

    assert ran.status == 1
    assert "greeting-doc" in ran.said
    assert dnf.installed() == {}


def test_the_newer_form_is_none_of_dnf(site: Mirrored, tmp_path: Path) -> None:
    """It says so: it reads the third version of Metalink alone."""
    dnf = by_metalink(site, tmp_path, "meta4")
    ran = dnf.install("greeting")

    assert ran.status == 1
    assert "was not found in metalink" in ran.said
    assert dnf.installed() == {}

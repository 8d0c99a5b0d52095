"""apt through plain redirects, on mirrors that are good, broken and lying."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.real_clients.faults import (
    Fault,
    breaks_off,
    corrupts,
    dying,
    lacks,
    serving_but,
)
from tests.real_clients.managers import Apt
from tests.real_clients.mirrored import Mirrored, asked, mirrored, watched
from tests.real_clients.repositories import (
    PACKAGES,
    Signer,
    deb_repository,
    files_below,
)
from tests.tree.published import publish
from tests.waiting import eventually

pytestmark = pytest.mark.httpd

SUITE = "debian/dists/stable"
INDEX = f"{SUITE}/InRelease"


def path_of(package: str) -> str:
    """Return where a package lies."""
    return f"debian/pool/{package}/{package}_1.0_all.deb"


PACKED = {path_of(name) for name in PACKAGES}
DOC = path_of("greeting-doc")


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    """Return who signs the repository."""
    return Signer.make(tmp_path_factory.mktemp("signer") / "keys")


@pytest.fixture(scope="module")
def files(
    signer: Signer, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, bytes]:
    """Return a tree with the repository."""
    folder = tmp_path_factory.mktemp("deb")
    (folder / "tree/debian").mkdir(parents=True)
    deb_repository(folder / "tree/debian", folder / "work", signer)
    return files_below(folder / "tree")


@pytest.fixture(scope="module")
def world(files: Mapping[str, bytes]) -> Iterator[Mirrored]:
    """Publish it."""
    with mirrored(files, 62) as running:
        yield running


@pytest.fixture
def site(world: Mirrored) -> Mirrored:
    """Return it with all mirrors good, none of them asked for anything."""
    publish(world.served.home.state, world.files)
    # What the test before said of who has what may still be in force.
    assert eventually(lambda: world.mirror_of(DOC) is world.mirror_of(INDEX))
    world.mend()
    return world


def make_apt(site: Mirrored, signer: Signer, folder: Path) -> Apt:
    """Return a system that knows the repository, and whose key it has."""
    options = f"arch=all signed-by={signer.key}"
    line = f"deb [{options}] {site.base}debian stable main"
    return Apt.make(folder, line)


@pytest.fixture
def apt(site: Mirrored, signer: Signer, tmp_path: Path) -> Apt:
    """Return a system that gives up at the first failure."""
    return make_apt(site, signer, tmp_path)


def wanted(site: Mirrored, paths: set[str] = PACKED) -> dict[str, bytes]:
    """Return packages by the names that they have with apt."""
    return {path.rpartition("/")[2]: site.files[path] for path in paths}


def test_all_of_a_transaction_comes_from_one_mirror(site: Mirrored, apt: Apt) -> None:
    """The lists, and packages from several folders; nobody else is asked."""
    mirror = site.mirror_of(INDEX)
    updated, ran = apt.update(), apt.download("greeting")

    assert (updated.status, ran.status) == (0, 0), updated.said + ran.said
    assert apt.downloaded() == wanted(site)
    assert PACKED | {INDEX} < set(asked(mirror))
    assert not any(asked(one) for one in (*site.others(mirror), site.origin))


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        pytest.param(corrupts, "signatures were invalid", id="corrupts"),
        pytest.param(lacks, "is not signed", id="lacks"),
        pytest.param(breaks_off, "closed connection", id="breaks off"),
    ],
)
def test_no_list_without_its_signature(
    site: Mirrored, apt: Apt, fault: Fault, complaint: str
) -> None:
    """Whatever a mirror makes of the signed file, apt believes nothing of it."""
    site.behave(serving_but(site.files, fault, "InRelease"))
    ran = apt.update()

    assert ran.status == 100
    assert complaint in ran.said
    assert apt.download("greeting").status == 100


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        pytest.param(corrupts, "Hash Sum mismatch", id="corrupts"),
        pytest.param(lacks, "404  Not Found", id="lacks"),
        pytest.param(breaks_off, "closed connection", id="breaks off"),
    ],
)
@pytest.mark.parametrize("name", ["Packages", DOC])
def test_a_wrong_file_is_a_clear_failure(
    site: Mirrored, apt: Apt, name: str, fault: Fault, complaint: str
) -> None:
    """Apt says which, and never has it among the packages to be installed."""
    site.behave(serving_but(site.files, fault, name))
    updated = apt.update()
    ran = apt.download("greeting")

    assert ran.status == 100
    assert complaint in updated.said + ran.said
    assert name.rpartition("/")[2] in updated.said + ran.said
    assert apt.downloaded().items() <= wanted(site, PACKED - {DOC}).items()


def test_what_a_scan_missed_comes_from_another_mirror(site: Mirrored, apt: Apt) -> None:
    """One file of the transaction does, since the first mirror has it not."""
    mirror = site.mirror_of(INDEX)
    site.behave(serving_but(site.files, lacks, DOC), mirror)
    held = {mirror.url: set(site.files) - {DOC}}
    publish(site.served.home.state, site.files, held)
    assert eventually(lambda: site.mirror_of(DOC) is not mirror)
    updated, ran = apt.update(), apt.download("greeting")

    assert (updated.status, ran.status) == (0, 0), updated.said + ran.said
    assert apt.downloaded() == wanted(site)
    assert PACKED - {DOC} < set(asked(mirror))
    assert [asked(one) for one in site.others(mirror) if asked(one)] == [[DOC]]


def test_lists_that_always_come_from_the_origin(
    files: Mapping[str, bytes], signer: Signer, tmp_path: Path
) -> None:
    """An operator can have it so; the packages come from one mirror all the same."""
    always = 'always_origin = ["InRelease", "Packages"]\n'
    with mirrored(files, 63, always) as site:
        mirror = site.mirror_of(DOC)
        apt = make_apt(site, signer, tmp_path)
        updated, ran = apt.update(), apt.download("greeting")

        assert (updated.status, ran.status) == (0, 0), updated.said + ran.said
        assert apt.downloaded() == wanted(site)
        assert {INDEX, f"{SUITE}/main/binary-all/Packages"} == set(asked(site.origin))
        assert not any(INDEX in asked(one) for one in site.mirrors)
        assert set(asked(mirror)) == PACKED


def test_a_mirror_that_dies_within_a_transaction(
    files: Mapping[str, bytes], signer: Signer, tmp_path: Path
) -> None:
    """Apt stays with it and fails; the next run gets the rest from another mirror."""
    with watched(files, 64) as site:
        mirror = site.mirror_of(INDEX)
        site.behave(dying(site.files, ".deb", 2), mirror)
        apt = make_apt(site, signer, tmp_path)
        updated, first = apt.update(), apt.download("greeting")
        kept = apt.downloaded()

        assert (updated.status, first.status) == (0, 100), updated.said + first.said
        assert "Failed to fetch" in first.said
        assert kept.items() < wanted(site).items()
        assert eventually(lambda: site.mirror_of(INDEX) is not mirror, 30)

        second = apt.download("greeting")
        others = [
            {path for path in asked(one) if path in PACKED}
            for one in (*site.others(mirror), site.origin)
        ]

        assert second.status == 0, second.said
        assert apt.downloaded() == wanted(site)
        assert [len(some) for some in others if some] == [2]
        assert len(kept) == 2

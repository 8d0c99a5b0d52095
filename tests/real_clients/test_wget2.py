"""wget2, which finds the Metalink document by the redirect's first link.

It fetches piece after piece from one mirror, tells by the hashes when it is done, and
asks the same mirror without end for what that one has wrong or not at all.
"""

from pathlib import Path

import pytest

from tests.real_clients.running import Ran, left, run, verify
from tests.real_clients.site import LARGE, SMALL, Site

pytestmark = pytest.mark.httpd

_SITE = "http://downloads.example.org/get/"
_DONE = "Checksum OK"


def fetch(
    site: Site, path: str, folder: Path, *options: str, seconds: float = 30
) -> Ran:
    """Let wget2 download something.

    Before version 2 it leaves the port out of `Host`, so that the addresses that httpd
    makes from that lead to port 80. It gets to httpd there by the name that it asks
    for, as through a proxy, and to the mirrors directly.
    """
    port = site.served.httpd.options.port
    mirrors = ",".join(
        one.url.split("/")[2].split(":")[0] for one in site.mirrors.values()
    )
    few = ("--no-config", "--progress=none", "--tries=2", "--timeout=2")
    return run(
        folder,
        *("wget2", *few, *options, _SITE + path),
        seconds=seconds,
        variables={"http_proxy": f"http://127.0.0.1:{port}", "no_proxy": mirrors},
    )


def is_right(site: Site, scene: str, name: str, folder: Path) -> bool:
    """Return whether the hash file says so, fetched by wget2 too."""
    ran = fetch(site, f"{scene}/{name}.sha256", folder)
    assert ran.status == 0, ran.output
    return verify(folder, f"{name}.sha256") == 0


@pytest.mark.parametrize("name", [LARGE, SMALL], ids=["large", "small"])
@pytest.mark.parametrize(
    "options", [(), ("--metalink",)], ids=["by default", "--metalink"]
)
def test_a_file_is_checked_by_its_metalink_document(
    site: Site, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    """It comes once, from the nearest mirror, and its hash is compared."""
    ran = fetch(site, f"well/{name}", tmp_path, *options)
    content = site.content("well", name)

    assert ran.status == 0, ran.output
    assert f"{_DONE} for '{name}'" in ran.output
    assert left(tmp_path) == {name}
    assert (tmp_path / name).read_bytes() == content
    assert site.sent("well", name) == {"first": len(content)}


def test_a_longer_file_is_cut(site: Site, tmp_path: Path) -> None:
    """No more is asked for than the document says."""
    ran = fetch(site, f"longer/{LARGE}", tmp_path)

    assert _DONE in ran.output
    assert (tmp_path / LARGE).read_bytes() == site.content("longer")


def test_a_broken_download_goes_on(site: Site, tmp_path: Path) -> None:
    """Only the piece that is wrong in what is there already is fetched."""
    content = site.content("well")
    wrong = bytes([content[0] ^ 1])
    (tmp_path / LARGE).write_bytes(wrong + content[1:])

    ran = fetch(site, f"well/{LARGE}", tmp_path)

    assert _DONE in ran.output
    assert (tmp_path / LARGE).read_bytes() == content
    assert site.sent("well") == {"first": 2**20}


@pytest.mark.parametrize(
    "scene",
    [
        pytest.param("corrupt", id="wrong in a byte"),
        pytest.param("truncated", id="shorter"),
        pytest.param("lacking", id="not there"),
        pytest.param("breaking", id="broken off"),
        pytest.param("leaving", id="gone away"),
        pytest.param("hanging", id="silent"),
    ],
)
def test_a_wrong_file_is_never_said_to_be_right(
    site: Site, tmp_path: Path, scene: str
) -> None:
    """It goes on asking the same mirror, or ends; the hash file then tells."""
    ran = fetch(site, f"{scene}/{LARGE}", tmp_path, seconds=2)

    assert _DONE not in ran.output
    assert not is_right(site, scene, LARGE, tmp_path)


def test_without_an_index_a_file_comes_once(unindexed: Site, tmp_path: Path) -> None:
    """It takes the first link for the best mirror, which is that of the redirect."""
    ran = fetch(unindexed, f"well/{LARGE}", tmp_path)
    content = unindexed.content("well")

    assert ran.status == 0, ran.output
    assert left(tmp_path) == {LARGE}
    assert (tmp_path / LARGE).read_bytes() == content
    assert unindexed.sent("well") == {"first": len(content)}


def test_with_metalink_off_nothing_comes(site: Site, tmp_path: Path) -> None:
    """Version 1.99.1 leaves a redirect with digests to Metalink, and ends with 0."""
    ran = fetch(site, f"well/{LARGE}", tmp_path, "--no-metalink")

    assert ran.status == 0
    assert left(tmp_path) == set()


def test_a_file_that_is_not_published(site: Site, tmp_path: Path) -> None:
    """It is told, and nothing is left."""
    ran = fetch(site, "well/none.iso", tmp_path)

    assert ran.status == 8
    assert left(tmp_path) == set()

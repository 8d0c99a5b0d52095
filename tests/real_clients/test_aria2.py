"""aria2, which fetches from several mirrors at once and checks every piece."""

from pathlib import Path

import pytest

from tests.real_clients.running import Ran, left, run
from tests.real_clients.site import LARGE, ODD, SMALL, Site

pytestmark = pytest.mark.httpd

_OPTIONS = (
    "--no-conf",
    "--follow-metalink=mem",
    "--summary-interval=0",
    "--console-log-level=error",
    # The files are small, and nobody waits a minute for a mirror that hangs.
    "--min-split-size=1M",
    "--timeout=2",
)
_UNFINISHED = ".aria2"
"""What stands behind the name of a file that is not complete, beside it."""


def fetch(site: Site, path: str, folder: Path, *options: str) -> Ran:
    """Let aria2 download something."""
    return run(folder, "aria2c", *_OPTIONS, *options, site.url + path)


@pytest.mark.parametrize(
    ("scene", "name"),
    [
        pytest.param(scene, name, id=f"{what}, {size}")
        for scene, what in (
            ("well", "all mirrors are good"),
            ("corrupt", "the nearest is wrong in a byte"),
            ("corrupt-two", "the two nearest are wrong in a byte"),
            ("truncated", "the nearest has a shorter file"),
            ("longer", "the nearest has a longer file"),
            ("lacking", "the nearest has no file"),
            ("breaking", "the nearest breaks off each time"),
            ("leaving", "the nearest goes away in the middle"),
            ("hanging", "the nearest falls silent"),
        )
        for name, size in ((LARGE, "large"), (SMALL, "small"))
    ],
)
def test_the_right_file_comes_whatever_the_nearest_mirror_does(
    site: Site, tmp_path: Path, scene: str, name: str
) -> None:
    """What one mirror does wrong is fetched from another, also within a small file."""
    ran = fetch(site, f"{scene}/{name}.meta4", tmp_path)

    assert ran.status == 0, ran.output
    assert (tmp_path / name).read_bytes() == site.content(scene, name)
    assert left(tmp_path) == {name}


@pytest.mark.parametrize("name", [LARGE, SMALL], ids=["large", "small"])
@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        pytest.param("corrupt-all", 1, id="wrong in a byte"),
        pytest.param("truncated-all", 8, id="a shorter file"),
        pytest.param("longer-all", 8, id="a longer file"),
        pytest.param("lacking-all", 3, id="no file"),
        pytest.param("leaving-all", 1, id="all go away in the middle"),
    ],
)
def test_where_nobody_has_the_right_file_it_fails_and_says_so(
    site: Site, tmp_path: Path, scene: str, name: str, expected: int
) -> None:
    """It does not end with 0, and marks what it has left as incomplete."""
    ran = fetch(site, f"{scene}/{name}.meta4", tmp_path)

    assert ran.status == expected, ran.output
    assert "ERR" in ran.output
    assert name + _UNFINISHED in left(tmp_path)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(f"{LARGE}.meta4", id="Metalink 4"),
        pytest.param(f"{LARGE}.metalink", id="Metalink 3"),
        pytest.param(LARGE, id="the file itself, for its Accept header"),
    ],
)
def test_several_mirrors_are_used_at_once(
    site: Site, tmp_path: Path, asked: str
) -> None:
    """Each sends a part, whichever address of the document is asked for."""
    ran = fetch(site, f"well/{asked}", tmp_path)
    sent = site.sent("well")

    assert ran.status == 0, ran.output
    assert (tmp_path / LARGE).read_bytes() == site.content("well")
    assert set(sent) == {"first", "second", "third", "origin"}
    assert max(sent.values()) < len(site.content("well"))


def test_with_one_connection_the_nearest_mirror_is_used(
    site: Site, tmp_path: Path
) -> None:
    """The order of the document counts, and nobody else is bothered."""
    ran = fetch(site, f"well/{LARGE}.meta4", tmp_path, "--split=1")

    assert ran.status == 0, ran.output
    assert site.sent("well") == {"first": len(site.content("well"))}


def test_only_the_wrong_piece_is_fetched_again(site: Site, tmp_path: Path) -> None:
    """The good mirrors together send no more than the file and a piece."""
    ran = fetch(site, f"corrupt/{LARGE}.meta4", tmp_path)
    sent = site.sent("corrupt")
    wrong = sent.pop("first")

    assert ran.status == 0, ran.output
    assert wrong >= 2**20
    assert sum(sent.values()) <= len(site.content("corrupt")) + 2**20


def test_a_broken_download_goes_on(site: Site, tmp_path: Path) -> None:
    """What was right of it is not fetched again, and what was not is."""
    content = site.content("well")
    wrong = bytes(2**20)
    (tmp_path / LARGE).write_bytes(wrong + content[2**20 : 3 * 2**20])

    ran = fetch(site, f"well/{LARGE}.meta4", tmp_path, "--check-integrity=true")

    assert ran.status == 0, ran.output
    assert (tmp_path / LARGE).read_bytes() == content
    assert sum(site.sent("well").values()) <= len(content) - 2 * 2**20


def test_a_name_with_blanks_and_escapes(site: Site, tmp_path: Path) -> None:
    """The file has its own name in the end, from each of the mirrors."""
    ran = fetch(site, "well/a%20b%2520.iso.meta4", tmp_path)

    assert ran.status == 0, ran.output
    assert (tmp_path / ODD).read_bytes() == site.content("well", ODD)
    assert len(site.sent("well", ODD)) > 1


def test_without_an_index_it_follows_the_redirect(
    unindexed: Site, tmp_path: Path
) -> None:
    """The file comes from the nearest mirror, and nothing checks it."""
    ran = fetch(unindexed, f"well/{LARGE}", tmp_path)

    assert ran.status == 0, ran.output
    assert (tmp_path / LARGE).read_bytes() == unindexed.content("well")
    assert set(unindexed.sent("well")) == {"first"}


def test_a_file_that_is_not_published(site: Site, tmp_path: Path) -> None:
    """It is told at once, and nothing is left."""
    ran = fetch(site, "well/none.iso.meta4", tmp_path)

    assert ran.status == 3
    assert left(tmp_path) == set()

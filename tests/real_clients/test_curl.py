"""curl and wget, which fetch from one mirror, and leave the check to the user."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.real_clients.running import Ran, left, run, verify
from tests.real_clients.site import LARGE, SMALL, Site

pytestmark = pytest.mark.httpd

Client = Callable[..., Ran]
_LINK = re.compile(r"<([^>]*)>; rel=duplicate; pri=2")


def curl(site: Site, path: str, folder: Path, *options: str) -> Ran:
    """Let curl download something as a user does; `path` may be a URL."""
    url = path if "://" in path else site.url + path
    quiet = ("--silent", "--show-error", "--disable")
    return run(folder, "curl", *quiet, "-fL", "--remote-name", *options, url)


def wget(site: Site, path: str, folder: Path, *options: str) -> Ran:
    """Let wget do so, with few and fast attempts."""
    few = ("--no-config", "--no-verbose", "--tries=5", "--waitretry=0")
    return run(folder, "wget", *few, *options, site.url + path)


def checks(site: Site, scene: str, name: str, folder: Path) -> bool:
    """Return whether the download is right, by the hash file from the site."""
    ran = curl(site, f"{scene}/{name}.sha256", folder)
    assert ran.status == 0, ran.output
    return verify(folder, f"{name}.sha256") == 0


@pytest.mark.parametrize("client", [curl, wget], ids=["curl", "wget"])
@pytest.mark.parametrize("name", [LARGE, SMALL], ids=["large", "small"])
def test_a_file_comes_from_the_nearest_mirror(
    site: Site, tmp_path: Path, name: str, client: Client
) -> None:
    """The redirect is followed, and the hash file checks what came."""
    ran = client(site, f"well/{name}", tmp_path)

    assert ran.status == 0, ran.output
    assert (tmp_path / name).read_bytes() == site.content("well", name)
    assert set(site.sent("well", name)) == {"first"}
    assert checks(site, "well", name, tmp_path)


@pytest.mark.parametrize("client", [curl, wget], ids=["curl", "wget"])
@pytest.mark.parametrize(
    "scene",
    [
        pytest.param("corrupt", id="wrong in a byte"),
        pytest.param("truncated", id="shorter"),
        pytest.param("longer", id="longer"),
    ],
)
def test_a_wrong_file_is_found_by_its_hash_file(
    site: Site, tmp_path: Path, scene: str, client: Client
) -> None:
    """The client takes it for good, and `sha256sum -c` fails."""
    ran = client(site, f"{scene}/{LARGE}", tmp_path)

    assert ran.status == 0, ran.output
    assert not checks(site, scene, LARGE, tmp_path)


@pytest.mark.parametrize("client", [curl, wget], ids=["curl", "wget"])
def test_a_wrong_file_is_replaced_from_another_mirror(
    site: Site, tmp_path: Path, client: Client
) -> None:
    """`Link` and the page of the file name those that a user may turn to."""
    client(site, f"corrupt/{LARGE}", tmp_path)
    again = curl(site, second(site, "corrupt", tmp_path), tmp_path)

    assert again.status == 0, again.output
    assert checks(site, "corrupt", LARGE, tmp_path)


def second(site: Site, scene: str, folder: Path) -> str:
    """Return the second mirror's URL of the large file, from the redirect."""
    ran = run(folder, "curl", "--silent", "--head", f"{site.url}{scene}/{LARGE}")
    found = _LINK.search(ran.output)
    assert found, ran.output
    return found[1]


def get(client: Client, *options: str) -> Client:
    """Return a client with more options."""
    return lambda site, path, folder: client(site, path, folder, *options)


@pytest.mark.parametrize(
    ("scene", "client", "expected"),
    [
        pytest.param("lacking", curl, 22, id="curl, no file"),
        pytest.param("lacking", wget, 8, id="wget, no file"),
        pytest.param("breaking", curl, 18, id="curl, broken off"),
        pytest.param("leaving", curl, 18, id="curl, gone away"),
        pytest.param("leaving", wget, 4, id="wget, gone away"),
        pytest.param("hanging", get(curl, "--max-time", "2"), 28, id="curl, silent"),
        pytest.param(
            "hanging", get(wget, "--timeout=1", "--tries=2"), 4, id="wget, silent"
        ),
        pytest.param(
            "trickling",
            get(curl, "--speed-limit", "1000000", "--speed-time", "1"),
            28,
            id="curl, drop by drop",
        ),
    ],
)
def test_what_is_not_complete_is_told(
    site: Site, tmp_path: Path, scene: str, client: Client, expected: int
) -> None:
    """The client itself ends with an error of its own, and not with 0."""
    ran = client(site, f"{scene}/{LARGE}", tmp_path)

    assert ran.status == expected, ran.output


def test_a_broken_download_goes_on_from_another_mirror(
    site: Site, tmp_path: Path
) -> None:
    """`curl -C -` fetches what is missing there, and the whole is right."""
    whole = len(site.content("leaving"))
    half = (whole + 1) // 2
    broken = curl(site, f"leaving/{LARGE}", tmp_path)
    gone = curl(site, f"leaving/{LARGE}", tmp_path, "-C", "-")
    resumed = curl(site, second(site, "leaving", tmp_path), tmp_path, "-C", "-")

    assert (broken.status, gone.status, resumed.status) == (18, 52, 0)
    assert site.sent("leaving") == {"first": half, "second": whole - half}
    assert checks(site, "leaving", LARGE, tmp_path)


@pytest.mark.parametrize(
    "client",
    [
        pytest.param(get(curl, "-C", "-"), id="curl"),
        pytest.param(get(wget, "-c"), id="wget"),
    ],
)
def test_a_broken_download_goes_on_through_the_redirect(
    site: Site, tmp_path: Path, client: Client
) -> None:
    """The range is asked of the mirror, and each byte comes once."""
    content = site.content("well")
    (tmp_path / LARGE).write_bytes(content[:3_000_000])

    ran = client(site, f"well/{LARGE}", tmp_path)

    assert ran.status == 0, ran.output
    assert site.sent("well") == {"first": len(content) - 3_000_000}
    assert checks(site, "well", LARGE, tmp_path)


def test_a_download_that_goes_on_behind_a_wrong_beginning_is_found_out(
    site: Site, tmp_path: Path
) -> None:
    """No client notices that the first half was another file's."""
    (tmp_path / LARGE).write_bytes(bytes(3_000_000))

    ran = curl(site, f"well/{LARGE}", tmp_path, "-C", "-")

    assert ran.status == 0, ran.output
    assert not checks(site, "well", LARGE, tmp_path)


def test_wget_goes_on_by_itself(site: Site, tmp_path: Path) -> None:
    """A mirror that breaks off each time gives the file in the end."""
    ran = wget(site, f"breaking/{SMALL}", tmp_path, "--tries=20")

    assert ran.status == 0, ran.output
    assert checks(site, "breaking", SMALL, tmp_path)


@pytest.mark.parametrize("client", [curl, wget], ids=["curl", "wget"])
@pytest.mark.parametrize(
    "path",
    [
        pytest.param("well/none.iso", id="a file"),
        pytest.param("well/none.iso.sha256", id="the hash of one"),
        pytest.param("well/none.iso.meta4", id="the description of one"),
    ],
)
def test_what_is_not_published_is_no_file(
    site: Site, tmp_path: Path, path: str, client: Client
) -> None:
    """No page in its place is taken for it."""
    ran = client(site, path, tmp_path)

    assert ran.status in {8, 22}
    assert left(tmp_path) == set()


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("sha256", id="the same for all"),
        pytest.param("meta4", id="another for each client"),
    ],
)
def test_what_was_not_changed_is_not_sent_again(
    site: Site, tmp_path: Path, form: str
) -> None:
    """A client that keeps the ETag is told that nothing is new."""
    url = f"well/{LARGE}.{form}"
    etags = ("--etag-save", "tag", "--etag-compare", "tag")
    codes = ("--write-out", "%{http_code} %{size_download}")

    first = curl(site, url, tmp_path, *etags, *codes)
    before = (tmp_path / f"{LARGE}.{form}").read_bytes()
    later = curl(site, url, tmp_path, *etags, *codes)

    assert first.output.startswith("200 ")
    assert later.output == "304 0"
    assert (tmp_path / f"{LARGE}.{form}").read_bytes() == before


def test_a_hash_file_of_yesterday_is_compared_by_its_time(
    site: Site, tmp_path: Path
) -> None:
    """`curl -z` with a file that was kept gets it only if it is newer."""
    url = f"well/{LARGE}.sha256"
    curl(site, url, tmp_path, "--remote-time")

    later = curl(
        site, url, tmp_path, "-z", f"{LARGE}.sha256", "--write-out", "%{http_code}"
    )

    assert later.output == "304"


def test_a_redirect_is_kept_by_nobody(site: Site, tmp_path: Path) -> None:
    """Whoever has a tag of the mirror's file is sent to a mirror again."""
    etags = ("--etag-save", "tag", "--etag-compare", "tag")
    codes = ("--write-out", "%{http_code} %{num_redirects}")

    ran = curl(site, f"well/{SMALL}", tmp_path, *etags)
    later = curl(site, f"well/{SMALL}", tmp_path, *etags, *codes)

    assert (ran.status, later.output) == (0, "200 1")
    assert checks(site, "well", SMALL, tmp_path)


def test_without_following_nothing_is_taken_for_the_file(
    site: Site, tmp_path: Path
) -> None:
    """The redirect itself has no content."""
    url = f"{site.url}well/{LARGE}"
    ran = run(
        tmp_path, "curl", "--silent", "--fail", "--write-out", "%{size_download}", url
    )

    assert (ran.status, ran.output) == (0, "0")


def test_who_asks_for_metalink_gets_it(site: Site, tmp_path: Path) -> None:
    """By the Accept header, at the address of the file."""
    kind = "application/metalink4+xml"
    ran = curl(
        site,
        f"well/{LARGE}",
        tmp_path,
        *("--header", f"Accept: {kind}", "--write-out", "%{content_type}"),
    )

    assert ran.output == kind
    assert b"<pieces" in (tmp_path / LARGE).read_bytes()

"""A whole tree by rsync, from real daemons and programs that are none."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.model import Outcome
from mirrorsel.net import Address, Lister
from tests import rsync
from tests.httpd.served import open_folder
from tests.listed import FOLDERS, LIMITS, REACH, SIZES, Listed, is_wanted, make_tree
from tests.loopback import Loopback, closed_port, hanging

_LINE = "-rw-r--r--           5 2025/03/04 05:06:07 "


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small tree with links."""
    root = make_tree(tmp_path_factory.mktemp("tree"))
    (root / "a" / "self").symlink_to(".")
    (root / "file").symlink_to("KEYS")
    (root / "newest").symlink_to("a/b")
    (root / "dangling").symlink_to("nowhere")
    return root


@pytest.fixture(scope="module")
def good(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a mirror as it should be."""
    with rsync.daemon(tree, tmp_path_factory.mktemp("work")) as url:
        yield f"{url}mod/"


def program(folder: Path, script: str) -> str:
    """Return the path of a client that does what a script says."""
    path = folder / "rsync"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def client(folder: Path, script: str) -> Listed:
    """Return a listing by such a client."""
    lister = Lister(
        limits=LIMITS, reach=replace(REACH, seconds=3), program=program(folder, script)
    )
    return Listed(lister)


def test_links_are_files_of_no_known_size(good: str) -> None:
    """A link that stands where no folder is published may be a file."""
    found = Listed().go(good, wanted=is_wanted)

    assert SIZES | {"a/self": None, "dangling": None, "file": None, "newest": None} == (
        found.sizes
    )


@pytest.mark.parametrize(
    ("name", "expected"), [("newest", ["newest/empty"]), ("dangling", []), ("file", [])]
)
def test_links_are_followed_where_a_folder_is_published(
    good: str, name: str, expected: list[str]
) -> None:
    """What is below is listed, and a link to none is no folder."""
    found = Listed().go(good, wanted=lambda one: is_wanted(one) or one == name)

    assert expected == [one for one in found.paths if one == f"{name}/empty"]
    assert found.coverage.lacks(f"{name}/other")
    assert not found.unlisted


def test_prefixes_are_asked_for_alone(good: str) -> None:
    """Nothing is listed beside them, and one that is not there is told."""
    found = Listed().go(good, ["a/b", "gone", "KEYS"])

    assert {one for one in SIZES if one.startswith("a/b/")} == set(found.paths)
    assert frozenset({"gone", "KEYS"}) == found.coverage.gone
    assert found.coverage.lacks("a/b/x")
    assert not found.coverage.lacks("a/x")


def test_a_folder_that_the_daemon_cannot_read_is_not_listed(tmp_path: Path) -> None:
    """All others are."""
    with open_folder() as root:
        (make_tree(root) / "a" / "b").chmod(0)
        with rsync.daemon(root, tmp_path, account="nobody") as url:
            found = Listed().go(f"{url}mod/", wanted=is_wanted)
            below = Listed().go(f"{url}mod/", ["a"], wanted=is_wanted)
        (root / "a" / "b").chmod(0o700)

    assert ["a/b"] == [one.folder for one in found.unlisted]
    assert ["a/b"] == [one.folder for one in below.unlisted]
    assert sorted(set(FOLDERS) - {"a/b"}) == found.folders
    assert not found.coverage.lacks("a/b/f")
    assert found.coverage.lacks("a/f")


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        pytest.param(f"echo '{_LINE}KEYS'; echo Welcome", Outcome.PROTOCOL, id="words"),
        pytest.param(f"printf '{_LINE}KEYS'", Outcome.PROTOCOL, id="half-a-line"),
        pytest.param(f"echo '{_LINE}KEYS'; exit 12", Outcome.PROTOCOL, id="broken"),
        pytest.param(f"echo '{_LINE}KEYS'; exit 30", Outcome.TIMEOUT, id="stalled"),
        pytest.param(
            f"while :; do echo '{_LINE}KEYS'; done", Outcome.TOO_LARGE, id="endless"
        ),
        pytest.param(
            "head -c 1000000 /dev/zero", Outcome.TOO_LARGE, id="a-line-without-end"
        ),
        pytest.param("yes no >&2", Outcome.TOO_LARGE, id="messages-without-end"),
        pytest.param(f"echo '{_LINE}KEYS'; sleep 60", Outcome.DEADLINE, id="hanging"),
    ],
)
def test_a_list_that_breaks_off_covers_nothing(
    tmp_path: Path, script: str, outcome: Outcome
) -> None:
    """What was seen was told, and nothing is known to be missing."""
    found = client(tmp_path, script)
    found.lister = replace(found.lister, reach=replace(found.lister.reach, entries=99))
    error = found.fails("rsync://127.0.0.1/mod/")

    assert outcome == error.outcome
    assert [] == found.folders
    assert set(found.paths) <= {"KEYS"}


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(f"echo '{_LINE}KEYS'; exit 23", id="without-a-word"),
        pytest.param(
            f"echo '{_LINE}KEYS'; echo 'IO error' >&2; exit 23", id="not-understood"
        ),
        pytest.param("echo '@ERROR: Unknown module' >&2; exit 5", id="no-module"),
    ],
)
def test_what_is_not_known_to_be_whole_covers_nothing(
    tmp_path: Path, script: str
) -> None:
    """A list of which nobody knows what it lacks tells only what is there."""
    found = client(tmp_path, script).go("rsync://127.0.0.1/mod/")

    assert [] == found.folders
    assert [("", Outcome.STATUS)] == [
        (one.folder, one.outcome) for one in found.unlisted
    ]


def test_what_leads_elsewhere_is_passed_over(tmp_path: Path) -> None:
    """A hostile list tells of no file outside the tree."""
    lines = "\n".join(
        f"{_LINE}{one}" for one in ("../up", "/etc/passwd", "a/../b", "KEYS")
    )
    found = client(tmp_path, f"cat <<'END'\n{lines}\nEND").go("rsync://127.0.0.1/mod/")

    assert ["KEYS"] == found.paths


def test_links_in_the_place_of_folders_are_followed_so_often(tmp_path: Path) -> None:
    """Each costs a run, and a mirror of links only would cost many."""
    line = _LINE.replace("-rw", "lrw")
    script = f"for n in $(seq 65); do echo '{line}'$n; done"
    error = client(tmp_path, script).fails("rsync://127.0.0.1/mod/")

    assert Outcome.TOO_LARGE == error.outcome


def test_what_was_covered_is_not_asked_for_again(tmp_path: Path) -> None:
    """A prefix that is known costs nothing."""
    found = client(tmp_path, "exit 12")
    found.coverage.add("a", [])
    found.go("rsync://127.0.0.1/mod/", ["a"])

    assert [] == found.paths


def test_the_client_gets_the_checked_address_and_no_shell(tmp_path: Path) -> None:
    """What it is told to do is what is meant, whatever the name resolves to."""
    # It may write no file, so that what it is told comes back as names.
    told = "(printf '%s\\n' \"$@\"; env) | tr / _"
    script = f"{told} | while read -r one; do echo '{_LINE}'\"$one\"; done"
    found = client(tmp_path, script)

    def resolve(host: str, *, private: bool) -> tuple[Address, ...]:
        del host, private
        return (Address(text="127.0.0.5", family=4),)

    found.lister = replace(found.lister, resolve=resolve)
    found.go("rsync://mirror.example:8873/mod/a%20b/$(x);c/")

    assert "rsync:__127.0.0.5:8873_mod_a b_$(x);c_" in found.paths
    assert "TZ=UTC0" in found.paths
    assert {"--list-only", "--recursive", "--no-motd"} <= set(found.paths)
    assert not any(one.startswith("HOME=") for one in found.paths)


@pytest.mark.parametrize("url", ["rsync://127.0.0.1/", "rsync://127.0.0.1/mod[1]/"])
def test_what_is_no_module_is_refused(url: str) -> None:
    """No client is run for it."""
    assert Outcome.PROTOCOL == Listed().fails(url).outcome


def test_servers_that_do_not_answer() -> None:
    """A closed port and one that hangs are told apart, as is a missing client."""
    found = Listed(Lister(limits=replace(LIMITS, timeout=1), reach=REACH))
    with closed_port() as closed, Loopback(hanging) as silent:
        urls = [one.replace("http:", "rsync:") for one in (closed, silent.url)]
        outcomes = [found.fails(f"{url}mod/").outcome for url in urls]
    missing = Listed(Lister(limits=LIMITS, program="no-such-rsync"))

    assert [Outcome.REFUSED, Outcome.TIMEOUT] == outcomes
    assert Outcome.NO_CLIENT == missing.fails("rsync://127.0.0.1/mod/").outcome

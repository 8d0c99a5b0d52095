"""The look at published files."""

import os
from pathlib import Path

import pytest

from mirrorsel.audit.accounts import Account, accounts_of, writer
from mirrorsel.audit.document import Trait
from mirrorsel.audit.scan import scan
from tests.audit.written import UNKNOWN, directives

HTACCESS = frozenset({".htaccess"})
EXEC = "exec /www/www.apache.org/dyn/mirrors/mirrors.cgi $*\n"


@pytest.mark.parametrize(
    ("name", "text", "mode", "expected"),
    [
        pytest.param("a.txt", "text", 0o644, set(), id="a text"),
        pytest.param("a.txt", "text", 0o755, {Trait.EXECUTABLE}, id="executable"),
        pytest.param("a.txt", "#!/bin/sh", 0o644, {Trait.SCRIPT}, id="a script"),
        pytest.param("a.PHP.txt", "", 0o644, {Trait.SCRIPT}, id="a script by name"),
        pytest.param("a", "x", 0o4755, {Trait.EXECUTABLE, Trait.SETUID}, id="setuid"),
        pytest.param("a", "x", 0o2644, set(), id="setgid, but not executable"),
        pytest.param("a.txt", "x", 0o646, {Trait.WRITABLE}, id="writable by everybody"),
        pytest.param(
            "a.cgi",
            f"#!/bin/sh\n# a licence\n{EXEC}",
            0o644,
            {Trait.SCRIPT, Trait.WRAPPER},
            id="a wrapper",
        ),
        pytest.param(
            "page.cgi",
            "#!/bin/sh\ncd /www/www.apache.org/dyn/mirrors\n"
            "/www/www.apache.org/dyn/mirrors/mirrors.cgi $*\n",
            0o644,
            {Trait.SCRIPT, Trait.WRAPPER, Trait.PAGE},
            id="a wrapper with its page",
        ),
        pytest.param(
            "a.cgi",
            f"#!/bin/sh\nrm -r /\n{EXEC}",
            0o644,
            {Trait.SCRIPT},
            id="a wrapper that does more",
        ),
        pytest.param(
            "a.cgi",
            "#!/bin/sh\n/x/mirrors.cgi; rm -r /\n",
            0o644,
            {Trait.SCRIPT},
            id="a wrapper with a second command",
        ),
        pytest.param(
            "a.cgi",
            f"#!/bin/sh\n{'#' * 9000}\n{EXEC}",
            0o644,
            {Trait.SCRIPT},
            id="a long wrapper",
        ),
    ],
)
def test_traits_of_a_file(
    tmp_path: Path, name: str, text: str, mode: int, expected: set[Trait]
) -> None:
    """A file is worth a look for what it is, by content, name and mode."""
    (tmp_path / "page.html").touch(0o644)
    (tmp_path / name).write_text(text)
    (tmp_path / name).chmod(mode)
    found = scan([str(tmp_path)], HTACCESS, ())

    assert [expected] * bool(expected) == [set(one.traits) for one in found.files]


def test_folders_are_looked_through_once(tmp_path: Path) -> None:
    """A folder inside another is not looked at again; links are not followed."""
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "x.sh").touch()
    (tmp_path / "link").symlink_to(inner)
    (tmp_path / "link.sh").symlink_to(inner / "x.sh")
    found = scan([str(tmp_path), str(inner)], HTACCESS, ())

    assert [str(inner / "x.sh")] == [one.path for one in found.files]
    assert (str(inner), "x.sh") == (found.files[0].folder, found.files[0].name)


def test_htaccess_files_are_read_outside_too(tmp_path: Path) -> None:
    """A `.htaccess` counts for all folders below, published or not."""
    inner = tmp_path / "in"
    inner.mkdir()
    for folder in (tmp_path, inner):
        (folder / ".htaccess").write_text("Options +ExecCGI\n")
    found = scan([str(inner)], HTACCESS, ())

    assert {str(tmp_path), str(inner)} == set(found.htaccess)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A folder that is missing is told, and the others are looked at."""
    found = scan([str(tmp_path / "none")], HTACCESS, ())

    assert {str(tmp_path / "none")} == found.missing
    assert not found.unread


def test_the_look_is_bounded(tmp_path: Path) -> None:
    """After so many files the rest is left out, and that is told."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    found = scan([str(tmp_path)], HTACCESS, (), most=1)

    assert list(found.unread.values()) == ["too many files; this folder was left out"]


@pytest.mark.parametrize(
    ("mode", "user", "groups", "expected"),
    [
        pytest.param(0o640, 1, frozenset({2}), "", id="somebody else"),
        pytest.param(0o646, 1, frozenset({2}), "everybody", id="everybody"),
        pytest.param(0o440, None, frozenset(), "www", id="the owner"),
        pytest.param(0o620, 1, None, "www", id="the group"),
        pytest.param(0o640, 1, None, "", id="the group only reads"),
    ],
)
def test_who_can_write(
    mode: int,
    user: int | None,
    groups: frozenset[int] | None,
    expected: str,
) -> None:
    """Mode bits say who can write; an owner always can."""
    owned = os.stat_result((mode | 0o100000, 1, 1, 1, 7, 8, 0, 0, 0, 0))
    account = Account(
        name="www",
        user=7 if user is None else user,
        groups=frozenset({8}) if groups is None else groups,
    )

    assert expected == writer(owned, [account])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="unknown"),
        pytest.param("User nobody-of-this-name", [], id="not of this machine"),
        pytest.param("User #7\nGroup #8", [(7, {8})], id="numbers"),
        pytest.param("User root\nGroup root", [(0, {0})], id="names"),
        pytest.param(
            "WSGIDaemonProcess x user=#9 group=none-such processes=2\n"
            "WSGIDaemonProcess y",
            [(9, set())],
            id="daemon processes",
        ),
    ],
)
def test_accounts_of_httpd(text: str, expected: list[tuple[int, set[int]]]) -> None:
    """The accounts are those of httpd and of its daemon processes."""
    found = accounts_of(directives(text), UNKNOWN)

    assert expected == [(one.user, set(one.groups)) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("User #9", True, id="httpd's own"),
        pytest.param("WSGIDaemonProcess x user=#9", True, id="daemon processes"),
        pytest.param("WSGIDaemonProcess x user=#9 threads=0", False, id="no threads"),
        pytest.param(
            "WSGIDaemonProcess x user=#9 threads=0\n"
            "WSGIImportScript /x.py process-group=x",
            False,
            id="a script at the start",
        ),
        pytest.param(
            "WSGIDaemonProcess x user=#9 threads=0\n"
            "<VirtualHost *>\nWSGIScriptAlias /x /x.py process-group=x\n"
            "</VirtualHost>",
            True,
            id="mapped all the same",
        ),
        pytest.param(
            "WSGIDaemonProcess x user=#9 threads=0\nWSGIProcessGroup x",
            True,
            id="the group of all mappings",
        ),
    ],
)
def test_which_account_serves(
    text: str,
    expected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """A daemon process without a thread answers no request."""
    (account,) = accounts_of(directives(text), UNKNOWN)

    assert expected is account.serving


@pytest.mark.parametrize(
    ("name", "mode", "serving", "expected"),
    [
        pytest.param("list", 0o664, False, [], id="its own file"),
        pytest.param("list", 0o664, True, ["list"], id="who answers requests"),
        pytest.param("list", 0o666, False, ["list"], id="everybody"),
        pytest.param("page", 0o664, False, ["page"], id="another file"),
    ],
)
def test_a_program_may_write_what_it_makes(
    tmp_path: Path,
    name: str,
    mode: int,
    expected: list[str],
    *,
    serving: bool,
) -> None:
    """An account that answers no request may write that file, and no other."""
    (tmp_path / name).touch()
    (tmp_path / name).chmod(mode)
    group = (tmp_path / name).stat().st_gid
    account = Account(name="x", user=None, groups=frozenset({group}), serving=serving)
    made = frozenset({str(tmp_path / "list")})
    found = scan([str(tmp_path)], HTACCESS, (account,), made=made)

    assert expected == [one.name for one in found.files]


def test_the_superuser_is_left_out() -> None:
    """Whoever can write everywhere is no finding."""
    owned = os.stat_result((0o100644, 1, 1, 1, 0, 0, 0, 0, 0, 0))
    link = os.stat_result((0o120777, 1, 1, 1, 0, 0, 0, 0, 0, 0))

    assert writer(owned, [Account(name="root", user=0, groups=frozenset())]) == ""
    assert writer(link, []) == ""

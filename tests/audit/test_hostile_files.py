"""The audit by an ordinary account, of trees that somebody made to stop it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tests.httpd.served import open_folder

HTACCESS = "docs/.htaccess"
CAREFUL = "Options SymLinksIfOwnerMatch\n"
CLOSED = 0o000
GIGABYTE = 2**30
NOBODY = 65534

Make = Callable[[Path], None]


def _closed_folder(base: Path) -> None:
    (base / "docs" / "closed").mkdir(mode=CLOSED)


def _closed_root(base: Path) -> None:
    (base / "docs").chmod(CLOSED)


def _closed_page(base: Path) -> None:
    (base / "docs" / "x.txt").touch(CLOSED)


def _closed_htaccess(base: Path) -> None:
    (base / HTACCESS).touch(CLOSED)


def _pipe(base: Path) -> None:
    os.mkfifo(base / HTACCESS)


def _device(base: Path) -> None:
    (base / HTACCESS).symlink_to("/dev/zero")


def _large(base: Path) -> None:
    (base / HTACCESS).touch()
    os.truncate(base / HTACCESS, GIGABYTE)


def _folder(base: Path) -> None:
    (base / HTACCESS).mkdir()


def _loop(base: Path) -> None:
    (base / HTACCESS).symlink_to(".htaccess")


def _sections(base: Path) -> None:
    (base / HTACCESS).write_text("<Files x>\n" * 20_000)


def _lines(base: Path, text: str) -> None:
    (base / HTACCESS).write_text(text)


def _slow(base: Path) -> None:
    """Write an expression that takes as long as there are atoms in the world."""
    name = "a" * 60
    _append(base, "<Directory />\nAllowOverride All\n</Directory>")
    _lines(base, _match("(?:(?:a|aa)+)+b$") + f"<Files {name}c>\n{CAREFUL}</Files>\n")


def _match(pattern: str) -> str:
    return f'<FilesMatch "{pattern}">\nSetHandler none\n</FilesMatch>\n'


def _matches(base: Path) -> None:
    _lines(base, "".join(_match(f"^a{number}$") for number in range(30_000)))


def _groups(base: Path) -> None:
    _lines(base, _match("(" * 3000 + "a" + ")" * 3000))


def _class(base: Path) -> None:
    _lines(
        base,
        _match("(?#[" + r"\a" * 300 + ")x") + _match("|".join(map(str, range(300)))),
    )


def _blanks(base: Path) -> None:
    _lines(base, "<Files x" + " " * 100_000 + "y" + "\n<Files \0>")


def _words(base: Path) -> None:
    _lines(base, "AddType text/plain " + "x " * 500_000)


def _types(base: Path) -> None:
    _lines(base, "".join(f"AddType text/plain {n}\n" for n in range(100_000)))


def _names(base: Path) -> None:
    types = " ".join(f"x{number}" for number in range(1_100))
    _lines(base, f"AddType text/plain {types}\n")


def _included(base: Path) -> None:
    for number in range(40):
        (base / f"{number}.conf").write_text(f"Include {number + 1}.conf\n")
    (base / "40.conf").touch()
    _append(base, "Include 0.conf")


def _deep(base: Path) -> None:
    """Make folders to a depth that no path can name."""
    before = Path.cwd()
    os.chdir(base / "docs")
    try:
        for _ in range(3000):
            os.mkdir("dd")  # noqa: PTH102 - relative to where this is by now
            os.chdir("dd")
    finally:
        os.chdir(before)


def _closed_include(base: Path) -> None:
    (base / "more").mkdir(mode=CLOSED)
    _append(base, "IncludeOptional more/*.conf")


def _closed_part(base: Path) -> None:
    (base / "part.conf").touch(CLOSED)
    _append(base, "Include part.conf")


def _piped_part(base: Path) -> None:
    os.mkfifo(base / "part.conf")
    _append(base, "Include part.conf")


def _endless(base: Path) -> None:
    _append(base, "Include httpd.conf\n" * 2)


def _closed_types(base: Path) -> None:
    (base / "types").touch(CLOSED)
    _append(base, "TypesConfig types")


def _append(base: Path, line: str) -> None:
    with (base / "httpd.conf").open("a") as file:
        file.write(f"{line}\n")


UNTOLD: Mapping[str, tuple[Make, str]] = {
    "a closed folder": (_closed_folder, "docs/closed"),
    "a closed document root": (_closed_root, "docs"),
    "a closed page": (_closed_page, "docs/x.txt"),
    "a closed .htaccess": (_closed_htaccess, HTACCESS),
    "a pipe": (_pipe, HTACCESS),
    "a link to a device": (_device, HTACCESS),
    "a .htaccess of a gigabyte": (_large, HTACCESS),
    "a folder": (_folder, HTACCESS),
    "a link to itself": (_loop, HTACCESS),
    "sections without an end": (_sections, HTACCESS),
    "an expression without an end": (_slow, HTACCESS),
    "thirty thousand expressions": (_matches, HTACCESS),
    "three thousand groups": (_groups, HTACCESS),
    "more examples than are tried": (_class, HTACCESS),
    "a NUL byte behind a hundred thousand blanks": (_blanks, HTACCESS),
    "half a million words": (_words, HTACCESS),
    "a hundred thousand types": (_types, HTACCESS),
    "more names than are tried": (_names, "docs"),
    "parts of parts of parts": (_included, "30.conf"),
    "folders to a depth that has no name": (_deep, "docs/dd/dd"),
    "a closed folder of the configuration": (_closed_include, "more"),
    "a closed part of the configuration": (_closed_part, "part.conf"),
    "a pipe in the configuration": (_piped_part, "part.conf"),
    "a configuration without an end": (_endless, "httpd.conf"),
    "a closed table of types": (_closed_types, "types"),
}


def audited(base: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Return what the verb does under an ordinary account."""
    root = os.geteuid() == 0
    given = ["audit", "--no-httpd", "--config", str(base / "httpd.conf"), *arguments]
    return subprocess.run(
        [sys.executable, "-c", _MAIN, *given],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        user=NOBODY if root else None,
        group=NOBODY if root else None,
        extra_groups=[] if root else None,
    )


_MAIN = "from mirrorsel.cli.main import main; main()"


def _site(base: Path) -> None:
    base.chmod(0o755)
    (base / "docs").mkdir()
    (base / "httpd.conf").write_text(
        f"ServerRoot {base}\nDocumentRoot docs\nLoadModule mime_module x\n{CAREFUL}"
    )


@pytest.mark.parametrize(("make", "name"), UNTOLD.values(), ids=UNTOLD.keys())
def test_what_cannot_be_read_is_told(make: Make, name: str) -> None:
    """It is named, the exit code is 2, and nobody sees a traceback."""
    with open_folder() as base:
        _site(base)
        make(base)
        done = audited(base)
        said = done.stdout + done.stderr
        _remove_deep(base)

    assert done.returncode == 2, said
    assert f"{base}/{name}" in said
    assert "Traceback" not in said


def _remove_deep(base: Path) -> None:
    # Python's own way to remove a tree of this depth fails.
    with suppress(FileNotFoundError):
        subprocess.run(["rm", "-r", base / "docs" / "dd"], check=False)


def _strange_name(base: Path) -> None:
    (base / "docs" / "long" / ("n" * 255)).mkdir(parents=True)
    (base / "docs" / os.fsdecode(b"\xff\x1b[2J.sh")).touch()


def _links(base: Path) -> None:
    (base / "docs" / "up").symlink_to(base / "docs")
    (base / "docs" / "self").symlink_to("self")
    (base / "docs" / "none").symlink_to("nowhere")


def _many(base: Path) -> None:
    (base / "docs" / ("d/" * 900)).mkdir(parents=True)


def _no_docs(base: Path) -> None:
    (base / "docs").rmdir()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(_strange_name, id="names"),
        pytest.param(_links, id="links"),
        pytest.param(_many, id="nine hundred folders deep"),
        pytest.param(_no_docs, id="no document root"),
    ],
)
def test_what_is_strange_is_no_obstacle(make: Make) -> None:
    """Strange files, and those that are missing, leave the audit sure."""
    with open_folder() as base:
        _site(base)
        make(base)
        done = audited(base)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_names_that_are_no_text_are_escaped() -> None:
    """A name in another encoding is shown escaped, also as JSON."""
    with open_folder() as base:
        _site(base)
        _strange_name(base)
        plainly, as_json = audited(base).stdout, audited(base, "--json").stdout

    (server,) = json.loads(as_json)["servers"]
    files = [one["file"] for one in server["findings"]]
    assert "/\\udcff\\x1b[2J.sh: note script" in plainly
    assert f"{base}/docs/\udcff\x1b[2J.sh" in files


def test_findings_are_told_beside_what_cannot_be_read() -> None:
    """What was found is told too, and does not hide that something is missing."""
    with open_folder() as base:
        _site(base)
        _closed_folder(base)
        _append(base, "Options +ExecCGI")
        done = audited(base)

    assert done.returncode == 2
    assert "finding exec-cgi" in done.stdout
    assert "note unread" in done.stdout


def _open(folder: Path) -> Path:
    folder.mkdir()
    folder.chmod(0o777)
    return folder


def _link_to_folder(base: Path) -> str:
    (base / "docs" / "link").symlink_to(_open(base / "more"))
    return "docs/link"


def _link_to_file(base: Path) -> str:
    (base / "more").write_text("")
    (base / "more").chmod(0o666)
    (base / "docs" / "link.html").symlink_to(base / "more")
    return "docs/link.html"


def _link_into_open(base: Path) -> str:
    (_open(base / "more") / "x.html").write_text("")
    (base / "docs" / "link.html").symlink_to(base / "more" / "x.html")
    return "docs/link.html"


def _open_below(base: Path) -> str:
    (base / "more").mkdir()
    _open(base / "more" / "in")
    (base / "docs" / "link").symlink_to(base / "more")
    return "docs/link/in"


def _open_parent(base: Path) -> str:
    base.chmod(0o777)
    return ""


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(_link_to_folder, id="a link to a folder"),
        pytest.param(_link_to_file, id="a link to a file"),
        pytest.param(_link_into_open, id="a link to a file of an open folder"),
        pytest.param(_open_below, id="a folder behind a link"),
        pytest.param(_open_parent, id="the folder around the document root"),
    ],
)
def test_what_everybody_can_replace_is_found(make: Callable[[Path], str]) -> None:
    """A right to write is found behind links and around the document root."""
    with open_folder() as base:
        _site(base)
        name = make(base)
        done = audited(base)

    assert done.returncode == 1, done.stdout
    assert f"{base}/{name}".rstrip("/") + ": finding writable" in done.stdout


def test_a_htaccess_behind_a_link_counts() -> None:
    """What a link publishes is run by the `.htaccess` that lies there."""
    with open_folder() as base:
        _site(base)
        (base / "more").mkdir()
        (base / "more" / ".htaccess").write_text("SetHandler lua-script\n")
        (base / "docs" / "link").symlink_to(base / "more")
        _append(base, "LoadModule lua_module x\n<Directory />\nAllowOverride FileInfo")
        _append(base, "</Directory>")
        done = audited(base)

    assert f"{base}/docs/link/.htaccess:1: finding handler" in done.stdout

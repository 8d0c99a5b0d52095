"""Tests for `mirrorsel lint-pages`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.lint_pages import command
from mirrorsel.pages import cannot_be_read


def lint(*arguments: str | Path) -> Result:
    """Run the verb."""
    return CliRunner().invoke(command, [str(one) for one in arguments])


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files by name."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        pytest.param("[preferred]", GOOD, "", id="good"),
        pytest.param(
            "[preferred]\n [end]",
            FINDINGS,
            "{}:2:2: `[end]`: no block is open that takes it\n",
            id="error",
        ),
        pytest.param(
            "[preferred][x]",
            GOOD,
            "{}:1:12: warning: `[x]`: unknown name `x`\n",
            id="warning",
        ),
        pytest.param(
            "[preferred][x]\n[x][x]",
            GOOD,
            "{}:1:12: warning: `[x]`: unknown name `x` (and 2 more in this file)\n",
            id="again",
        ),
    ],
)
def test_one_page(tmp_path: Path, text: str, code: int, line: str) -> None:
    """Each problem is a line with its place, and errors give 1."""
    write(tmp_path, {"sub/download.html": text})
    errors, warnings = int("[end]" in line), int("warning" in line)
    if "more" in line:
        warnings = 3

    result = lint(tmp_path)

    place = line.format(tmp_path / "sub" / "download.html")
    total = f"1 page, {errors} error{'s'[errors:]}, {warnings} warning"
    total += "\n" if warnings == 1 else "s\n"
    assert (code, place + total) == (result.exit_code, result.stdout)


def test_strict(tmp_path: Path) -> None:
    """Warnings give 1 as well if asked for."""
    write(tmp_path, {"a.html": "[preferred][x]"})

    assert FINDINGS == lint("--strict", tmp_path).exit_code


def test_only_download_pages(tmp_path: Path) -> None:
    """Other files may have any brackets in them."""
    write(
        tmp_path,
        {
            "manual.html": "[end] [link]",
            "notes.txt": "[preferred][end]",
            "plain.html": "[end]",
            "plain.cgi": "#!/bin/sh",
            "closer.ezt": "[if-any logo]x[end]",
        },
    )

    result = lint(tmp_path)

    assert "2 pages, 1 error, 0 warnings" == result.stdout.splitlines()[-1]
    assert result.stdout.startswith(f"{tmp_path / 'plain.html'}:1:1: ")


def test_includes(tmp_path: Path) -> None:
    """Included files are read along, and reported once for all pages."""
    page = '[preferred][include "parts/list.inc" http]'
    write(
        tmp_path,
        {
            "a.html": page,
            "b.html": page,
            "parts/list.inc": "[arg0]\n[for arg0][end][end]",
            "c.html": '[preferred][include "parts/../a.html"]',
        },
    )

    result = lint(tmp_path)

    reason = "no block is open that takes it"
    missing = '`[include "parts/../a.html"]`: the file cannot be read'
    assert [
        f"{tmp_path}/parts/list.inc:2:16: `[end]`: {reason}",
        f"{tmp_path}/c.html:1:12: {missing}",
        "3 pages, 2 errors, 0 warnings",
    ] == result.stdout.splitlines()


def test_link_out_of_the_root(tmp_path: Path) -> None:
    """A page that lies elsewhere is not read, which is said."""
    write(tmp_path, {"root/a.html": "[preferred]", "secret.html": "[preferred]"})
    (tmp_path / "root" / "b.html").symlink_to(tmp_path / "secret.html")

    result = lint(tmp_path / "root")

    message = f"mirrorsel: {tmp_path / 'root' / 'b.html'}: {cannot_be_read()}\n"
    assert (CANNOT_TELL, message) == (result.exit_code, result.stderr)


def test_no_page(tmp_path: Path) -> None:
    """A folder without any page was hardly meant."""
    result = lint(tmp_path)

    message = "mirrorsel: there is no download page here\n"
    assert (CANNOT_TELL, message) == (result.exit_code, result.stderr)


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is a wrong use."""
    result = lint(tmp_path / "nothing")

    assert CANNOT_TELL == result.exit_code


def test_single_file(tmp_path: Path) -> None:
    """A file may be named itself, and is a page then."""
    write(tmp_path, {"a.txt": '[include "b.txt"]', "b.txt": "[else]"})

    result = lint(tmp_path / "a.txt")

    expected = f"{tmp_path}/b.txt:1:1: `[else]`: no block is open that takes it"
    assert (FINDINGS, expected) == (result.exit_code, result.stdout.splitlines()[0])


def test_json(tmp_path: Path) -> None:
    """Programs get every place, also of names that a terminal would not show."""
    folder = tmp_path / "\x1b[2J"
    write(folder, {"a.html": "[preferred][x]\n[x]"})

    result = lint("--json", folder)

    place = {
        "file": f"{folder}/a.html",
        "warning": True,
        "message": "`[x]`: unknown name `x`",
    }
    expected = {
        "pages": 1,
        "errors": 0,
        "warnings": 2,
        "unread": [],
        "problems": [
            {**place, "line": 1, "column": 12},
            {**place, "line": 2, "column": 1},
        ],
    }
    assert expected == json.loads(result.stdout)
    assert "\x1b" not in lint(folder).stdout


def test_a_page_that_ends_early(tmp_path: Path) -> None:
    """What is too much is an error with its place, found by a trial."""
    loops = "[for http][for ftp][for backup]"
    write(tmp_path, {"x.html": f"[preferred]\n{loops}x[end][end][end]"})

    result = lint(tmp_path)

    assert result.exit_code == FINDINGS
    assert result.stdout.startswith(f"{tmp_path}/x.html:2: the page ends here: ")


def test_a_page_that_is_too_large(tmp_path: Path) -> None:
    """The server does not read it, which is said; what is no page may be larger."""
    write(tmp_path, {"x.html": "[preferred]".ljust(4 * 2**20 + 1)})
    write(tmp_path, {"y.html": "x" * (4 * 2**20 + 1), "z.html": "[preferred]"})

    result = lint(tmp_path)

    assert result.exit_code == CANNOT_TELL
    assert f"mirrorsel: {tmp_path}/x.html: {cannot_be_read()}\n" == result.stderr


@pytest.mark.parametrize(
    ("default", "code", "said"),
    [
        pytest.param("[bands][end]", FINDINGS, "own.html:1:1: ", id="mistakes"),
        pytest.param("[for bands][bands.host][end]", GOOD, "1 page,", id="good"),
        pytest.param(None, CANNOT_TELL, "cannot be read; it must", id="missing"),
    ],
)
def test_pages_of_the_settings(
    tmp_path: Path, default: str | None, code: int, said: str
) -> None:
    """The default and the archive page have names of their own."""
    write(tmp_path, {"x.toml": '[pages]\ndefault = "own.html"\narchive = "own.html"'})
    if default is not None:
        write(tmp_path, {"own.html": default})

    result = lint("--config", tmp_path / "x.toml")

    assert code == result.exit_code
    assert said in result.output


def test_nothing_to_look_at() -> None:
    """Without a folder or settings the verb says what it needs."""
    result = lint()

    assert result.exit_code == CANNOT_TELL
    assert "DOCROOT" in result.stderr


@pytest.mark.parametrize("name", [".", "sub"])
def test_a_folder_is_no_page_of_the_settings(tmp_path: Path, name: str) -> None:
    """Where the server would read a file, the pages of a folder are no answer."""
    write(tmp_path, {"sub/x.html": "[preferred]", "x.html": "[preferred]"})
    write(tmp_path, {"mirrorsel.toml": f'[pages]\ndefault = "{name}"\n'})
    result = lint("--config", tmp_path / "mirrorsel.toml")

    assert result.exit_code == CANNOT_TELL
    assert "named as a page" in result.stderr

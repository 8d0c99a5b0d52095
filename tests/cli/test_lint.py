"""Tests for `mirrorsel lint`."""

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.lint import command
from mirrorsel.cli.lint_shown import in_brief, totals
from mirrorsel.errors import Problem, SettingsError
from mirrorsel.lint import CODES
from mirrorsel.model import Health, Snapshot
from mirrorsel.shipped import shipped
from mirrorsel.state import write_snapshot
from tests.geodb import write_city_database

PROGRAM = "from mirrorsel.cli.main import main; main()"
BACKUP = "http Backup https://downloads.example.org/\n"
CLEAN = f"http de https://a.example.de/\n{BACKUP}"
WARNED = f"http de https://a.example.de\n{BACKUP}"
WRONG = f"http de https://a.example.de/ - wieght=200\n{BACKUP}"
ENCODED = "`%25` in a URL must be written percent-encoded"
WEIGHT = "`weight` must be a whole number from 1 to 10000, as in `weight=200`"
NOTED = f"http gb https://a.example.uk/\n{BACKUP}"


def lint(
    *arguments: str | Path, text: str = "", env: Mapping[str, str] | None = None
) -> Result:
    """Run the verb, with a text as standard input."""
    names = [str(one) for one in arguments]
    return CliRunner().invoke(command, names, input=text.encode(), env=env)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a list that is yet to be written."""
    return tmp_path / "mirrors.list"


@pytest.mark.parametrize(
    ("text", "code", "strict"),
    [
        pytest.param(CLEAN, GOOD, GOOD, id="clean"),
        pytest.param(NOTED, GOOD, GOOD, id="notes"),
        pytest.param(WARNED, GOOD, FINDINGS, id="warnings"),
        pytest.param(WRONG, FINDINGS, FINDINGS, id="errors"),
        pytest.param("", FINDINGS, FINDINGS, id="empty"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_exit_code(path: Path, text: str, code: int, strict: int, form: str) -> None:
    """Errors give 1 in every format, and warnings do where that is asked for."""
    path.write_text(text)
    expected = (code, strict)
    options = [["--format", form], ["--format", form, "--strict"]]

    assert expected == tuple(lint(*one, path).exit_code for one in options)


def test_a_problem(path: Path) -> None:
    """Each problem has its place, severity and code, its line and a mark below."""
    path.write_text(WRONG)

    assert lint(path).stdout == (
        f"{path}:1:33: error: unknown option `wieght`; did you mean `weight`?"
        " [unknown-option]\n"
        "    1 | http de https://a.example.de/ - wieght=200\n"
        "      |                                 ^~~~~~~~~~\n"
        "1 error, 0 warnings in 1 mirror\n"
    )


@pytest.mark.parametrize("text", [CLEAN, NOTED])
def test_nothing_worth_reading(path: Path, text: str) -> None:
    """Into a pipe nothing is printed then."""
    path.write_text(text)

    assert "" == lint(path).output


def test_notes_are_shown_if_asked_for(path: Path) -> None:
    """A note is a problem of its own with --all."""
    path.write_text(NOTED)

    shown = lint("--all", path).stdout

    assert f"{path}:1:6: note: `gb` is written `uk` in lists [gb-written]" in shown
    assert "0 errors, 0 warnings, 1 note in 2 mirrors" in shown


def test_many_of_a_kind(path: Path) -> None:
    """Ten warnings of a kind are shown, and how many more there are."""
    lines = (f"http gb https://{number}.example.uk\n" for number in range(30))
    path.write_text("".join([*lines, BACKUP]))

    shown, every = lint(path).stdout, lint("--all", path).stdout

    assert 10 == shown.count("[missing-slash]")
    assert f"{path}: --all shows more: 30 gb-written, 20 missing-slash" in shown
    assert 30 == every.count("[missing-slash]") == every.count("[gb-written]")
    assert "0 errors, 30 warnings, 30 notes in 31 mirrors" in shown


def test_all_errors_are_shown() -> None:
    """However many errors there are of a kind, none is left out."""
    problems = [
        Problem(message="x", line=one, column=1, code="not-a-url") for one in range(50)
    ]

    assert (tuple(problems), "") == in_brief(problems)
    assert "50 errors, 0 warnings" == totals(problems)


def test_standard_input() -> None:
    """A list may come from another program."""
    result = lint("-", text=WRONG)

    assert FINDINGS == result.exit_code
    assert result.stdout.startswith("<stdin>:1:33: error: ")


def test_several_files(tmp_path: Path) -> None:
    """Each file is judged by itself, and all are counted together."""
    for name, text in {"a.list": WRONG, "b.list": WARNED}.items():
        (tmp_path / name).write_text(text)

    result = lint(tmp_path / "a.list", tmp_path / "b.list")

    heads = re.findall(r"^\S+/(\S+?): (\w+):", result.stdout, re.MULTILINE)
    assert [("a.list:1:33", "error"), ("b.list:1:9", "warning")] == heads
    assert "1 error, 1 warning in 3 mirrors" == result.stdout.splitlines()[-1]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """The others are judged all the same, and the exit code is 2."""
    (tmp_path / "a.list").write_text(WRONG)

    result = lint(tmp_path / "a.list", tmp_path / "no.list")

    expected = (
        f"mirrorsel: {tmp_path}/no.list: cannot be read: No such file or directory"
    )
    assert (CANNOT_TELL, f"{expected}\n") == (result.exit_code, result.stderr)
    assert "[unknown-option]" in result.stdout


def test_a_text_of_another_encoding(path: Path) -> None:
    """The first byte that is none of UTF-8 is shown where it stands."""
    path.write_bytes("# Köln\nhttp de https://köln.example/\n".encode("latin-1"))

    result = lint(path)

    assert FINDINGS == result.exit_code
    assert result.stdout == (
        f"{path}:1:4: error: is not UTF-8 text [not-utf-8]\n"
        "    1 | # K\N{REPLACEMENT CHARACTER}ln\n"
        "      |    ^\n"
        "1 error, 0 warnings in 0 mirrors\n"
    )


def test_a_huge_line(path: Path) -> None:
    """A line of 16 MiB is refused and shown in part, in next to no time."""
    path.write_bytes(b"# lint: " * (2**21 - 1) + b"\n")
    started = time.process_time()

    result = lint(path)

    assert "[line-too-long]" in result.stdout
    assert all(len(line) < 200 for line in result.stdout.splitlines())
    assert time.process_time() - started < 20


def test_a_file_that_is_too_large(path: Path) -> None:
    """What httpd's processes would not read is not read here either."""
    path.write_bytes(b"#\n" * (2**23 + 1))

    assert CANNOT_TELL == lint(path).exit_code
    assert CANNOT_TELL == lint("-", text=path.read_text()).exit_code


def test_hostile_names(tmp_path: Path) -> None:
    """What a terminal would obey is printed by no format."""
    path = tmp_path / "\x1b[2J.list"
    path.write_text("http de https://a.example.de/ \x1b[2J\u202e\n")
    for form in ("text", "github", "json"):
        result = lint("--format", form, path)
        assert FINDINGS == result.exit_code
        assert "\x1b" not in result.output
        assert "\u202e" not in result.output


def test_json(path: Path) -> None:
    """Programs get a list of objects, notes too."""
    path.write_text(f"http gb https://a.example.uk/ - wieght=1\n{BACKUP}")
    expected = [
        {
            "file": str(path),
            "line": 1,
            "column": 33,
            "severity": "error",
            "code": "unknown-option",
            "message": "unknown option `wieght`; did you mean `weight`?",
        }
    ]

    assert expected == json.loads(lint("--json", path).stdout)
    path.write_text(NOTED)
    noted = json.loads(lint("--json", path).stdout)
    assert ["note"] == [one["severity"] for one in noted]
    path.write_text(CLEAN)
    assert [] == json.loads(lint("--json", path).stdout)


def test_github(tmp_path: Path) -> None:
    """Problems become workflow commands, with what would end one escaped."""
    path = tmp_path / "a,b: 100%.list"
    path.write_text("http gb http://a.example.uk/100% - weight=0\n")
    name = f"{tmp_path}/a%2Cb%3A 100%25.list"

    found = lint("--format", "github", path).stdout.splitlines()

    place = f"::error file={name},line=1"
    assert found == [
        f"{place},col=32,title=unencoded-character::{ENCODED}",
        f"{place},col=43,title=wrong-value::{WEIGHT}",
    ]


def test_github_without_a_place(path: Path) -> None:
    """A problem of the whole list names the file alone, and a note is a notice."""
    path.write_text("http gb https://a.example.uk/\n")

    found = lint("--format", "github", path).stdout.splitlines()

    assert found[0].startswith(f"::warning file={path},title=no-backup::")
    assert found[1].startswith(f"::notice file={path},line=1,col=6,title=gb-written::")


def settings(folder: Path, text: str = "") -> Path:
    """Write a settings file and return its path."""
    path = folder / "mirrorsel.toml"
    path.write_text(text)
    return path


def test_the_list_of_the_settings(tmp_path: Path) -> None:
    """Without a file, the list that the settings name is judged."""
    config = settings(tmp_path, '[list]\nfile = "our.list"\n')
    (tmp_path / "our.list").write_text(WRONG)

    result = lint("--config", config)

    assert FINDINGS == result.exit_code
    assert result.stdout.startswith(f"{tmp_path}/our.list:1:33: ")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("", ["no-https-mirror", "no-asn-database"], id="defaults"),
        pytest.param(
            "[selection]\nallow_http = true\n", ["no-asn-database"], id="http"
        ),
        pytest.param('[geoip]\nasn_database = "x"\n', ["no-https-mirror"], id="asn"),
    ],
)
def test_what_the_settings_say(path: Path, text: str, codes: list[str]) -> None:
    """Whether http is allowed, and a database for systems, change what is wrong."""
    path.write_text(f"http de http://a.example.de/ - only=as asn=1\n{BACKUP}")
    config = settings(path.parent, text)
    unserved = "unserved-country"

    found = json.loads(lint("--json", "--config", config, path).stdout)

    assert codes == [one["code"] for one in found if one["code"] != unserved]


def test_the_shipped_settings_say_nothing(path: Path) -> None:
    """What the sample leaves out says nothing of the server that a list is for."""
    path.write_text(f"http de http://a.example.de/ - only=as asn=1\n{BACKUP}")

    found = lint("--json", "--config", shipped("mirrorsel.toml"), path).stdout

    assert "no-asn-database" not in found


def test_what_the_checker_knows(path: Path) -> None:
    """An http mirror that the checker found by https too is told to be listed so."""
    url = "http://a.example.de/"
    path.write_text(f"http de {url}\n{CLEAN}")
    config = settings(path.parent)
    (path.parent / "state").mkdir()
    health = {url: Health(https_twin=True)}
    snapshot = Snapshot(taken=datetime(2026, 11, 23, tzinfo=UTC), health=health)
    write_snapshot(path.parent / "state" / "snapshot", snapshot)

    assert f"{path}:1:9: warning: the mirror answers by https too" in (
        lint("--config", config).stdout
    )


def test_a_broken_snapshot_is_no_obstacle(path: Path) -> None:
    """What the checker knows is an extra."""
    path.write_text(CLEAN)
    (path.parent / "state").mkdir()
    (path.parent / "state" / "snapshot").write_text("nonsense")

    assert GOOD == lint("--config", settings(path.parent)).exit_code


def test_broken_settings(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They are left out where a file is named, unless somebody asked for them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MIRRORSEL_CONFIG", raising=False)
    path.write_text(WRONG)
    config = settings(tmp_path, "nonsense")

    result = lint(path)

    assert FINDINGS == result.exit_code
    assert "mirrorsel: warning: mirrorsel.toml" in result.stderr.replace(
        f"{tmp_path}/", ""
    )
    assert isinstance(lint().exception, SettingsError)
    assert isinstance(lint("--config", config, path).exception, SettingsError)


def test_explain() -> None:
    """A code is explained, with the comment that silences it."""
    shown = lint("--explain", "no-backup").stdout

    assert "no-backup (warning)" in shown
    assert CODES["no-backup"].why in shown
    assert "# lint: ignore[no-backup] " in shown
    assert "cannot be silenced" in lint("--explain", "not-a-url").stdout


def test_explain_what_is_mistyped() -> None:
    """The nearest code is named."""
    result = lint("--explain", "no-bakcup")

    assert CANNOT_TELL == result.exit_code
    assert "Did you mean 'no-backup'?" in result.stderr


def test_codes() -> None:
    """All codes are printed, and for programs with all that is known of them."""
    shown = lint("--codes").stdout
    told = json.loads(lint("--codes", "--json").stdout)

    assert set(CODES) <= set(shown.split())
    assert list(CODES) == [one["name"] for one in told]
    one = json.loads(lint("--explain", "no-backup", "--json").stdout)
    assert one == next(each for each in told if each["name"] == "no-backup")


def test_resolve(path: Path) -> None:
    """With --resolve, an address in another country is told."""
    database = path.parent / "places.mmdb"
    write_city_database(
        database,
        {
            "127.0.0.1/32": {"country": "FR"},
            "127.0.0.2/32": {"country": "DE"},
        },
    )
    config = settings(path.parent, f'[geoip]\ndatabase = "{database}"\n')
    hosts = ("de", "127.0.0.1"), ("de", "127.0.0.2"), ("Backup", "127.0.0.3")
    path.write_text("".join(f"http {one} https://{host}/\n" for one, host in hosts))

    found = json.loads(lint("--config", config, "--resolve", "--json").stdout)
    without = json.loads(lint("--config", config, "--json").stdout)

    assert [("country-elsewhere", 1, 6)] == [
        (one["code"], one["line"], one["column"]) for one in found
    ]
    assert [] == without


def terminal(*arguments: str | Path, columns: int = 80) -> str:
    """Return what the program prints to a real terminal."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    command = [sys.executable, "-c", PROGRAM, "lint", *map(str, arguments)]
    environment = {**os.environ, "TERM": "xterm"}
    shown = b""
    with subprocess.Popen(command, stdout=theirs, env=environment):
        os.close(theirs)
        # At the end of the other side, reading a terminal is an error.
        with contextlib.suppress(OSError):
            while data := os.read(ours, 65536):
                shown += data
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_clean_on_a_terminal(path: Path) -> None:
    """One line says that there is nothing."""
    path.write_text(CLEAN)

    assert "0 errors, 0 warnings in 2 mirrors\n" == terminal(path)


def test_colours_on_a_terminal(path: Path) -> None:
    """Problems are coloured there, and a long line is cut to its width."""
    path.write_text(f"http de https://a.example.de/{'x' * 200}/ - wieght=1\n{BACKUP}")
    shown = terminal(path, columns=60)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    lines = plain.splitlines()

    assert "\x1b[1;31merror: " in shown
    assert all(len(line) <= 60 for line in lines if line.startswith("   "))
    mark = next(line for line in lines if "^" in line).index("^")
    assert "wieght" == next(line for line in lines if "1 |" in line)[mark:][:6]

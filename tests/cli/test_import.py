"""`mirrorsel import`."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.import_list import command
from mirrorsel.errors import ListError
from mirrorsel.lists import parse

NOW = 1795424707
STATE = (
    f"http://a.example.de/ {NOW - 7200} ok {NOW} ss {NOW}-ss {NOW}\n"
    f"http://b.example.fr/ undef hangs undef ff {NOW}-zz {NOW}\n"
    f"https://c.example.org/x/ {NOW - 60} ok {NOW} s {NOW}-s {NOW}\n"
    f"https://d.example.jp/ undef undef undef {NOW}-z undef\n"
)
LIST = (
    "http Backup https://c.example.org/x/ c@example.org (C D)\n"
    "http de http://a.example.de a@example.de\n"
    "http fr http://b.example.fr/\n"
    "ftp se ftp://e.example.se/ e@example.se\n"
)
PUBLISHED = (
    "# date : Mon Nov 23 09:04:07 2026 [UTC]\n"
    f"http Backup https://c.example.org/x/ {NOW - 60}\n"
    f"http de http://a.example.de/ {NOW - 7200}\n"
    "http fr http://b.example.fr/ 0\n"
    f"ftp se ftp://e.example.se/ {NOW - 60}\n"
)


class Desk:
    """A folder with the files of mirmon."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "state"
        self.list = folder / "mirrors"
        self.output = folder / "mirrors.list"
        self.state.write_text(STATE)
        self.list.write_text(LIST)

    def take(
        self, *arguments: str, listed: bool = True, form: str = "published"
    ) -> Result:
        """Run the verb."""
        more = ["--list", str(self.list)] if listed else []
        chosen = ["--from", "mirmon", "--form", form]
        line = [*chosen, str(self.state), *more, *arguments]
        return CliRunner().invoke(command, line)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a folder with the files of mirmon."""
    return Desk(tmp_path)


def test_published_form(desk: Desk) -> None:
    """Mirrors come in the order of the list, with the stamps of the state (REQ-81)."""
    result = desk.take()

    assert (PUBLISHED, 0) == (result.stdout, result.exit_code)


def test_source_form(desk: Desk) -> None:
    """It has contacts instead of stamps, and reads back (REQ-81)."""
    result = desk.take(form="source")
    loaded = parse(result.stdout, None)

    assert loaded.problems == ()
    assert [(one.url, one.contact) for one in loaded.list.mirrors] == [
        ("https://c.example.org/x/", "c@example.org (C D)"),
        ("http://a.example.de/", "a@example.de"),
        ("http://b.example.fr/", None),
        ("ftp://e.example.se/", "e@example.se"),
    ]


@pytest.mark.parametrize(
    ("form", "lost"),
    [
        pytest.param("published", "does not hold contacts: 3 left out", id="published"),
        pytest.param("source", "does not hold the time stamps", id="source"),
    ],
)
def test_what_is_lost_is_said(desk: Desk, form: str, lost: str) -> None:
    """What the form cannot hold, and what was mended, is told on standard error."""
    errors = desk.take(form=form).stderr

    assert lost in errors
    assert "a list does not hold the histories and statuses of probes" in errors
    assert f"{desk.list}:2: a final `/` was added to the URL" in errors
    assert f"{desk.state}:4: it is not in the list" in errors


def test_contact_that_no_list_can_hold(desk: Desk) -> None:
    """It is left out, and that is said."""
    desk.list.write_text("http de http://a.example.de/ weight=7\n")
    result = desk.take(form="source")

    assert result.stdout == "http\tde\thttp://a.example.de/\n"
    assert "cannot hold the contact 'weight=7' of http://a.ex" in result.stderr


def test_without_a_list(desk: Desk) -> None:
    """Countries are guessed where the host's name has one, others are skipped."""
    result = desk.take(listed=False)
    places = [line.split()[1] for line in result.stdout.splitlines()[1:]]

    assert (places, result.exit_code) == (["de", "fr", "jp"], 1)
    assert "the countries were guessed from the hosts' names" in result.stderr
    assert (
        f"skipped: {desk.state}:3: no country can be guessed for"
        " https://c.example.org/x/; give the list" in result.stderr
    )


def test_bad_lines(desk: Desk) -> None:
    """They are skipped, named, and the exit code is 1 (REQ-81)."""
    desk.state.write_text(f"nonsense\n{STATE}")
    result = desk.take()

    assert (PUBLISHED, 1) == (result.stdout, result.exit_code)
    assert f"mirrorsel: skipped: {desk.state}:1:1: a line of a" in result.stderr


def test_unknown_country(desk: Desk) -> None:
    """It is taken, with a warning."""
    desk.list.write_text("http xx http://a.example.de/ x\n")
    result = desk.take()

    assert result.exit_code == 0
    assert f"{desk.list}:1: no country has the code `xx`" in result.stderr


def test_clock_of_a_mirror_does_not_date_the_list(desk: Desk) -> None:
    """A stamp from after the last probe makes no other mirror old."""
    desk.state.write_text(STATE.replace(str(NOW - 60), str(NOW + 900_000)))
    result = desk.take()

    assert result.stdout.startswith("# date : Mon Nov 23 07:05:07 2026 [UTC]\n")


def test_file(desk: Desk) -> None:
    """The list goes to a new file, and replaces an old one only by force."""
    assert desk.take("-o", str(desk.output)).exit_code == 0
    assert desk.output.read_text() == PUBLISHED
    desk.output.write_text("mine\n")
    refused = desk.take("-o", str(desk.output))
    assert isinstance(refused.exception, ListError)
    assert "--force replaces it" in str(refused.exception)
    assert desk.output.read_text() == "mine\n"
    assert desk.take("-o", str(desk.output), "--force").exit_code == 0
    assert desk.output.read_text() == PUBLISHED


def test_modes(desk: Desk) -> None:
    """A new file has the mode of the umask, and a replaced one keeps its own."""
    desk.take("-o", str(desk.output))
    before = os.umask(0o022)
    os.umask(before)
    new = stat.S_IMODE(desk.output.stat().st_mode)
    desk.output.chmod(0o600)
    desk.take("-o", str(desk.output), "--force")

    assert new == 0o666 & ~before
    assert stat.S_IMODE(desk.output.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "more",
    [pytest.param([], id="new"), pytest.param(["--force"], id="replaced")],
)
def test_full_disk(desk: Desk, more: list[str]) -> None:
    """Where there is no room for all of it, there is no part of it."""
    if more:
        desk.output.write_text("mine\n")
    before = sorted(desk.output.parent.iterdir())
    program = (
        "import resource, signal, sys; from mirrorsel.cli.main import main;"
        " signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        " resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)); main()"
    )
    line = ["import", "--from", "mirmon", str(desk.state), "-o", str(desk.output)]
    done = subprocess.run(
        [sys.executable, "-c", program, *line, *more],
        check=False,
        capture_output=True,
        text=True,
    )

    assert "cannot be written: File too large" in done.stderr
    assert sorted(desk.output.parent.iterdir()) == before
    assert not more or desk.output.read_text() == "mine\n"


def test_no_device_is_replaced(desk: Desk) -> None:
    """What is no ordinary file stays what it is, even by force."""
    os.mkfifo(desk.output)
    result = desk.take("-o", str(desk.output), "--force")

    assert "it is not an ordinary file" in str(result.exception)
    assert desk.output.is_fifo()


def test_file_that_cannot_be_written(desk: Desk) -> None:
    """There is an error in one line."""
    result = desk.take("-o", str(desk.output / "x"))

    assert "cannot be written" in str(result.exception)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "cannot be read", id="missing"),
        pytest.param("", "there is no mirror in it", id="empty"),
        pytest.param("nonsense\n", "there is no mirror in it", id="nonsense"),
    ],
)
def test_nothing_to_read(desk: Desk, content: str | None, message: str) -> None:
    """Where there is no mirror, no list is made."""
    desk.state.unlink()
    if content is not None:
        desk.state.write_text(content)
    result = desk.take("-o", str(desk.output), listed=False)

    assert isinstance(result.exception, ListError)
    assert f"{desk.state}: {message}" in str(result.exception)
    assert not desk.output.exists()


def test_source_form_is_the_usual_one(tmp_path: Path) -> None:
    """It is the one to go on with, and has the options too."""
    table = tmp_path / "m.csv"
    table.write_text("url,country,weight\nhttps://a.example/,de,200\n")
    result = CliRunner().invoke(command, ["--from", "csv", str(table)])

    assert result.stdout == "http\tde\thttps://a.example/\t-\tweight=200\n"
    assert (result.stderr, result.exit_code) == ("", 0)


def test_folder(tmp_path: Path) -> None:
    """A form with a file for each mirror is read from a folder, or from one file."""
    folder = tmp_path / "mirrors"
    folder.mkdir()
    (folder / ".svn").mkdir()
    (folder / ".hidden").write_text("nonsense")
    for name in ("b", "a"):
        fields = f"HttpURL: http://{name}.example/\nCountryCodes: DE\n"
        (folder / name).write_text(fields)
    line = ["--from", "mirrorbits"]
    all_of_it = CliRunner().invoke(command, [*line, str(folder)])
    one = CliRunner().invoke(command, [*line, str(folder / "b")])

    assert all_of_it.stdout.split()[2::3] == ["http://a.example/", "http://b.example/"]
    assert one.stdout == "http\tde\thttp://b.example/\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "there is no file in it", id="empty"),
        pytest.param("x" * 2**17, "mirrors/a: it is larger than 64 KiB", id="large"),
    ],
)
def test_folder_that_cannot_be_read(
    tmp_path: Path, content: str | None, message: str
) -> None:
    """Its files are bounded, and there must be one."""
    folder = tmp_path / "mirrors"
    folder.mkdir()
    if content is not None:
        (folder / "a").write_text(content)
    result = CliRunner().invoke(command, ["--from", "mirrorbrain", str(folder)])

    assert isinstance(result.exception, ListError)
    assert message in str(result.exception)


def test_file_of_one_mirror_that_is_too_large(tmp_path: Path) -> None:
    """By itself it is bounded as in a folder: a parser of YAML is slow."""
    (tmp_path / "a").write_text("k: v\n" * 2**14)
    line = ["--from", "mirrorbits", str(tmp_path / "a")]
    result = CliRunner().invoke(command, line)

    assert "a: it is larger than 64 KiB" in str(result.exception)


def test_folder_that_is_too_large(tmp_path: Path) -> None:
    """So are all of them together."""
    for number in range(257):
        (tmp_path / f"m{number}").write_bytes(b"x" * 2**16)
    result = CliRunner().invoke(command, ["--from", "mirrorbits", str(tmp_path)])

    assert f"{tmp_path}: its files are larger than 16 MiB" in str(result.exception)


def test_list_goes_with_mirmon_alone(desk: Desk) -> None:
    """Other forms have all in one file."""
    line = ["--from", "csv", str(desk.state), "--list", str(desk.list)]
    result = CliRunner().invoke(command, line)

    assert (result.exit_code, "--list goes with" in result.stderr) == (2, True)


def test_why_there_is_no_mirror(tmp_path: Path) -> None:
    """What was skipped is named even where nothing is left."""
    table = tmp_path / "m.json"
    table.write_text('[{"url": "http://a.example/", "county": "de"}]')
    result = CliRunner().invoke(command, ["--from", "json", str(table)])

    assert "$[0]: unknown key `county`; did you mean `country`?" in result.stderr
    assert "there is no mirror in it" in str(result.exception)


def test_texts_that_no_line_can_hold(tmp_path: Path) -> None:
    """They are left out, and that is said."""
    table = tmp_path / "m.csv"
    rows = f"https://a.example/,de,{'x' * 4000},{'y' * 4000},{'z' * 4000}\n"
    table.write_text(
        f"url,country,logo,link,disabled\n{rows}https://b.example/,de,,,\n"
    )
    result = CliRunner().invoke(command, ["--from", "csv", str(table)])

    assert (result.exit_code, "https://a.example/" in result.stdout) == (0, True)
    assert "the source form cannot hold the logo 'xxx" in result.stderr


def test_mirror_with_too_much_text(tmp_path: Path) -> None:
    """No line is written that a list could not have; without it all is well."""
    table = tmp_path / "m.csv"
    table.write_text(
        "url,country,disabled,prefix\n"
        f"https://a.example/,de,{'x' * 4090},{'y' * 4090}\n"
        "https://b.example/,de,,\n"
    )
    result = CliRunner().invoke(command, ["--from", "csv", str(table)])

    assert (result.stdout, result.exit_code) == ("http\tde\thttps://b.example/\n", 1)
    assert "more text than a line takes: 1 left out: https://a.ex" in result.stderr

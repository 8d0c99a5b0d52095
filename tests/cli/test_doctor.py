"""`mirrorsel doctor`."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.doctor import command
from mirrorsel.cli.doctor_shown import exit_code
from mirrorsel.doctor.finding import Finding, Group, Level
from tests.instance.ready import Ready, ready
from tests.loopback import Connection, Loopback

pytestmark = pytest.mark.httpd


@pytest.fixture(scope="module", name="well")
def fixture_well() -> Iterator[Ready]:
    """Return an instance that all is well with."""
    with ready() as made:
        yield made


def doctor(well: Ready, *arguments: str, now: datetime | None = None) -> Result:
    """Run the verb on an instance, by a clock that stands still if one is given."""
    config = ("--config", str(well.config))
    httpd = ("--httpd-config", str(well.tree.root))
    clock = None if now is None else lambda: now
    return CliRunner().invoke(command, [*config, *httpd, *arguments], obj=clock)


def test_groups(well: Ready) -> None:
    """Each group has its heading, and at the end stands how much is well."""
    result = doctor(well)
    lines = result.stdout.splitlines()
    headings = [one for one in lines[:-1] if one and not one.startswith(" ")]

    assert result.exit_code == 0
    assert len(headings) == len(Group)
    assert " ok" in lines[-1]


def test_json(well: Ready) -> None:
    """Programs get each finding with its code."""
    found = json.loads(doctor(well, "--json").stdout)

    assert found["config"] == str(well.config)
    assert {"group", "code", "level", "words", "remedy"} == set(found["findings"][0])


def test_remedies_follow_what_is_wrong(well: Ready) -> None:
    """Below a finding stands what to do."""
    script = well.folder / "wsgi.py"
    text = script.read_text()
    script.unlink()
    result = doctor(well)
    script.write_text(text)
    lines = result.stdout.splitlines()
    number = next(at for at, one in enumerate(lines) if "wsgi.py is missing" in one)

    assert result.exit_code == 1
    assert lines[number].split()[0] == "fail"
    assert lines[number + 1].split()[:2] == ["->", "cp"]


def finding(level: Level) -> Finding:
    """Return a finding of a level."""
    return Finding(group=Group.CLOCK, code="x", level=level, words="x")


@pytest.mark.parametrize(
    ("levels", "strict", "code"),
    [
        pytest.param([Level.OK], False, 0, id="all is well"),
        pytest.param([Level.OK, Level.WARN], False, 0, id="a warning"),
        pytest.param([Level.OK, Level.WARN], True, 1, id="a warning that counts"),
        pytest.param([Level.WARN, Level.FAIL], False, 1, id="something is wrong"),
        pytest.param([Level.FAIL, Level.UNSEEN], False, 2, id="something is unseen"),
    ],
)
def test_exit_codes(levels: list[Level], code: int, *, strict: bool) -> None:
    """What could not be seen goes before what is wrong."""
    assert code == exit_code([finding(one) for one in levels], strict=strict)


def dated(moment: datetime, age: int = 0) -> Loopback:
    """Return an origin that says what time it is."""
    date = moment.strftime("%a, %d %b %Y %H:%M:%S GMT")

    def behaviour(connection: Connection) -> None:
        head = f"HTTP/1.1 404 Not Found\r\nDate: {date}\r\nAge: {age}\r\n"
        connection.send(f"{head}Content-Length: 0\r\n\r\n".encode())

    return Loopback(behaviour)


@pytest.mark.parametrize(
    ("ahead", "age", "code", "words"),
    [
        pytest.param(0, 0, 0, "s ahead of the origin's", id="equal"),
        pytest.param(
            -300, 300, 0, "s ahead of the origin's", id="an answer of a cache"
        ),
        pytest.param(7260, 0, 1, "2 h behind the origin's", id="behind"),
    ],
)
def test_the_origin_is_asked_for_the_time(
    well: Ready, ahead: int, age: int, code: int, words: str
) -> None:
    """With --online its clock is compared with ours."""
    now = datetime.now(UTC).replace(microsecond=500_000)
    before = well.config.read_text()
    with dated(now + timedelta(seconds=ahead), age) as origin:
        text = before.replace("http://127.0.0.1:1/", origin.url)
        well.config.write_text(f"{text}[checker]\nprivate_addresses = true\n")
        result = doctor(well, "--online", now=now)
    well.config.write_text(before)

    assert code == result.exit_code
    assert words in result.stdout


def test_settings_that_are_not_there(tmp_path: Path) -> None:
    """All else is looked at with the defaults."""
    result = CliRunner().invoke(
        command, ["--config", str(tmp_path / "none.toml"), "--no-httpd"]
    )

    assert result.exit_code in {1, 2}
    assert "the settings are refused" in result.stdout
    assert "no cycle was done yet" in result.stdout

"""`mirrorsel geoip update`, as an admin and a timer run it."""

import hashlib
import os
import pty
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.geoip_update import command
from mirrorsel.geo import open_places
from tests.loopback import Behaviour, Connection, Loopback, answer, redirecting
from tests.supplier import EDITION, KEY, MaxMindServer, archive, city, lay_out_key
from tests.waiting import wait_for

_PROGRAM = "from mirrorsel.cli.main import main; main()"
_LIMITED = (
    "import resource, sys;"
    " resource.setrlimit(resource.RLIMIT_FSIZE, 2 * (int(sys.argv.pop(1)),));"
)


@dataclass
class Instance:
    """Settings that name a database, whose maker is a loopback server."""

    folder: Path
    url: str
    server: MaxMindServer
    named: str = 'database = "geoip/city.mmdb"'

    def __post_init__(self) -> None:
        """Write settings and key."""
        self.config.write_text(
            f'[geoip]\nsource = "maxmind"\nurl = "{self.url}"\n'
            f"{lay_out_key(self.folder)}{self.named}\n"
        )

    @property
    def config(self) -> Path:
        """The settings file."""
        return self.folder / "mirrorsel.toml"

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / "geoip" / "city.mmdb"

    @property
    def files(self) -> list[str]:
        """The names of all that lies beside the database."""
        return sorted(one.name for one in self.file.parent.iterdir())

    @property
    def country(self) -> str | None:
        """Where the database in place has 127.0.0.2."""
        found = open_places(self.file).find("127.0.0.2")
        return found.country.iso_code if found else None

    def run(self, *arguments: str) -> Result:
        """Run the verb here."""
        return CliRunner().invoke(command, ["--config", str(self.config), *arguments])

    def line(self, program: str = _PROGRAM, *before: str) -> list[str]:
        """Return what runs the verb as a process."""
        verb = ("geoip", "update", "--config", str(self.config))
        return [sys.executable, "-c", program, *before, *verb]


@pytest.fixture(name="make")
def fixture_make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """Return what makes a database that has 127.0.0.2 in a country."""
    return lambda country: city(tmp_path_factory.mktemp("made"), country)


@pytest.fixture(name="instance")
def fixture_instance(
    tmp_path: Path, make: Callable[[str], bytes]
) -> Iterator[Instance]:
    """Give an instance without a database."""
    server = MaxMindServer(make("de"))
    with Loopback(server) as running:
        yield Instance(tmp_path, running.url, server)


def test_first_next_and_new(instance: Instance, make: Callable[[str], bytes]) -> None:
    """It says what is in place, what is current, and what is kept."""
    first, again = instance.run(), instance.run()
    instance.server.content = make("fr")
    third = instance.run()

    assert [0, 0, 0] == [one.exit_code for one in (first, again, third)]
    assert f"{instance.file}: {EDITION}, built 20" in first.stdout
    assert "is in place\nPages that use it must say: This product" in first.stdout
    assert again.stdout.endswith("is current\n")
    assert third.stdout.endswith("is kept beside it as city.mmdb~\n")
    assert ("FR", ["city.mmdb", "city.mmdb~"]) == (instance.country, instance.files)
    assert not first.stderr


def test_not_named_by_the_settings(instance: Instance) -> None:
    """Without a file in the settings it goes beside them, and they are told what."""
    instance = replace(instance, named="")
    found = instance.run()
    line = f'database = "geoip/{EDITION}.mmdb"'

    assert 0 == found.exit_code
    assert [f"{EDITION}.mmdb"] == instance.files
    assert found.stdout.endswith(
        f"For section [geoip] of {instance.config}, followed by a restart:\n\n{line}\n"
    )

    with instance.config.open("a") as settings:
        settings.write(f"{line}\n")

    assert instance.run().stdout.endswith("is current\n")


def test_two_databases(instance: Instance) -> None:
    """Where one cannot be had, the other is got all the same."""
    with instance.config.open("a") as settings:
        settings.write('asn_database = "asn.mmdb"\n')
    found = instance.run()

    assert 2 == found.exit_code
    assert ["city.mmdb"] == instance.files
    assert "has no edition GeoLite2-ASN; those to be had" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(("--edition", "a/b"), "is no edition", id="edition"),
        pytest.param(("--source", "other"), "is not one of", id="source"),
        pytest.param(("-o", "/nowhere/x/y"), "/nowhere/x", id="folder"),
    ],
)
def test_used_wrongly(
    instance: Instance, arguments: tuple[str, ...], expected: str
) -> None:
    """What cannot be is said, and nothing is written."""
    line = [*instance.line(), *arguments]
    done = subprocess.run(line, capture_output=True, text=True, check=False)

    assert 2 == done.returncode
    assert expected in done.stderr
    assert [] == instance.server.asked


def test_no_source(tmp_path: Path) -> None:
    """Whose databases are wanted must be said: they have different licences."""
    (tmp_path / "mirrorsel.toml").touch()
    found = CliRunner().invoke(command, ["--config", str(tmp_path / "mirrorsel.toml")])

    assert 2 == found.exit_code
    assert "dbip needs no account" in found.stderr


def test_output(instance: Instance) -> None:
    """Another file is written when it is asked for, but none that is another's."""
    other = instance.folder / "other.mmdb"
    first = instance.run("-o", str(other))
    mine = instance.folder / "mirrors.list"
    mine.write_text("http de https://a.example/\n")
    second = instance.run("-o", str(mine))

    assert (0, 2) == (first.exit_code, second.exit_code)
    assert other.exists()
    assert mine.read_text().startswith("http de")
    assert "--force replaces it" in second.stderr


def shown_by(done: subprocess.CompletedProcess[str] | Result) -> str:
    """Return all that a run has printed."""
    return f"{done.stdout}{done.stderr}"


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(answer(b"", "401 Unauthorized"), id="refused"),
        pytest.param(answer(KEY.encode(), "403 Forbidden"), id="sent back"),
        pytest.param(redirecting(f"ftp://{KEY}/"), id="redirected"),
    ],
)
def test_key_is_not_shown(instance: Instance, behaviour: Behaviour) -> None:
    """The key stands in no message, and in no URL or argument at all."""
    instance.server.instead = behaviour
    found = instance.run()

    assert 2 == found.exit_code
    assert KEY not in shown_by(found)
    assert not any(KEY in one for one in instance.server.asked)
    assert KEY not in " ".join(instance.line())


def test_what_is_left_is_told(instance: Instance) -> None:
    """Who gets no database is told that none was lost."""
    instance.server.instead = answer(b"", "403 Forbidden")
    before = instance.run()
    instance.server.instead = None
    instance.run()
    instance.server.instead = answer(b"", "403 Forbidden")
    after = instance.run("--force")

    assert (2, 2) == (before.exit_code, after.exit_code)
    assert "yet; clients are placed without it" in before.stderr
    assert "stays as it was" in after.stderr


@pytest.mark.parametrize("most", [0, 512], ids=["download", "unpacking"])
def test_no_room(instance: Instance, make: Callable[[str], bytes], most: int) -> None:
    """Where there is no room, what is in place stays, and nothing else."""
    instance.run()
    instance.server.content = make("fr")
    packed = archive(bytes(100_000))
    assert len(packed) < 512
    instance.server.instead = answer(packed)
    line = instance.line(f"{_LIMITED}{_PROGRAM}", str(most))
    done = subprocess.run(line, capture_output=True, text=True, check=False)

    assert 2 == done.returncode
    assert "cannot be written: File too large" in done.stderr
    assert ("DE", ["city.mmdb"]) == (instance.country, instance.files)


def test_killed(instance: Instance, make: Callable[[str], bytes]) -> None:
    """A process that is killed leaves the database in place, and the next tidies up."""
    instance.run()
    instance.server.content = make("fr")
    begun = list[bool]()

    def hold(connection: Connection) -> None:
        packed = archive(instance.server.content)
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(packed)}\r\n\r\n"
        connection.send(head.encode() + packed[:-10])
        begun.append(True)
        connection.hang()

    instance.server.instead = hold
    with subprocess.Popen(instance.line(), stderr=subprocess.PIPE) as process:
        wait_for(lambda: bool(begun), 20)
        second = instance.run()
        process.send_signal(signal.SIGKILL)
    left = instance.files
    country = instance.country

    instance.server.instead = None
    third = instance.run()

    assert (2, 0) == (second.exit_code, third.exit_code)
    assert "another process is updating it" in second.stderr
    assert ("DE", [".city.mmdb.part", "city.mmdb"]) == (country, left)
    assert ("FR", ["city.mmdb", "city.mmdb~"]) == (instance.country, instance.files)


def test_interrupted(instance: Instance) -> None:
    """Ctrl-C leaves nothing behind."""
    begun = list[bool]()

    def hold(connection: Connection) -> None:
        begun.append(True)
        connection.hang()

    instance.server.instead = hold
    with subprocess.Popen(instance.line(), stderr=subprocess.PIPE) as process:
        wait_for(lambda: bool(begun), 20)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)

    assert (2, b"mirrorsel: interrupted") == (process.returncode, told.strip())
    assert not instance.file.parent.exists()


def test_progress(instance: Instance) -> None:
    """On a terminal a bar shows how far it is, and goes in the end."""
    packed = archive(instance.server.content, notice=os.urandom(200_000))

    def half(connection: Connection) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(packed)}\r\n\r\n"
        connection.send(head.encode() + packed[: len(packed) // 2])
        wait_for(lambda: f"/{len(packed) / 1000:.1f} kB".encode() in seen, 20)
        connection.send(packed[len(packed) // 2 :])

    instance.server.instead = half
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    environment = {**os.environ, "TERM": "xterm"}
    seen = bytearray()
    with subprocess.Popen(
        instance.line(), stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        try:
            while more := os.read(ours, 4096):
                seen += more
        except OSError:
            # The program has left the terminal.
            pass
        os.close(ours)

    assert 0 == process.returncode
    assert "━".encode() in seen
    assert b"\x1b[2K" in seen


def test_checksum_is_that_of_the_file(instance: Instance) -> None:
    """What is in place is what its maker has, byte by byte."""
    instance.run()
    content = instance.file.read_bytes()

    assert instance.server.digest == hashlib.md5(content).hexdigest()  # noqa: S324 - the maker's own

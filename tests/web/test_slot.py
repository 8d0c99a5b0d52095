"""Files of counts: one for each process that lives, and none lost with it."""

import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirrorsel.web.slot import ROOM, SLOTS, Slot, claim, sums

KEY = ("selections", "https://mirror.example.de/apache/", "near")

WORKER = """\
import sys
from pathlib import Path
from mirrorsel.web.slot import claim
slot = claim(Path(sys.argv[1]))
for line in sys.stdin:
    slot.add({("n",): float(line)})
    print("counted", flush=True)
"""


class Worker:
    """A process that counts what it is told to."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", WORKER, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def count(self, number: int) -> None:
        """Have it count, and wait until it has."""
        assert self._process.stdin
        assert self._process.stdout
        print(number, file=self._process.stdin, flush=True)
        assert self._process.stdout.readline() == "counted\n"

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


def _claim(folder: Path) -> Slot:
    found = claim(folder)
    assert found
    return found


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Slot]:
    """Claim a file, and leave it after the test."""
    found = _claim(tmp_path)
    yield found
    found.close()


def test_processes_count_apart_and_are_summed(tmp_path: Path) -> None:
    """Killed or not, what a process has counted stays; files do not become more."""
    workers = [Worker(tmp_path) for _ in range(3)]
    for number, worker in enumerate(workers):
        worker.count(10**number)
    workers[1].kill()
    for _ in range(3):
        after = Worker(tmp_path)
        after.count(1000)
        after.kill()
    for worker in workers:
        worker.kill()

    assert sums(tmp_path) == {("n",): 3111}
    assert len(list(tmp_path.iterdir())) == 3


def test_a_file_goes_on(tmp_path: Path, first: Slot) -> None:
    """The next process adds to what the last one has left."""
    first.add({KEY: 2.5})
    other = _claim(tmp_path)
    other.add({KEY: 1, ("b",): 1})
    other.close()
    again = _claim(tmp_path)
    again.add({KEY: 1})
    again.close()

    assert sums(tmp_path) == {KEY: 4.5, ("b",): 1}


def test_nothing_is_counted_without_a_process(tmp_path: Path) -> None:
    """No file is no count."""
    assert sums(tmp_path) == sums(tmp_path / "nowhere") == {}


def _head(used: int) -> bytes:
    return struct.pack("ii", used, 0)


def _entry(text: bytes, value: float) -> bytes:
    padded = text + b" " * (8 - (len(text) + 4) % 8)
    return struct.pack(f"i{len(padded)}sdd", len(text), padded, value, 0.0)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"abc", id="too short"),
        pytest.param(b"\xff" * 4096, id="no numbers"),
        pytest.param(_head(4096) + bytes(4088), id="no keys"),
        pytest.param(_head(64) + _entry(b"nonsense", 1.0), id="no JSON"),
        pytest.param(_head(40) + _entry(b"[1]", 1.0), id="no words"),
        pytest.param(_head(40) + _entry(b"{}", 1.0), id="no list"),
        pytest.param(_head(40) + _entry(b"\xff\xff", 1.0), id="no text"),
        pytest.param(_head(40) + _entry(b'["a"]', -1.0), id="below zero"),
        pytest.param(_head(40) + _entry(b'["a"]', float("nan")), id="no number"),
        pytest.param(_head(32) + struct.pack("i", -24) + bytes(20), id="in circles"),
        pytest.param(_head(64) + struct.pack("i", 2**31 - 1) + bytes(60), id="beyond"),
    ],
)
def test_a_damaged_file_begins_anew(tmp_path: Path, content: bytes) -> None:
    """Whatever a crash of the machine has left, counting goes on."""
    file = tmp_path / "count-1-0.db"
    file.write_bytes(content)
    before = sums(tmp_path)
    found = _claim(tmp_path)
    found.add({KEY: 1})
    found.close()

    assert before == {}
    assert found.damaged
    assert sums(tmp_path) == {KEY: 1}


def test_a_file_has_all_of_its_room_at_once(tmp_path: Path, first: Slot) -> None:
    """A full disk is found at the start, where it can be told."""
    first.add({KEY: 1})
    [file] = tmp_path.iterdir()
    status = file.stat()

    assert status.st_size == ROOM
    assert status.st_blocks * 512 >= ROOM
    assert status.st_mode & 0o777 == 0o600


def test_a_file_never_grows(tmp_path: Path, first: Slot) -> None:
    """What does not fit is left out; what is known goes on being counted."""
    for number in range(ROOM // 1000):
        first.add({(str(number), "x" * 2000): 1, KEY: 1})
    [file] = tmp_path.iterdir()
    found = sums(tmp_path)

    assert file.stat().st_size == ROOM
    assert found[KEY] == ROOM // 1000
    assert ROOM // 2100 < len(found) < ROOM // 2000


def test_there_are_only_so_many(tmp_path: Path) -> None:
    """One process more counts for itself."""
    taken = [_claim(tmp_path) for _ in range(SLOTS)]
    more = claim(tmp_path)
    for one in taken:
        one.close()

    assert more is None


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """It is the operator who makes it."""
    with pytest.raises(FileNotFoundError):
        claim(tmp_path / "nowhere")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """The name of a file of counts leads to no other file."""
    (tmp_path / "other").write_bytes(b"precious")
    (tmp_path / "count-1-0.db").symlink_to(tmp_path / "other")
    with pytest.raises(OSError, match="symbolic links"):
        claim(tmp_path)

    assert (tmp_path / "other").read_bytes() == b"precious"

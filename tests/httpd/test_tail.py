"""The new lines of a growing log."""

from pathlib import Path

from mirrorsel.httpd.tail import Tail


def test_only_what_is_new_is_read(tmp_path: Path) -> None:
    """Lines from before are not read, later ones once each."""
    log = tmp_path / "error.log"
    log.write_bytes(b"old\n")
    tail = Tail(log)

    assert tail.read() == ()

    with log.open("ab") as file:
        file.write(b"one\ntwo\xff\n")

    assert tail.read() == ("one", "two\\xff")
    assert tail.read() == ()


def test_half_a_line_waits(tmp_path: Path) -> None:
    """A line is given when it is complete."""
    log = tmp_path / "error.log"
    tail = Tail(log)
    log.write_bytes(b"ha")
    first = tail.read()
    log.write_bytes(b"half\n")

    assert (first, tail.read()) == ((), ("half",))


def test_a_new_log_is_read_from_its_start(tmp_path: Path) -> None:
    """A log that has shrunk was begun anew."""
    log = tmp_path / "error.log"
    log.write_bytes(b"a long line\n")
    tail = Tail(log)
    log.write_bytes(b"new\n")

    assert tail.read() == ("new",)

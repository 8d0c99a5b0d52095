"""What is told of the lines of the error log."""

from pathlib import Path

import pytest

from mirrorsel.cli.news import News

COPY, ORIGINAL = Path("/home/mirrors.list"), Path("/own/mirrors.list")


def line(text: str, level: str = "wsgi:error", pid: int = 1) -> str:
    """Return a line as httpd writes it."""
    return f"[Mon Nov 23 16:00:00.1 2026] [{level}] [pid {pid}:tid {pid}] {text}"


class Reader:
    """Reads news at a time that can be set."""

    def __init__(self) -> None:
        self.now = 100.0
        self._news = News({COPY: ORIGINAL}, clock=lambda: self.now)

    def read(self, *lines: str) -> list[str]:
        """Return what is told of some lines."""
        return list(self._news.of(lines))


@pytest.fixture
def reader() -> Reader:
    """Return what has read nothing yet."""
    return Reader()


@pytest.mark.parametrize(
    ("text", "level", "told"),
    [
        pytest.param("AH00489: resuming", "mpm_event:notice", False, id="httpd"),
        pytest.param("mod_wsgi (pid=1): Starting", "wsgi:info", False, id="mod_wsgi"),
        pytest.param("AH00072: no socket", "core:error", True, id="error of httpd"),
        pytest.param("mirrorsel.web: x", "wsgi:info", True, id="our own"),
    ],
)
def test_ordinary_doings(reader: Reader, text: str, level: str, *, told: bool) -> None:
    """What httpd and mod_wsgi do every day is no news; what we say always is."""
    one = line(text, level)

    assert ([one] if told else []) == reader.read(one)


def test_names_of_copies(reader: Reader) -> None:
    """A copy is told under the name of the operator's file; other files stay."""
    told = reader.read(line(f"mirrorsel.web: {COPY}:5:9: x"), line("/home/state/y: z"))

    assert told == [line(f"mirrorsel.web: {ORIGINAL}:5:9: x"), line("/home/state/y: z")]


def test_several_processes(reader: Reader) -> None:
    """The same text from several processes is told once."""
    first = line("mirrorsel.web: x", pid=1)
    same = (line("mirrorsel.web: x", pid=2), line("mirrorsel.checker.desired: x"))

    assert reader.read(first, *same, first) == [first]
    assert reader.read(*same) == []


def test_a_later_repetition(reader: Reader) -> None:
    """What is said again later is told again."""
    one = line("mirrorsel.web: x")
    before = reader.read(one)
    reader.now += 5

    assert before == reader.read(one)


def test_lines_of_httpd_are_not_compared(reader: Reader) -> None:
    """Only our own text is known to be said by several processes."""
    one = line("AH00072: no socket", "core:error")

    assert reader.read(one, one) == [one, one]

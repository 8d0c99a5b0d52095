"""`mirrorsel check`, as somebody at a terminal sees it."""

import shlex
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.loopback import Behaviour, Connection, Loopback, silent, stamped
from tests.terminal.session import PROGRAM, session

_COLOUR = "\x1b["


class Gate:
    """A good mirror that answers when it is told to."""

    def __init__(self) -> None:
        self._opened = threading.Event()

    def open(self) -> None:
        """Let all answers go."""
        self._opened.set()

    def __call__(self, connection: Connection) -> None:
        """Answer a request."""
        assert self._opened.wait(timeout=30)
        stamped()(connection)


class Site:
    """Settings and a list whose mirrors are on loopback addresses."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.config = folder / "mirrorsel.toml"
        self._list = folder / "mirrors.list"
        self._stack = stack

    def serves(self, *behaviours: Behaviour) -> list[str]:
        """List a mirror for each behaviour, and a good origin; return their URLs."""
        origin, *mirrors = [
            self._stack.enter_context(Loopback(one)).url
            for one in (stamped(), *behaviours)
        ]
        self._list.write_text("".join(f"http de {one} -\n" for one in mirrors))
        self.config.write_text(
            f'[list]\norigin = "{origin}"\n'
            "[checker]\nprivate_addresses = true\nsamples = []\n"
        )
        return mirrors


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Give a site whose servers end with the test."""
    with ExitStack() as stack:
        yield Site(tmp_path, stack)


def test_progress(site: Site) -> None:
    """While mirrors are waited for, a bar says so; it is gone in the end."""
    gate = Gate()
    site.serves(gate)
    with session("check", "--config", site.config) as terminal:
        terminal.sees("Probing", "%")
        gate.open()
        terminal.sees("1 pass")
        code = terminal.ends()

    assert code == 0
    # The line of the bar is erased before the table is printed in its place.
    assert "\x1b[2K" in terminal.raw.partition("stamp")[0]


def test_colours(site: Site) -> None:
    """What is good is green, what is bad is red, and countries are headings."""
    site.serves(stamped(), silent)
    with session("check", "--config", site.config) as terminal:
        terminal.sees("Germany (de)", "pass", "fail")
        code = terminal.ends()

    assert code == 1
    assert "\x1b[32mpass" in terminal.raw
    assert "\x1b[31mfail" in terminal.raw


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
def test_no_colours(site: Site, variable: str) -> None:
    """Who wants no colours, or whose terminal has none, gets none."""
    value = {"NO_COLOR": "1", "TERM": "dumb"}[variable]
    site.serves(stamped())
    with session(
        "check", "--config", site.config, environment={variable: value}
    ) as terminal:
        code = terminal.ends()

    assert code == 0
    assert "pass" in terminal.seen
    assert "\x1b[32m" not in terminal.raw


def test_pipe(site: Site, tmp_path: Path) -> None:
    """A pipe gets a row for each mirror without colours; the bar stays outside."""
    (url,) = site.serves(stamped())
    command = shlex.join([*PROGRAM, "check", "--config", str(site.config)])
    shell = ("sh", "-c", f"{command} | cat >'{tmp_path}/piped'")
    with session(program=shell) as terminal:
        terminal.ends()
    piped = (tmp_path / "piped").read_text()

    assert _COLOUR not in piped
    assert "Probing" not in piped
    assert any(
        "pass" in row and "de" in row and url in row for row in piped.split("\n")
    )


def test_narrow_window(site: Site) -> None:
    """In a narrow window lines are broken between words, and nothing is lost."""
    good, bad = site.serves(stamped(), silent)
    with session("check", "--config", site.config, columns=40) as terminal:
        terminal.ends()

    assert max(map(len, terminal.lines)) <= 40
    for url in (good, bad):
        assert any(url in line for line in terminal.lines)


def test_ctrl_c(site: Site) -> None:
    """Ctrl-C while mirrors are waited for ends it at once, with the cursor back."""
    gate = Gate()
    site.serves(gate)
    with session("check", "--config", site.config) as terminal:
        terminal.sees("Probing")
        terminal.presses("c")
        terminal.sees("interrupted")
        gate.open()
        code = terminal.ends()

    assert code == 2
    assert terminal.raw.rindex("\x1b[?25h") > terminal.raw.rindex("\x1b[?25l")

"""A person at a terminal who runs the program, reads what it prints and types."""

import os
import re
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pexpect

from tests.waiting import wait_for

PROGRAM = (
    sys.executable,
    "-c",
    "from mirrorsel.cli.main import main; main()",
)
"""How the program is run."""
# A busy machine may take long; nothing waits for that without need.
_PATIENCE = 30
_SEQUENCE = r"(?:\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-B]|\x1b[=>])"


class Session:
    """A program on a terminal of its own."""

    def __init__(self, child: "pexpect.spawn[str]") -> None:
        self._child = child
        self._seen = ""

    def sees(self, *texts: str) -> None:
        """Wait until some texts are there one after the other; fail if one never is."""
        for text in texts:
            found = self._child.expect([_printed(text), pexpect.EOF, pexpect.TIMEOUT])
            self._seen += (
                f"{self._child.before}{self._child.after if not found else ''}"
            )
            assert found == 0, f"{text!r} is not there:\n{self.seen}"

    def types(self, line: str) -> None:
        """Type a line, with the Enter key."""
        self._child.sendline(line)

    def presses(self, key: str) -> None:
        """Press a key together with Ctrl."""
        self._child.sendcontrol(key)

    def closes_the_window(self) -> None:
        """Close the terminal, which tells the program by SIGHUP."""
        # `close` of pexpect would send signals of its own.
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, self._child.child_fd)
        os.close(nothing)

    def sends(self, number: signal.Signals) -> None:
        """Send a signal to the program alone."""
        os.kill(self.number, number)

    def ends(self) -> int:
        """Wait for the end of the program; return its exit code, or minus a signal."""
        self._child.expect_exact(pexpect.EOF)
        self._seen += str(self._child.before)
        wait_for(lambda: not self.alive, _PATIENCE)
        code, number = self._child.exitstatus, self._child.signalstatus
        return -(number or 0) if code is None else code

    @property
    def alive(self) -> bool:
        """Whether the program still runs."""
        return bool(self._child.isalive())

    @property
    def number(self) -> int:
        """The number of the process."""
        assert self._child.pid is not None
        return self._child.pid

    @property
    def raw(self) -> str:
        """All that was printed so far, with what only a terminal sees."""
        return self._seen

    @property
    def seen(self) -> str:
        """The same as a person reads it."""
        return re.sub(_SEQUENCE, "", self._seen).replace("\r\n", "\n")

    @property
    def lines(self) -> list[str]:
        """The lines of it, also those that were written over."""
        return self.seen.replace("\r", "\n").split("\n")

    @property
    def keeps_lines(self) -> bool:
        """Whether the terminal edits lines and echoes, as shells leave it."""
        return bool(self._child.getecho())


def _printed(text: str) -> re.Pattern[str]:
    """Return a pattern of a text as it may be printed.

    Colours may change anywhere, and a line may end between words.
    """
    parts = (r"\s+" if one == " " else re.escape(one) for one in text)
    return re.compile(f"{_SEQUENCE}*".join(parts))


def _as_a_shell_does() -> None:
    """Let signals count that are ignored by tests which run in the background."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def session(
    *arguments: object,
    environment: Mapping[str, str] | None = None,
    columns: int = 120,
    program: tuple[str, ...] = PROGRAM,
) -> Iterator[Session]:
    """Give a session with the program, which is ended with the block.

    Args:
        arguments: Those of the program.
        environment: What its environment has besides the usual.
        columns: How wide the terminal is.
        program: What is run.

    """
    command, *rest = (*program, *map(str, arguments))
    child = pexpect.spawn(
        command,
        rest,
        env={**os.environ, "TERM": "xterm", **(environment or {})},
        dimensions=(24, columns),
        encoding="utf-8",
        timeout=_PATIENCE,
        preexec_fn=_as_a_shell_does,
    )
    # Otherwise a pause before each line that is typed, for programs that are slow
    # to turn off the echo of passwords.
    child.delaybeforesend = None
    try:
        yield Session(child)
    finally:
        if child.isalive():
            child.kill(signal.SIGKILL)
            child.wait()
        child.close()

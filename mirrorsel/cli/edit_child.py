"""An editor while it has the terminal."""

import os
import signal
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import click

from mirrorsel.cli.edit_editor import Editor

_KEYS = (signal.SIGINT, signal.SIGQUIT)
# Python ignores these for itself, and a child would inherit that.
_IGNORED = (signal.SIGPIPE, signal.SIGXFSZ)
_SEEN = os.WEXITED | os.WSTOPPED | os.WNOWAIT
_GRACE, _LOOK = 3.0, 0.05


def run_editor(editor: Editor, command: tuple[str, ...]) -> int:
    """Run an editor until it ends; return its exit status, or minus its signal.

    It is in our process group: Ctrl-C is its own, Ctrl-Z stops both.

    Raises:
        click.ClickException: it cannot be started.
        KeyboardInterrupt: this process is to end; the editor was told so too.

    """
    with _terminal_as_before(), _keys_for_the_editor():
        try:
            child = os.posix_spawn(
                editor.program, command, os.environ, setsigdef=_IGNORED
            )
        except OSError as error:
            message = f"{editor.program} cannot be started: {error.strerror}"
            raise click.ClickException(message) from error
        try:
            return _wait(child)
        except KeyboardInterrupt:
            _end(child)
            raise


def _wait(child: int) -> int:
    while True:
        os.waitid(os.P_PID, child, _SEEN)
        # Where all were stopped together and then continued, it is stopped no more.
        seen = os.waitid(os.P_PID, child, _SEEN | os.WNOHANG)
        if seen is not None and seen.si_code == os.CLD_STOPPED:
            _stop_with(child)
        elif seen is not None:
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _stop_with(child: int) -> None:
    """Stop too, so that the shell takes over; go on together."""
    os.kill(os.getpid(), signal.SIGSTOP)
    os.kill(child, signal.SIGCONT)


def _end(child: int) -> None:
    """Tell an editor that its terminal is gone: then it saves what it has."""
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGHUP)
    end = time.monotonic() + _GRACE
    while os.waitpid(child, os.WNOHANG) == (0, 0) and time.monotonic() < end:
        time.sleep(_LOOK)


@contextmanager
def _keys_for_the_editor() -> Iterator[None]:
    """Do nothing ourselves at the keys that send signals to the whole group."""

    def nothing(_number: int, _frame: FrameType | None) -> None:
        """Unlike an ignored signal, this is not inherited."""

    before = {number: signal.signal(number, nothing) for number in _KEYS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _terminal_as_before() -> Iterator[None]:
    """Undo what an editor that was killed has left of the terminal."""
    terminal = sys.__stdin__
    if terminal is None or not terminal.isatty():
        yield
        return
    before = termios.tcgetattr(terminal)
    try:
        yield
    finally:
        # A terminal that was closed has no settings any more.
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)

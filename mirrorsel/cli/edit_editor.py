"""The editor that somebody wants."""

import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

_VARIABLES = ("VISUAL", "EDITOR")
_USUAL = ("sensible-editor", "editor", "nano", "vi")
_LINE_TAKERS = frozenset(
    (
        "emacs",
        "emacsclient",
        "ex",
        "jed",
        "jmacs",
        "joe",
        "kak",
        "mcedit",
        "micro",
        "mg",
        "nano",
        "nvi",
        "nvim",
        "pico",
        "rnano",
        "vi",
        "view",
        "vile",
        "vim",
        "zile",
    )
)
_WAITING = {
    "atom": "--wait",
    "code": "--wait",
    "codium": "--wait",
    "gedit": "--wait",
    "gvim": "--nofork",
    "kate": "--block",
    "mate": "--wait",
    "subl": "--wait",
    "zed": "--wait",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """A program with which a file is edited."""

    program: str
    """Where it is."""
    words: tuple[str, ...]
    """How it was named, with its arguments."""

    def command(self, file: Path, line: int = 0) -> tuple[str, ...]:
        """Return the words that open a file, at a line where the editor knows how.

        Args:
            file: The file.
            line: The line, counted from 1; 0 for none.

        """
        place = [f"+{line}"] if line and self._kind in _LINE_TAKERS else []
        return (*self.words, *place, str(file))

    @property
    def waiting(self) -> str | None:
        """The argument without which it returns before the file is closed."""
        return _WAITING.get(self._kind) if len(self.words) == 1 else None

    @property
    def _kind(self) -> str:
        """The name by which it is known, such as ``vim`` of ``/usr/bin/vim.basic``."""
        return Path(self.program).resolve().name.split(".")[0]


def find_editor(environ: Mapping[str, str]) -> Editor:
    """Return the editor of `VISUAL`, else of `EDITOR`, else a usual one.

    Raises:
        click.ClickException: there is none; it says what to do.

    """
    path = environ.get("PATH")
    for variable in _VARIABLES:
        words = _words(variable, environ.get(variable, ""))
        if words:
            program = shutil.which(words[0], path=path)
            if program is None:
                message = f"There is no program {words[0]!r}, which {variable} names."
                raise click.ClickException(message)
            return Editor(program=program, words=words)
    for name in _USUAL:
        program = shutil.which(name, path=path)
        if program is not None:
            return Editor(program=program, words=(name,))
    message = "There is no editor. Name one, as in: EDITOR=nano mirrorsel edit"
    raise click.ClickException(message)


def _words(variable: str, value: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(value))
    except ValueError as error:
        message = f"{variable} cannot be read: {error}: {value}"
        raise click.ClickException(message) from error

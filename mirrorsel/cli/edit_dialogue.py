"""What is said and asked during an edit."""

import sys
import textwrap
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from rich.console import Console

from mirrorsel.cli.edit_questions import HELP, SHOW, Question
from mirrorsel.cli.layout import cell, print_rows


class Dialogue:
    """A talk with whoever edits, or with nobody.

    Args:
        console: Where it is printed.
        answers: Where the answers are typed; None where nobody is there.

    """

    def __init__(self, console: Console, answers: TextIO | None) -> None:
        self.console = console
        self._answers = answers

    def say(self, words: str, style: str = "") -> None:
        """Say something, on lines of its own."""
        for line in self._lines(words):
            self.console.print(cell(line, style), soft_wrap=True)

    def ask(self, question: Question, show: Callable[[], None]) -> str:
        """Return the key of the answer.

        Args:
            question: The question.
            show: Shows what it is about, when that is asked for with `SHOW`.

        Raises:
            EOFError: there is nobody any more.
            KeyboardInterrupt: it was answered with Ctrl-C.

        """
        if self._answers is None:
            return question.unattended
        names = ", ".join(one.name for one in (*question.choices, SHOW, HELP))
        keys = {one.key for one in question.choices}
        while (key := self._read(self._answers, f"What now? {names}:")) not in keys:
            if key == SHOW.key:
                show()
            elif key:
                if key != HELP.key:
                    self.say(f"{key!r} is none of the answers:")
                self._explain(question)
        return key

    def _explain(self, question: Question) -> None:
        choices = (*question.choices, SHOW)
        print_rows(
            self.console, [[cell(one.key, "bold"), cell(one.does)] for one in choices]
        )

    def _read(self, answers: TextIO, prompt: str) -> str:
        *lines, last = self._lines(prompt)
        for line in lines:
            self.console.print(cell(line, "bold"), soft_wrap=True)
        self.console.print(cell(f"{last} ", "bold"), end="", soft_wrap=True)
        line = ""
        try:
            # Of a terminal that was closed, this is an error or the end.
            with suppress(OSError):
                line = answers.readline()
        finally:
            if not line:
                with suppress(OSError):
                    self.console.print()
        if not line:
            raise EOFError
        return line.strip().lower()

    def _lines(self, words: str) -> list[str]:
        """Return words in lines that fit a terminal; a path can still be copied."""
        if not self.console.is_terminal:
            return [words]
        width = self.console.width
        return textwrap.wrap(
            words, width, break_long_words=False, break_on_hyphens=False
        )


def who_answers() -> TextIO | None:
    """Return where a person types, who also reads what is printed; None for nobody."""
    return sys.stdin if sys.stdin.isatty() and sys.stdout.isatty() else None

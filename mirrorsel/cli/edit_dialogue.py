"""What is said and asked during an edit."""

import sys

from rich.console import Console

from mirrorsel.cli.edit_questions import Question
from mirrorsel.cli.layout import cell, print_rows

_HELP = "?"


class Dialogue:
    """A talk with whoever edits, or with nobody, where no terminal is there.

    Args:
        console: Where it is printed.
        attended: Whether somebody is there to answer.

    """

    def __init__(self, console: Console, *, attended: bool) -> None:
        self.console = console
        self._attended = attended

    def say(self, words: str, style: str = "") -> None:
        """Say something, on a line of its own."""
        self.console.print(cell(words, style), soft_wrap=True)

    def ask(self, question: Question) -> str:
        """Return the key of the answer.

        Raises:
            EOFError: there is nobody any more.
            KeyboardInterrupt: it was answered with Ctrl-C.

        """
        if not self._attended:
            return question.unattended
        keys = {one.key for one in question.choices}
        names = ", ".join(one.name for one in question.choices)
        while (answer := self._answer(f"What now? {names}, (?) help: ")) not in keys:
            if answer:
                rows = [[cell(one.key, "bold"), cell(one.does)] for one in question.choices]
                print_rows(self.console, rows)
        return answer

    def _answer(self, prompt: str) -> str:
        self.console.print(cell(prompt, "bold"), end="", soft_wrap=True)
        answer = sys.stdin.readline()
        if not answer:
            raise EOFError
        return answer.strip().lower()


def somebody_is_there() -> bool:
    """Return whether a person reads what is printed, and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()

"""One edit of a list, from a private copy to the list that replaces the old one."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Protocol

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.edit_child import run_editor
from mirrorsel.cli.edit_copy import PrivateCopy
from mirrorsel.cli.edit_desk import Desk
from mirrorsel.cli.edit_diff import show_difference
from mirrorsel.cli.edit_findings import Findings, first_line
from mirrorsel.cli.edit_questions import CHANGED, ERRORS, FAILED, INSTALL, Question
from mirrorsel.cli.edit_signals import signals_wait
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.lint_shown import show_problems
from mirrorsel.errors import Problem
from mirrorsel.lists.install import Held
from mirrorsel.words import counted

_MOST_SHOWN = 10


class _Step(Protocol):
    def __call__(self) -> "_Step | int":
        """Do it; return the step after it, or the exit code."""
        ...


class Session:
    """An edit as steps, each of which says which one follows.

    Whatever ends it, a version that somebody has written and that is neither
    installed nor dropped is kept, and its place is told.

    Args:
        held: The list.
        desk: What it is edited with.
        copy: The copy that goes to the editor.

    """

    def __init__(self, held: Held, desk: Desk, copy: PrivateCopy) -> None:
        self._held = held
        self._desk = desk
        self._dialogue = desk.dialogue
        self._copy = copy
        # What the list holds, as far as the person who edits has seen.
        self._base = copy.base
        self._line = 0

    def run(self) -> int:
        """Go from step to step; return the exit code."""
        step: _Step | int = self._edit
        try:
            while not isinstance(step, int):
                step = step()
        finally:
            self._put_away()
        return step

    def _edit(self) -> _Step | int:
        editor = self._desk.editor
        status = run_editor(editor, editor.command(self._copy.file, self._line))
        if status == 0:
            return self._check
        ended = f"status {status}" if status > 0 else f"signal {-status}"
        changed = "" if self._copy.holds_work() else "; nothing was changed"
        self._dialogue.say(f"{editor.words[0]} has ended with {ended}{changed}.")
        return self._ask(
            FAILED, self._show_mine, e=self._edit, g=self._check, x=FINDINGS
        )

    def _check(self) -> _Step | int:
        content = self._copy.read()
        if content == self._base:
            return self._nothing
        found = self._desk.examiner.examine(content)
        before = self._desk.examiner.examine(self._base)
        problems = found.since(before)
        self._line = first_line(problems)
        self._show(found, problems)
        if found.errors:
            self._dialogue.say(
                "With errors the list would be refused; it cannot be installed.", "bold"
            )
            return self._ask(ERRORS, self._show_mine, e=self._edit, x=FINDINGS)
        if self._desk.preview is not None:
            self._desk.preview(before, found)
        elif not problems:
            return partial(self._install, content)
        return partial(self._offer, content)

    def _offer(self, content: bytes) -> _Step | int:
        install = partial(self._install, content)
        if self._desk.sure:
            return install
        return self._ask(
            INSTALL, self._show_mine, i=install, e=self._edit, x=FINDINGS, d=self._drop
        )

    def _install(self, content: bytes) -> _Step | int:
        if self._base != self._held.content or not self._held.unchanged():
            return partial(self._compare, content)
        with signals_wait():
            self._held.replace(content)
            self._copy.remove()
        counts = "; it counts within 5 seconds" if self._desk.counts else ""
        self._dialogue.say(f"{self._held.path} is installed{counts}.")
        self._dialogue.say(f"The version before is kept as {self._held.kept}.")
        return GOOD

    def _compare(self, content: bytes) -> _Step | int:
        """See what another program has made of the list meanwhile."""
        now = self._held.read_again()
        if now == self._base:
            return partial(self._install, content)
        if now == content:
            return self._nothing
        self._dialogue.say(
            f"Another program has changed {self._held.path} meanwhile:", "bold"
        )
        show = partial(show_difference, self._dialogue.console, self._base, now)
        show()
        return self._ask(
            CHANGED,
            show,
            e=partial(self._edit_theirs, now),
            a=partial(self._go_on, now, self._edit),
            o=partial(self._go_on, now, partial(self._install, content)),
            x=FINDINGS,
        )

    def _edit_theirs(self, now: bytes) -> _Step | int:
        self._dialogue.say(f"Your version is kept as {self._copy.file}.")
        self._copy = PrivateCopy.make(self._held.path, now)
        self._line = 0
        return self._go_on(now, self._edit)

    def _go_on(self, now: bytes, step: _Step) -> _Step | int:
        """Go on from what the list holds now."""
        self._base = now
        return step

    def _nothing(self) -> _Step | int:
        self._dialogue.say("Nothing was changed.")
        waiting = self._desk.editor.waiting
        if waiting is not None:
            words = " ".join(self._desk.editor.words)
            self._dialogue.say(
                f"If the editor is still open: it must be told to wait, as in"
                f" EDITOR={f'{words} {waiting}'!r}."
            )
        self._copy.remove()
        return GOOD

    def _drop(self) -> _Step | int:
        self._copy.remove()
        self._dialogue.say("Your version was thrown away; the list is as it was.")
        return FINDINGS

    def _ask(
        self, question: Question, show: Callable[[], None], **steps: _Step | int
    ) -> _Step | int:
        return steps[self._dialogue.ask(question, show)]

    def _show(self, found: Findings, problems: Sequence[Problem]) -> None:
        first, more = problems[:_MOST_SHOWN], len(problems) - _MOST_SHOWN
        show_problems(self._dialogue.console, self._held.path, found.text, first)
        if more > 0:
            self._dialogue.say(f"… and {counted(more, 'more problem')}")

    def _show_mine(self) -> None:
        show_difference(self._dialogue.console, self._base, self._copy.read())

    def _put_away(self) -> None:
        if not self._copy.holds_work():
            self._copy.remove()
            return
        # Nobody may be at the terminal any more.
        with suppress(OSError):
            complain(
                f"nothing was installed; your version is kept as {self._copy.file},"
                " and offered when you edit the list again"
            )

"""What an edit begins with: the list, or a version that was left unfinished."""

import time

from mirrorsel.cli.edit_copy import PrivateCopy, left_behind
from mirrorsel.cli.edit_dialogue import Dialogue
from mirrorsel.cli.edit_diff import show_difference
from mirrorsel.cli.edit_questions import LEFT
from mirrorsel.lists.install import Held


def begin(held: Held, dialogue: Dialogue) -> PrivateCopy | None:
    """Return the copy to go on with; None to change nothing."""
    for remark in held.remarks:
        dialogue.say(f"Note: {held.path}: {remark}.", "yellow")
    left = left_behind(held.path, held.content)
    key = "n" if left is None else _ask(left, dialogue)
    if key == "x":
        return None
    if key == "g":
        return left
    if left is not None and key == "d":
        left.remove()
    return PrivateCopy.make(held.path, held.content)


def _ask(left: PrivateCopy, dialogue: Dialogue) -> str:
    changed = time.strftime("%Y-%m-%d %H:%M", time.localtime(left.changed))
    dialogue.say(f"A version of {changed} was not installed: {left.file}")
    return dialogue.ask(
        LEFT, lambda: show_difference(dialogue.console, left.base, left.read())
    )

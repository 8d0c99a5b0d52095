"""What an edit is done with."""

from collections.abc import Callable
from dataclasses import dataclass

from mirrorsel.cli.edit_dialogue import Dialogue
from mirrorsel.cli.edit_editor import Editor
from mirrorsel.cli.edit_findings import Examiner, Findings

Preview = Callable[[Findings, Findings], None]
"""Shows what it does to the world when one version replaces another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an edit is done with."""

    editor: Editor
    examiner: Examiner
    dialogue: Dialogue
    preview: Preview | None
    """None for no preview."""
    sure: bool
    """Whether what has no error is installed without a question."""
    counts: bool
    """Whether it is the list of the settings, which running processes follow."""

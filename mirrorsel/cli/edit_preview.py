"""The effect of an edit, before it has any."""

from pathlib import Path

from mirrorsel.cli.edit_desk import Preview
from mirrorsel.cli.edit_dialogue import Dialogue
from mirrorsel.cli.edit_findings import Findings
from mirrorsel.cli.preview_run import effect_of
from mirrorsel.cli.preview_shown import show_effect
from mirrorsel.cli.state import state_folder
from mirrorsel.config import Settings
from mirrorsel.errors import StateError
from mirrorsel.lists import stand_in


def preview_of(
    path: Path, settings: Settings, config: Path, dialogue: Dialogue
) -> Preview:
    """Return what shows the effect of an edit.

    Args:
        path: The list.
        settings: What the settings file says.
        config: The settings file.
        dialogue: Where it is shown.

    """

    def show(before: Findings, after: Findings) -> None:
        old = before.mirrors
        if before.errors:
            good = state_folder(settings, config).last_good_list
            instead = stand_in(path, good)
            dialogue.say(f"The list had errors; compared is {instead.about}.")
            old = instead.mirrors
        try:
            effect = effect_of(settings, config, old, after.mirrors)
        except StateError as error:
            # An edit is possible without it.
            dialogue.say(f"There is no preview: {error}", "yellow")
        else:
            show_effect(dialogue.console, effect)

    return show

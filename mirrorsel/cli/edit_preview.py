"""The effect of an edit, before it has any."""

from pathlib import Path

from mirrorsel.cli.edit_desk import Preview
from mirrorsel.cli.edit_dialogue import Dialogue
from mirrorsel.cli.preview_run import effect_of
from mirrorsel.cli.preview_shown import show_effect
from mirrorsel.config import Settings
from mirrorsel.errors import StateError
from mirrorsel.model import MirrorList


def preview_of(settings: Settings, config: Path, dialogue: Dialogue) -> Preview:
    """Return what shows the effect of an edit.

    Args:
        settings: What the settings file says.
        config: The settings file.
        dialogue: Where it is shown.

    """

    def show(old: MirrorList, new: MirrorList) -> None:
        try:
            effect = effect_of(settings, config, old, new)
        except StateError as error:
            # An edit is possible without it.
            dialogue.say(f"There is no preview: {error}", "yellow")
        else:
            show_effect(dialogue.console, effect, brief=True)

    return show

"""The state folder that a verb reads."""

from pathlib import Path

from mirrorsel.config import Settings
from mirrorsel.httpd.home import home_of
from mirrorsel.state import StateFolder


def state_folder(
    settings: Settings, config: Path, home: Path | None = None
) -> StateFolder:
    """Return the state folder that holds a snapshot, as far as one does.

    It is the one that the settings name; where that holds none, the one of
    ``mirrorsel serve``, which serves from a home of its own.

    Args:
        settings: What the settings file says.
        config: The settings file.
        home: Where ``mirrorsel serve`` has its home; by default `home_of` the file.

    """
    usual = StateFolder(settings.state_folder)
    served = StateFolder((home or home_of(config)) / settings.state.folder)
    found = (one for one in (usual, served) if one.has_snapshot)
    return next(found, usual)

"""What a verb reads of the state that the checker keeps."""

from pathlib import Path

from mirrorsel.config import Settings
from mirrorsel.errors import StateError
from mirrorsel.httpd.home import home_of
from mirrorsel.model import Snapshot
from mirrorsel.state import StateFolder, read_snapshot


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


def snapshot_of(settings: Settings, config: Path) -> Snapshot | None:
    """Return what the checker last saw, None if there is nothing that can be read."""
    try:
        return read_snapshot(state_folder(settings, config).snapshot)
    except StateError:
        return None

"""The folders that the settings name, and whether they can be entered."""

import logging
from pathlib import Path

from mirrorsel.config import Settings
from mirrorsel.web.published import fault_of

_log = logging.getLogger("mirrorsel.web")

_MEANWHILE = {
    "tree.folder": "every file counts as published",
    "attic.folder": "no project counts as retired by it",
}
_BACK = "%s: the folder that `%s` names can be entered again"
_UNNAMED = "%s: `%s` names this folder no more"


class Folders:
    """Tells once each when a folder cannot be entered, and when it can be again."""

    def __init__(self) -> None:
        self._faults: dict[tuple[str, Path], str] = {}

    def look(self, settings: Settings) -> None:
        """Look at the folders that are in force now."""
        found = faults(settings)
        for (name, folder), fault in found.items():
            if self._faults.get((name, folder)) != fault:
                _log.error("%s", sentence(name, folder, fault))
        named = _named(settings)
        for name, folder in self._faults.keys() - found.keys():
            back = (name, folder) in named
            message = _BACK if back else _UNNAMED
            _log.info(message, folder, name)
        self._faults = found


def faults(settings: Settings) -> dict[tuple[str, Path], str]:
    """Return why folders cannot be entered, by setting and path; those that can not."""
    found = {key: fault_of(key[1]) for key in _named(settings)}
    return {key: fault for key, fault in found.items() if fault is not None}


def _named(settings: Settings) -> tuple[tuple[str, Path], ...]:
    """Return the folders that are named, each after its setting."""
    named = {
        "tree.folder": settings.tree.folder,
        "attic.folder": settings.attic.folder,
    }
    return tuple((name, settings.path(one)) for name, one in named.items() if one)


def sentence(name: str, folder: Path, fault: str) -> str:
    """Return what is wrong with a folder, what follows, and what to do."""
    return (
        f"{folder}: the folder that `{name}` names cannot be entered: {fault};"
        f" {_MEANWHILE[name]} until the account of the server can"
    )

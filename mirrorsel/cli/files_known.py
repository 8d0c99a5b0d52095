"""What is known of the published files, for the verbs that show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.inforce import in_force
from mirrorsel.cli.state import state_folder
from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import Problem, StateError
from mirrorsel.model import LastScan, Mirror
from mirrorsel.state import StateFolder
from mirrorsel.state.holders import read_holders
from mirrorsel.state.scans import read_scans
from mirrorsel.tree import FileIndex, Holders

SWITCH_ON = 'set `index` of [tree] to "folder" or "origin"'
_OFF = (
    "the settings want no index of the published files, so that none is in use: what"
    " follows is of an old one"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The published files, the mirrors of the list, and who holds what."""

    settings: Settings
    folder: StateFolder
    mirrors: Mapping[str, Mirror]
    """By URL."""
    files: FileIndex
    holders: Holders
    """Of this index; without a mirror while none was scanned."""
    scans: Mapping[str, LastScan]


def read_known(config: Path) -> Known:
    """Return what is known; complain of a list that others stand in for.

    Raises:
        StateError: there is no index.

    """
    settings = read_settings(config)
    folder = state_folder(settings, config)
    listed = in_force(settings.list_file, folder.last_good_list)
    for problem in listed.problems:
        complain(problem)
    if not folder.files.exists():
        raise StateError(folder.files, Problem(message=why_none(settings)))
    tell_if_off(settings)
    files = FileIndex(folder.files)
    return Known(
        settings=settings,
        folder=folder,
        mirrors={one.url: one for one in listed.mirrors},
        files=files,
        holders=_holders(folder, files.about.lineage),
        scans=read_scans(folder.scans) if folder.scans.exists() else {},
    )


def why_none(settings: Settings) -> str:
    """Return why there is no index where one was looked for, and what to do."""
    if settings.tree.index == "off":
        return f"there is none, as the settings want no index: {SWITCH_ON}"
    if not settings.checker.enabled:
        return (
            "there is none, and no checker makes one here (`enabled` of [checker]):"
            " copy it from where one is made, or make it by `mirrorsel files index`"
        )
    return (
        "there is none yet: the checker makes it, if it runs (`mirrorsel doctor`"
        " tells), and `mirrorsel files index` where none does"
    )


def why_not_scanned(last: LastScan) -> str:
    """Return why a scan failed, with the mirror's words for it."""
    why = "lists no files" if last.unscannable else "could not be scanned"
    return f"{why}: {last.detail}"


def tell_if_off(settings: Settings) -> None:
    """Complain where the settings want no index, and there is one from before."""
    if settings.tree.index == "off":
        complain(_OFF)


def _holders(folder: StateFolder, lineage: str) -> Holders:
    if not folder.holders.exists():
        return Holders(lineage=lineage)
    found = read_holders(folder.holders)
    return found if found.lineage == lineage else Holders(lineage=lineage)

"""The places inside of a home."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.config import Settings
from mirrorsel.errors import HttpdError
from mirrorsel.httpd.accounts import Account

LOGS = "log"
"""The folder of the logs, unless another is asked for."""


def below(home: Path, name: str) -> Path:
    """Return the place of what settings name by a relative path.

    Raises:
        HttpdError: it is not below the home.

    """
    path = home / os.path.normpath(name)
    _check_inside(path, home, name)
    return path


def beside(home: Path, name: str) -> Path:
    """Return the place of a link to what settings name by a relative path.

    Raises:
        HttpdError: it is not below the home.

    """
    path = Path(os.path.normpath(home / name))
    # The link itself leads out; what must not is the way to it.
    _check_inside(path.parent, home, name)
    return path


def _check_inside(path: Path, home: Path, name: str) -> None:
    if not path.resolve().is_relative_to(home.resolve()):
        raise HttpdError(
            f"{name} lies outside of the settings file's folder:"
            " name it by an absolute path"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """The folders that belong to who writes them."""

    state: Path
    """The checker's."""
    counters: Path
    """The web account's."""


def owned_folders(settings: Settings, home: Path, copies: Iterable[Path]) -> Owned:
    """Return the state folder and that of the counters.

    What lies below them could be replaced by their owners, so that nothing else may.

    Args:
        settings: Name them, by absolute paths or from the home.
        home: The home.
        copies: The files in the home that others read.

    Raises:
        HttpdError: one of them is outside of the home by a relative path, or holds
            the home, a copy, the logs or the other.

    """
    state = _place(settings.state.folder, home)
    counters = _place(settings.web.counters, home)
    kept = (home, home / LOGS, *copies)
    told = f"the state folder, `{settings.state.folder}`,"
    _check_alone(told, state, home, (*kept, counters))
    told = f"the folder of the counters, `{settings.web.counters}`,"
    _check_alone(told, counters, home, (*kept, state))
    return Owned(state=state, counters=counters)


def make_owned(folder: Path, owner: Account) -> None:
    """Make a folder in a guarded folder, and give it to the account that writes it.

    Everybody may list it.

    Raises:
        OSError: it cannot be made.

    """
    folder.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        folder.chmod(0o755)
        # Not what lies in it: the owner could have put a link there.
        os.chown(folder, owner.uid, owner.gid, follow_symlinks=False)


def _place(name: str, home: Path) -> Path:
    return Path(name) if Path(name).is_absolute() else below(home, name)


def _check_alone(told: str, folder: Path, home: Path, kept: Iterable[Path]) -> None:
    real = folder.resolve()
    # By name too: the owner may put links into the folder.
    inside = any(
        one.is_relative_to(folder) or one.resolve().is_relative_to(real) for one in kept
    )
    if inside or real.is_relative_to((home / LOGS).resolve()):
        raise HttpdError(
            f"{told} must be a folder of its own:"
            " without settings, list, database, pages, tree, logs or another such"
            " folder in it; keep those elsewhere, or name another folder"
        )

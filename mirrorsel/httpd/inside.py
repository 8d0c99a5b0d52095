"""The places inside of a home."""

import os
from collections.abc import Iterable
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


def state_folder(settings: Settings, home: Path, copies: Iterable[Path]) -> Path:
    """Return the state folder, which the checker will own.

    What lies below it could be replaced by the checker, so that nothing else may.

    Args:
        settings: Name it, by an absolute path or from the home.
        home: The home.
        copies: The files in the home that others read.

    Raises:
        HttpdError: it is outside of the home by a relative path, or holds the home,
            a copy or the logs.

    """
    name = settings.state.folder
    folder = Path(name) if Path(name).is_absolute() else below(home, name)
    real = folder.resolve()
    kept = (home, home / LOGS, *copies)
    # By name too: the checker may put links into its folder.
    inside = any(
        one.is_relative_to(folder) or one.resolve().is_relative_to(real) for one in kept
    )
    if inside or real.is_relative_to((home / LOGS).resolve()):
        raise HttpdError(
            f"the state folder, `{name}`, must be a folder of its own:"
            " without settings, list, database, pages, tree or logs in it;"
            " keep those elsewhere, or name another state folder"
        )
    return folder


def make_state(folder: Path, checker: Account) -> None:
    """Make the state folder in a guarded folder, and give it to the checker.

    Everybody may read what it holds.

    Raises:
        OSError: it cannot be made.

    """
    folder.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        folder.chmod(0o755)
        # Not what lies in it: the checker could have put a link there.
        os.chown(folder, checker.uid, checker.gid, follow_symlinks=False)

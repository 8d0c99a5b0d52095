"""The folder from which a private httpd serves."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import HttpdError
from mirrorsel.httpd.access import check_writable
from mirrorsel.httpd.accounts import Accounts
from mirrorsel.httpd.folders import check_guarded, make_folder, make_link
from mirrorsel.httpd.follow import Follower, Pair
from mirrorsel.httpd.inside import make_state, state_folder
from mirrorsel.httpd.named import (
    check_access,
    copied,
    linked,
    missing,
    settings_in,
)
from mirrorsel.httpd.upkeep import Upkeep


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A folder that is ready to serve from."""

    folder: Path
    state: Path
    follower: Follower
    """Keeps the copies equal to the operator's own files."""
    upkeep: Upkeep
    """Does so, and follows the settings in what they name."""
    problems: tuple[str, ...]
    """What could not be copied at first; see `Follower.poll`."""


def home_of(
    settings_file: Path,
    *,
    uid: int | None = None,
    environ: Mapping[str, str] | None = None,
) -> Path:
    """Return the folder from which ``mirrorsel serve`` serves a settings file.

    It is the same in every run, so that the state lasts.

    Args:
        settings_file: the operator's own file.
        uid: the user who serves; by default this process's.
        environ: the environment variables; by default this process's.

    """
    variables = os.environ if environ is None else environ
    path = os.fsencode(settings_file.resolve())
    name = f"serve-{blake2b(path, digest_size=6).hexdigest()}"
    if (os.geteuid() if uid is None else uid) == 0:
        return Path("/var/lib/mirrorsel", name)
    usual = Path(variables.get("HOME", "/"), ".local", "state")
    return Path(variables.get("XDG_STATE_HOME") or usual, "mirrorsel", name)


def stage(settings_file: Path, home: Path, accounts: Accounts) -> Home:
    """Fill a home with copies and make its state folder.

    httpd then needs no access to the operator's own files, which may lie where
    only the operator can read. What the settings name by an absolute path is
    not copied, and neither are folders, to which links lead.

    Raises:
        SettingsError: the settings file cannot be used.
        HttpdError: a file that is not copied cannot be read by the accounts, or
            the home cannot be made.

    """
    settings = read_settings(settings_file)
    pairs = copied(settings_file, settings, home)
    links = linked(settings_file, settings, home)
    kept = (*(pair.copy for pair in pairs), *(link.place for link in links))
    state = state_folder(settings, home, kept)
    _furnish(settings_file, settings, home, accounts)
    _make_state(state, home, accounts)
    follower = Follower(pairs, _group(accounts))
    problems = (*missing(settings_file, settings), *follower.poll())
    upkeep = Upkeep(
        settings_file,
        settings_in(home),
        follower,
        lambda now: _furnish(settings_file, now, home, accounts),
    )
    return Home(
        folder=home, state=state, follower=follower, upkeep=upkeep, problems=problems
    )


def _make_state(state: Path, home: Path, accounts: Accounts) -> None:
    if not state.is_relative_to(home):
        check_writable(accounts.checker, state)
        return
    try:
        make_folder(state.parent, _group(accounts))
        check_guarded(state.parent)
        make_state(state, accounts.checker)
    except OSError as error:
        raise _failed(home, error) from error


def _furnish(
    settings_file: Path, settings: Settings, home: Path, accounts: Accounts
) -> tuple[Pair, ...]:
    """Make places in a home for all that settings name; return what is copied."""
    check_access(settings_file, settings, accounts)
    pairs = copied(settings_file, settings, home)
    links = linked(settings_file, settings, home)
    try:
        for folder in sorted(
            {
                home,
                *(pair.copy.parent for pair in pairs),
                *(link.place.parent for link in links),
            }
        ):
            make_folder(folder, _group(accounts))
            check_guarded(folder)
        for link in links:
            make_link(link.place, link.folder)
    except OSError as error:
        raise _failed(home, error) from error
    return pairs


def _group(accounts: Accounts) -> int | None:
    return accounts.web.gid if os.geteuid() == 0 else None


def _failed(home: Path, error: OSError) -> HttpdError:
    reason = f"{error.filename}: {error.strerror}"
    return HttpdError(f"{home} cannot be set up: {reason}{_elsewhere()}")


def _elsewhere() -> str:
    """Return how to name another place; root's home is always the same."""
    if os.geteuid() == 0:
        return ""
    return "; name another place by XDG_STATE_HOME in the environment"

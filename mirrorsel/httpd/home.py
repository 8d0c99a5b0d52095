"""The folder from which a private httpd serves."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import HttpdError, InputError, Problem
from mirrorsel.httpd.access import check_writable
from mirrorsel.httpd.accounts import Account, Accounts
from mirrorsel.httpd.folders import check_guarded, make_folder, make_link
from mirrorsel.httpd.follow import Follower, Pair
from mirrorsel.httpd.inside import Owned, make_owned, owned_folders
from mirrorsel.httpd.named import (
    check_access,
    copied,
    linked,
    missing,
    own_copies,
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
    """Fill a home with copies and make the folders that are written.

    httpd then needs no access to the operator's own files, which may lie where
    only the operator can read. What the settings name by an absolute path is
    not copied, and neither are folders, to which links lead.

    Raises:
        SettingsError: the settings file cannot be used.
        HttpdError: a file that is not copied cannot be read by the accounts, or
            the home cannot be made.

    """
    settings = read_settings(settings_file)
    plan = _Plan(settings_file, settings, home, accounts)
    owned = plan.furnish(settings)
    _make_state(owned.state, home, accounts)
    closed = _make_counters(owned.counters, home, accounts)
    own = own_copies(settings_file, home, plan.check)
    follower = Follower((*plan.copied(settings), *own), _group(accounts))
    problems = (*missing(settings_file, settings), *closed, *follower.poll())
    upkeep = Upkeep(settings_file, settings_in(home), follower, plan.copied)
    return Home(
        folder=home,
        state=owned.state,
        follower=follower,
        upkeep=upkeep,
        problems=problems,
    )


def _make_state(state: Path, home: Path, accounts: Accounts) -> None:
    if not state.is_relative_to(home):
        check_writable(accounts.checker, state)
        return
    _make_owned(state, accounts.checker, home, accounts)


def _make_counters(folder: Path, home: Path, accounts: Accounts) -> tuple[str, ...]:
    """Return what to say, if the web account cannot count there."""
    if folder.is_relative_to(home):
        _make_owned(folder, accounts.web, home, accounts)
        return ()
    try:
        check_writable(accounts.web, folder)
    except HttpdError as error:
        return (f"{error}; until a restart each process counts for itself",)
    return ()


def _make_owned(folder: Path, owner: Account, home: Path, accounts: Accounts) -> None:
    try:
        _make_guarded(folder.parent, home, accounts)
        make_owned(folder, owner)
    except OSError as error:
        raise _failed(home, error) from error


@dataclass(frozen=True, slots=True)
class _Plan:
    """What settings make of a home, at first and while it is served."""

    settings_file: Path
    first: Settings
    """Those of the start: their state folder is the checker's until the end."""
    home: Path
    accounts: Accounts

    def check(self, file: Path) -> None:
        """Make places for what a new version of the settings names.

        Raises:
            InputError: it cannot be used, or names what a start would refuse.

        """
        settings = read_settings(file)
        try:
            self.furnish(settings)
        except HttpdError as error:
            message = f"{error}; mend that, and save the settings again"
            raise InputError(file, Problem(message=message)) from error

    def copied(self, settings: Settings) -> tuple[Pair, ...]:
        """Return what is copied for settings, beside themselves."""
        return copied(self.settings_file, settings, self.home)

    def furnish(self, settings: Settings) -> Owned:
        """Make places for all that settings name; return the folders of others.

        Raises:
            HttpdError: something that they name has no place in the home, or is
                closed to the accounts; the message names all of it.

        """
        refused = []
        owned = Owned(state=self.home, counters=self.home)
        try:
            owned = self._place(settings)
        except HttpdError as error:
            refused.append(str(error))
        try:
            check_access(self.settings_file, settings, self.accounts)
        except HttpdError as error:
            refused.append(str(error))
        if refused:
            raise HttpdError("; ".join(refused))
        self._make(settings)
        return owned

    def _place(self, settings: Settings) -> Owned:
        links = linked(self.settings_file, settings, self.home)
        own = own_copies(self.settings_file, self.home, read_settings)
        pairs = (*self.copied(settings), *own)
        kept = (*(pair.copy for pair in pairs), *(link.place for link in links))
        owned_folders(self.first, self.home, kept)
        return owned_folders(settings, self.home, kept)

    def _make(self, settings: Settings) -> None:
        links = linked(self.settings_file, settings, self.home)
        folders = {
            self.home,
            *(pair.copy.parent for pair in self.copied(settings)),
            *(link.place.parent for link in links),
        }
        try:
            for folder in sorted(folders):
                _make_guarded(folder, self.home, self.accounts)
            for link in links:
                make_link(link.place, link.folder)
        except OSError as error:
            raise _failed(self.home, error) from error


def _make_guarded(folder: Path, home: Path, accounts: Accounts) -> None:
    """Make a folder of a home, each only in one that nobody else can change."""
    way = [one for one in (folder, *folder.parents) if one.is_relative_to(home)]
    for one in reversed(way):
        make_folder(one, _group(accounts))
        check_guarded(one)


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

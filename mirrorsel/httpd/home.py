"""The folder from which a private httpd serves."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import HttpdError, ListError
from mirrorsel.geo import open_networks, open_places
from mirrorsel.httpd.access import check_readable, check_writable
from mirrorsel.httpd.accounts import Accounts
from mirrorsel.httpd.folders import check_guarded, make_folder
from mirrorsel.httpd.follow import Follower, Pair
from mirrorsel.httpd.inside import below, make_state, state_folder
from mirrorsel.lists import load
from mirrorsel.regular import MEBIBYTE
from mirrorsel.shipped import shipped

_SETTINGS = "mirrorsel.toml"
_SCRIPT = "wsgi.py"
_LARGEST_LIST = 16 * MEBIBYTE
_LARGEST_DATABASE = 1024 * MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A folder that is ready to serve from."""

    folder: Path
    state: Path
    follower: Follower
    """Keeps the copies equal to the operator's own files."""
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
    not copied.

    Raises:
        SettingsError: the settings file cannot be used.
        HttpdError: a file that is not copied cannot be read by the accounts, or
            the home cannot be made.

    """
    settings = read_settings(settings_file)
    for account in {accounts.web, accounts.checker}:
        check_readable(account, _absolute_files(settings))
    group = accounts.web.gid if os.geteuid() == 0 else None
    pairs = _pairs(settings_file, settings, home)
    state = state_folder(settings, home, (pair.copy for pair in pairs))
    folders = {home, *(pair.copy.parent for pair in pairs)}
    if own_state := state.is_relative_to(home):
        folders.add(state.parent)
    try:
        for folder in sorted(folders):
            make_folder(folder, group)
            check_guarded(folder)
        if own_state:
            make_state(state, accounts.checker)
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}"
        message = f"{home} cannot be set up: {reason}{_elsewhere()}"
        raise HttpdError(message) from error
    if not own_state:
        check_writable(accounts.checker, state)
    follower = Follower(pairs, group)
    problems = follower.poll()
    return Home(folder=home, state=state, follower=follower, problems=problems)


def _absolute_files(settings: Settings) -> tuple[Path, ...]:
    geoip = settings.geoip
    names = (settings.list.file, geoip.database, geoip.asn_database)
    return tuple(Path(name) for name in names if Path(name).is_absolute())


def _pairs(settings_file: Path, settings: Settings, home: Path) -> tuple[Pair, ...]:
    """Return what is copied: what settings name by relative paths, and our own."""
    geoip = settings.geoip
    known = (
        (settings.list.file, _check_list, _LARGEST_LIST),
        (geoip.database, open_places, _LARGEST_DATABASE),
        (geoip.asn_database, open_networks, _LARGEST_DATABASE),
    )
    named = {
        below(home, name): Pair(
            original=settings.path(name),
            copy=below(home, name),
            check=check,
            largest=largest,
        )
        for name, check, largest in known
        if name and not Path(name).is_absolute()
    }
    own = (
        Pair(original=settings_file, copy=home / _SETTINGS, check=read_settings),
        # It is part of mirrorsel itself.
        Pair(original=shipped(_SCRIPT), copy=home / _SCRIPT, check=Path.stat),
    )
    # Nothing that settings name takes the place of these.
    return tuple((named | {pair.copy: pair for pair in own}).values())


def _check_list(path: Path) -> None:
    """Check that a file is a list: some of its lines may be wrong, but not all."""
    loaded = load(path)
    if not loaded.list.mirrors:
        raise ListError(path, *loaded.errors)


def _elsewhere() -> str:
    """Return how to name another place; root's home is always the same."""
    if os.geteuid() == 0:
        return ""
    return "; name another place by XDG_STATE_HOME in the environment"

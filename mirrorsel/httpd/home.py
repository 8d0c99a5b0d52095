"""The folder from which a private httpd serves: copies, and the state folder."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import HttpdError
from mirrorsel.httpd.access import check_readable, check_writable
from mirrorsel.httpd.accounts import Account, Accounts
from mirrorsel.httpd.follow import Follower, Pair
from mirrorsel.shipped import shipped

_SETTINGS = "mirrorsel.toml"
_SCRIPT = "wsgi.py"


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
    absolute, relative = _named_files(settings)
    for account in {accounts.web, accounts.checker}:
        check_readable(account, absolute)
    own = {_SETTINGS: settings_file, _SCRIPT: shipped(_SCRIPT)}
    named = {name: settings.path(name) for name in relative}
    pairs = tuple(
        Pair(original=original, copy=_below(home, name))
        for name, original in (named | own).items()
    )
    try:
        for pair in pairs:
            _make_folder(pair.copy.parent)
        state = _state_folder(settings, home, accounts.checker)
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}"
        raise HttpdError(f"{home} cannot be set up: {reason}") from error
    follower = Follower(pairs)
    problems = follower.poll()
    return Home(folder=home, state=state, follower=follower, problems=problems)


def _named_files(settings: Settings) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return the files that settings name: the absolute ones, and the others."""
    geoip = settings.geoip
    names = (settings.list.file, geoip.database, geoip.asn_database)
    absolute = tuple(Path(name) for name in names if Path(name).is_absolute())
    relative = tuple(name for name in names if name and not Path(name).is_absolute())
    return absolute, relative


def _below(home: Path, name: str) -> Path:
    path = home / name
    if not path.resolve().is_relative_to(home.resolve()):
        raise HttpdError(
            f"{name} lies outside of the settings file's folder:"
            " name it by an absolute path"
        )
    return path


def _make_folder(folder: Path) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir()
        if os.geteuid() == 0:
            # Whatever the umask: other accounts must be able to enter.
            one.chmod(0o755)


def _state_folder(settings: Settings, home: Path, checker: Account) -> Path:
    name = settings.state.folder
    if Path(name).is_absolute():
        check_writable(checker, Path(name))
        return Path(name)
    folder = _below(home, name)
    _make_folder(folder)
    if os.geteuid() == 0:
        # Not what lies in it: the checker could have put a link there.
        os.chown(folder, checker.uid, checker.gid, follow_symlinks=False)
    return folder

"""The files and folders that settings name, and where a home has them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mirrorsel.config import Settings
from mirrorsel.errors import HttpdError, ListError
from mirrorsel.geo import open_networks, open_places
from mirrorsel.httpd.access import check_passable, check_readable
from mirrorsel.httpd.accounts import Accounts
from mirrorsel.httpd.follow import Pair
from mirrorsel.httpd.inside import below, beside
from mirrorsel.lists import load
from mirrorsel.pages import LARGEST_FILE
from mirrorsel.regular import MEBIBYTE
from mirrorsel.shipped import shipped

_SETTINGS = "mirrorsel.toml"
_SCRIPT = "wsgi.py"
_LARGEST_LIST = 16 * MEBIBYTE
_LARGEST_DATABASE = 1024 * MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A folder of the operator's, and the place in the home that leads to it."""

    folder: Path
    place: Path


def settings_in(home: Path) -> Path:
    """Return where a home has its copy of the settings."""
    return home / _SETTINGS


def copied(settings_file: Path, settings: Settings, home: Path) -> tuple[Pair, ...]:
    """Return what is copied: files that settings name by relative paths.

    Nothing of `own_copies` is among them: what settings name takes no such place.

    Raises:
        HttpdError: a relative path leads out of the settings file's folder.

    """
    geoip, pages = settings.geoip, settings.pages
    known = (
        (settings.list.file, _check_list, _LARGEST_LIST),
        (geoip.database, open_places, _LARGEST_DATABASE),
        (geoip.asn_database, open_networks, _LARGEST_DATABASE),
        # Every text is a template.
        (pages.default, Path.stat, LARGEST_FILE),
        (pages.archive, Path.stat, LARGEST_FILE),
    )
    named = {
        below(home, name): Pair(
            original=settings_file.parent / name,
            copy=below(home, name),
            check=check,
            largest=largest,
        )
        for name, check, largest in known
        if name and not Path(name).is_absolute()
    }
    own = (settings_in(home), home / _SCRIPT)
    return tuple(pair for copy, pair in named.items() if copy not in own)


def own_copies(
    settings_file: Path, home: Path, check: Callable[[Path], object]
) -> tuple[Pair, ...]:
    """Return what is copied whatever the settings name: they, and our script.

    Args:
        settings_file: The operator's own file.
        home: Where the copies belong.
        check: Whether new settings can be used; see `Pair`.

    """
    return (
        Pair(original=settings_file, copy=settings_in(home), check=check),
        # It is part of mirrorsel itself.
        Pair(original=shipped(_SCRIPT), copy=home / _SCRIPT, check=Path.stat),
    )


def linked(settings_file: Path, settings: Settings, home: Path) -> tuple[Link, ...]:
    """Return the folders that settings name by relative paths.

    They may be large, and are read where they are.

    Raises:
        HttpdError: a relative path leads out of the settings file's folder.

    """
    start = settings_file.absolute().parent
    return tuple(
        Link(folder=start / name, place=beside(home, name))
        for name in (settings.tree.folder, settings.attic.folder)
        if name and not Path(name).is_absolute()
    )


def check_access(settings_file: Path, settings: Settings, accounts: Accounts) -> None:
    """Check that the accounts can read what is not copied, as far as they use it.

    Raises:
        HttpdError: they cannot; the message names all such files and folders.

    """
    geoip, pages = settings.geoip, settings.pages
    both = (settings.list.file, geoip.database, geoip.asn_database)
    web, checker = accounts.web, accounts.checker
    read = [(web, one) for one in _absolute(*both, pages.default, pages.archive)]
    read += [(checker, one) for one in _absolute(*both) if checker != web]
    checks = [partial(check_readable, account, [file]) for account, file in read]
    checks += [
        partial(check_passable, web, folder)
        for folder in _folders(settings_file, settings)
    ]
    if refused := tuple(_refusals(checks)):
        raise HttpdError("; ".join(refused))


def _refusals(checks: Iterable[Callable[[], None]]) -> Iterator[str]:
    for check in checks:
        try:
            check()
        except HttpdError as error:
            yield str(error)


def missing(settings_file: Path, settings: Settings) -> tuple[str, ...]:
    """Return what to say of folders that settings name, and that are not there."""
    named = _folders(settings_file, settings)
    return tuple(f"{one}: there is no such folder" for one in named if not one.is_dir())


def _folders(settings_file: Path, settings: Settings) -> tuple[Path, ...]:
    names = (settings.tree.folder, settings.attic.folder)
    return tuple(settings_file.absolute().parent / name for name in names if name)


def _absolute(*names: str) -> tuple[Path, ...]:
    return tuple(Path(name) for name in names if Path(name).is_absolute())


def _check_list(path: Path) -> None:
    """Check that a file is a list: some of its lines may be wrong, but not all."""
    loaded = load(path)
    if not loaded.list.mirrors:
        raise ListError(path, *loaded.errors)

"""The GeoIP databases that the settings name, as they lie there."""

import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from mirrorsel.config import Settings
from mirrorsel.doctor.places import OLD
from mirrorsel.errors import DatabaseError, HttpdError
from mirrorsel.geo import About, Database, open_networks, open_places
from mirrorsel.httpd.access import check_readable
from mirrorsel.httpd.accounts import Account, choose_accounts
from mirrorsel.kept import kept_beside
from mirrorsel.lists.account import account_name
from mirrorsel.words import span

_UPDATE = "`mirrorsel geoip update` gets a new one"

_Open: TypeAlias = Callable[[Path], Database[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """One database of the settings; what is not known of it is null in JSON."""

    setting: str
    file: str
    about: About | None = None
    age: float | None = None
    """Seconds since it was built."""
    size: int | None = None
    """In bytes."""
    owner: str | None = None
    mode: str | None = None
    """In octal, such as 0644."""
    readers: tuple[str, ...] = ()
    """Accounts that were found to be able to read it."""
    kept: float | None = None
    """When the one before it was built, if that is kept beside it."""
    findings: tuple[str, ...] = ()
    """What is wrong, and what to do."""


def bases(settings: Settings, config: Path, now: datetime) -> tuple[Base, ...]:
    """Return the databases that settings name."""
    geoip = settings.geoip
    named: tuple[tuple[str, str, _Open], ...] = (
        ("database", geoip.database, open_places),
        ("asn_database", geoip.asn_database, open_networks),
    )
    accounts = _accounts(config.absolute())
    return tuple(
        _base(setting, settings.path(name), open_it, accounts, now)
        for setting, name, open_it in named
        if name
    )


def _base(
    setting: str, file: Path, open_it: _Open, accounts: Sequence[Account], now: datetime
) -> Base:
    try:
        about = open_it(file).about
        found = file.stat()
    except DatabaseError as error:
        finding = f"{error.problems[0].message}; {_UPDATE}"
        return Base(setting=setting, file=str(file), findings=(finding,))
    refused = {
        one.user: why for one in accounts if (why := _refusal(one, file.absolute()))
    }
    age = now.timestamp() - about.built
    return Base(
        setting=setting,
        file=str(file),
        about=about,
        age=age,
        size=found.st_size,
        owner=account_name(found.st_uid),
        mode=f"{stat.S_IMODE(found.st_mode):04o}",
        readers=tuple(one.user for one in accounts if one.user not in refused),
        kept=_kept(file, open_it),
        findings=(*refused.values(), *_old(age)),
    )


def _accounts(config: Path) -> tuple[Account, ...]:
    """Return the accounts of httpd's processes that work with this settings file.

    Those that cannot read it work with a copy, which `mirrorsel serve` made, and
    with copies of what it names by relative paths.
    """
    try:
        chosen = choose_accounts()
    except HttpdError:
        return ()
    several = dict.fromkeys((chosen.web, chosen.checker))
    return tuple(one for one in several if not _refusal(one, config))


def _refusal(account: Account, file: Path) -> str:
    """Return why an account cannot read a file; empty if it can."""
    try:
        check_readable(account, [file])
    except HttpdError as error:
        return str(error)
    return ""


def _kept(file: Path, open_it: _Open) -> float | None:
    try:
        return open_it(kept_beside(file.resolve())).about.built
    except DatabaseError:
        return None


def _old(age: float) -> Iterator[str]:
    if age > OLD.total_seconds():
        yield f"it is {span(age)} old; {_UPDATE}"


def built(seconds: float) -> str:
    """Return the day on which a database was built."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"

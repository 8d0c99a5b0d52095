"""From what was asked of `mirrorsel init` to the plan of an instance."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from mirrorsel.cli.init_asked import Answers
from mirrorsel.config import read_settings
from mirrorsel.config.sections import ListSettings
from mirrorsel.errors import SettingsError
from mirrorsel.httpd.accounts import CHECKER, WEB
from mirrorsel.httpd.locate import Httpd
from mirrorsel.httpd.python import prefix
from mirrorsel.instance.contents import LIST, SETTINGS
from mirrorsel.instance.machine import role
from mirrorsel.instance.people import missing_accounts
from mirrorsel.instance.plan import Plan
from mirrorsel.lists import load, require_loaded
from mirrorsel.shipped import shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What options say of an instance, beside what may be asked."""

    folder: Path
    """An absolute path."""
    listed: Path | None
    user: str
    checker_user: str
    by_systemd: bool


def usual_origin(folder: Path) -> str:
    """Return the origin that a folder's settings name, if it has some already."""
    with suppress(SettingsError):
        return read_settings(folder / SETTINGS).list.origin
    return ListSettings().origin


def make_plan(wanted: Wanted, answers: Answers, httpd: Httpd | None) -> Plan:
    """Return the plan of an instance.

    Raises:
        ListError: the list that is to be taken cannot be, or has errors.
        click.UsageError: an account was named that is not there.

    """
    plan = Plan(
        folder=wanted.folder,
        origin=answers.origin,
        sites=answers.sites,
        listed=_listed(wanted),
        python=prefix(),
        wsgi=httpd.wsgi if httpd else None,
        web=role(wanted.user),
        checker=role(wanted.checker_user),
        by_systemd=wanted.by_systemd,
    )
    unknown = {one.user for one in missing_accounts(plan)} - {WEB, CHECKER}
    if unknown:
        message = f"There is no account {', '.join(sorted(unknown))}: make it first."
        raise click.UsageError(message)
    return plan


def _listed(wanted: Wanted) -> str:
    """Return the list's text: what is there already is no other list."""
    if wanted.listed is not None:
        return require_loaded(wanted.listed).text
    there = wanted.folder / LIST
    return load(there if there.exists() else shipped(LIST)).text

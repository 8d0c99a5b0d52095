"""`mirrorsel check`: mirrors asked once, now, with nothing changed."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from mirrorsel.cli.change_values import country_or_backup
from mirrorsel.cli.check_list import Wanted, check_list, list_exit_code, show_list
from mirrorsel.cli.check_url import check_url, show_url, url_exit_code
from mirrorsel.cli.completing import offer_countries
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.progress import followed
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.config import Settings, read_settings
from mirrorsel.requirements import read_base

T = TypeVar("T")


def _read_places(
    _context: click.Context, _option: click.Parameter, written: Sequence[str]
) -> frozenset[str]:
    return frozenset(country_or_backup(one).lower() for one in written)


def _read_url(
    _context: click.Context, _option: click.Parameter, written: str | None
) -> str | None:
    base = None if written is None else read_base(written)
    if written is not None and base is None:
        message = (
            f"{written!r} is no base URL by http or https, as in"
            " https://mirror.example.org/apache/"
        )
        raise click.BadParameter(message)
    return base


@click.command(
    "check",
    epilog=examples(
        ("mirrorsel check --failed", "what is wrong with the list's mirrors now"),
        ("mirrorsel check --country de --country Backup", "only some of them"),
        (
            "mirrorsel check --url https://mirror.example.org/apache/",
            "one mirror, listed or not",
        ),
    ),
)
@click.option(
    "--url",
    metavar="URL",
    callback=_read_url,
    help="Look at this one mirror, listed or not, for all that is asked of mirrors.",
)
@click.option(
    "--country",
    "places",
    metavar="COUNTRY",
    multiple=True,
    callback=_read_places,
    shell_complete=offer_countries,
    help="Probe only the mirrors of this country, or Backup; may be given again.",
)
@click.option("--failed", is_flag=True, help="Show only what is not as it should be.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 200),
    help="How many mirrors to probe at once.  [default: as in the settings]",
)
@config_option
@json_option
def command(  # noqa: PLR0913 - one argument for each option
    config: Path,
    *,
    url: str | None,
    places: frozenset[str],
    failed: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Probe every enabled mirror of the list once, now, and change nothing.

    The column `checker` shows what the running checker believes, if there is one.
    Below the mirrors stands what is to be warned of though they answer, as of a
    certificate that ends soon or of a dead IPv6 address; it does not count, nor do
    warnings of the list, which are printed to stderr.
    A mirror for which this machine lacks a program is not probed.
    Exits with 1 when a mirror fails or is stale, with 2 when it cannot tell:
    without a usable list, or when this machine's own network seems to be gone.

    With --url, one mirror is looked at for all that is asked of mirrors, and each
    requirement is printed with what was seen and what to do.
    Then it exits with 1 when a requirement of the level fatal or error does not hold,
    and with 2 when the mirror gives no answer at all; warnings do not count.
    """
    if url is not None and places:
        message = "--country chooses mirrors of the list, and --url is none of it."
        raise click.UsageError(message)
    if url is None:
        advise_own_files(config)
    settings = read_settings(config)
    if jobs is not None:
        settings = replace(settings, checker=replace(settings.checker, jobs=jobs))
    if url is not None:
        code = _check_url(settings, url, failed=failed, as_json=as_json)
    else:
        wanted = Wanted(places=places, failed=failed)
        code = _check_list(settings, config, wanted, as_json=as_json)
    sys.exit(code)


def _check_list(
    settings: Settings, config: Path, wanted: Wanted, *, as_json: bool
) -> int:
    checked = check_list(settings, config, wanted, followed=followed)
    _print(checked, show_list, as_json=as_json)
    return list_exit_code(checked)


def _check_url(settings: Settings, url: str, *, failed: bool, as_json: bool) -> int:
    looked = check_url(settings, url, failed=failed, followed=followed)
    _print(looked, show_url, as_json=as_json)
    return url_exit_code(looked)


def _print(found: T, show: Callable[[T], None], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
    else:
        show(found)

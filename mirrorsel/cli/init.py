"""`mirrorsel init`: a folder for mirrorsel in an httpd that is there already."""

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from mirrorsel.cli.epilog import examples
from mirrorsel.cli.init_asked import answers
from mirrorsel.cli.init_plan import Wanted, make_plan, usual_origin
from mirrorsel.cli.init_result import carry_out, exit_code
from mirrorsel.cli.init_shown import print_json, print_result
from mirrorsel.cli.layout import cell
from mirrorsel.cli.options import json_option
from mirrorsel.httpd.accounts import CHECKER, WEB
from mirrorsel.instance.layout import Layout, detect
from mirrorsel.instance.machine import find_httpd, systemd_runs
from mirrorsel.instance.making import check
from mirrorsel.instance.people import make_account, making, missing_accounts
from mirrorsel.instance.place import check_apart, check_own
from mirrorsel.instance.plan import Plan
from mirrorsel.instance.published import document_roots

_AUTO = "auto"
_SYSTEMD, _HTTPD = "systemd", "httpd"


@click.command(
    "init",
    epilog=examples(
        ("mirrorsel init /etc/mirrorsel", "asks for the little that it must know"),
        (
            "mirrorsel init /etc/mirrorsel --yes --list old/mirrors.list",
            "asks nothing, and takes a list that you have",
        ),
        (
            "mirrorsel init /etc/mirrorsel --diff",
            "how what is there differs from what would be written today",
        ),
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--origin",
    default="",
    metavar="URL",
    help="The tree that the mirrors copy.  [default: that of the settings in DIR, else"
    " https://downloads.apache.org/]",
)
@click.option(
    "--server-name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A virtual host; may be repeated.  [default: this machine's name]",
)
@click.option(
    "--document-root",
    "roots",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="What the virtual host publishes, in the order of their names."
    "  [default: /srv/www/NAME]",
)
@click.option(
    "--list",
    "listed",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The list of mirrors to take over.  [default: a sample]",
)
@click.option(
    "--layout",
    type=click.Choice([_AUTO, *(one.value for one in Layout)]),
    default=_AUTO,
    help="How this system lays out httpd's configuration.  [default: what it is]",
)
@click.option(
    "--server-root",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of httpd's configuration.  [default: /etc/apache2 or /etc/httpd]",
)
@click.option(
    "--checker",
    "starter",
    type=click.Choice([_SYSTEMD, _HTTPD]),
    help="Who starts the checker.  [default: systemd where it runs]",
)
@click.option(
    "--user", default=WEB, show_default=True, help="The account that answers requests."
)
@click.option(
    "--checker-user",
    default=CHECKER,
    show_default=True,
    help="The account that probes mirrors.",
)
@click.option("--accounts", is_flag=True, help="Make those that are missing.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing; take the defaults.")
@click.option("--diff", is_flag=True, help="Show how files that are there differ.")
@json_option
def command(  # noqa: PLR0913 - one argument for each option
    folder: Path,
    origin: str,
    names: Sequence[str],
    roots: Sequence[Path],
    *,
    listed: Path | None,
    layout: str,
    server_root: Path | None,
    starter: str | None,
    user: str,
    checker_user: str,
    accounts: bool,
    yes: bool,
    diff: bool,
    as_json: bool,
) -> None:
    """Make DIR an instance for an httpd that is there already.

    That is the settings, the list, wsgi.py, the pieces of httpd's configuration as
    Debian and as Red Hat lay it out, and units for systemd. All of it lies in DIR:
    nothing else of the machine is changed, but for accounts where you say so. The
    commands that are left for you are printed.

    What is there is never changed; so it can be run again, for what is missing. In the
    end a real httpd tests the pieces, on a configuration of its own.

    Exits with 1 when httpd refuses the pieces, with 2 when they could not be tested, or
    DIR is no place for an instance.
    """
    place = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as they are named
    system = _layout(layout)
    root = server_root.absolute() if server_root else system.root
    check_own(place)
    check_apart(place, document_roots(root))
    asked = sys.stdin.isatty() and not yes
    found = answers(
        origin=origin,
        names=names,
        roots=roots,
        asked=asked,
        usual_origin=usual_origin(place),
    )
    wanted = Wanted(
        folder=place,
        listed=listed,
        user=user,
        checker_user=checker_user,
        by_systemd=systemd_runs() if starter is None else starter == _SYSTEMD,
    )
    httpd, advice = find_httpd()
    plan = make_plan(wanted, found, httpd)
    check(plan)
    _make_accounts(plan, wanted=accounts, asked=asked)
    result = carry_out(plan, system, root, httpd, advice)
    if as_json:
        print_json(result)
    else:
        print_result(result, diff=diff)
    sys.exit(exit_code(result))


def _layout(name: str) -> Layout:
    if name != _AUTO:
        return Layout(name)
    found = detect()
    if found is None:
        message = (
            "This system is neither like Debian nor like Red Hat: say whose pieces to"
            " test and explain, by --layout; docs/installing.md says how to use them."
        )
        raise click.UsageError(message)
    return found


def _make_accounts(plan: Plan, *, wanted: bool, asked: bool) -> None:
    """Make accounts that are missing, where that was asked for."""
    missing = missing_accounts(plan)
    if not missing or not (wanted or (asked and os.geteuid() == 0)):
        return
    names = " and ".join(one.user for one in missing)
    question = f"There is no account {names}. Make it now"
    if not wanted and not click.confirm(question, default=False, err=True):
        return
    for one in missing:
        click.echo(cell(shlex.join(making(one))).plain, err=True)
        make_account(one)

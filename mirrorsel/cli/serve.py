"""The verb `serve`: a real httpd for trying mirrorsel, in the foreground."""

import contextlib
import signal
import sysconfig
import threading
from collections.abc import Iterator
from pathlib import Path

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.news import News
from mirrorsel.cli.options import config_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.config import read_settings
from mirrorsel.errors import HttpdError
from mirrorsel.httpd.access import check_package
from mirrorsel.httpd.accounts import Accounts, choose_accounts
from mirrorsel.httpd.conf import ERROR_LOG, Layout, Options
from mirrorsel.httpd.home import Home, home_of, stage
from mirrorsel.httpd.run import PrivateHttpd
from mirrorsel.httpd.tail import Tail

_POLL_SECONDS = 0.5
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_EXAMPLES = (
    ("A redirect to the nearest mirror", "-sI", "/get/httpd/httpd-2.4.66.tar.gz"),
    ("Why that one", "-s", "/get/httpd/httpd-2.4.66.tar.gz?json"),
    ("The mirrors as JSON", "-s", "/dyn/closer.lua?as_json=1"),
    ("The mirror alone", "-s", "/dyn/closer.cgi?preferred=true"),
)


@click.command(
    "serve",
    epilog=examples(
        ("mirrorsel serve", "try the settings of this folder at port 8080"),
        (
            "mirrorsel serve --port 0 --log logs",
            "at a free port, with the logs kept",
        ),
    ),
)
@config_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address.")
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="The port; 0 for any that is free.",
)
@click.option(
    "--log",
    type=click.Path(path_type=Path, file_okay=False, resolve_path=True),
    help="The folder for error.log and access.log.  [default: below the folder that"
    " is served from]",
)
def command(config: Path, host: str, port: int, log: Path | None) -> None:
    """Serve with a private Apache httpd until Ctrl-C."""
    if log and not log.parent.is_dir():
        message = f"{log.parent} is no folder: make it first."
        raise click.BadParameter(message, param_hint="--log")
    accounts = choose_accounts()
    for account in {accounts.httpd, accounts.web, accounts.checker}:
        check_package(account)
    advise_own_files(config)
    home = stage(config.resolve(), home_of(config), accounts)
    logs = log or home.folder / "log"
    options = Options(
        home=home.folder,
        accounts=accounts,
        host=host,
        port=port,
        logs=logs,
    )
    # Made before httpd starts, so that nothing that it says then is missed.
    tail = Tail(logs / ERROR_LOG)
    with _stopped_by_signals() as stop, PrivateHttpd(options) as httpd:
        _greet(httpd, config, accounts)
        _watch(httpd, home, tail, stop)


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda _number, _frame: stop.set())
        for number in _STOPS
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _greet(httpd: PrivateHttpd, config: Path, accounts: Accounts) -> None:
    click.echo(f"mirrorsel serves {config} on {httpd.url}/ until Ctrl-C. Try:\n")
    for purpose, option, path in _EXAMPLES:
        click.echo(f"  # {purpose}\n  curl {option} '{httpd.url}{path}'")
    click.echo(f"  # The state of all mirrors, for a browser\n  {httpd.url}/mirrors/")
    program = Path(sysconfig.get_path("scripts"), "mirrorsel")
    click.echo(f"  # What the checker saw\n  {program} status --config {config}\n")
    _name_files(httpd.layout, config)
    if not accounts.parted:
        click.echo(
            f"Checker and web processes both run as {accounts.web.user}:"
            " good for trying, not for service."
        )


def _name_files(logs: Layout, config: Path) -> None:
    settings = read_settings(config)
    for purpose, file in (
        ("To edit, the mirrors:", settings.list_file),
        ("To edit, the settings:", config.absolute()),
        ("Log of requests:", logs.access_log),
        ("Log of errors:", logs.error_log),
    ):
        click.echo(f"{purpose:<23}{file}")


def _watch(httpd: PrivateHttpd, home: Home, log: Tail, stop: threading.Event) -> None:
    for problem in home.problems:
        complain(problem)
    news = News(home.follower.originals)
    while True:
        for line in news.of(log.read()):
            click.echo(line, err=True)
        if not httpd.running:
            raise HttpdError(f"httpd has ended; see {httpd.layout.error_log}")
        if stop.wait(_POLL_SECONDS):
            return
        for line in home.upkeep.poll():
            complain(line)

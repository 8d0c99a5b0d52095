"""The verb `audit`: does any virtual host still run code from a document root?"""

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from mirrorsel.audit.audit import Verdict
from mirrorsel.audit.directive import Place
from mirrorsel.audit.examination import examine
from mirrorsel.audit.finding import ABOUT, Code, Finding, Severity
from mirrorsel.audit.reading import Configuration, find_httpd, read_configuration
from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.layout import make_console
from mirrorsel.cli.options import json_option

_FORMAT = 1


@click.command(
    "audit",
    epilog=examples(
        ("mirrorsel audit", "the configuration that httpd itself reads"),
        (
            "mirrorsel audit --config /etc/apache2 --strict",
            "that of a folder; notes count too",
        ),
        (
            "mirrorsel audit --docroot /srv/www --json",
            "another folder besides, for a program",
        ),
    ),
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True),
    help="httpd's configuration, or its folder.  [default: what httpd itself reads]",
)
@click.option(
    "--docroot",
    "roots",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder to look at besides those the configuration publishes.",
)
@click.option(
    "--httpd",
    "program",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The program httpd.  [default: where systems install it]",
)
@click.option(
    "--no-httpd", is_flag=True, help="Run no httpd; read the configuration's files."
)
@click.option(
    "-D", "--define", "defined", multiple=True, help="Define a name, as httpd's -D."
)
@click.option("--strict", is_flag=True, help="Let notes count as findings.")
@json_option
def command(  # noqa: PLR0913 - click passes each option as an argument
    config: Path | None,
    roots: tuple[Path, ...],
    program: Path | None,
    defined: tuple[str, ...],
    *,
    no_httpd: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Report where files of a document root could run, or clients could write.

    The configuration need not be in use, and nothing is changed. What cannot be read
    is told, and makes the exit code 2 whatever else is found.
    """
    httpd = None if no_httpd else find_httpd(program)
    read = read_configuration(config, httpd, defined)
    verdicts = examine(read, [str(one.absolute()) for one in roots])
    if as_json:
        click.echo(json.dumps(_document(read, verdicts), indent=2))
    else:
        _print(read, verdicts)
    for gap in read.gaps:
        complain(_plain(gap))
    sys.exit(_exit_code(read, verdicts, strict=strict))


def _exit_code(read: Configuration, verdicts: list[Verdict], *, strict: bool) -> int:
    """Return the exit code; what could not be read goes before what was found."""
    found = [one for each in verdicts for one in each.findings]
    if read.gaps or any(one.code is Code.UNREAD for one in found):
        return CANNOT_TELL
    bad = (one for one in found if strict or one.severity is Severity.FINDING)
    return FINDINGS if any(bad) else GOOD


def _print(read: Configuration, verdicts: list[Verdict]) -> None:
    console = make_console()
    _line(console, f"{_plain(read.path)}, read by {read.read_by}", "dim")
    for doubt in read.doubts:
        _line(console, f"warning: {_plain(doubt)}", "yellow")
    for verdict in verdicts:
        _print_verdict(console, verdict)
    found = [one for each in verdicts for one in each.findings]
    bad = sum(one.severity is Severity.FINDING for one in found)
    summary = f"servers: {len(verdicts)}, findings: {bad}, notes: {len(found) - bad}"
    _line(console, f"\n{summary}", "bold")


def _line(console: Console, words: str | Text, style: str = "") -> None:
    """Print a line as it is: what is piped is never cut."""
    console.print(
        Text(words, style) if isinstance(words, str) else words, soft_wrap=True
    )


def _print_verdict(console: Console, verdict: Verdict) -> None:
    section = verdict.server.section
    where = f", {_plain(section.place)}" if section else ""
    _line(console, f"\n{_plain(verdict.server.name)}{where}", "bold")
    if not verdict.findings:
        _line(console, "  nothing found", "green")
    for one in verdict.findings:
        _print_finding(console, one)
    if verdict.replacement:
        _line(console, "  Its only CGI is the mirror pages; these lines replace it:")
        for line in verdict.replacement:
            _line(console, f"    {_plain(line)}", "green")


def _print_finding(console: Console, one: Finding) -> None:
    bad = one.severity is Severity.FINDING
    head = Text(f"  {_plain(one.place)}: ")
    head.append(f"{one.severity} {one.code}", style="bold red" if bad else "yellow")
    folder = f" [{_plain(one.folder)}]" if one.folder else ""
    _line(console, head.append(f"{folder}: {_plain(one.detail)}"))
    for place in one.also:
        _line(console, f"      with {_plain(place)}")
    _line(console, f"      {ABOUT[one.code].remedy}", "dim")


def _plain(value: object) -> str:
    """Return a text with its control characters escaped: names are data."""
    return "".join(
        letter if letter.isprintable() else repr(letter)[1:-1] for letter in str(value)
    )


def _document(read: Configuration, verdicts: list[Verdict]) -> dict[str, object]:
    return {
        "format": _FORMAT,
        "config": str(read.path),
        "read_by": read.read_by,
        "doubts": list(read.doubts),
        "gaps": list(read.gaps),
        "servers": [_server(one) for one in verdicts],
    }


def _server(verdict: Verdict) -> dict[str, object]:
    section = verdict.server.section
    return {
        "name": verdict.server.name,
        "place": _place(section.place) if section else None,
        "folders": [one.folder for one in verdict.server.trees],
        "findings": [_finding(one) for one in verdict.findings],
        "replacement": list(verdict.replacement),
    }


def _finding(one: Finding) -> dict[str, object]:
    about = ABOUT[one.code]
    return {
        "severity": one.severity,
        "code": one.code,
        **_place(one.place),
        "folder": one.folder or None,
        "detail": one.detail,
        "meaning": about.meaning,
        "remedy": about.remedy,
        "also": [_place(place) for place in one.also],
    }


def _place(place: Place) -> dict[str, object]:
    return {
        "file": place.path,
        "line": place.line or None,
        "macro": place.macro or None,
    }

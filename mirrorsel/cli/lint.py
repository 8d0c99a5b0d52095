"""`mirrorsel lint`: what is wrong with a list, and what one would want to know."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
from click.core import ParameterSource

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.lint_codes import find_code, show_code, show_codes
from mirrorsel.cli.lint_facts import facts_of
from mirrorsel.cli.lint_formats import github_of, told_of
from mirrorsel.cli.lint_hosts import look_up
from mirrorsel.cli.lint_run import Linted, Source, read_source
from mirrorsel.cli.lint_shown import show_files
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import ListError, SettingsError
from mirrorsel.geo import load_countries
from mirrorsel.lint import Severity, severity
from mirrorsel.model import Country

_TEXT, _JSON, _GITHUB = "text", "json", "github"


@click.command(
    "lint",
    epilog=examples(
        ("mirrorsel lint", "the list of the settings"),
        ("mirrorsel lint --strict --format github mirrors.list", "in CI"),
        ("git show HEAD:mirrors.list | mirrorsel lint -", "standard input"),
        ("mirrorsel lint --explain no-backup", "what a code means"),
    ),
)
@click.argument(
    "files",
    metavar="[FILE]...",
    nargs=-1,
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--all",
    "show_all",
    is_flag=True,
    help="Show notes too, and more than ten warnings of a kind.",
)
@click.option(
    "--resolve",
    is_flag=True,
    help="Look up the hosts' addresses, and hold countries against GeoIP.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([_TEXT, _JSON, _GITHUB]),
    default=_TEXT,
    show_default=True,
    help="For people, for programs, or for annotations of GitHub Actions.",
)
@click.option("--explain", "explained", metavar="CODE", help="Explain one code.")
@click.option("--codes", is_flag=True, help="Print all codes, each with its sentence.")
@config_option
@json_option
@click.pass_context
def command(  # noqa: PLR0913 - one argument for each option
    context: click.Context,
    files: Sequence[Path],
    config: Path,
    *,
    strict: bool,
    show_all: bool,
    resolve: bool,
    form: str,
    explained: str | None,
    codes: bool,
    as_json: bool,
) -> None:
    """Report what is wrong in lists of mirrors, with place, suggestion and code.

    FILE is by default the list of the settings, and standard input where it is `-`.
    Nothing is written, and without --resolve nothing is asked of the network.
    --json is short for --format json.

    A comment `# lint: ignore[CODE] reason` at the end of a line, or above it,
    silences a warning; `# lint: ignore-file[CODE] reason` above the first mirror
    does so for the whole file. Errors cannot be silenced: with them the list is
    refused, and the one before it stays in force.

    Exits with 1 when there are errors, or warnings with --strict, and with 2 when a
    file cannot be read.
    """
    form = _JSON if as_json else form
    if codes or explained is not None:
        _explain(explained, as_json=form == _JSON)
        return
    settings = _settings(context, config, files)
    countries = load_countries()
    paths = files or ((settings or read_settings(config)).list_file,)
    sources = list(_read(paths, countries))
    lists = [one.loaded for one in sources if one.loaded]
    facts = facts_of(lists, countries, config, settings)
    if resolve:
        facts = replace(facts, hosts=look_up(lists, countries, settings))
    linted = [one.judged(facts) for one in sources]
    _print(linted, form, show_all=show_all)
    unread = len(sources) < len(paths)
    sys.exit(CANNOT_TELL if unread else _exit_code(linted, strict=strict))


def _explain(name: str | None, *, as_json: bool) -> None:
    if name is None:
        show_codes(as_json=as_json)
    else:
        show_code(find_code(name), as_json=as_json)


def _settings(
    context: click.Context, config: Path, files: Sequence[Path]
) -> Settings | None:
    """Return the settings; None if they are broken and nobody asked for them."""
    if not files:
        advise_own_files(config)
    try:
        return read_settings(config)
    except SettingsError as error:
        source = context.get_parameter_source("config")
        if not files or source is not ParameterSource.DEFAULT:
            raise
        complain(f"warning: {error}")
        return None


def _read(paths: Sequence[Path], countries: Mapping[str, Country]) -> Iterator[Source]:
    for path in paths:
        try:
            yield read_source(path, countries)
        except ListError as error:
            complain(error)


def _print(linted: Sequence[Linted], form: str, *, show_all: bool) -> None:
    if form == _JSON:
        print_json(told_of(linted))
    elif form == _GITHUB:
        click.echo(github_of(linted), nl=False)
    else:
        show_files(linted, show_all=show_all)


def _exit_code(linted: Sequence[Linted], *, strict: bool) -> int:
    levels = {severity(problem) for one in linted for problem in one.problems}
    bad = {Severity.ERROR, *([Severity.WARNING] if strict else [])}
    return FINDINGS if levels & bad else GOOD

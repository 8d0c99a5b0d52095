"""The kinds of problems of a list, explained."""

from collections.abc import Iterator

import click
from rich.text import Text

from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.lint import CODES, SECTIONS, Code, meant


def find_code(name: str) -> Code:
    """Return a code by its name.

    Raises:
        click.UsageError: there is none of that name; the nearest one is named.

    """
    code = CODES.get(name.strip("[]"))
    if code is None:
        near = meant(name)
        hint = f" Did you mean {near!r}?" if near else ""
        message = f"There is no code {name!r}.{hint} --codes shows all."
        raise click.UsageError(message)
    return code


def show_code(code: Code, *, as_json: bool) -> None:
    """Print all that is known of one code."""
    if as_json:
        print_json(code)
        return
    rows = [[cell(f"{code.name} ({code.severity})", "bold")], *_explained(code)]
    print_rows(make_console(), rows)


def show_codes(*, as_json: bool) -> None:
    """Print all codes, each with its severity and sentence."""
    if as_json:
        print_json(list(CODES.values()))
        return
    rows: list[list[Text]] = []
    for heading, codes in SECTIONS.items():
        rows.append([cell(heading, "bold")])
        rows += ([cell(one.name), cell(one.severity), cell(one.what)] for one in codes)
    print_rows(make_console(), rows)


def _explained(code: Code) -> Iterator[list[Text]]:
    yield [cell("what"), cell(code.what)]
    yield [cell("why"), cell(code.why)]
    yield [cell("mend"), cell(code.mend)]
    silence = "It cannot be silenced."
    if code.silenceable:
        silence = f"# lint: ignore[{code.name}] the reason"
    yield [cell("silence"), cell(silence)]

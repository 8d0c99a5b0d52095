"""How the findings of a doctor are shown."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

import click

from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.doctor.finding import Finding, Group, Level

_FORMAT = 1
_STYLES: Mapping[Level, str] = MappingProxyType(
    {
        Level.OK: "green",
        Level.WARN: "yellow",
        Level.FAIL: "bold red",
        Level.UNSEEN: "magenta",
    }
)
HEADINGS: Mapping[Group, str] = MappingProxyType(
    {
        Group.SOFTWARE: "Software",
        Group.HTTPD: "httpd",
        Group.FILES: "Settings, list and copies",
        Group.ACCOUNTS: "Accounts and rights",
        Group.STATE: "What is written",
        Group.CHECKER: "Checker",
        Group.PLACES: "Places of clients",
        Group.CLOCK: "Clock",
    }
)


def exit_code(found: Sequence[Finding], *, strict: bool) -> int:
    """Return the exit code; what could not be seen goes before what is wrong."""
    levels = {one.level for one in found}
    if Level.UNSEEN in levels:
        return CANNOT_TELL
    bad = {Level.FAIL, *([Level.WARN] if strict else [])}
    return FINDINGS if levels & bad else GOOD


def print_findings(found: Sequence[Finding]) -> None:
    """Print them by groups, and how many there are of each level."""
    console = make_console()
    for group, members in groupby(found, lambda one: one.group):
        console.print(cell(HEADINGS[group], "bold"))
        for one in members:
            rows = [[cell(f"{one.level:<6}", _STYLES[one.level]), cell(one.words)]]
            if one.remedy:
                rows.append([cell(" " * 6), cell(f"-> {one.remedy}")])
            print_rows(console, rows)
        console.print()
    counts = Counter(one.level for one in found)
    summary = ", ".join(f"{counts[level]} {level}" for level in Level if counts[level])
    console.print(cell(summary, "bold"))


def print_json(config: Path, found: Sequence[Finding]) -> None:
    """Print them as an object for programs."""
    document = {
        "format": _FORMAT,
        "config": str(config),
        "findings": [
            {
                "group": one.group,
                "code": one.code,
                "level": one.level,
                "words": one.words,
                "remedy": one.remedy,
            }
            for one in found
        ],
    }
    click.echo(json.dumps(document, indent=2))

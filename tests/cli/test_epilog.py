"""The examples at the end of each verb's help."""

import shlex

import click
import pytest
from click.testing import CliRunner

from mirrorsel.cli import (
    audit,
    check,
    checker,
    explain,
    import_list,
    lint_pages,
    log,
    notify,
    serve,
    status,
)

MODULES = (
    audit,
    check,
    checker,
    explain,
    import_list,
    lint_pages,
    log,
    notify,
    serve,
    status,
)
VERBS = {str(one.command.name): one.command for one in MODULES}


def commands(verb: click.Command) -> list[list[str]]:
    """Return the examples of a verb, in words, without what they are piped to."""
    lines = CliRunner().invoke(verb, ["--help"]).stdout.partition("Examples:\n")[2]
    shown = [one.strip() for one in lines.splitlines()]
    return [
        shlex.split(one.split(" | ")[0]) for one in shown if one[:1] not in ("", "#")
    ]


@pytest.mark.parametrize("name", sorted(VERBS))
def test_examples(name: str) -> None:
    """Each verb shows two or three, which fit a terminal and are no wrong use."""
    found = commands(VERBS[name])

    assert 2 <= len(found) <= 3
    for program, verb, *arguments in found:
        assert (program, verb) == ("mirrorsel", name)
        assert len(shlex.join(arguments)) < 70
        parser = VERBS[name].make_parser(click.Context(VERBS[name]))
        assert parser.parse_args(arguments)

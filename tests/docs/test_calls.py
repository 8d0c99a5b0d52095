"""The calls of the program that documents show."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from mirrorsel.cli.main import program
from tests.docs.reference import ROOT

DOCUMENTS = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))
_CALL = re.compile(r"(?:^|[`/ |])mirrorsel ([a-z][^`|>#\n]*)")
_CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def calls() -> Iterator[tuple[str, str]]:
    """Yield each call with the document that it stands in."""
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8").replace("\\\n", " ")
        for block, inline in _CODE.findall(text):
            for line in (block or inline).splitlines():
                prompted = re.match(r"\s*[$#] (.*)", line)
                if inline or prompted:
                    shown = prompted[1] if prompted else line
                    for call in _CALL.findall(shown):
                        yield document.name, call.strip()


@pytest.mark.parametrize(("document", "call"), sorted(set(calls())))
def test_call_is_understood(document: str, call: str) -> None:
    """Each verb that a document calls is there, with each of its options."""
    command: click.Command = program
    context = click.Context(program)
    words = shlex.split(call)
    while isinstance(command, click.Group) and words:
        found = command.get_command(context, words.pop(0))
        assert found is not None, f"{document}: {call}"
        command = found
    known = {
        name
        for one in command.get_params(context)
        for name in (*one.opts, *one.secondary_opts)
    }
    used = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}

    assert used - known - {"--help", "-h"} == set()


def test_there_are_calls() -> None:
    """The documents show the program at work."""
    assert len(set(calls())) > 30

"""What the help of each verb says, as values from which manuals are made."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

import click

from mirrorsel.cli.main import program

_KEPT = "\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a help text."""

    lines: tuple[str, ...]
    kept: bool
    """Whether its lines stay as they are, instead of being filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """An option, as its line in the help shows it."""

    names: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A verb, a group of verbs, or the program itself."""

    name: str
    """All its words, the program's first."""
    usage: str
    """What follows the name in a call."""
    summary: str
    """Its first sentence, without the full stop."""
    text: tuple[Paragraph, ...]
    options: tuple[Parameter, ...]
    end: tuple[Paragraph, ...]
    """The examples."""
    verbs: "tuple[Verb, ...]"

    @property
    def page(self) -> str:
        """The name of its manual page: with hyphens for blanks."""
        return self.name.replace(" ", "-")

    def all(self) -> "Iterator[Verb]":
        """Yield it with all verbs below."""
        yield self
        for one in self.verbs:
            yield from one.all()


def describe() -> Verb:
    """Return the program with all that its help and that of its verbs say."""
    return _verb(
        program,
        click.Context(program, info_name="mirrorsel", **program.context_settings),
    )


def _verb(command: click.Command, context: click.Context) -> Verb:
    return Verb(
        name=context.command_path,
        usage=" ".join(command.collect_usage_pieces(context)),
        summary=command.get_short_help_str(10_000).removesuffix("."),
        text=tuple(_paragraphs(command.help or "")),
        options=tuple(_options(command, context)),
        end=tuple(_paragraphs(command.epilog or "")),
        verbs=tuple(_below(command, context)),
    )


def _below(command: click.Command, context: click.Context) -> Iterator[Verb]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if below := command.get_command(context, name):
                yield _verb(below, click.Context(below, parent=context, info_name=name))


def _options(command: click.Command, context: click.Context) -> Iterator[Parameter]:
    for one in command.get_params(context):
        record = one.get_help_record(context)
        # What stands for an argument is told by the description.
        if record and isinstance(one, click.Option):
            names, text = record
            yield Parameter(names=names, help=text)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for block in inspect.cleandoc(text).split("\n\n"):
        lines = block.strip("\n").split("\n")
        kept = lines[0] == _KEPT
        if any(lines):
            yield Paragraph(lines=tuple(lines[1:] if kept else lines), kept=kept)

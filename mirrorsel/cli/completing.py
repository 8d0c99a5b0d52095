"""What shells offer for the words behind a verb."""

from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from mirrorsel.cli.options import usual_settings
from mirrorsel.config import read_settings
from mirrorsel.errors import MirrorselError
from mirrorsel.lists import load
from mirrorsel.model import Mirror


def offer_mirrors(
    context: click.Context, _parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return the hosts of the list's mirrors, since bash breaks URLs at colons."""
    mirrors = _mirrors(context)
    return _items(begun, ((one.host, one.url) for one in mirrors))


def offer_countries(
    context: click.Context, _parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return the codes of the countries that have a mirror, and Backup."""
    mirrors = _mirrors(context)
    return _items(begun, ((one.country or "Backup", "") for one in mirrors))


def _mirrors(context: click.Context) -> tuple[Mirror, ...]:
    """Return the mirrors of the settings' list; none while something is broken.

    A shell that completes a word has no place for messages.
    """
    config = context.params.get("config")
    try:
        settings = read_settings(
            config if isinstance(config, Path) else usual_settings()
        )
        return load(settings.list_file).list.mirrors
    except MirrorselError:
        return ()


def _items(begun: str, pairs: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    offered = dict(sorted(pairs))
    return [
        CompletionItem(value, help=about)
        for value, about in offered.items()
        if value.startswith(begun)
    ]

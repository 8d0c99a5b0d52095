"""Which files are replaced one after the other, and how."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from tests.reload.games import (
    GAMES,
    SPOILS,
    by_deployment,
    by_folder,
    by_link,
    by_rename,
    closed,
    cut,
    gone_for_a_while,
    huge,
    in_place,
    pipe,
)
from tests.reload.range import Range

Series: TypeAlias = Callable[[Range], None]
"""Replaces files, one after the other."""

_OF_A_FILE = [(name, game) for name, game in GAMES.items() if game is not by_folder]
_SETTINGS_SPOILS = ("closed", "of another owner", "a folder", "a named pipe")


def list_games(field: Range) -> None:
    """Replace the list in all ways, each time by one of another length."""
    for number, (name, game) in enumerate(GAMES.items()):
        field.replace_list(game, name, 20 + number)
    field.replace_list(by_deployment, "deployed with another wsgi.py", 40)


def list_spoils(field: Range) -> None:
    """Make the list unusable in all ways, and mend it."""
    for name, spoil in SPOILS.items():
        field.spoil_list(spoil, name)
        field.replace_list(by_rename, f"mended after: {name}", 20)


def settings_games(field: Range) -> None:
    """Replace the settings in all ways but that of the whole folder."""
    for name, game in _OF_A_FILE:
        field.replace_settings(game, name)


def settings_spoils(field: Range) -> None:
    """Make the settings unusable, and mend them."""
    for name in _SETTINGS_SPOILS:
        field.spoil_settings(SPOILS[name], name)
        field.replace_settings(by_rename, f"mended after: {name}")


def snapshot_games(field: Range) -> None:
    """Replace the snapshot in all ways, and spoil it."""
    games = [*_OF_A_FILE, ("renamed over", by_rename)]
    for number, (name, game) in enumerate(games, start=1):
        field.replace_snapshot(game, name, number)
    for name, spoil in SPOILS.items():
        field.spoil_snapshot(spoil, name, len(games))
    field.replace_snapshot(by_rename, "mended", len(games) + 1)


def sizes(field: Range) -> None:
    """Make the list larger than any may be, then as large as ten thousand mirrors."""
    field.spoil_list(huge, "larger than 16 MiB")
    field.replace_list(by_rename, "of 10,000 mirrors", 10_000)
    field.replace_list(by_rename, "of 10,001 mirrors", 10_001)
    field.replace_list(by_rename, "of 20 mirrors", 20)


def some_of_the_list(field: Range) -> None:
    """Replace the list and then the snapshot in the ways that are most unlike."""
    field.replace_list(in_place, "rewritten in place with pauses", 21)
    field.replace_list(gone_for_a_while, "deleted and put back", 22)
    field.replace_list(by_link, "a link switched", 23)
    field.replace_list(by_folder, "the link of its folder switched", 24)
    field.spoil_list(closed, "closed")
    field.spoil_list(pipe, "a named pipe")
    field.replace_list(by_rename, "renamed over", 20)
    field.replace_snapshot(by_rename, "renamed over", 1)
    field.replace_snapshot(in_place, "rewritten in place with pauses", 2)
    field.spoil_snapshot(cut, "cut off", 2)


def some_of_the_settings(field: Range) -> None:
    """Replace the settings in the ways that are most unlike."""
    field.replace_settings(in_place, "rewritten in place with pauses")
    field.spoil_settings(closed, "closed")
    field.replace_settings(by_rename, "renamed over")
    field.replace_settings(by_link, "a link switched")


def some_sizes(field: Range) -> None:
    """Make the list larger than any may be, then as large as ten thousand mirrors."""
    field.spoil_list(huge, "larger than 16 MiB")
    field.replace_list(by_rename, "of 10,000 mirrors", 10_000)


PROGRAMME: Sequence[tuple[bool, Sequence[Series]]] = (
    (False, (list_games, settings_games)),
    (False, (list_spoils, settings_spoils)),
    (False, (snapshot_games,)),
    (True, (sizes,)),
)
"""All of it: whether only redirects are asked for, and what is played side by side."""

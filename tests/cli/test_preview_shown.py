"""What a preview looks like, on terminals of all kinds."""

import io
from collections.abc import Sequence

import pytest
from rich.console import Console

from mirrorsel.cli.preview_dots import show_dots
from mirrorsel.cli.preview_shown import show_effect, show_head, show_tables
from mirrorsel.cli.share_bar import share_bar
from mirrorsel.model import Mirror
from mirrorsel.preview import Effect
from tests.preview.edits import effect
from tests.selection.worlds import PLACES, mirror

OLD = [mirror(code, code) for code in PLACES]
NEW = [*OLD[1:], mirror("new", "fj")]


def console(
    width: int = 120,
    height: int = 60,
    *,
    terminal: bool = True,
    encoding: str = "utf-8",
) -> Console:
    """Return a console that remembers what it shows."""
    return Console(
        file=io.TextIOWrapper(io.BytesIO(), encoding=encoding),
        force_terminal=terminal,
        width=width,
        height=height,
        highlight=False,
        color_system=None,
        legacy_windows=False,
    )


def shown(on: Console) -> list[str]:
    """Return the lines that a console has shown."""
    on.file.flush()
    written = on.file.buffer.getvalue()  # type: ignore[attr-defined] # see `console`
    lines: list[str] = written.decode(on.encoding).splitlines()
    return lines


def seen(found: Effect, on: Console, *, brief: bool = False) -> list[str]:
    """Return the lines of an effect on a console."""
    if brief:
        show_effect(on, found)
    else:
        show_head(on, found)
        show_tables(on, found)
    return shown(on)


@pytest.mark.parametrize(
    ("old", "new"), [(OLD, NEW), (OLD, OLD[:1]), (OLD, OLD), (OLD, [])]
)
def test_the_short_form(old: Sequence[Mirror], new: Sequence[Mirror]) -> None:
    """Some ten lines say the most important."""
    lines = seen(effect(old, new), console(), brief=True)

    assert 1 <= len(lines) <= 11


def test_harm_comes_before_all_else() -> None:
    """Losses stand above the tables."""
    lines = seen(effect(OLD, NEW), console())
    loses = next(n for n, one in enumerate(lines) if "loses its last" in one)
    table = next(n for n, one in enumerate(lines) if one.startswith("  country"))

    assert lines[0].startswith("1 mirror added, 1 removed: ")
    assert loses < table


@pytest.mark.parametrize("width", [50, 60, 80, 120])
def test_every_width(width: int) -> None:
    """On a terminal no line is longer than it is wide."""
    lines = seen(effect(OLD, NEW), console(width))
    # The sentences at the top are wrapped by the terminal itself.
    longest = max(len(one) for one in lines[2:])

    assert longest <= width


@pytest.mark.parametrize(("height", "rows"), [(24, 4), (40, 8), (200, 8)])
def test_a_low_terminal_gets_fewer_rows(height: int, rows: int) -> None:
    """What does not fit on the screen is counted."""
    lines = seen(effect(OLD, OLD[:1]), console(height=height))
    start = next(n for n, one in enumerate(lines) if one.startswith("  clients"))
    table = lines[start + 1 : lines.index("", start)]

    assert rows >= len([one for one in table if "https://" in one])


def test_hostile_names_are_harmless() -> None:
    """Nothing in a list reaches the terminal as a control character."""
    evil = mirror("x", url="https://x.example/\x1b[2J\u202e/")
    lines = seen(effect([evil], OLD), console())

    assert not any("\x1b[2J" in one or "\u202e" in one for one in lines)


@pytest.mark.parametrize(
    ("before", "after", "bar"),
    [
        (0.5, 0.5, "████████"),
        (0.25, 0.5, "████▒▒▒▒"),
        (0.5, 0.25, "████░░░░"),
        (0, 1, "▒" * 16),
        (1, 0, "░" * 16),
        (0, 0, ""),
    ],
)
def test_bars(before: float, after: float, bar: str) -> None:
    """What stays, what comes and what goes have signs of their own."""
    assert bar == share_bar(console(), before, after, 1).plain


@pytest.mark.parametrize(
    ("on", "bar"),
    [
        (console(encoding="ascii"), "####++++"),
        (console(width=60), ""),
        (console(terminal=False), ""),
    ],
    ids=["no UTF-8", "narrow", "pipe"],
)
def test_bars_where_they_do_not_fit(on: Console, bar: str) -> None:
    """They are drawn with what the terminal has, or not at all."""
    assert bar == share_bar(on, 0.25, 0.5, 1).plain


@pytest.mark.parametrize(
    ("on", "there"),
    [
        (console(), True),
        (console(width=90), False),
        (console(height=24), False),
        (console(terminal=False), False),
        (console(encoding="ascii"), False),
    ],
    ids=["large", "narrow", "low", "pipe", "no UTF-8"],
)
def test_the_map_comes_where_there_is_room(on: Console, *, there: bool) -> None:
    """On a large terminal it comes unasked."""
    show_dots(on, effect(OLD, NEW))

    assert there is bool(shown(on))


def test_the_map() -> None:
    """It shows the land, the countries and the mirrors that change."""
    on = console(width=60)
    show_dots(on, effect(OLD, NEW), wanted=True)
    *land, legend = shown(on)
    drawn = "".join(land)

    assert "▼ country that loses" in legend
    assert {"▼", "+"} <= set(drawn)
    assert any("\u2800" < one <= "\u28ff" for one in drawn)
    assert max(map(len, land)) <= 60


def test_no_map_of_nothing() -> None:
    """An edit that changes nothing has no map."""
    on = console()
    show_dots(on, effect(OLD, OLD), wanted=True)

    assert not shown(on)

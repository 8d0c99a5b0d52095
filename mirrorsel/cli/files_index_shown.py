"""How the index of published files stands, in words."""

from collections.abc import Iterator
from datetime import UTC, datetime

from rich.filesize import decimal
from rich.text import Text

from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.indexing import UNREADABLE, WORDS, IndexStanding, Phase
from mirrorsel.words import age, counted

_WRONG = "red"


def show_standing(standing: IndexStanding, now: datetime | None = None) -> None:
    """Print how an index stands, what is left out of it and what is wrong."""
    console = make_console()
    print_rows(console, list(_rows(standing, now or datetime.now(UTC))))


def _rows(standing: IndexStanding, now: datetime) -> Iterator[list[Text]]:
    yield [cell("tree", "bold"), cell(standing.root)]
    if standing.ended is None:
        yield [cell("index", "bold"), cell("not whole yet")]
    else:
        yield from _whole(standing, now)
    if standing.progress is not None:
        yield [cell("now", "bold"), cell(_progress(standing, now))]
    yield from _omissions(standing)
    for one in _wrong(standing, now):
        yield [cell("!", _WRONG), cell(one, _WRONG)]


def _whole(standing: IndexStanding, now: datetime) -> Iterator[list[Text]]:
    size = decimal(standing.bytes)
    kept = f"{_files(standing.files)}, {size}"
    if standing.lost is not None:
        kept = f"{_files(standing.files + standing.gone)}, of which {kept} are there"
    yield [cell("index", "bold"), cell(kept)]
    when = age(standing.ended, now) if standing.ended else "-"
    news = f"{standing.read_files:,} new or changed, {standing.gone:,} gone"
    took = f"{standing.seconds:.1f} s"
    yield [cell("looked", "bold"), cell(f"{when} ago, in {took}: {news}")]
    # Of an origin elsewhere nothing is downloaded that they could be held against.
    said = "taken over" if "://" in standing.root else "right"
    checked = f"{standing.confirmed:,} {said}, {standing.disputed:,} disputed"
    yield [cell("hash files", "bold"), cell(checked)]


def _progress(standing: IndexStanding, now: datetime) -> str:
    """Return what was under way when that was last told."""
    reached = standing.progress
    when = f" ({age(standing.at, now)} ago)"
    if reached is None:
        return "-"
    if reached.phase is Phase.LOOK:
        return f"looking, {_files(reached.files)} so far{when}"
    done = f"{reached.done_files:,} of {_files(reached.due_files)}"
    sizes = f"{decimal(reached.done_bytes)} of {decimal(reached.due_bytes)}"
    return f"reading, {done}, {sizes}{when}"


def _omissions(standing: IndexStanding) -> Iterator[list[Text]]:
    for why, count in sorted(standing.left_out.items()):
        paths = [one.path for one in standing.examples if one.why is why]
        shown = ", ".join(paths) + (", …" if count > len(paths) else "")
        style = _WRONG if why in UNREADABLE else ""
        words = f"{count:,} {WORDS[why]}: {shown}"
        yield [cell("left out", style or "bold"), cell(words, style)]


def _wrong(standing: IndexStanding, now: datetime) -> Iterator[str]:
    if standing.problem:
        yield standing.problem
    if standing.lost is not None:
        yield (
            f"most files have been gone for {age(standing.lost, now)}, and are kept in"
            " the index: is the tree mounted? If it was meant, see --accept-loss"
        )
    for one in standing.disputed_files:
        yield f"{one.path} is disputed: {one.why}"
    more = standing.disputed - len(standing.disputed_files)
    if more > 0:
        yield f"… and {more:,} more"


def _files(count: int) -> str:
    return counted(count, "file")

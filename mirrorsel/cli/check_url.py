"""One mirror, listed or not, with the checklist of all that is asked of mirrors."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.text import Text

from mirrorsel.checker.visit import Visit
from mirrorsel.cli.check_list import Followed
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.layout import cell, make_console, print_note, print_rows
from mirrorsel.config import Settings
from mirrorsel.cost import limits_of
from mirrorsel.requirements import Item, Level, Questions, Result, checklist
from mirrorsel.words import why

# A mirror is asked by one person, and not to be flooded by them.
_MOST_JOBS = 4
_STYLES = {Level.FATAL: "red", Level.ERROR: "red", Level.WARNING: "yellow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The output of `mirrorsel check --url URL --json`; times are in RFC 3339."""

    url: str
    """The base URL, as it would be listed."""
    at: datetime
    origin: str
    """The tree whose names the mirror's are compared with."""
    reached: bool
    """False when the mirror gave no answer at all."""
    counts: dict[str, int]
    """How many requirements hold (`pass`), cannot be told (`skip`), or fail.

    Those that fail are counted by their level: `fatal`, `error`, `warning`.
    """
    items: tuple[Item, ...]


def check_url(
    settings: Settings, url: str, *, failed: bool, followed: Followed
) -> Looked:
    """Ask a mirror all that its checklist needs.

    Args:
        settings: The limits of each question, and the origin.
        url: The base URL, ending in a slash.
        failed: Whether to give only the requirements that do not hold.
        followed: Shows the progress.

    """
    visit = _visit(settings, url)
    total = len(tuple(visit.questions))
    replies = dict(followed(visit.asked(), total, "Asking"))
    now = datetime.now(UTC)
    evidence = visit.evidence(replies, now)
    items = checklist(evidence)
    return Looked(
        url=url,
        at=now,
        origin=visit.origin,
        reached=evidence.reached,
        counts=_counts(items),
        items=tuple(one for one in items if not failed or one.result is Result.FAIL),
    )


def url_exit_code(looked: Looked) -> int:
    """Return the exit code that says what was found."""
    if not looked.reached:
        return CANNOT_TELL
    return FINDINGS if looked.counts["fatal"] or looked.counts["error"] else GOOD


def show_url(looked: Looked) -> None:
    """Print the checklist, then what it comes to.

    On a terminal, what to do stands below what was seen; elsewhere each requirement
    is one line.
    """
    console = make_console()
    print_note(console, looked.url, "bold")
    show = _show_item if console.is_terminal else _show_line
    width = max((len(one.requirement) for one in looked.items), default=0)
    for one in looked.items:
        show(console, one, width)
    print_note(console, _summary(looked))


def _show_item(console: Console, item: Item, width: int) -> None:
    row = [_mark(console, item), cell(item.requirement.ljust(width)), cell(item.seen)]
    print_rows(console, [row])
    if item.fix:
        level = cell(f"{item.level}:", _STYLES[item.level])
        print_rows(console, [[cell(" "), level, cell(item.fix)]])


def _show_line(console: Console, item: Item, width: int) -> None:
    words = f"{item.seen}; {item.level}: {item.fix}" if item.fix else item.seen
    row = [_mark(console, item), cell(item.requirement.ljust(width)), cell(words)]
    print_rows(console, [row])


def _visit(settings: Settings, url: str) -> Visit:
    checker = settings.checker
    return Visit(
        base=url,
        origin=settings.list.origin,
        questions=Questions().with_stamp(checker.stamp),
        limits=limits_of(checker),
        jobs=min(checker.jobs, _MOST_JOBS),
        say=why,
    )


def _counts(items: tuple[Item, ...]) -> dict[str, int]:
    results = Counter(one.result for one in items)
    levels = Counter(one.level for one in items if one.result is Result.FAIL)
    return {
        Result.PASS.value: results[Result.PASS],
        Result.SKIP.value: results[Result.SKIP],
        **{level.value: levels[level] for level in Level},
    }


def _mark(console: Console, item: Item) -> Text:
    good, bad = ("✓", "✗") if console.encoding.startswith("utf") else ("+", "x")
    if item.result is Result.PASS:
        return cell(good, "green")
    if item.result is Result.SKIP:
        return cell("-", "dim")
    return cell(bad, _STYLES[item.level])


def _summary(looked: Looked) -> str:
    counts = looked.counts
    numbers = (
        f"{counts['pass']} hold, {counts['fatal']} fatal,"
        f" {_several(counts['error'], 'error')},"
        f" {_several(counts['warning'], 'warning')}, {counts['skip']} not told"
    )
    return f"{numbers}: {_verdict(looked)}"


def _verdict(looked: Looked) -> str:
    if not looked.reached:
        return "there is no answer from this mirror"
    if url_exit_code(looked) == FINDINGS:
        return "it cannot be listed like this"
    if looked.counts["warning"]:
        return "it can be listed; the warnings should be mended"
    return "it can be listed"


def _several(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"

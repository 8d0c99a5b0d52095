"""The mirrors of the list, each probed once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Protocol, TypeVar

import click
from rich.text import Text

from mirrorsel.checker.making import make_prober
from mirrorsel.checker.plan import Plan, probed
from mirrorsel.checker.pool import Pool
from mirrorsel.cli.complaint import complain
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.layout import cell, make_console, print_note, print_rows
from mirrorsel.cli.state import snapshot_of
from mirrorsel.cli.verdict import Finding, Verdict, findings
from mirrorsel.cli.warnings import print_warnings
from mirrorsel.config import Settings
from mirrorsel.errors import ListError
from mirrorsel.geo import load_countries
from mirrorsel.health import reference
from mirrorsel.lists import load
from mirrorsel.model import Health, Mirror, MirrorList, Outcome, ProbeResult, Snapshot
from mirrorsel.words import age_or_dash, belief, over_family, took, where, why

T = TypeVar("T")

_STYLES = {
    Verdict.PASS: "green",
    Verdict.WARN: "yellow",
    Verdict.FAIL: "red",
    Verdict.SKIP: "dim",
}
_WRONG = frozenset({Verdict.WARN, Verdict.FAIL})


class Followed(Protocol):
    """A function that shows the progress of steps while they are taken."""

    def __call__(self, steps: Iterable[T], total: int, words: str) -> Iterable[T]:
        """Return the steps, of which there are so many, and what they do in words."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which mirrors are wanted."""

    places: frozenset[str] = frozenset()
    """Countries as in `Mirror.country`, or `backup`; empty for all."""
    failed: bool = False
    """Only those that are not as they should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The output of `mirrorsel check --json`; times are in RFC 3339.

    Each of `mirrors` has what the list says under `mirror`, the probe under
    `result` (null when it was not probed), the running checker's belief under
    `health` (null when it has none), `verdict`, `reason` and `warnings`.
    """

    at: datetime
    believable: bool
    """False when all failed, the origin too: that is this machine's own network."""
    origin: ProbeResult
    counts: dict[str, int]
    """How many mirrors have each verdict; `-` counts those not probed."""
    mirrors: tuple[Finding, ...]
    """Those that were wanted, in the order of the list."""


def check_list(
    settings: Settings, config: Path, wanted: Wanted, *, followed: Followed
) -> Checked:
    """Probe the wanted mirrors of the list, and the origin.

    Raises:
        ListError: the list cannot be used.
        click.UsageError: no mirror of the list is wanted.

    """
    mirrors = _mirrors(settings, wanted)
    # A comparison with the running checker is an extra here.
    snapshot = snapshot_of(settings, config)
    results = _probe(settings, mirrors, snapshot, followed)
    now = datetime.now(UTC)
    origin = results[settings.list.origin]
    held = reference(_as_seen(origin, snapshot, now), mirrors.dated)
    found = findings(mirrors, results, held, snapshot, settings.health)
    counts = Counter(one.verdict for one in found)
    return Checked(
        at=now,
        believable=any(one.outcome is Outcome.OK for one in results.values()),
        origin=origin,
        counts={verdict.value: counts[verdict] for verdict in Verdict},
        mirrors=tuple(
            one for one in found if not wanted.failed or one.verdict in _WRONG
        ),
    )


def _mirrors(settings: Settings, wanted: Wanted) -> MirrorList:
    loaded = load(settings.list_file, countries=load_countries())
    if not loaded.ok:
        raise ListError(settings.list_file, *loaded.errors)
    print_warnings(loaded, settings.list_file)
    if not wanted.places:
        return loaded.list
    chosen = [one for one in loaded.list.mirrors if _place(one) in wanted.places]
    if not chosen:
        places = " or ".join(sorted(wanted.places))
        raise click.UsageError(f"{settings.list_file} has no mirror of {places}.")
    return MirrorList(mirrors=tuple(chosen), dated=loaded.list.dated)


def _place(mirror: Mirror) -> str:
    return "backup" if mirror.backup else mirror.country or ""


def _probe(
    settings: Settings,
    mirrors: MirrorList,
    snapshot: Snapshot | None,
    followed: Followed,
) -> dict[str, ProbeResult]:
    targets = list(probed(settings.list.origin, mirrors).values())
    probe, known = make_prober(settings), snapshot.health if snapshot else {}
    results = Pool().run(
        targets,
        lambda mirror: probe(mirror, known.get(mirror.url, Health())),
        Plan.of(settings, mirrors).bounds,
    )
    return {one.url: one for one in followed(results, len(targets), "Probing")}


def _as_seen(origin: ProbeResult, snapshot: Snapshot | None, now: datetime) -> Snapshot:
    """Return the snapshot that this check would make, without the mirrors."""
    before = snapshot.origin_stamp if snapshot else None
    return Snapshot(taken=now, origin=Health(stamp=origin.stamp or before))


def list_exit_code(checked: Checked) -> int:
    """Return the exit code that says what was found."""
    if not checked.believable:
        return CANNOT_TELL
    return FINDINGS if any(checked.counts[one] for one in _WRONG) else GOOD


def show_list(checked: Checked) -> None:
    """Print the mirrors by countries, then the warnings, then how many there are.

    On a terminal each country has a heading; elsewhere it stands in each row.
    """
    console = make_console()
    grouped = console.is_terminal
    places = () if grouped else ("where",)
    heads = ("", *places, "stamp", "took", "IPv4", "IPv6", "checker", "mirror")
    rows = [[cell(head, "bold") for head in heads]]
    rows += _rows(checked, grouped=grouped)
    print_rows(console, rows)
    for one in checked.mirrors:
        for warning in one.warnings:
            words = cell(f"{one.mirror.url} {warning}")
            print_rows(console, [[cell("!", "yellow"), words]])
    print_note(console, _summary(checked))
    if not checked.believable:
        complain(
            "this machine's own network seems to be gone, so this says nothing about"
            " the mirrors"
        )


def _rows(checked: Checked, *, grouped: bool) -> Iterator[list[Text]]:
    countries = load_countries()

    def name(one: Finding) -> tuple[bool, str]:
        country = countries.get(one.mirror.country or "")
        code = where(one.mirror)
        return one.mirror.backup, f"{country.name} ({code})" if country else code

    for (_, heading), members in groupby(sorted(checked.mirrors, key=name), key=name):
        if grouped:
            yield [cell(heading, "bold")]
        yield from (_cells(one, checked.at, grouped=grouped) for one in members)


def _cells(one: Finding, now: datetime, *, grouped: bool) -> list[Text]:
    result = one.result
    families = {tried.family: tried for tried in result.attempts} if result else {}
    return [
        cell(one.verdict, _STYLES[one.verdict]),
        *([] if grouped else [cell(where(one.mirror))]),
        cell(age_or_dash(result.stamp if result else None, now)),
        cell(took(result.seconds) if result else "-"),
        cell(over_family(families.get(4))),
        cell(over_family(families.get(6))),
        cell(belief(one.health)),
        cell(one.mirror.url),
        *([] if one.verdict is Verdict.PASS else [cell(one.reason)]),
    ]


def _summary(checked: Checked) -> str:
    counts = checked.counts
    origin = why(checked.origin.outcome, checked.origin.detail, checked.origin.url)
    return (
        f"{counts[Verdict.PASS]} pass, {counts[Verdict.WARN]} warn,"
        f" {counts[Verdict.FAIL]} fail, {counts[Verdict.SKIP]} not probed;"
        f" the origin {checked.origin.url}: {origin}"
    )

"""Files that are replaced under fire.

``python -m tests.reload.fire`` plays all games for a while, tells what was seen, and
exits with 1 if an answer failed, was of no whole version, or came too late.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.reload.games import GAMES, SPOILS, by_rename, huge
from tests.reload.range import Range, shooting
from tests.reload.report import Report
from tests.reload.site import Site, serving
from tests.reload.versions import Version

Series = Callable[[Range], None]
"""Replaces files, one after the other."""

_SETTINGS_SPOILS = ("closed", "of another owner", "a folder", "a named pipe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How large the test is."""

    mirrors: int = 24
    processes: int = 3
    shooters: int = 2
    light: bool = False
    """Whether only redirects are asked for."""


def fire(order: Order, series: Sequence[Series]) -> Report:
    """Play series of games side by side under fire; return what was seen."""
    first = Version(1, order.mirrors)
    with serving(first, order.processes) as site:
        field = Range(site=site, listed=first)
        with shooting(site, order.shooters, light=order.light) as stop:
            began = time.monotonic()
            with ThreadPoolExecutor(len(series)) as pool:
                for end in [pool.submit(one, field) for one in series]:
                    end.result()
            seen, ended = stop(), time.monotonic()
        return Report(
            rounds=tuple(sorted(field.rounds, key=lambda one: one.began)),
            seen=seen,
            complaints=(*field.complaints, *_tracebacks(site)),
            workers=site.workers,
            began=began,
            ended=ended,
        )


def list_games(field: Range) -> None:
    """Replace the list in all ways, each time by one of another length."""
    for number, (name, game) in enumerate(GAMES.items()):
        field.replace_list(game, name, 20 + number)


def list_spoils(field: Range) -> None:
    """Make the list unusable in all ways, and mend it."""
    for name, spoil in SPOILS.items():
        field.spoil_list(spoil, name)
        field.replace_list(by_rename, f"mended after: {name}", 20)


def settings_games(field: Range) -> None:
    """Replace the settings in all ways but that of the whole folder."""
    for name, game in list(GAMES.items())[:-1]:
        field.replace_settings(game, name)


def settings_spoils(field: Range) -> None:
    """Make the settings unusable, and mend them."""
    for name in _SETTINGS_SPOILS:
        field.spoil_settings(SPOILS[name], name)
        field.replace_settings(by_rename, f"mended after: {name}")


def snapshot_games(field: Range) -> None:
    """Replace the snapshot in all ways, and spoil it."""
    games = [*list(GAMES.items())[:-1], ("renamed over", by_rename)]
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


def _tracebacks(site: Site) -> Sequence[str]:
    log = site.httpd.layout.error_log.read_text(errors="replace")
    return ["the log has a traceback"] if "Traceback" in log else []


def main() -> None:
    """Play everything, round after round, as long as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--shooters", type=int, default=2)
    asked = parser.parse_args()
    end, sound = time.monotonic() + asked.seconds, True
    while time.monotonic() < end:
        for light, series in _PROGRAMME:
            order = Order(
                processes=asked.processes, shooters=asked.shooters, light=light
            )
            report = fire(order, series)
            sys.stdout.writelines(f"{line}\n" for line in report.lines())
            sys.stdout.flush()
            sound = sound and not report.faults
    sys.exit(0 if sound else 1)


_PROGRAMME: Sequence[tuple[bool, Sequence[Series]]] = (
    (False, (list_games, settings_games)),
    (False, (list_spoils, settings_spoils)),
    (False, (snapshot_games,)),
    (True, (sizes,)),
)


if __name__ == "__main__":
    main()

"""Files that are replaced under fire.

``python -m tests.reload.fire`` plays all games for a while, tells what was seen, and
exits with 1 if an answer failed, was of no whole version, or came too late.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.reload.load import hammering, shooting
from tests.reload.range import Range
from tests.reload.report import Report
from tests.reload.series import PROGRAMME, Series
from tests.reload.site import Site, serving
from tests.reload.versions import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How large the test is."""

    mirrors: int = 24
    processes: int = 3
    shooters: int = 2
    light: bool = False
    """Whether only redirects are asked for."""
    hammer: int = 0
    """With how many connections wrk adds to the load."""


def fire(order: Order, series: Sequence[Series]) -> Report:
    """Play series of games side by side under fire; return what was seen."""
    first = Version(1, order.mirrors)
    with serving(first, order.processes) as site:
        field = Range(site=site, listed=first)
        with (
            hammering(site.port, order.hammer) as cease,
            shooting(site.port, order.shooters, light=order.light) as stop,
        ):
            began = time.monotonic()
            _play(field, series)
            hammered, seen, ended = cease(), stop(), time.monotonic()
        return Report(
            rounds=tuple(sorted(field.rounds, key=lambda one: one.began)),
            seen=seen,
            complaints=(*field.complaints, *_tracebacks(site), *_failed(hammered)),
            hammered=hammered,
            workers=site.workers,
            began=began,
            ended=ended,
        )


def _play(field: Range, series: Sequence[Series]) -> None:
    with ThreadPoolExecutor(len(series)) as pool:
        for end in [pool.submit(one, field) for one in series]:
            end.result()


def _failed(hammered: str) -> Sequence[str]:
    return [hammered] if ";" in hammered else []


def _tracebacks(site: Site) -> Sequence[str]:
    log = site.httpd.layout.error_log.read_text(errors="replace")
    return ["the log has a traceback"] if "Traceback" in log else []


def main() -> None:
    """Play everything, round after round, as long as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--shooters", type=int, default=2)
    parser.add_argument("--hammer", type=int, default=8, help="connections of wrk")
    asked = parser.parse_args()
    end, sound = time.monotonic() + asked.seconds, True
    while time.monotonic() < end:
        for light, series in PROGRAMME:
            report = fire(
                Order(
                    processes=asked.processes,
                    shooters=asked.shooters,
                    light=light,
                    hammer=asked.hammer,
                ),
                series,
            )
            sys.stdout.writelines(f"{line}\n" for line in report.lines())
            sys.stdout.flush()
            sound = sound and not report.faults
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()

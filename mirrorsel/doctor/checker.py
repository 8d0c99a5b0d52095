"""Whether a checker runs, and is believed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mirrorsel.doctor.finding import AS_ROOT, Finding, Group, Told
from mirrorsel.words import age

_told = Told(Group.CHECKER)

_MANY_STARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The unit of systemd that runs a checker."""

    user: str
    """The account that it names; empty for root."""
    enabled: bool
    settings: str
    """The settings that it names; empty where it names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """What is to be seen of a checker."""

    now: datetime
    enabled: bool
    """Whether this machine is to probe."""
    silent: timedelta
    """After how long without a cycle something is wrong."""
    taken: datetime | None
    """When the last cycle ended; None without a snapshot."""
    broken: str
    """Why the snapshot cannot be read; empty if it can, or is missing."""
    frozen_since: datetime | None
    held: bool | None
    """Whether somebody holds the lock; None where nobody can tell."""
    holder: str
    """Whose process that is; empty where nobody can tell."""
    expected: str
    """The account that should probe."""
    unfinished: int
    """How often it started without finishing a cycle."""
    by_httpd: bool | None
    """Whether httpd starts one; None where nobody can tell."""
    unit: Unit | None


def judge_checker(seen: Checker) -> Iterator[Finding]:
    """Yield how the checker is."""
    yield from _snapshot(seen)
    if not seen.enabled:
        words = "this machine does not probe: `enabled` of [checker] is false"
        yield _told.ok("running", words)
        return
    yield _running(seen)
    yield from _starters(seen)
    if seen.unfinished >= _MANY_STARTS:
        words = f"it started {seen.unfinished} times without finishing a cycle"
        yield _told.fail("starts", words, _look_into_log(seen))


def _snapshot(seen: Checker) -> Iterator[Finding]:
    if seen.broken:
        words = f"what the checker saw cannot be read: {seen.broken}"
        yield _told.fail("snapshot", words, "remove that file; the checker begins anew")
        return
    if seen.taken is None and seen.held:
        words = "the first cycle has not ended yet: nothing is known of any mirror"
        remedy = "wait a minute, and run the doctor again"
        yield _told.warn("snapshot", words, remedy)
        return
    if seen.taken is None:
        words = "no cycle was done yet: nothing is known of any mirror"
        yield _told.fail("snapshot", words, _start(seen))
        return
    old = age(seen.taken, seen.now)
    if seen.now - seen.taken > seen.silent:
        words = f"the last cycle ended {old} ago"
        yield _told.fail("snapshot", words, _start(seen))
    else:
        yield _told.ok("snapshot", f"the last cycle ended {old} ago")
    if seen.frozen_since is not None:
        yield _told.warn(
            "frozen",
            f"cycles have not been believed for {age(seen.frozen_since, seen.now)}: the"
            " checker's own network failed",
            "see whether this machine reaches the origin and the canaries",
        )


def _running(seen: Checker) -> Finding:
    if seen.held is None:
        words = "whether a checker runs cannot be seen from here"
        return _told.unseen("running", words, AS_ROOT)
    if not seen.held:
        words = "no checker runs: nobody holds the lock of the state folder"
        return _told.fail("running", words, _start(seen))
    if seen.holder and seen.expected and seen.holder != seen.expected:
        return _told.warn(
            "running",
            f"a checker runs as {seen.holder}, and {seen.expected} should probe",
            f"end it, and let it be started as {seen.expected}",
        )
    who = f" as {seen.holder}" if seen.holder else ""
    return _told.ok("running", f"a checker runs{who}")


def _starters(seen: Checker) -> Iterator[Finding]:
    by_unit = seen.unit is not None and seen.unit.enabled
    if seen.by_httpd and by_unit:
        yield _told.warn(
            "starters",
            "httpd and systemd both start a checker, of which the second only waits",
            "`Define MIRRORSEL_NO_CHECKER` before the Include in httpd's configuration,"
            " or `systemctl disable --now mirrorsel-checker.service`",
        )
    elif seen.by_httpd is False and not by_unit:
        yield _told.fail(
            "starters",
            "neither httpd nor an enabled unit of systemd starts a checker",
            _start(seen),
        )
    elif seen.by_httpd is not None:
        yield _told.ok("starters", f"{'systemd' if by_unit else 'httpd'} starts it")


def _start(seen: Checker) -> str:
    if seen.by_httpd:
        return (
            "restart httpd, which starts it; if it ends again, the error log of httpd"
            " says why"
        )
    if seen.unit is not None:
        return (
            "`systemctl enable --now mirrorsel-checker.service`; if it ends again,"
            " `journalctl -u mirrorsel-checker` says why"
        )
    if seen.by_httpd is None:
        return "restart httpd, or `systemctl start mirrorsel-checker`, as you have it"
    return (
        "take the definition of MIRRORSEL_NO_CHECKER out of httpd's configuration and"
        " restart it, or enable the unit that `mirrorsel init` wrote"
    )


def _look_into_log(seen: Checker) -> str:
    if seen.unit is not None and not seen.by_httpd:
        return "`journalctl -u mirrorsel-checker` says why"
    return "the error log of httpd says why"

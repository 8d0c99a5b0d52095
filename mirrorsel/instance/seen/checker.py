"""The checker of an instance, for the doctor to judge."""

import fcntl
import os
from pathlib import Path

from mirrorsel.doctor.checker import Checker
from mirrorsel.errors import StateError
from mirrorsel.instance.seen.scene import Scene
from mirrorsel.lists.account import account_name
from mirrorsel.model import Snapshot
from mirrorsel.state import read_snapshot
from mirrorsel.state.starts import Starts
from mirrorsel.status import Rules

_LOCKS = Path("/proc/locks")
_FIELDS = 6


def see_checker(scene: Scene) -> Checker:
    """Return how it is."""
    snapshot, broken = see_snapshot(scene)
    held, holder = see_lock(scene.state.lock)
    checker, setup = scene.settings.checker, scene.setup
    rules = Rules(
        policy=scene.settings.health,
        period=checker.period,
        dead_period=checker.dead_period,
    )
    return Checker(
        now=scene.now,
        enabled=checker.enabled,
        silent=rules.silent,
        taken=snapshot.taken if snapshot else None,
        broken=broken,
        frozen_since=snapshot.frozen_since if snapshot else None,
        held=held,
        holder=holder,
        expected=scene.cast.checker,
        unfinished=Starts(scene.state.starts).unfinished,
        by_httpd=None
        if setup and setup.read is None
        else bool(setup and setup.checker),
        unit=scene.unit,
    )


def see_snapshot(scene: Scene) -> tuple[Snapshot | None, str]:
    """Return what the checker saw last, or why that cannot be read."""
    if not scene.state.has_snapshot:
        return None, ""
    try:
        return read_snapshot(scene.state.snapshot), ""
    except StateError as error:
        return None, str(error)


def see_lock(path: Path, locks: Path = _LOCKS) -> tuple[bool | None, str]:
    """Return whether a lock is held, and by whose process.

    Args:
        path: The file that is locked.
        locks: The system's table of locks, as proc(5) has it.

    """
    try:
        number = path.stat().st_ino
    except (FileNotFoundError, NotADirectoryError):
        return False, ""
    except OSError:
        return None, ""
    holder = _holder(number, locks)
    held = _try(path)
    # The table shows no process of another container: what it lacks may be held.
    return (True if held is None and holder else held), holder


def _try(path: Path) -> bool | None:
    """Return whether somebody else holds a lock; None if we may not try."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        # Shared, and for less than a moment: a checker that starts just now waits.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _holder(number: int, locks: Path) -> str:
    try:
        lines = locks.read_text().splitlines()
    except OSError:
        return ""
    for line in lines:
        fields = line.split()
        if len(fields) > _FIELDS and fields[1] == "FLOCK":
            process, place = fields[4], fields[5]
            if place.rpartition(":")[2] == str(number):
                return _user(process)
    return ""


def _user(process: str) -> str:
    try:
        return account_name(Path("/proc", process).stat().st_uid)
    except OSError:
        return ""

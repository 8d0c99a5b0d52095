"""What clocks have written, and what the origin's says, for the doctor to judge."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from mirrorsel.answer import Answer
from mirrorsel.cost import limits_of
from mirrorsel.doctor.clock import Clock, Mark
from mirrorsel.errors import FetchError
from mirrorsel.instance.seen.checker import see_snapshot
from mirrorsel.instance.seen.scene import Scene
from mirrorsel.net import ask

_LONGEST_AGE = 366 * 86400


def see_clock(scene: Scene, wall: Callable[[], datetime] | None = None) -> Clock:
    """Return what is to be seen of time.

    Args:
        scene: The instance.
        wall: The time on the wall at the moment; None to ask the origin nothing.

    """
    marks = tuple(_marks(scene))
    if wall is None:
        return Clock(now=scene.now, marks=marks)
    try:
        limits = replace(limits_of(scene.settings.checker), size=0)
        answer = ask(scene.settings.list.origin, limits)
    except FetchError as error:
        return Clock(now=scene.now, marks=marks, silence=str(error))
    told = _told(answer)
    silence = "" if told else "its answer has no header Date that can be read"
    return Clock(now=wall(), marks=marks, origin=told, silence=silence)


def _marks(scene: Scene) -> Iterator[Mark]:
    for path in (scene.config, scene.settings.list_file, scene.script):
        with suppress(OSError):
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            yield Mark(what=f"the last change of {path}", at=changed)
    snapshot, _ = see_snapshot(scene)
    if snapshot is None:
        return
    yield Mark(what="the end of the last cycle", at=snapshot.taken)
    if snapshot.origin_stamp is not None:
        yield Mark(what="the freshness stamp of the origin", at=snapshot.origin_stamp)


def _told(answer: Answer) -> datetime | None:
    """Return the time of an answer; what a cache keeps has aged meanwhile."""
    try:
        # RFC 9110, section 6.6.1, and RFC 9111, section 5.1.
        date = parsedate_to_datetime(answer.headers["date"])
        age = int(answer.headers.get("age", "0"))
    except (KeyError, ValueError):
        return None
    if date.tzinfo is None or not 0 <= age <= _LONGEST_AGE:
        return None
    return date + timedelta(seconds=age)

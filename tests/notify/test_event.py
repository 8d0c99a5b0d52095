"""What happened from one snapshot to the next."""

from dataclasses import replace

from mirrorsel.health import Standing
from mirrorsel.model import Mirror, MirrorList, Snapshot, State
from mirrorsel.notify.event import events
from tests.notify.happenings import (
    DOWN,
    NOON,
    QUARANTINED,
    UP,
    URL,
    listed,
    seen,
)

_ORIGIN = "https://origin.example/"


def test_what_is_out_of_the_choice() -> None:
    """A mirror is out when it is down or stale, and not while it is unknown."""
    out = {one for one in Standing if one.is_out}

    assert {Standing.STALE, Standing.DOWN, Standing.QUARANTINED} == out


def test_change() -> None:
    """A mirror that stands otherwise is told of, with when and as what."""
    (event,) = events(seen(UP), seen(DOWN), _ORIGIN, listed(contact="a@b.example"))

    assert (Standing.UP, Standing.DOWN) == (event.before, event.after)
    assert (NOON, DOWN, "a@b.example") == (
        event.at,
        event.health,
        event.mirror.contact,
    )


def test_nothing_changed() -> None:
    """Another detail, outcome or stamp is no event."""
    before = seen(replace(DOWN, detail="no route"))

    assert () == events(before, seen(DOWN), _ORIGIN, listed())


def test_first_snapshot() -> None:
    """Before the first snapshot nothing was known of any mirror."""
    (event,) = events(None, seen(DOWN), _ORIGIN, listed())

    assert Standing.UNKNOWN is event.before


def test_quarantine_of_what_was_down() -> None:
    """A mirror that is down and comes into quarantine is told of."""
    (event,) = events(seen(DOWN), seen(QUARANTINED), _ORIGIN, listed())

    assert (Standing.DOWN, Standing.QUARANTINED) == (event.before, event.after)


def test_not_listed() -> None:
    """Nothing is told of a mirror that left the list meanwhile."""
    assert () == events(seen(UP), seen(DOWN), _ORIGIN, MirrorList(mirrors=()))


def test_origin() -> None:
    """What happens to the origin is told first, and once where it is a Backup too."""
    before = Snapshot(taken=NOON, origin=UP, health={URL: UP, _ORIGIN: UP})
    after = Snapshot(taken=NOON, origin=DOWN, health={URL: DOWN, _ORIGIN: DOWN})

    found = events(before, after, _ORIGIN, listed(URL, _ORIGIN))

    assert [_ORIGIN, URL] == [one.mirror.url for one in found]
    assert Mirror(url=_ORIGIN) == found[0].mirror
    assert State.DOWN is found[0].health.state

"""Events that wait until they have stood for a while."""

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.health import Standing, standing
from mirrorsel.model import Health
from mirrorsel.notify.event import Event
from mirrorsel.notify.settling import Settling
from tests.notify.happenings import DOWN, QUARANTINED, STALE, UP, URL, happened

_SETTLE = 300.0
_OTHER = "https://mirror.example.nl/"
_HEALTH = {Standing.UP: UP, Standing.DOWN: DOWN, Standing.STALE: STALE}


def back() -> Event:
    """Return the return of the mirror."""
    return happened(Standing.DOWN, UP)


def test_nothing_at_once() -> None:
    """A change is told when it has stood for so long, and once."""
    settling = Settling()
    settling.add([happened()], 0.0)

    assert _SETTLE == settling.wakes(_SETTLE)
    assert () == settling.take(299.9, _SETTLE)
    assert (happened(),) == settling.take(300.0, _SETTLE)
    assert () == settling.take(900.0, _SETTLE)
    assert settling.wakes(_SETTLE) is None


def test_at_once_without_settling() -> None:
    """With no time to settle a change is told at once."""
    settling = Settling()
    settling.add([happened()], 5.0)

    assert (happened(),) == settling.take(5.0, 0.0)


def test_flap_cancels_out() -> None:
    """A mirror that is back meanwhile is not told of."""
    settling = Settling()
    settling.add([happened()], 0.0)
    settling.add([back()], 299.0)

    assert () == settling.take(10_000.0, _SETTLE)


def test_two_steps_are_one() -> None:
    """What went from bad to worse is told as one change, by its end."""
    settling = Settling()
    settling.add([happened(Standing.UP, STALE)], 0.0)
    settling.add([happened(Standing.STALE, QUARANTINED, seconds=60)], 60.0)
    (event,) = settling.take(300.0, _SETTLE)

    assert (Standing.UP, Standing.QUARANTINED) == (event.before, event.after)


def test_one_outage_is_one_message() -> None:
    """What is settled waits for what still changes, but twice the time at most."""
    settling = Settling()
    for number in range(100):
        event = happened(url=f"https://m{number}.example/", seconds=number)
        settling.add([event], 5.0 * number)

    assert () == settling.take(595.0, _SETTLE)
    assert 61 == len(settling.take(600.0, _SETTLE))
    assert 39 == len(settling.take(795.0, _SETTLE))


def test_what_is_not_listed_is_forgotten() -> None:
    """A mirror that left the list is not told of."""
    settling = Settling()
    settling.add([happened(), happened(url=_OTHER)], 0.0)
    settling.keep({_OTHER})

    assert (happened(url=_OTHER),) == settling.take(300.0, _SETTLE)


@given(
    st.lists(
        st.tuples(
            st.floats(0.0, 400.0),
            st.sampled_from([URL, _OTHER]),
            st.sampled_from(list(_HEALTH)),
        ),
        max_size=40,
    )
)
def test_what_is_told_adds_up(steps: list[tuple[float, str, Standing]]) -> None:
    """Whatever mirrors do, what is told leads from how they stood to how they stand.

    What is told of a mirror begins where the last that was told of it ended, and
    nothing is told of one that is as it was.
    """
    settling = Settling()
    stands = {URL: Standing.UP, _OTHER: Standing.UP}
    told = dict(stands)
    now = 0.0
    for pause, url, after in [*steps, (0.0, URL, Standing.UP)]:
        now += pause
        for event in settling.take(now, _SETTLE):
            _take_in(told, event)
        if stands[url] is not after:
            settling.add([happened(stands[url], _HEALTH[after], url=url)], now)
            stands[url] = after
    for event in settling.take(now + 2 * _SETTLE, _SETTLE):
        _take_in(told, event)

    assert stands == told


def _take_in(told: dict[str, Standing], event: Event) -> None:
    assert told[event.mirror.url] is event.before
    assert event.before is not event.after
    told[event.mirror.url] = event.after


@given(st.lists(st.floats(0.1, 299.0), min_size=2, max_size=30))
def test_no_short_flap_is_told(pauses: list[float]) -> None:
    """A mirror that is never away for the time to settle is never told of."""
    settling = Settling()
    now, health = 0.0, UP
    found: list[Event] = []
    for pause in pauses:
        now += pause
        found += settling.take(now, _SETTLE)
        before, health = health, other(health)
        settling.add([happened(standing(before), health)], now)
    if health is DOWN:
        settling.add([back()], now + 1)
    found += settling.take(now + 10_000, _SETTLE)

    assert [] == found


def other(health: Health) -> Health:
    """Return down for up, and up for down."""
    return DOWN if health is UP else UP

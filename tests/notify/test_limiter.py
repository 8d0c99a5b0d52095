"""How many messages one receiver may get."""

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.notify.limiter import Limiter


def test_free_while_there_are_fewer() -> None:
    """Up to the limit a message may go at once, then when the oldest is an hour old."""
    limiter = Limiter()
    limiter.count(0.0)
    limiter.count(100.0)

    assert 200.0 == limiter.free_at(200.0, 3)
    assert 3600.0 == limiter.free_at(200.0, 2)
    assert 3700.0 == limiter.free_at(200.0, 1)


def test_idle_after_an_hour() -> None:
    """After an hour nothing is remembered."""
    limiter = Limiter()
    limiter.count(0.0)

    assert not limiter.is_idle(3599.0)
    assert limiter.is_idle(3600.0)


@given(st.lists(st.floats(0.0, 4000.0), max_size=60), st.integers(1, 5))
def test_never_more_in_any_hour(pauses: list[float], per_hour: int) -> None:
    """Whenever messages come, no hour sees more than it may."""
    limiter = Limiter()
    now, times = 0.0, []
    for pause in pauses:
        now = limiter.free_at(now + pause, per_hour)
        limiter.count(now)
        times.append(now)

    for start in times:
        # In whole milliseconds: sums of floats are not exact.
        within = [one for one in times if start <= one < start + 3599.999]
        assert len(within) <= per_hour

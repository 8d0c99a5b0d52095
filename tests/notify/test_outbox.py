"""What waits for one receiver."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.notify.outbox import PAUSES, Bundle, Outbox
from mirrorsel.notify.receiver import Receiver, Role
from tests.notify.happenings import happened

_RECEIVER = Receiver(role=Role.OPERATOR, address="ops@example.org")


def outbox() -> Outbox:
    """Return one in which nothing waits."""
    return Outbox(_RECEIVER, PAUSES)


def due(box: Outbox, now: float, per_hour: int = 6) -> Bundle | None:
    """Return the message that is due."""
    return box.due(now, per_hour, lambda: f"at{now}")


def test_all_in_one_message() -> None:
    """What waits goes in one message, in its order."""
    box = outbox()
    events = (happened(), happened(url="https://other.example/"))
    for one in events:
        box.add(one)
    expected = Bundle(name="at7.0", receiver=_RECEIVER, events=events)

    assert expected == due(box, 7.0)


def test_nothing_waits() -> None:
    """Without an event there is no message, and nothing to remember."""
    box = outbox()

    assert due(box, 0.0) is None
    assert box.wakes(0.0, 6) is None
    assert box.is_idle(0.0)


def test_many_are_counted() -> None:
    """Of more than a person reads, the rest is counted."""
    box = outbox()
    for _ in range(112):
        box.add(happened())
    bundle = due(box, 0.0)

    assert bundle is not None
    assert (100, 12) == (len(bundle.events), bundle.more)


def test_tries() -> None:
    """A message that fails is tried five times within an hour, then given up."""
    box = outbox()
    box.add(happened())
    first = due(box, 0.0)
    now, tries = 0.0, []
    while (bundle := due(box, now)) is not None:
        tries.append((now, bundle == first))
        if box.failed(now, final=False):
            break
        now = box.wakes(now, 6) or 0.0

    assert [(one, True) for one in (0.0, 60.0, 300.0, 1200.0, 3600.0)] == tries
    assert box.wakes(now, 6) is None


def test_between_tries() -> None:
    """A message that failed is not sent before its time, nor another one."""
    box = outbox()
    box.add(happened())
    due(box, 0.0)
    box.failed(0.0, final=False)
    box.add(happened())

    assert due(box, 59.0) is None
    assert not box.is_idle(59.0)


def test_final() -> None:
    """A message that was refused for good is given up at once."""
    box = outbox()
    box.add(happened())
    due(box, 0.0)

    assert box.failed(0.0, final=True)
    assert due(box, 0.0) is None


def test_success_after_failure() -> None:
    """A success tells whether there was a failure before."""
    box = outbox()
    box.add(happened())
    due(box, 0.0)
    box.failed(0.0, final=False)

    assert box.succeeded(60.0)
    box.add(happened())
    due(box, 61.0)
    assert not box.succeeded(61.0)


@given(
    st.lists(
        st.tuples(st.floats(0.0, 2000.0), st.integers(0, 150), st.booleans()),
        max_size=40,
    ),
    st.integers(1, 4),
)
def test_nothing_is_lost_and_no_hour_has_too_much(
    steps: list[tuple[float, int, bool]], per_hour: int
) -> None:
    """Every event is in one message that went out, told or counted, and in one only.

    And in no hour more messages go out than may.
    """
    box, names = outbox(), count()
    now, times, told, added = 0.0, [], 0, 0
    for pause, events, works in [*steps, *[(10_000.0, 0, True)] * 3]:
        now += pause
        added += events
        for _ in range(events):
            box.add(happened())
        bundle = box.due(now, per_hour, lambda: str(next(names)))
        if bundle is not None and works:
            box.succeeded(now)
            times.append(now)
            told += len(bundle.events) + bundle.more
        elif bundle is not None and box.failed(now, final=False):
            told += len(bundle.events) + bundle.more

    assert added == told
    for start in times:
        within = [one for one in times if start <= one < start + 3599.999]
        assert len(within) <= per_hour

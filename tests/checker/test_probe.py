"""One probe of a mirror on loopback."""

from datetime import UTC, datetime, timedelta

from mirrorsel.checker import Prober, probe
from mirrorsel.config.checking import CheckerSettings
from mirrorsel.model import Mirror, Outcome, ProbeResult
from mirrorsel.net import Limits
from tests import loopback
from tests.loopback import Loopback, answer, stamped

LIMITS = Limits(timeout=0.3, deadline=1, private_addresses=True)


def families(result: ProbeResult) -> list[int]:
    """Return the IP families that a probe has tried."""
    return [one.family for one in result.attempts]


def test_good_mirror() -> None:
    """A stamp is read, and what was used and how long it took is told."""
    with Loopback(stamped(age=3600)) as mirror:
        result = probe(mirror.url, "zzz/time.txt", LIMITS)

        assert mirror.requests[0].startswith(b"GET /zzz/time.txt ")
    assert (result.url, result.outcome, families(result), result.detail) == (
        mirror.url,
        Outcome.OK,
        [4],
        "",
    )
    assert result.stamp is not None
    assert abs(datetime.now(UTC) - result.stamp - timedelta(hours=1)) < timedelta(
        minutes=1
    )
    assert 0 < result.seconds < 1


def test_bad_stamp() -> None:
    """An answer that is no stamp is shown without what a terminal would obey."""
    with Loopback(answer(b"<html>\x1b[2J")) as mirror:
        result = probe(mirror.url, "f", LIMITS)

    assert result.outcome is Outcome.BAD_STAMP
    assert result.detail == r"not a stamp: '<html>\x1b[2J'"


def test_failure_is_a_result() -> None:
    """A mirror that does not answer gives a result, not an error."""
    with Loopback(loopback.hanging) as mirror:
        result = probe(mirror.url, "f", LIMITS)

    assert (result.outcome, result.stamp) == (Outcome.TIMEOUT, None)
    assert result.seconds >= 0.3


def test_families_of_the_line() -> None:
    """What the list says not to be reached over IPv4 is not probed over it."""
    prober = Prober(stamp="f", limits=LIMITS)
    with Loopback(stamped()) as mirror:
        result = prober(Mirror(url=mirror.url, ipv4=False))

        assert (result.outcome, families(result)) == (Outcome.DNS, [])
        assert mirror.requests == []


def test_failure_tells_its_family() -> None:
    """A mirror that fails over IPv6 is not said to fail over IPv4."""
    with loopback.closed_port6() as url:
        result = probe(url, "f", LIMITS)

    assert (result.outcome, families(result)) == (Outcome.REFUSED, [6])


def test_prober_takes_the_settings() -> None:
    """The section of the settings says how all mirrors are probed."""
    settings = CheckerSettings(
        stamp="/time", timeout=2, deadline=3, private_addresses=True
    )
    with Loopback(stamped()) as mirror:
        prober = Prober.of(settings)

        assert prober(Mirror(url=mirror.url)).outcome is Outcome.OK
        assert mirror.requests[0].startswith(b"GET /time ")
    assert (prober.limits.timeout, prober.limits.deadline) == (2, 3)

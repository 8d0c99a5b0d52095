"""The stamp over both IP families, on loopback."""

import time
from dataclasses import replace

import pytest

from mirrorsel.model import Mirror, Outcome
from tests import loopback
from tests.loopback import Behaviour, Loopback, answer, common_port, stamped
from tests.mirror import at, counting, stamp, tree
from tests.probing import BOTH, LIMITS, STAMP, Fixed, attempts, prober, sample


@pytest.mark.parametrize(
    ("ipv4", "ipv6", "outcome", "first", "second"),
    [
        pytest.param(
            stamped(), stamped(), Outcome.OK, Outcome.OK, Outcome.OK, id="both"
        ),
        pytest.param(
            stamped(),
            answer(b"", "503 Busy"),
            Outcome.OK,
            Outcome.OK,
            Outcome.STATUS,
            id="only-ipv4",
        ),
        pytest.param(
            answer(b"1 x y"),
            stamped(),
            Outcome.OK,
            Outcome.BAD_STAMP,
            Outcome.OK,
            id="only-ipv6",
        ),
        pytest.param(
            answer(b"", "503 Busy"),
            loopback.silent,
            Outcome.STATUS,
            Outcome.STATUS,
            Outcome.PROTOCOL,
            id="neither",
        ),
    ],
)
def test_both_families(
    ipv4: Behaviour, ipv6: Behaviour, outcome: Outcome, first: Outcome, second: Outcome
) -> None:
    """One family that answers is enough, and each is told."""
    port = common_port("127.0.0.1", "::1")
    with (
        Loopback(ipv4, port=port) as one,
        Loopback(ipv6, host="::1", port=port),
    ):
        url = one.url_of("mirror.example")
        result = prober(resolve=BOTH)(Mirror(url=url))

    assert (outcome, [(4, first), (6, second)]) == (result.outcome, attempts(result))
    assert (result.stamp is not None) == (outcome is Outcome.OK)


def test_hanging_family_leaves_time() -> None:
    """A family that trickles for ever leaves time for the other and the sample."""
    content = b"x" * 100
    files = tree({STAMP: stamp(), "f": content})
    port = common_port("127.0.0.1", "::1")
    with (
        Loopback(loopback.trickling_body, port=port) as one,
        Loopback(files, host="::1", port=port),
    ):
        made = replace(prober(resolve=BOTH), samples=Fixed(sample("f", content)))
        start = time.monotonic()
        result = made(Mirror(url=one.url_of("mirror.example")))
        taken = time.monotonic() - start

    assert [(4, Outcome.DEADLINE), (6, Outcome.OK)] == attempts(result)
    assert (Outcome.OK, "f") == (result.outcome, result.sample)
    assert taken < LIMITS.deadline


def test_deadline_is_for_all() -> None:
    """Both families and the sample together keep to the deadline."""
    files = tree({STAMP: stamp(), "f": loopback.trickling_body})
    port = common_port("127.0.0.1", "::1")
    with (
        Loopback(loopback.trickling_headers, port=port) as one,
        Loopback(files, host="::1", port=port),
    ):
        made = replace(prober(resolve=BOTH), samples=Fixed(sample("f", b"x" * 999)))
        start = time.monotonic()
        result = made(Mirror(url=one.url_of("mirror.example")))
        taken = time.monotonic() - start

    assert Outcome.DEADLINE is result.outcome
    assert taken < LIMITS.deadline + 0.5


def test_no_route_is_not_the_mirror() -> None:
    """Where this machine has no way over one family, the other one's failure counts."""
    with loopback.closed_port() as url:
        port = url.rstrip("/").rpartition(":")[2]
        # A group's address: TCP never leaves the machine for it (RFC 9293, 3.9.2.3).
        nowhere = at("224.0.0.1", "::1")
        result = prober(resolve=nowhere)(Mirror(url=f"http://mirror.example:{port}/"))

    assert [(4, Outcome.NO_ROUTE), (6, Outcome.REFUSED)] == attempts(result)
    assert Outcome.REFUSED is result.outcome


def test_look_up_happens_once() -> None:
    """All fetches of a probe go to the addresses that were checked at its start."""
    asked: list[str] = []
    content = b"x" * 10
    with Loopback(tree({STAMP: stamp(), "f": content})) as mirror:
        made = replace(
            prober(resolve=counting(at("127.0.0.1"), asked)),
            samples=Fixed(sample("f", content)),
        )
        result = made(Mirror(url=mirror.url_of("mirror.example")))

    assert (Outcome.OK, ["mirror.example"]) == (result.outcome, asked)


def test_look_up_that_hangs() -> None:
    """A name server that does not answer holds a probe no longer than the deadline."""

    def stuck(host: str, *, private: bool) -> tuple[()]:
        del host, private
        time.sleep(1)
        return ()

    result = prober(replace(LIMITS, deadline=0.2), resolve=stuck)(
        Mirror(url="http://mirror.example/")
    )

    assert (Outcome.DEADLINE, []) == (result.outcome, attempts(result))

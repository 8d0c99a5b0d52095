"""One probe of one mirror on loopback."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mirrorsel.checker import Prober
from mirrorsel.config.checking import CheckerSettings
from mirrorsel.errors import FetchError
from mirrorsel.model import Kind, Mirror, Outcome
from mirrorsel.net import Fetched, Limits, Resolver, Span, Transport, resolve
from tests import loopback
from tests.loopback import Loopback, answer, redirecting, stamped
from tests.mirror import at, stamp, tree
from tests.probing import BOTH, LIMITS, STAMP, Fixed, attempts, probe, prober, sample


def test_good_mirror() -> None:
    """A stamp is read, and what was used and how long it took is told."""
    with Loopback(stamped(age=3600)) as mirror:
        result = probe(mirror.url)

        assert mirror.requests[0].startswith(b"GET /zzz/time.txt ")
    assert (mirror.url, Outcome.OK, [(4, Outcome.OK)], "", "", "") == (
        result.url,
        result.outcome,
        attempts(result),
        result.detail,
        result.target,
        result.sample,
    )
    assert result.stamp is not None
    assert abs(datetime.now(UTC) - result.stamp - timedelta(hours=1)) < timedelta(
        minutes=1
    )
    assert 0 < result.attempts[0].seconds <= result.seconds < 1


def test_bad_stamp() -> None:
    """An answer that is no stamp is shown without what a terminal would obey."""
    with Loopback(answer(b"<b>\x1b[2J")) as mirror:
        result = probe(mirror.url)

    assert result.outcome is Outcome.BAD_STAMP
    assert result.detail == r"not a stamp: '<b>\x1b[2J'"
    assert result.detail == result.attempts[0].detail


def test_failure_is_a_result() -> None:
    """A mirror that does not answer gives a result, not an error."""
    with Loopback(loopback.hanging) as mirror:
        result = probe(mirror.url)

    assert (Outcome.TIMEOUT, None) == (result.outcome, result.stamp)
    assert result.seconds >= 0.3


def test_name_without_address() -> None:
    """A name that is not found is a result without attempts."""
    result = probe(f"http://{'a' * 64}.invalid/")

    assert (Outcome.DNS, []) == (result.outcome, attempts(result))


def test_address_that_is_not_allowed() -> None:
    """No connection goes to an address that is not public, unless that is wanted."""
    with Loopback(stamped()) as mirror:
        result = prober(replace(LIMITS, private_addresses=False))(
            Mirror(url=mirror.url)
        )

        assert (Outcome.FORBIDDEN_ADDRESS, []) == (result.outcome, attempts(result))
        assert mirror.requests == []


def test_families_of_the_line() -> None:
    """What the list says not to be reached over IPv4 is not probed over it."""
    with Loopback(stamped()) as mirror:
        result = prober()(Mirror(url=mirror.url, ipv4=False))

        assert (Outcome.DNS, []) == (result.outcome, attempts(result))
        assert mirror.requests == []


def test_prober_takes_the_settings() -> None:
    """The section of the settings says how all mirrors are probed."""
    settings = CheckerSettings(
        stamp="/time", timeout=2, deadline=3, private_addresses=True
    )
    with Loopback(stamped()) as mirror:
        made = Prober.of(settings)

        assert made(Mirror(url=mirror.url)).outcome is Outcome.OK
        assert mirror.requests[0].startswith(b"GET /time ")
    assert (made.limits.timeout, made.limits.deadline) == (2, 3)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        pytest.param("mirror.example", "", id="itself"),
        pytest.param("MIRROR.example", "", id="in-capitals"),
        pytest.param("cdn.example", "cdn.example:{port}", id="another"),
    ],
)
def test_target_of_redirects(name: str, target: str) -> None:
    """The host that has the file in the end is told if it is another one."""
    with Loopback(stamped()) as mirror:
        mirror.behaviour = tree(
            {
                STAMP: redirecting(f"{mirror.url_of(name)}there/time.txt"),
                "there/time.txt": stamped(),
            }
        )
        made = prober(resolve=at("127.0.0.1"))
        result = made(Mirror(url=mirror.url_of("mirror.example")))

    assert (Outcome.OK, target.format(port=mirror.port)) == (
        result.outcome,
        result.target,
    )


def test_target_of_a_failure() -> None:
    """Who answers with a page after a redirect is told too."""
    with (
        Loopback(answer(b"<html>")) as last,
        Loopback(redirecting(f"{last.url}time.txt")) as first,
    ):
        result = probe(first.url)

    assert (Outcome.SOFT_404, f"127.0.0.1:{last.port}") == (
        result.outcome,
        result.target,
    )


def test_transport_is_of_the_kind() -> None:
    """Each kind of mirror is asked by its own transport."""
    seen: list[tuple[str, Span | None]] = []

    def fetch_ftp(
        url: str,
        limits: Limits,
        *,
        span: Span | None = None,
        resolve: Resolver = resolve,
    ) -> Fetched:
        assert len(limits.families) == 1
        assert resolve("mirror.example", private=True)
        seen.append((url, span))
        body = b"content" if span else stamp()
        return Fetched(url=url, body=body, family=4, size=7 if span else None)

    transports: dict[Kind, Transport] = {Kind.FTP: fetch_ftp}
    made = replace(
        prober(resolve=at("127.0.0.1")),
        transports=transports,
        samples=Fixed(sample("f", b"content")),
    )
    result = made(Mirror(url="ftp://mirror.example/", kind=Kind.FTP))

    assert Outcome.OK is result.outcome
    assert seen == [
        (f"ftp://mirror.example/{STAMP}", None),
        ("ftp://mirror.example/f", Span(0, 7)),
    ]


def test_no_client() -> None:
    """Where no program speaks the protocol, nothing is said of a family."""

    def fetch_rsync(
        url: str,
        limits: Limits,
        *,
        span: Span | None = None,
        resolve: Resolver = resolve,
    ) -> Fetched:
        del url, limits, span, resolve
        raise FetchError(Outcome.NO_CLIENT, "rsync is not installed")

    transports: dict[Kind, Transport] = {Kind.RSYNC: fetch_rsync}
    made = replace(prober(resolve=BOTH), transports=transports)
    rsync = made(Mirror(url="rsync://mirror.example/m/", kind=Kind.RSYNC))
    ftp = made(Mirror(url="ftp://mirror.example/", kind=Kind.FTP))

    assert (Outcome.NO_CLIENT, "rsync is not installed", []) == (
        rsync.outcome,
        rsync.detail,
        attempts(rsync),
    )
    assert (Outcome.NO_CLIENT, "nothing here speaks ftp") == (ftp.outcome, ftp.detail)

"""The ways in which mirrors fail in the wild, each before a server that does so.

The servers are real, on loopback sockets, with real TLS where that is the point.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mirrorsel.health import HealthPolicy, advance, cautions
from mirrorsel.model import (
    Attempt,
    Caution,
    Certificate,
    Health,
    Mirror,
    Outcome,
    ProbeResult,
    State,
)
from mirrorsel.net import Limits, Resolver, resolve
from mirrorsel.words import why
from tests import loopback
from tests.docs.reference import ROOT
from tests.loopback import (
    Authority,
    Behaviour,
    Connection,
    Loopback,
    answer,
    common_port,
    redirecting,
    stamped,
)
from tests.mirror import NOT_FOUND, at, file, stamp, tree
from tests.probing import LIMITS, STAMP, Fixed, prober, sample

UNPACKED = b"what is in the archive\n" * 200
CONTENT = gzip.compress(UNPACKED, mtime=0)
PATH = "dist/project-2.0.tar.gz"
NAME = "mirror.example"
ADDRESS = at("127.0.0.1")
BOTH = at("127.0.0.1", "::1")

PAGE = b"\n<!DOCTYPE html>\n<title>This domain is for sale</title>\n"
HTML = answer(PAGE, headers={"Content-Type": "text/html; charset=utf-8"})
BARE_HTML = answer(PAGE)
WORKS = answer(b"It works!\n")
FORBIDDEN = answer(b"", "403 Forbidden")


def probe(
    url: str, limits: Limits = LIMITS, resolve: Resolver = ADDRESS
) -> ProbeResult:
    """Probe a mirror that should have the archive."""
    made = replace(
        prober(limits, resolve=resolve), samples=Fixed(sample(PATH, CONTENT))
    )
    return made(Mirror(url=url))


DOCUMENT = ROOT / "docs" / "checker.md"
GOOD = Health(state=State.UP, streak=9, pace=0.1)
POLICY = HealthPolicy()


def believed(before: Health, *results: ProbeResult) -> Health:
    """Return what is believed of a mirror after some more probes."""
    for one in results:
        before = advance(before, one, datetime.now(UTC), POLICY)
    return before


def words(result: ProbeResult | Attempt, url: str = f"http://{NAME}/") -> str:
    """Return what a person is told of it."""
    return why(result.outcome, result.detail, url)


def having(archive: Behaviour, otherwise: Behaviour = NOT_FOUND) -> Behaviour:
    """Return the behaviour of a mirror with a fresh stamp, and that archive."""
    return tree({STAMP: stamp(), PATH: archive}, otherwise)


def only_head(connection: Connection) -> None:
    """Answer HEAD as a good mirror does, and fail where it comes to the file."""
    head = connection.request.startswith(b"HEAD ")
    (stamped() if head else answer(b"", "500 Oops"))(connection)


def only_browsers(connection: Connection) -> None:
    """Serve whoever calls itself a browser."""
    browser = b"\r\nUser-Agent: Mozilla/" in connection.request
    (having(file(CONTENT)) if browser else FORBIDDEN)(connection)


FAILURES = (
    # 1. A server that was set up anew answers 200 to everything.
    pytest.param(
        1,
        HTML,
        Outcome.SOFT_404,
        "web page in place of a file: Content-Type: text/html; charset=utf-8",
        id="200-to-everything-as-html",
    ),
    pytest.param(
        1,
        BARE_HTML,
        Outcome.SOFT_404,
        "web page in place of a file: it begins with"
        r" '\n<!DOCTYPE html>\n<title>This domain is for sale</title>\n'",
        id="200-to-everything-without-a-type",
    ),
    pytest.param(
        1,
        WORKS,
        Outcome.BAD_STAMP,
        r"bad freshness stamp: not a stamp: 'It works!\n'",
        id="200-to-everything-as-text",
    ),
    pytest.param(
        1,
        tree({STAMP: stamp()}, HTML),
        Outcome.SOFT_404,
        f"web page in place of a file: {PATH}: Content-Type: text/html; charset=utf-8",
        id="200-to-everything-but-the-stamp",
    ),
    pytest.param(
        1,
        tree({}, stamped()),
        Outcome.BAD_SIZE,
        f"wrong size: {PATH}: 18 bytes, not {len(CONTENT)}",
        id="the-stamp-for-everything",
    ),
    # 2. Archives lead to an advertising page.
    pytest.param(
        2,
        having(redirecting("http://ads.example/buy?from=project-2.0.tar.gz")),
        Outcome.REDIRECTED,
        f"bad redirect: {PATH}: to another file name:"
        " http://ads.example/buy?from=project-2.0.tar.gz",
        id="advertising-by-redirect",
    ),
    pytest.param(
        2,
        tree(
            {
                STAMP: stamp(),
                PATH: redirecting("/ads/project-2.0.tar.gz"),
                "ads/project-2.0.tar.gz": HTML,
            }
        ),
        Outcome.SOFT_404,
        f"web page in place of a file: {PATH}: Content-Type: text/html; charset=utf-8",
        id="advertising-under-the-same-name",
    ),
    pytest.param(
        2,
        having(file(b"MZ, an installer")),
        Outcome.BAD_SIZE,
        f"wrong size: {PATH}: 16 bytes, not {len(CONTENT)}",
        id="advertising-as-an-installer",
    ),
    # 3. The domain expired; somebody else answers under the old name.
    pytest.param(
        3,
        redirecting("http://parking.example/?domain=mirror"),
        Outcome.REDIRECTED,
        "bad redirect: to another file name: http://parking.example/?domain=mirror",
        id="parked-by-redirect",
    ),
    # 4. Archives are labelled so that clients unpack them.
    pytest.param(
        4,
        having(file(CONTENT, {"Content-Encoding": "x-gzip"})),
        Outcome.ENCODED,
        f"answer encoded: {PATH}: Content-Encoding: x-gzip",
        id="archive-labelled-as-encoded",
    ),
    pytest.param(
        4,
        having(file(UNPACKED)),
        Outcome.BAD_SIZE,
        f"wrong size: {PATH}: {len(UNPACKED)} bytes, not {len(CONTENT)}",
        id="archive-sent-unpacked",
    ),
    # 5. It moved, and its redirects forget what was asked for.
    pytest.param(
        5,
        redirecting("/new/", "301 Moved Permanently"),
        Outcome.REDIRECTED,
        "bad redirect: to another file name: /new/",
        id="moved-to-a-front-page",
    ),
    # 8. It serves others than the probe.
    pytest.param(
        8,
        only_head,
        Outcome.STATUS,
        "bad status: 500 Oops",
        id="head-works-get-fails",
    ),
    pytest.param(
        8,
        only_browsers,
        Outcome.STATUS,
        "bad status: 403 Forbidden",
        id="only-browsers",
    ),
    pytest.param(
        8,
        having(FORBIDDEN),
        Outcome.STATUS,
        f"bad status: {PATH}: 403 Forbidden",
        id="archives-refused",
    ),
    pytest.param(
        8,
        having(loopback.breaking_off),
        Outcome.PROTOCOL,
        f"broken answer: {PATH}: IncompleteRead(1 bytes read, 99 more expected)",
        id="archives-cut",
    ),
    # 9. It is back, with what it had before.
    pytest.param(
        9,
        having(file(CONTENT[:40] + b"old" + CONTENT[43:])),
        Outcome.BAD_HASH,
        f"wrong content: {PATH}: differs from byte 40 on",
        id="old-content",
    ),
    pytest.param(
        9,
        having(file(CONTENT[:-7])),
        Outcome.BAD_SIZE,
        f"wrong size: {PATH}: {len(CONTENT) - 7} bytes, not {len(CONTENT)}",
        id="file-half-copied",
    ),
    # 10. It is up, and beyond its quota.
    pytest.param(
        10,
        having(answer(b"", "429 Too Many Requests")),
        Outcome.STATUS,
        f"bad status: {PATH}: 429 Too Many Requests",
        id="quota-by-status",
    ),
    pytest.param(
        10,
        having(loopback.hanging),
        Outcome.TIMEOUT,
        f"no answer in time: {PATH}: timed out",
        id="quota-by-silence",
    ),
    pytest.param(
        10,
        having(answer(b"", "503 Service Unavailable")),
        Outcome.STATUS,
        f"bad status: {PATH}: 503 Service Unavailable",
        id="throttled-by-status",
    ),
    # 11. It refuses the country that it is asked from.
    pytest.param(
        11,
        FORBIDDEN,
        Outcome.STATUS,
        "bad status: 403 Forbidden",
        id="geoblocking-403",
    ),
    pytest.param(
        11,
        answer(b"", "451 Unavailable For Legal Reasons"),
        Outcome.STATUS,
        "bad status: 451 Unavailable For Legal Reasons",
        id="geoblocking-451",
    ),
    pytest.param(
        11,
        loopback.silent,
        Outcome.PROTOCOL,
        "broken answer: Remote end closed connection without response",
        id="geoblocking-by-a-closed-connection",
    ),
    pytest.param(
        11,
        loopback.hanging,
        Outcome.TIMEOUT,
        "no answer in time: timed out",
        id="geoblocking-by-silence",
    ),
    # 12. The new release has not come yet.
    pytest.param(
        12,
        having(NOT_FOUND),
        Outcome.MISSING,
        f"file missing: {PATH}: 404 Not Found",
        id="new-release-not-there",
    ),
    pytest.param(
        12,
        having(answer(b"", "410 Gone")),
        Outcome.MISSING,
        f"file missing: {PATH}: 410 Gone",
        id="release-gone",
    ),
)


@pytest.mark.parametrize(("kind", "behaviour", "outcome", "said"), FAILURES)
def test_failure(kind: int, behaviour: Behaviour, outcome: Outcome, said: str) -> None:
    """Each way to fail has its outcome, and words by which its operator knows it.

    Two such probes are bad luck, the third takes a mirror down.
    """
    del kind
    with Loopback(behaviour) as server:
        result = probe(server.url_of(NAME))

    assert (outcome, said) == (result.outcome, words(result))
    assert [State.UP, State.DOWN] == [
        believed(GOOD, *[result] * times).state for times in (2, 3)
    ]


def test_good_mirror() -> None:
    """The same probe finds nothing in a mirror as it should be."""
    with Loopback(having(file(CONTENT))) as server:
        result = probe(server.url_of(NAME))

    assert (Outcome.OK, "answers", PATH) == (
        result.outcome,
        words(result),
        result.sample,
    )


# 3, 7. Certificates


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give the one authority that is trusted."""
    return Authority(tmp_path_factory.mktemp("trusted"))


CERTIFICATES = (
    pytest.param(7, NAME, "valid", Outcome.OK, "answers", id="good"),
    pytest.param(
        7,
        NAME,
        "expired",
        Outcome.CERT_EXPIRED,
        "certificate expired: certificate has expired",
        id="expired",
    ),
    pytest.param(
        7,
        NAME,
        "early",
        Outcome.CERT_NOT_YET_VALID,
        "certificate not yet valid: certificate is not yet valid",
        id="not-yet-valid",
    ),
    pytest.param(
        3,
        "parking.example",
        "valid",
        Outcome.CERT_WRONG_NAME,
        "certificate of another name:"
        " hostname 'mirror.example' doesn't match 'parking.example'",
        id="parked-domain",
    ),
    pytest.param(
        7,
        "www.mirror.example",
        "valid",
        Outcome.CERT_WRONG_NAME,
        "certificate of another name:"
        " hostname 'mirror.example' doesn't match 'www.mirror.example'",
        id="name-forgotten",
    ),
)


@pytest.mark.parametrize(("kind", "name", "days", "outcome", "said"), CERTIFICATES)
def test_certificate(  # noqa: PLR0913, PLR0917 - a row of the table
    trusted: Authority, kind: int, name: str, days: str, outcome: Outcome, said: str
) -> None:
    """What is wrong with a certificate is told apart, and told."""
    del kind
    limits = replace(LIMITS, authorities=str(trusted.file))
    tls = trusted.context(name, expired=days == "expired", early=days == "early")
    with Loopback(having(file(CONTENT)), tls=tls) as server:
        result = probe(server.url_of(NAME), limits)

    assert (outcome, said) == (result.outcome, words(result))
    assert (outcome is Outcome.OK) == (result.certificate is not None)


@pytest.mark.parametrize("signed", ["by-another", "by-itself"])
def test_unknown_issuer(
    trusted: Authority, tmp_path_factory: pytest.TempPathFactory, signed: str
) -> None:
    """A certificate that anybody could have made proves nothing."""
    other = Authority(tmp_path_factory.mktemp("other"))
    limits = replace(LIMITS, authorities=str(trusted.file))
    tls = other.own_context() if signed == "by-itself" else other.context(NAME)
    with Loopback(having(file(CONTENT)), tls=tls) as server:
        result = probe(server.url_of(NAME), limits)

    assert Outcome.CERT_UNKNOWN_ISSUER is result.outcome
    assert words(result).startswith("certificate of an unknown issuer: ")


def test_parked_domain_with_a_certificate_of_its_own(trusted: Authority) -> None:
    """Who took a domain over may have a good certificate; it is told with the page."""
    limits = replace(LIMITS, authorities=str(trusted.file))
    with Loopback(HTML, tls=trusted.context(NAME)) as server:
        result = probe(server.url_of(NAME), limits)

    assert Outcome.SOFT_404 is result.outcome
    assert result.certificate is not None
    other = Certificate(expiry=result.certificate.expiry, issuer="Another")
    assert State.UP is believed(GOOD, result).state
    taken = believed(replace(GOOD, certificate=other), result)
    assert (State.DOWN, True) == (taken.state, "not Another" in taken.quarantine)


# 5. It moved silently


def test_silent_move() -> None:
    """A mirror that moved works for clients; where it went is told."""
    with Loopback(having(file(CONTENT))) as new:
        there = new.url_of("new.example")

        def moved(connection: Connection) -> None:
            place = f"{there}{connection.path.removeprefix('/')}"
            redirecting(place, "301 Moved Permanently")(connection)

        with Loopback(moved) as old:
            result = probe(old.url_of(NAME))

    assert (Outcome.OK, PATH, f"new.example:{new.port}") == (
        result.outcome,
        result.sample,
        result.target,
    )
    after = believed(GOOD, result)
    assert State.UP is after.state
    assert cautions(Mirror(url=result.url), after, result.at, POLICY) == (
        Caution.TARGET,
    )


def test_parked_domain_after_a_redirect() -> None:
    """A page that another host gives under the old file name is told with that host."""
    with Loopback(HTML) as parking:
        place = f"{parking.url_of('parking.example')}time.txt"
        with Loopback(redirecting(place)) as old:
            result = probe(old.url_of(NAME))

    assert (Outcome.SOFT_404, f"parking.example:{parking.port}") == (
        result.outcome,
        result.target,
    )
    assert State.DOWN is believed(GOOD, result).state


def test_a_name_that_is_gone() -> None:
    """A domain that nobody has any more is not found."""
    result = probe("http://no-such-mirror.invalid/", resolve=resolve)

    assert (Outcome.DNS, "name not found") == (result.outcome, words(result)[:14])


# 6. One of two families is dead


@contextmanager
def dead(host: str, behaviour: Behaviour | None, port: int) -> Iterator[None]:
    """Run what is at the other address: a server that misbehaves, or nothing."""
    with ExitStack() as stack:
        if behaviour is not None:
            stack.enter_context(Loopback(behaviour, host=host, port=port))
        yield


@pytest.mark.parametrize(
    ("alive", "other"),
    [
        pytest.param("127.0.0.1", "::1", id="ipv6-dead"),
        pytest.param("::1", "127.0.0.1", id="ipv4-dead"),
    ],
)
@pytest.mark.parametrize(
    ("behaviour", "outcome", "said"),
    [
        pytest.param(
            None, Outcome.REFUSED, "no connection: Connection refused", id="refused"
        ),
        pytest.param(
            loopback.hanging,
            Outcome.TIMEOUT,
            "no answer in time: timed out",
            id="hanging",
        ),
        pytest.param(
            FORBIDDEN, Outcome.STATUS, "bad status: 403 Forbidden", id="other-server"
        ),
    ],
)
def test_one_family(
    alive: str, other: str, behaviour: Behaviour | None, outcome: Outcome, said: str
) -> None:
    """A mirror is good while one family works, and the other's failure is told."""
    port = common_port(alive, other)
    with (
        Loopback(having(file(CONTENT)), host=alive, port=port) as server,
        dead(other, behaviour, server.port),
    ):
        result = probe(server.url_of(NAME), resolve=BOTH)
    failed = next(one for one in result.attempts if one.outcome is not Outcome.OK)

    assert (Outcome.OK, PATH) == (result.outcome, result.sample)
    assert 2 == len(result.attempts)
    assert (6 if ":" in other else 4, outcome, said) == (
        failed.family,
        failed.outcome,
        words(failed),
    )
    after = believed(GOOD, *[result] * 5)
    assert State.UP is after.state
    assert cautions(Mirror(url=result.url), after, result.at, POLICY) == (
        Caution.IPV6 if ":" in other else Caution.IPV4,
    )


# 9. It returns with an old tree


def test_old_tree() -> None:
    """The stamp of an old tree is read as it is; its age is for others to judge."""
    day = 86400
    files = tree({STAMP: stamp(age=30 * day), PATH: file(CONTENT)})
    with Loopback(files) as server:
        result = probe(server.url_of(NAME))

    assert Outcome.OK is result.outcome
    assert result.stamp is not None
    assert datetime.now(UTC) - result.stamp >= timedelta(days=30)
    caught_up = replace(result, stamp=result.at)
    gone = Health(state=State.DOWN, streak=-9)
    assert (State.UP, True) == belief(GOOD, *[result] * 5)
    assert (State.DOWN, True) == belief(gone, *[result] * 5)
    assert (State.UP, False) == belief(gone, *[result] * 5, caught_up)


def belief(before: Health, *results: ProbeResult) -> tuple[State, bool]:
    """Return whether a mirror is up after some probes, and stale."""
    after = believed(before, *results)
    return after.state, after.stale


# 10. It is throttled


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(loopback.trickling_headers, id="headers"),
        pytest.param(loopback.trickling_body, id="body"),
    ],
)
@pytest.mark.parametrize(
    ("place", "said"),
    [
        pytest.param(
            lambda slow: slow, "answer too slow: not done within 0.5 s", id="stamp"
        ),
        pytest.param(having, f"answer too slow: {PATH}: not done within", id="archive"),
    ],
)
def test_trickle(
    place: Callable[[Behaviour], Behaviour], behaviour: Behaviour, said: str
) -> None:
    """A mirror that sends a byte now and then is left at the deadline."""
    with Loopback(place(behaviour)) as server:
        result = probe(server.url_of(NAME))

    assert Outcome.DEADLINE is result.outcome
    assert words(result).startswith(said)
    assert result.seconds < LIMITS.deadline + 0.3


# 13. Now and then


def test_random_refusals() -> None:
    """Each probe tells what it saw; what one lost probe means is for health to say."""
    turns = iter(range(100))
    good = having(file(CONTENT))

    def moody(connection: Connection) -> None:
        # Two requests make one good probe, and the third is refused.
        (FORBIDDEN if next(turns) % 3 == 2 else good)(connection)

    with Loopback(moody) as server:
        results = [probe(server.url_of(NAME)) for _ in range(4)]

    said = [words(one) for one in results]
    assert said == ["answers", "bad status: 403 Forbidden"] * 2
    assert State.UP is believed(GOOD, *results * 5).state


# What the document says of them

ALONE = {
    3: {Outcome.DNS, Outcome.SOFT_404},
    5: {Outcome.OK},
    6: {Outcome.OK, Outcome.REFUSED, Outcome.TIMEOUT, Outcome.STATUS},
    7: {Outcome.CERT_UNKNOWN_ISSUER},
    9: {Outcome.OK},
    10: {Outcome.DEADLINE},
    13: {Outcome.OK, Outcome.STATUS},
}
"""What the tests assert that have no table, by the number of the failure."""


def test_the_document_names_these_outcomes() -> None:
    """What mirrors do is noticed as the document says, and in no other way."""
    rows = re.findall(
        r"^\| (\d+)\. [^|]*\|([^|]*)\|[^|]*\|$", DOCUMENT.read_text(), re.MULTILINE
    )
    told = {int(number): set(re.findall(r"`(\w+)`", seen)) for number, seen in rows}
    asserted = {number: set(ALONE.get(number, ())) for number in range(1, 14)}
    for row in (*FAILURES, *CERTIFICATES):
        number, *_, outcome, _ = row.values
        assert isinstance(number, int)
        assert isinstance(outcome, Outcome)
        asserted[number] |= {outcome}
    # A good certificate is no failure.
    asserted[7] -= {Outcome.OK}

    assert told == asserted

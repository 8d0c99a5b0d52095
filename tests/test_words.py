"""How outcomes are said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mirrorsel.model import (
    Attempt,
    Caution,
    Certificate,
    Drift,
    Health,
    Outcome,
    Reach,
    State,
)
from mirrorsel.words import (
    belief,
    counted,
    lagging,
    last_probe,
    over_family,
    warning,
    why,
)


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 pages"), (1, "1 page"), (2500, "2,500 pages")]
)
def test_counted(number: int, words: str) -> None:
    """One thing has no plural, and large numbers can be read."""
    assert words == counted(number, "page")


def test_counted_with_a_plural_of_its_own() -> None:
    """What does not end in `s` is given."""
    assert counted(2, "country loses", "countries lose") == "2 countries lose"


@pytest.mark.parametrize(
    ("outcome", "detail", "words"),
    [
        pytest.param(Outcome.OK, "", "answers", id="good"),
        pytest.param(Outcome.STATUS, "404 No", "bad status: 404 No", id="detail"),
        pytest.param(Outcome.DNS, "m.example: no", "name not found: no", id="host"),
        pytest.param(
            Outcome.DNS,
            "m.example has no address of IPv6",
            "name not found: has no address of IPv6",
            id="host in a sentence",
        ),
        pytest.param(
            Outcome.DNS,
            "m.example.org: no",
            "name not found: m.example.org: no",
            id="another host",
        ),
    ],
)
def test_how_a_probe_ended(outcome: Outcome, detail: str, words: str) -> None:
    """The outcome and its detail are one phrase, without the mirror's own host."""
    assert words == why(outcome, detail, "https://m.example/apache/")


NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("caution", "health", "words"),
    [
        pytest.param(
            Caution.CERTIFICATE,
            Health(certificate=Certificate(expiry=NOW + 3 * DAY)),
            "has a certificate that ends in 3 d",
            id="certificate-ends",
        ),
        pytest.param(
            Caution.CERTIFICATE,
            Health(certificate=Certificate(expiry=NOW - 3 * DAY)),
            "has a certificate that ended 3 d ago",
            id="certificate-ended",
        ),
        pytest.param(
            Caution.HTTPS_TWIN,
            Health(),
            "is listed by http, and answers by https as well",
            id="twin",
        ),
        pytest.param(
            Caution.ISSUER,
            Health(
                drift=Drift(
                    caution=Caution.ISSUER, at=NOW - 2 * DAY, before="A", after="B"
                )
            ),
            "has a certificate of B since 2 d, before that A",
            id="issuer",
        ),
        pytest.param(
            Caution.TARGET,
            Health(
                drift=Drift(
                    caution=Caution.TARGET, at=NOW - 2 * DAY, before="", after="b"
                )
            ),
            "is answered by b since 2 d, before that itself",
            id="target",
        ),
        pytest.param(
            Caution.IPV6,
            Health(ipv6=Reach(up=False, outcome=Outcome.REFUSED, detail="no")),
            "does not answer over IPv6: no connection: no",
            id="ipv6",
        ),
        pytest.param(
            Caution.IPV4, Health(), "does not answer over IPv4", id="ipv4-unexplained"
        ),
        pytest.param(
            Caution.SLOW,
            Health(pace=7.25),
            "is slow: it takes 7.25 s to answer on average",
            id="slow",
        ),
    ],
)
def test_warnings(caution: Caution, health: Health, words: str) -> None:
    """A warning is a phrase that follows the mirror's name."""
    assert words == warning(caution, health, NOW)


@pytest.mark.parametrize(
    ("stamp", "reference", "words"),
    [
        pytest.param(NOW - 3 * DAY, NOW, "is stale: its tree is 3 d behind", id="told"),
        pytest.param(None, NOW, "is stale", id="no-stamp"),
        pytest.param(NOW, None, "is stale", id="no-origin"),
    ],
)
def test_stale(stamp: datetime | None, reference: datetime | None, words: str) -> None:
    """How far a stale mirror is behind is told where both stamps are known."""
    assert words == lagging(stamp, reference)


GOOD = Health(outcome=Outcome.OK, ipv4=Reach(up=True, streak=3, outcome=Outcome.OK))


@pytest.mark.parametrize(
    ("health", "words"),
    [
        pytest.param(Health(), "", id="none"),
        pytest.param(GOOD, "answers", id="one family"),
        pytest.param(
            replace(GOOD, ipv6=Reach(up=True, streak=-1)),
            "answers, but not over IPv6",
            id="failure over one family, though it is not believed yet",
        ),
        pytest.param(
            Health(outcome=Outcome.TIMEOUT, ipv4=Reach(streak=-3)),
            "no answer in time",
            id="failure",
        ),
    ],
)
def test_last_probe(health: Health, words: str) -> None:
    """A good probe that failed over one family says so."""
    assert words == last_probe(health, "https://m.example/")


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        pytest.param(None, "-", id="not tried"),
        pytest.param(Outcome.NO_ROUTE, "-", id="no fault of the mirror"),
        pytest.param(Outcome.OK, "yes", id="answered"),
        pytest.param(Outcome.TIMEOUT, "no", id="failed"),
    ],
)
def test_over_a_family(outcome: Outcome | None, word: str) -> None:
    """Where this machine has no way, nothing is said."""
    attempt = Attempt(family=6, outcome=outcome) if outcome else None

    assert word == over_family(attempt)


@pytest.mark.parametrize(
    ("health", "word"),
    [
        pytest.param(None, "-", id="unseen"),
        pytest.param(Health(state=State.DOWN), "down", id="down"),
        pytest.param(Health(state=State.UP, stale=True), "up, stale", id="stale"),
        pytest.param(
            Health(state=State.DOWN, quarantine="x"), "quarantine", id="quarantine"
        ),
    ],
)
def test_belief(health: Health | None, word: str) -> None:
    """Quarantine is told in place of the state that follows from it."""
    assert word == belief(health)

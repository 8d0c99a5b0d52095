"""Canaries."""

import pytest

from mirrorsel.checker.canary import Canary
from mirrorsel.model import Mirror, Outcome
from mirrorsel.net import Limits
from tests import loopback
from tests.loopback import Behaviour, Loopback

LIMITS = Limits(private_addresses=True, timeout=0.3, deadline=0.6)


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        pytest.param(loopback.answer(b"hello"), Outcome.OK, id="answers"),
        pytest.param(loopback.answer(b"x" * 99999), Outcome.OK, id="a-long-page"),
        pytest.param(
            loopback.answer(b"", "503 Busy"), Outcome.STATUS, id="another-status"
        ),
        pytest.param(
            loopback.redirecting("http://127.0.0.1:1/login"),
            Outcome.REDIRECTED,
            id="led-elsewhere",
        ),
        pytest.param(loopback.hanging, Outcome.TIMEOUT, id="hangs"),
        pytest.param(loopback.not_http, Outcome.PROTOCOL, id="no-http"),
    ],
)
def test_canary(behaviour: Behaviour, expected: Outcome) -> None:
    """Only an answer with status 200 counts, from where it was asked."""
    with Loopback(behaviour) as page:
        result = Canary(limits=LIMITS)(Mirror(url=page.url))

    assert (result.url, result.outcome) == (page.url, expected)


def test_no_connection() -> None:
    """A canary that cannot be reached is a result too."""
    with loopback.closed_port() as url:
        result = Canary(limits=LIMITS)(Mirror(url=url))

    assert result.outcome is Outcome.REFUSED
    assert result.detail

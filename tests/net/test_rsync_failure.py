"""What the end of the rsync client says of a mirror."""

import signal

import pytest

from mirrorsel.model import Outcome
from mirrorsel.net.candidates import UnreachedError
from mirrorsel.net.program import Ended
from mirrorsel.net.rsync_failure import explain

_CONNECT = "rsync: [Receiver] failed to connect to 192.0.2.1 (192.0.2.1): "


@pytest.mark.parametrize(
    ("status", "said", "outcome", "reached"),
    [
        pytest.param(1, "usage", Outcome.PROTOCOL, True, id="usage"),
        pytest.param(2, "protocol", Outcome.PROTOCOL, True, id="version"),
        pytest.param(3, "chdir", Outcome.PROTOCOL, True, id="folder"),
        pytest.param(4, "configured to refuse", Outcome.STATUS, True, id="option"),
        pytest.param(5, "@ERROR: auth", Outcome.STATUS, True, id="refused-by-daemon"),
        pytest.param(5, "no greeting", Outcome.PROTOCOL, True, id="no-daemon"),
        pytest.param(10, "read error", Outcome.REFUSED, True, id="reset"),
        pytest.param(
            10, f"{_CONNECT}Connection refused", Outcome.REFUSED, False, id="refused"
        ),
        pytest.param(
            10, f"{_CONNECT}No route to host", Outcome.REFUSED, False, id="host"
        ),
        pytest.param(
            10, f"{_CONNECT}Network is unreachable", Outcome.NO_ROUTE, False, id="net"
        ),
        pytest.param(11, "No space left", Outcome.PROTOCOL, True, id="disk-full"),
        pytest.param(11, "File too large", Outcome.TOO_LARGE, True, id="file-size"),
        pytest.param(12, "unexpected tag", Outcome.PROTOCOL, True, id="stream"),
        pytest.param(22, "memory", Outcome.PROTOCOL, True, id="memory"),
        pytest.param(23, "link_stat", Outcome.STATUS, True, id="missing"),
        pytest.param(24, "vanished", Outcome.STATUS, True, id="vanished"),
        pytest.param(30, "timeout", Outcome.TIMEOUT, True, id="silent"),
        pytest.param(35, "timeout", Outcome.TIMEOUT, False, id="no-connection"),
        pytest.param(99, "what", Outcome.PROTOCOL, True, id="unknown"),
        pytest.param(0, "f is over max-size", Outcome.TOO_LARGE, True, id="large"),
        pytest.param(0, "skipping directory f", Outcome.STATUS, True, id="skipped"),
        pytest.param(-signal.SIGXFSZ, "", Outcome.TOO_LARGE, True, id="signal"),
        pytest.param(-signal.SIGSEGV, "", Outcome.PROTOCOL, True, id="crash"),
    ],
)
def test_each_end_has_its_outcome(
    status: int, said: str, outcome: Outcome, *, reached: bool
) -> None:
    """The status decides, with the words where it means more than one thing."""
    error = explain(Ended(status=status, output=b"", errors=f"\n{said}\n".encode()))

    assert outcome == error.outcome
    assert (said or f"rsync ended with {status}") == error.detail
    assert reached != isinstance(error, UnreachedError)


def test_the_output_counts_where_there_is_no_error() -> None:
    """What was skipped is told on the ordinary output."""
    error = explain(Ended(status=0, output=b"big is over max-size\n", errors=b""))

    assert (Outcome.TOO_LARGE, "big is over max-size") == (error.outcome, error.detail)

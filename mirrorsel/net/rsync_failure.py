"""What the end of the rsync client says of a mirror."""

import signal
from collections.abc import Mapping
from types import MappingProxyType

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.candidates import UnreachedError
from mirrorsel.net.plain import plain
from mirrorsel.net.program import Ended

_NOT_STARTED = 5
_SOCKET = 10
_FILE = 11
_NO_CONNECTION_IN_TIME = 35

ABSENT = (b"No such file or directory (2)", b"Not a directory (20)")
"""How a message ends of a folder that is none, and of a file that is one."""

# By the exit status; rsync(1), EXIT VALUES. Every other one is a PROTOCOL. A daemon
# can have the client end with any status, so that none clears the mirror.
_OUTCOMES: Mapping[int, Outcome] = MappingProxyType(
    {
        # There is no copy, and no error: the client says why it skipped the file.
        0: Outcome.STATUS,
        4: Outcome.STATUS,
        _NOT_STARTED: Outcome.PROTOCOL,
        _SOCKET: Outcome.REFUSED,
        23: Outcome.STATUS,
        24: Outcome.STATUS,
        30: Outcome.TIMEOUT,
        _NO_CONNECTION_IN_TIME: Outcome.TIMEOUT,
        -signal.SIGXFSZ: Outcome.TOO_LARGE,
    }
)
# What the client says, for which it has no status of its own. A server may say it
# too, and is then believed.
_WORDS = (
    (0, "is over max-size", Outcome.TOO_LARGE),
    (_NOT_STARTED, "@ERROR", Outcome.STATUS),
    (_SOCKET, "Network is unreachable", Outcome.NO_ROUTE),
    (_SOCKET, "Cannot assign requested address", Outcome.NO_ROUTE),
    (_FILE, "File too large", Outcome.TOO_LARGE),
)


def explain(ended: Ended) -> FetchError:
    """Return why a run gave nothing, as one of the outcomes with a detail."""
    said = (ended.errors or ended.output).decode(errors="replace")
    outcome = _outcome(ended.status, said)
    first = next((line for line in said.splitlines() if line.strip()), "")
    detail = plain(first) or f"rsync ended with {ended.status}"
    late = ended.status == _NO_CONNECTION_IN_TIME
    refused = ended.status == _SOCKET and "failed to connect" in said
    if late or refused:
        return UnreachedError(outcome, detail)
    status = ended.status if outcome is Outcome.STATUS else None
    return FetchError(outcome, detail, status=status)


def _outcome(status: int, said: str) -> Outcome:
    for one, words, outcome in _WORDS:
        if one == status and words in said:
            return outcome
    return _OUTCOMES.get(status, Outcome.PROTOCOL)

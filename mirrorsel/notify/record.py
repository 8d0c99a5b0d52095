"""What the log says of messages."""

import logging
from collections import defaultdict
from collections.abc import Sequence

from mirrorsel.notify.outbox import Bundle
from mirrorsel.notify.receiver import Receiver

_log = logging.getLogger(__name__)

# A mail server that is down fails for everybody: not all need a name.
_NAMED = 3


class Record:
    """The log of the messages of one moment: one line for each kind of failure."""

    def __init__(self) -> None:
        self._failed: defaultdict[str, list[Receiver]] = defaultdict(list)
        self._given_up: defaultdict[str, list[Bundle]] = defaultdict(list)

    def went_out(self, bundle: Bundle, *, had_failed: bool) -> None:
        """Log that a message went out, if it had failed before."""
        if had_failed:
            _log.info("%s works again", bundle.receiver)

    def failed(self, bundle: Bundle, words: str) -> None:
        """Take note of a first failure."""
        self._failed[words].append(bundle.receiver)

    def gave_up(self, bundle: Bundle, words: str) -> None:
        """Take note of a message that is not tried again."""
        self._given_up[words].append(bundle)

    def write(self) -> None:
        """Log the failures."""
        for words, receivers in self._failed.items():
            names = _names(receivers)
            _log.warning("%s failed, and is tried again: %s", names, words)
        for words, bundles in self._given_up.items():
            names = _names([one.receiver for one in bundles])
            lost = sum(len(one.events) + one.more for one in bundles)
            text = "%s is given up, with what it told (%s): %s"
            changes = "1 change" if lost == 1 else f"{lost} changes"
            _log.error(text, names, changes, words)


def _names(receivers: Sequence[Receiver]) -> str:
    named = ", ".join(str(one) for one in receivers[:_NAMED])
    beyond = len(receivers) - _NAMED
    return f"{named} and {beyond} more" if beyond > 0 else named

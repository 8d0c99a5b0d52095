"""What the public is told of a mirror's files."""

from dataclasses import dataclass
from datetime import datetime

from mirrorsel.model import LastScan, Outcome, moment_of
from mirrorsel.status.said import fit, plain_words, reason

_WORDS = {
    Outcome.DEFECT: "defect of the scan",
    Outcome.NO_CLIENT: "its protocol cannot be spoken here",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What scans saw of one mirror's files."""

    scanned: datetime | None = None
    """When the last whole scan began; None where there is none that counts."""
    protocol: str = ""
    """By which the mirror was listed then."""
    held: int = 0
    """How many published files it had then."""
    missing: int = 0
    """How many it lacked of those that it carries."""
    wrong: int = 0
    """How many it had in another size."""
    waits: bool = False
    """Whether it must be scanned anew before it serves indexed files."""
    failed: datetime | None = None
    """When the last scan ended; None if that was whole."""
    failure: str = ""
    """Why it failed, in words that are fit for everybody."""

    @property
    def carried(self) -> int:
        """How many published files it should have had."""
        return self.held + self.missing + self.wrong


def holding(last: LastScan | None, url: str, *, waits: bool) -> Holding:
    """Return what is told of a mirror's files.

    Args:
        last: How its last scan went; None if there was none.
        url: The mirror.
        waits: Whether it must be scanned anew before it serves indexed files.

    """
    if last is None:
        return Holding(waits=waits)
    whole = last.whole
    return Holding(
        scanned=moment_of(whole.at) if whole else None,
        protocol=plain_words(whole.protocol) if whole else "",
        held=whole.held if whole else 0,
        missing=whole.missing if whole else 0,
        wrong=whole.wrong if whole else 0,
        waits=waits,
        failed=moment_of(last.ended) if last.failures else None,
        failure=_failure(last, url) if last.failures else "",
    )


def _failure(last: LastScan, url: str) -> str:
    try:
        outcome = Outcome(last.outcome)
    except ValueError:
        # A later version may know more of them.
        return plain_words(last.outcome)
    if outcome in _WORDS:
        return _WORDS[outcome]
    if last.unscannable:
        return plain_words(f"it lists no files: {fit(outcome, last.detail)}")
    return reason(outcome, last.detail, url)

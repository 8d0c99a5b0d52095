"""What one round of indexing has found."""

from dataclasses import dataclass, field

from mirrorsel.indexing.omission import Omissions


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOutcome:
    """What a round has found."""

    files: int
    bytes: int
    read_files: int
    """Files that were new or changed."""
    read_bytes: int
    gone: int
    """Files that are not there any more."""
    lost: int = 0
    """Since when most files are gone, in seconds of Unix time, so that all are kept
    for now; 0 if they are not."""
    left: int = 0
    """New or changed files that were left for the next round."""
    omissions: Omissions = field(default_factory=Omissions)

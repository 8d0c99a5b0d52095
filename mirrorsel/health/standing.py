"""What a mirror is to those who download, by what is believed of it."""

from enum import StrEnum

from mirrorsel.model import Health, State


class Standing(StrEnum):
    """What a mirror is to those who download."""

    UNKNOWN = "unknown"
    """Not probed often enough to tell; it is used while nothing better is there."""
    UP = "up"
    STALE = "stale"
    """It answers, but its files are old."""
    DOWN = "down"
    QUARANTINED = "quarantined"
    """It is down, and only the operator can bring it back."""

    @property
    def is_out(self) -> bool:
        """Whether it is taken out of the choice."""
        return self not in {Standing.UNKNOWN, Standing.UP}


def standing(health: Health) -> Standing:
    """Return how a mirror stands of which that is believed.

    Nothing is said of one that was not probed often enough, not even that it is stale.
    """
    if health.quarantine:
        return Standing.QUARANTINED
    if health.state is State.DOWN:
        return Standing.DOWN
    if health.state is State.UNKNOWN:
        return Standing.UNKNOWN
    return Standing.STALE if health.stale else Standing.UP

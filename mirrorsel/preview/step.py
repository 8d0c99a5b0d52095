"""How good the steps of the fallback order are."""

from collections.abc import Mapping
from types import MappingProxyType

from mirrorsel.model import How

_STEPS: Mapping[How, int] = MappingProxyType(
    {
        How.NEAR: 0,
        How.ANYWHERE: 0,
        How.UNPROBED: 1,
        How.BACKUP: 2,
        How.STALE: 3,
        How.ORIGIN: 4,
    }
)


def step(how: How) -> int:
    """Return the place of a step in the fallback order; 0 is no fallback."""
    return _STEPS[how]

"""Whether mirrors are wrong, or what they are compared with is."""

from collections.abc import Iterable, Iterator

from mirrorsel.health.belief import Role, Sighting
from mirrorsel.model import Outcome, ProbeResult

_DIFFERS = frozenset(
    {
        Outcome.MISSING,
        Outcome.BAD_SIZE,
        Outcome.BAD_HASH,
        Outcome.SOFT_404,
        Outcome.ENCODED,
    }
)
# So many mirrors are not wrong at once with nobody who is right.
_MANY = 3


def differs(result: ProbeResult) -> bool:
    """Return whether a mirror gave its stamp, and a file that is not as published."""
    return bool(result.sample) and result.outcome in _DIFFERS


def lacks_agreement(sighting: Sighting) -> bool:
    """Return whether mirrors differ from what is published, and none agrees."""
    compared = list(_compared(sighting))
    return any(map(differs, compared)) and not any(map(_agrees, compared))


def is_disputed(sighting: Sighting) -> bool:
    """Return whether what mirrors are compared with is wrong itself, more likely.

    That is so if three mirrors or more differ and none agrees, those that were asked
    besides among them: a disk of ours is damaged, the folder of another tree is
    named, or the origin sends something else than it publishes.
    """
    many = sum(map(differs, _compared(sighting))) >= _MANY
    return many and lacks_agreement(sighting)


def _compared(sighting: Sighting) -> Iterator[ProbeResult]:
    # The origin agrees with itself, also where it is listed.
    spares = (one.result for one in sighting.witnesses if one.role is Role.SPARE)
    origin = sighting.origin.url if sighting.origin else None
    seen: Iterable[ProbeResult] = (*sighting.results, *spares)
    return (one for one in seen if one.sample and one.url != origin)


def _agrees(result: ProbeResult) -> bool:
    return result.outcome is Outcome.OK

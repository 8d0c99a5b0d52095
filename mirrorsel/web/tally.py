"""What the requests of one process have in common, counted as cheaply as can be."""

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterable, Mapping
from typing import Any, TypeAlias

from mirrorsel.web.counted import SELECTED, Selected, endpoint_of

Key: TypeAlias = tuple[str, ...]
"""What is counted, and the values of its labels."""

SELECTIONS = "selections"
"""Its labels are mirror and outcome."""
COUNTRIES = "countries"
"""Its labels are country and outcome."""
BUCKET = "bucket"
"""How many requests took up to a bound and not up to the bound before; its labels are
the endpoint and the bound in seconds."""
SECONDS = "seconds"
"""How long all requests of an endpoint took together."""

BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1.0)
"""The upper bounds, in seconds, by which requests are counted."""
UNKNOWN = "unknown"
"""The country of clients whose country is not known."""

_NAMES = (*map(str, BOUNDS), "+Inf")
# More than a process can answer while the thread that counts reads a list anew.
_WAITING = 65_536

_Note: TypeAlias = tuple[str, float, Selected | None]


class Tally:
    """Takes a note of each request, to be counted later by another thread.

    A request pays for one note, and waits for nothing: what several threads append
    to a deque is never lost. Were counting late by 65,536 requests, the oldest notes
    would go.
    """

    def __init__(self, countries: Container[str]) -> None:
        """Take the countries that are told apart."""
        self._countries = countries
        self._notes: deque[_Note] = deque(maxlen=_WAITING)

    def note(self, environ: Mapping[str, Any], seconds: float) -> None:
        """Note a request that was answered.

        HEAD gives nobody a mirror: what follows links, or asks for a size, would
        otherwise count as downloads.
        """
        given = environ["REQUEST_METHOD"] == "GET"
        selected = environ.get(SELECTED) if given else None
        self._notes.append((endpoint_of(environ["PATH_INFO"]), seconds, selected))

    def take(self) -> Mapping[Key, float]:
        """Return what was counted since the last call; for one thread at a time."""
        notes = self._notes
        # Of those that come meanwhile, the next call tells.
        taken = [notes.popleft() for _ in range(len(notes))]
        found: defaultdict[Key, float] = defaultdict(float)
        self._add_selections(found, Counter(note[2] for note in taken))
        _add_durations(found, taken)
        return found

    def _add_selections(
        self, found: dict[Key, float], selected: Mapping[Selected | None, int]
    ) -> None:
        for one, count in selected.items():
            if one is None:
                continue
            # A client may name any country, and a database may hold anything.
            country = one.country or UNKNOWN
            known = country if country in self._countries else UNKNOWN
            found[SELECTIONS, one.mirror, one.outcome] += count
            found[COUNTRIES, known, one.outcome] += count


def _add_durations(found: dict[Key, float], notes: Iterable[_Note]) -> None:
    counts: Counter[tuple[str, int]] = Counter()
    # All of them are counted at once, which is several times faster.
    counts.update(
        (endpoint, bisect_left(BOUNDS, seconds)) for endpoint, seconds, _ in notes
    )
    for (endpoint, place), count in counts.items():
        found[BUCKET, endpoint, _NAMES[place]] += count
    for endpoint in {endpoint for endpoint, _ in counts}:
        took = sum(seconds for name, seconds, _ in notes if name == endpoint)
        found[SECONDS, endpoint] += took

"""What rounds of indexing work with."""

from collections.abc import Callable
from dataclasses import dataclass, field

from mirrorsel.indexing.clocks import Clocks
from mirrorsel.indexing.pace import Pace
from mirrorsel.indexing.progress import Progress
from mirrorsel.indexing.publisher import Publisher
from mirrorsel.indexing.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a round works with."""

    store: Store
    publisher: Publisher
    pace: Pace
    tell: Callable[[Progress], None]
    """Told often how far it has come."""
    clocks: Clocks = field(default_factory=Clocks)

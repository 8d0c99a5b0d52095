"""What messages say besides the events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mirrorsel.health import HealthPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What holds for all messages of one moment."""

    now: datetime
    vantage: str = ""
    """The name of the place that probes."""
    origin: str = ""
    """The base URL of the tree that the mirrors copy."""
    policy: HealthPolicy = field(default_factory=HealthPolicy)
    reference: datetime | None = None
    """The time against which stamps are held, if that is known."""
    status_url: str = ""
    """The public address of the status pages, ending in a slash; empty for none."""
    slugs: Mapping[str, str] = field(default_factory=dict)
    """The last part of the address of a mirror's page, by the mirror's URL."""

    def page(self, url: str) -> str:
        """Return the address of a mirror's page, empty if it has none."""
        slug = self.slugs.get(url)
        return f"{self.status_url}at/{slug}/" if self.status_url and slug else ""

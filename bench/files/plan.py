"""How large the generated trees are, and how often things are measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is generated and measured; the defaults are what was promised."""

    files: int = 10_000
    """Small files on disk that are indexed."""
    paths: int = 1_000_000
    """Paths of the large index."""
    mirrors: int = 200
    """Mirrors that were scanned for the large index."""
    listed: int = 100_000
    """Files of the mirror that is scanned."""
    served: int = 100_000
    """Paths of the index behind httpd."""
    rounds: int = 5
    """How often both sides of a comparison are measured, in turn."""
    scans: int = 2
    """The same of scans, which take long."""
    seconds: int = 1
    """Of one run of load."""

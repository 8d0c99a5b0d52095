"""How large the generated trees are, and how often things are measured."""

from dataclasses import dataclass, field


def _by_default(number: int, what: str) -> int:
    """Return an option with its default and its help."""
    return field(default=number, metadata={"help": what})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is generated and measured; the defaults are what was promised."""

    files: int = _by_default(10_000, "small files on disk that are indexed")
    paths: int = _by_default(1_000_000, "paths of the large index")
    mirrors: int = _by_default(200, "mirrors that were scanned for the large index")
    listed: int = _by_default(100_000, "files of the mirror that is scanned")
    served: int = _by_default(100_000, "paths of the index behind httpd")
    rounds: int = _by_default(5, "how often both sides are measured, in turn")
    scans: int = _by_default(2, "the same of scans, which take long")
    seconds: int = _by_default(1, "of one run of load")

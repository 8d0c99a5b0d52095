"""What an instance is to be."""

from dataclasses import dataclass
from pathlib import Path

STATE, COUNTERS, GEOIP = "state", "counters", "geoip"
"""The folders of an instance that an account writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A virtual host."""

    name: str
    root: Path
    """Its document root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An account by its names; it need not exist yet."""

    user: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An instance, as it was asked for."""

    folder: Path
    """An absolute path."""
    origin: str
    sites: tuple[Site, ...]
    listed: str
    """The text of its list of mirrors."""
    python: Path
    """The virtual environment that mirrorsel is installed in."""
    wsgi: Path | None
    """The module mod_wsgi; None where none is installed."""
    web: Role
    """Who answers requests."""
    checker: Role
    """Who probes mirrors."""
    by_systemd: bool
    """Whether systemd starts the checker, and not httpd."""

    @property
    def settings_file(self) -> Path:
        """The settings."""
        return self.folder / "mirrorsel.toml"

    @property
    def program(self) -> Path:
        """The program `mirrorsel`."""
        return self.python / "bin" / "mirrorsel"

    @property
    def owned(self) -> tuple[tuple[Path, Role], ...]:
        """The folders that an account writes, each with that account."""
        return (
            (self.folder / STATE, self.checker),
            (self.folder / COUNTERS, self.web),
            (self.folder / GEOIP, self.checker),
        )

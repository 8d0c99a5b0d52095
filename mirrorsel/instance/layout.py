"""How a system lays out the configuration of its httpd."""

import platform
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType


class Layout(StrEnum):
    """The layouts that are known."""

    DEBIAN = "debian"
    REDHAT = "redhat"

    @property
    def root(self) -> Path:
        """Where systems of this kind have the configuration."""
        return _ROOTS[self]


_ROOTS: Mapping[Layout, Path] = MappingProxyType(
    {Layout.DEBIAN: Path("/etc/apache2"), Layout.REDHAT: Path("/etc/httpd")}
)
# As os-release(5) names them and what they are like.
_SYSTEMS: Mapping[str, Layout] = MappingProxyType(
    {
        "debian": Layout.DEBIAN,
        "ubuntu": Layout.DEBIAN,
        "rhel": Layout.REDHAT,
        "centos": Layout.REDHAT,
        "fedora": Layout.REDHAT,
    }
)


def detect(release: Mapping[str, str] | None = None) -> Layout | None:
    """Return the layout of this system; None where it is another.

    Args:
        release: What os-release(5) says; by default this system's.

    """
    said = _release() if release is None else release
    names = (said.get("ID", ""), *said.get("ID_LIKE", "").split())
    return next((_SYSTEMS[one] for one in names if one in _SYSTEMS), None)


def _release() -> Mapping[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}

"""The unit by which systemd runs the checker, as it is installed."""

import itertools
import shlex
from configparser import ConfigParser, Error
from pathlib import Path

from mirrorsel.doctor.checker import Unit
from mirrorsel.instance.units import CHECKER
from mirrorsel.regular import MEBIBYTE, read_regular

PLACES = (
    Path("/etc/systemd/system"),
    Path("/run/systemd/system"),
    Path("/usr/local/lib/systemd/system"),
    Path("/usr/lib/systemd/system"),
)
"""Where units lie; the first one counts (systemd.unit(5))."""


def read_unit(places: tuple[Path, ...] = PLACES) -> Unit | None:
    """Return the unit; None where there is none, or it cannot be read."""
    file = next((one for place in places if (one := place / CHECKER).exists()), None)
    if file is None:
        return None
    # systemd allows a setting to be said twice, and percent signs.
    parser = ConfigParser(strict=False, interpolation=None)
    try:
        parser.read_string(read_regular(file, largest=MEBIBYTE).decode())
    except (OSError, UnicodeDecodeError, Error):
        return None
    command = parser.get("Service", "ExecStart", fallback="")
    return Unit(
        user=parser.get("Service", "User", fallback=""),
        enabled=any(_wanted(place) for place in places),
        settings=_settings(command),
    )


def _wanted(place: Path) -> bool:
    return any(place.glob(f"*.wants/{CHECKER}"))


def _settings(command: str) -> str:
    """Return the settings file that a command names."""
    try:
        words = shlex.split(command)
    except ValueError:
        return ""
    named = [after for word, after in itertools.pairwise(words) if word == "--config"]
    return named[-1] if named else ""

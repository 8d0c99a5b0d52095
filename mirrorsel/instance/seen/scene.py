"""What all looks at an instance start from."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mirrorsel.config import Settings, read_settings
from mirrorsel.doctor.checker import Unit
from mirrorsel.doctor.rights import Cast
from mirrorsel.errors import SettingsError
from mirrorsel.httpd.accounts import CHECKER, HTTPD, WEB, find_account
from mirrorsel.instance.contents import SCRIPT
from mirrorsel.instance.seen.setup import Setup, read_setup
from mirrorsel.instance.seen.unit import PLACES, read_unit
from mirrorsel.state import StateFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An instance, and what starts its processes."""

    now: datetime
    config: Path
    """The settings file, by an absolute path."""
    settings: Settings
    """Defaults, where the file is refused."""
    refused: tuple[str, ...]
    """What is wrong with it."""
    setup: Setup | None
    """None where no httpd belongs to the instance here."""
    unit: Unit | None
    """The unit that runs the checker of this instance."""
    cast: Cast

    @property
    def folder(self) -> Path:
        """The instance."""
        return self.config.parent

    @property
    def script(self) -> Path:
        """Its wsgi.py."""
        return self.folder / SCRIPT

    @property
    def state(self) -> StateFolder:
        """What its checker writes."""
        return StateFolder(self.settings.state_folder)


def set_scene(
    config: Path,
    now: datetime,
    *,
    httpd_config: Path | None = None,
    httpd: bool = True,
    places: tuple[Path, ...] = PLACES,
) -> Scene:
    """Look at what decides about all else.

    Args:
        config: The settings file.
        now: The time on the wall.
        httpd_config: httpd's configuration, or its folder; None for the one that
            httpd itself reads.
        httpd: Whether one belongs to the instance.
        places: Where units of systemd lie.

    """
    file = config.absolute()
    settings, refused = _settings(file)
    setup = read_setup(httpd_config, file.parent / SCRIPT) if httpd else None
    unit = read_unit(places)
    if unit is not None and unit.settings not in ("", str(file)):
        # It is the checker of another instance.
        unit = None
    return Scene(
        now=now,
        config=file,
        settings=settings,
        refused=refused,
        setup=setup,
        unit=unit,
        cast=_cast(setup, unit),
    )


def _settings(file: Path) -> tuple[Settings, tuple[str, ...]]:
    try:
        # Relative paths are then absolute ones.
        return replace(read_settings(file), folder=file.parent), ()
    except SettingsError as error:
        lines = tuple(one.at(file) for one in error.problems)
        return Settings(folder=file.parent), lines


def _cast(setup: Setup | None, unit: Unit | None) -> Cast:
    """Return who plays which part: as is written, else as is usual."""
    httpd = setup.read.facts.user if setup and setup.read else ""
    web = setup.web.user if setup and setup.web else ""
    checker = setup.checker.user if setup and setup.checker else ""
    if not checker and unit is not None:
        checker = unit.user or "root"
    return Cast(
        httpd=httpd or next((one for one in HTTPD if find_account(one)), ""),
        web=web or WEB,
        checker=checker or CHECKER,
    )

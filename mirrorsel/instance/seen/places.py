"""The GeoIP databases of an instance, for the doctor to judge."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mirrorsel.doctor.places import Base
from mirrorsel.errors import DatabaseError
from mirrorsel.geo import Database, open_networks, open_places
from mirrorsel.instance.seen.scene import Scene


def see_places(scene: Scene) -> tuple[Base, ...]:
    """Return those that the settings name."""
    return tuple(_bases(scene))


def _bases(scene: Scene) -> Iterator[Base]:
    geoip = scene.settings.geoip
    for setting, name, opened in (
        ("database", geoip.database, open_places),
        ("asn_database", geoip.asn_database, open_networks),
    ):
        if name:
            yield _base(setting, scene.settings.path(name), opened)


def _base(setting: str, path: Path, opened: Callable[[Path], Database[Any]]) -> Base:
    try:
        built = datetime.fromtimestamp(opened(path).about.built, UTC)
    except DatabaseError as error:
        return Base(setting=setting, path=str(path), built=None, broken=str(error))
    return Base(setting=setting, path=str(path), built=built)

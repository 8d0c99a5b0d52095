"""The files of an instance, for the doctor to judge."""

from pathlib import Path

from mirrorsel.doctor.files import Copy, Files, Listed
from mirrorsel.errors import ListError
from mirrorsel.geo import load_countries
from mirrorsel.instance.contents import SCRIPT, SHIPPED_CONF
from mirrorsel.instance.seen.scene import Scene
from mirrorsel.lists import Loaded, load, stand_in
from mirrorsel.regular import MEBIBYTE, read_regular
from mirrorsel.shipped import shipped


def see_files(scene: Scene) -> Files:
    """Return how they are."""
    names = (SCRIPT, SHIPPED_CONF) if scene.setup else ()
    return Files(
        settings=str(scene.config),
        refused=scene.refused,
        listed=_listed(scene),
        copies=tuple(_copy(scene.folder / one, shipped(one)) for one in names),
    )


def _listed(scene: Scene) -> Listed:
    path = scene.settings.list_file
    loaded: Loaded | None = None
    try:
        loaded = load(path, countries=load_countries())
    except ListError as error:
        errors = tuple(one.at(path) for one in error.problems)
    else:
        errors = tuple(one.at(path) for one in loaded.errors)
    instead = stand_in(path, scene.state.last_good_list).about if errors else ""
    problems = loaded.problems if loaded else ()
    return Listed(
        path=str(path),
        errors=errors,
        warnings=sum(one.warning for one in problems),
        mirrors=len(loaded.list.mirrors) if loaded else 0,
        instead=instead,
    )


def _copy(path: Path, original: Path) -> Copy:
    try:
        found = read_regular(path, largest=MEBIBYTE)
        same = found == read_regular(original, largest=MEBIBYTE)
        state = "same" if same else "other"
    except FileNotFoundError:
        state = "missing"
    except OSError as error:
        state = error.strerror or "for a reason that the system does not name"
    return Copy(path=str(path), shipped=str(original), state=state)

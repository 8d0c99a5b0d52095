"""All that is looked at of an instance, and what is made of it."""

from collections.abc import Callable, Iterator
from datetime import datetime

from mirrorsel.doctor.checker import judge_checker
from mirrorsel.doctor.clock import judge_clock
from mirrorsel.doctor.files import judge_files
from mirrorsel.doctor.finding import Finding
from mirrorsel.doctor.places import judge_places
from mirrorsel.doctor.rights import judge_rights
from mirrorsel.doctor.server import judge_server
from mirrorsel.doctor.software import judge_software
from mirrorsel.doctor.state import judge_state
from mirrorsel.instance.seen.checker import see_checker
from mirrorsel.instance.seen.clock import see_clock
from mirrorsel.instance.seen.files import see_files
from mirrorsel.instance.seen.folders import see_folders
from mirrorsel.instance.seen.places import see_places
from mirrorsel.instance.seen.rights import see_rights
from mirrorsel.instance.seen.scene import Scene
from mirrorsel.instance.seen.server import see_server
from mirrorsel.instance.seen.software import see_software


def examine(
    scene: Scene, wall: Callable[[], datetime] | None = None
) -> Iterator[Finding]:
    """Yield all findings, group by group; nothing is changed.

    Args:
        scene: The instance.
        wall: The time on the wall at the moment, if the origin is to be asked for
            its own; None to use no network.

    """
    yield from judge_software(see_software(scene))
    server = see_server(scene)
    if server is not None:
        yield from judge_server(server)
    yield from judge_files(see_files(scene))
    yield from judge_rights(see_rights(scene))
    yield from judge_state(see_folders(scene))
    yield from judge_checker(see_checker(scene))
    yield from judge_places(see_places(scene), scene.now, str(scene.config))
    yield from judge_clock(see_clock(scene, wall))

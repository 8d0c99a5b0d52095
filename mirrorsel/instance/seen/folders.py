"""The folders that are written, for the doctor to judge."""

import os
from pathlib import Path

from mirrorsel.doctor.state import Folder, States
from mirrorsel.instance.seen.scene import Scene
from mirrorsel.lists.account import account_name

_MOUNTS = Path("/proc/self/mounts")


def see_folders(scene: Scene) -> States:
    """Return how they are."""
    published = scene.state.published_list
    counters = _folder(scene.settings.counters_folder, scene.cast.web, wanted=False)
    return States(
        state=_folder(scene.state.path, scene.cast.checker, wanted=True),
        counters=counters if scene.setup else None,
        published=str(published),
        is_published=_exists(published),
        begun=scene.state.has_snapshot,
    )


def kind_of(path: Path, mounts: Path = _MOUNTS) -> str:
    """Return the kind of the file system that holds a path; "" if nobody tells.

    Args:
        path: What is there.
        mounts: The system's table of them, as proc(5) has it.

    """
    real, best, kind = path.resolve(), "", ""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    for line in lines:
        _, point, found, *_ = line.split(" ")
        # Blanks are escaped there; a later line covers an earlier one.
        point = point.replace("\\040", " ")
        if real.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, found
    return kind


def _folder(path: Path, writer: str, *, wanted: bool) -> Folder:
    try:
        about = path.stat()
        left = os.statvfs(path)
    except (FileNotFoundError, NotADirectoryError):
        return Folder(path=str(path), wanted=wanted, exists=False, writer=writer)
    except OSError:
        return Folder(path=str(path), wanted=wanted, exists=None, writer=writer)
    return Folder(
        path=str(path),
        wanted=wanted,
        exists=True,
        owner=account_name(about.st_uid),
        writer=writer,
        kind=kind_of(path),
        free=left.f_bavail * left.f_frsize,
        # Some file systems have no fixed number of them.
        **({"files": left.f_favail} if left.f_files else {}),
    )


def _exists(path: Path) -> bool | None:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return None
    return True

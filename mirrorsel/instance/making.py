"""The making of an instance: nothing that is there is changed."""

from dataclasses import dataclass
from pathlib import Path

from mirrorsel.errors import InstanceError
from mirrorsel.instance.contents import contents
from mirrorsel.instance.owned import make_owned_folders
from mirrorsel.instance.place import check_apart, check_plain, check_root, check_safe
from mirrorsel.instance.plan import Plan, Role
from mirrorsel.instance.writing import Written, make_folders, write_new


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What became of a plan."""

    files: tuple[Written, ...]
    folders: tuple[tuple[Path, Role], ...]
    """The folders that must yet be given to the account that writes them."""


def check(plan: Plan) -> None:
    """Check that a plan can be carried out safely; nothing is written.

    Raises:
        InstanceError: it cannot.

    """
    check_plain(plan.folder, "the folder")
    check_plain(plan.python, "the virtual environment")
    for site in plan.sites:
        check_root(site.root)
    check_apart(plan.folder, [site.root for site in plan.sites])
    check_safe(plan.folder)


def make(plan: Plan) -> Made:
    """Make what is missing of an instance.

    Raises:
        InstanceError: something cannot be made; what was made before stays.

    """
    check(plan)
    try:
        make_folders(plan.folder)
    except OSError as error:
        raise InstanceError(f"{plan.folder}: {error.strerror}") from error
    files = tuple(contents(plan))
    written = [write_new(plan.folder / path, text) for path, text in files]
    return Made(files=tuple(written), folders=make_owned_folders(plan))

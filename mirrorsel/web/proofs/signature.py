"""The signature that the published tree has beside a file."""

from mirrorsel.docroot import DocumentRoot
from mirrorsel.metalink import is_armour
from mirrorsel.web.proofs.wanted import Wanted
from mirrorsel.web.versions import Versions, version_of

_LARGEST = 2**15
"""A signature has a few hundred bytes for each person who made it."""


def armour(wanted: Wanted) -> tuple[str, Versions]:
    """Return the signature of a file in ASCII, with the file that was read for it.

    It is empty if there is none to be read.
    A tree that is not on this machine has none: no request waits for the network.
    """
    settings = wanted.realm.sources.settings
    name = f"{wanted.file.path}.asc"
    if not settings.tree.folder or not wanted.realm.has(name):
        return "", Versions()
    root = settings.path(settings.tree.folder)
    # From before the reading: a change meanwhile makes a new one.
    read = Versions((version_of(root / name),))
    folder = DocumentRoot(root, largest=_LARGEST)
    try:
        text = (folder.read(name) or b"").decode("ascii").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return "", read
    return (text if is_armour(text) else ""), read

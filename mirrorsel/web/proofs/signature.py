"""The signature that the published tree has beside a file."""

from mirrorsel.docroot import DocumentRoot
from mirrorsel.metalink import is_armour
from mirrorsel.web.proofs.wanted import Wanted

_LARGEST = 2**15
"""A signature has a few hundred bytes for each person who made it."""


def armour(wanted: Wanted) -> str:
    """Return the signature of a file in ASCII; empty if there is none to be read.

    A tree that is not on this machine has none: no request waits for the network.
    """
    settings = wanted.realm.sources.settings
    name = f"{wanted.file.path}.asc"
    if not settings.tree.folder or not wanted.realm.has(name):
        return ""
    folder = DocumentRoot(settings.path(settings.tree.folder), largest=_LARGEST)
    try:
        text = (folder.read(name) or b"").decode("ascii")
    except UnicodeDecodeError:
        return ""
    text = text.replace("\r\n", "\n")
    return text if is_armour(text) else ""

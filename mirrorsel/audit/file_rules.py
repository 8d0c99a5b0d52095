"""The rules about files that lie in a tree, each a small function."""

import posixpath
from collections.abc import Iterable, Iterator

from mirrorsel.audit.directive import Directive, Place
from mirrorsel.audit.document import Document, Documents, Trait
from mirrorsel.audit.finding import Code, Finding, finding
from mirrorsel.audit.merged import FILES
from mirrorsel.audit.pattern import is_undecided, pattern_of
from mirrorsel.audit.sample import is_cut
from mirrorsel.audit.tree import Tree, inside
from mirrorsel.audit.walk import FOLDERS, URLS


def seen(document: Document, *, runs: bool) -> Iterator[Finding]:
    """Report the traits of one file or folder.

    Args:
        document: the file or folder.
        runs: whether httpd would run it.

    """
    for code, detail in _traits(document, runs=runs):
        yield finding(code, Place(path=document.path, line=0), document.folder, detail)


def unread(documents: Documents, tree: Tree) -> Iterator[Finding]:
    """Note what of a tree is missing or could not be read.

    A `.htaccess` above the tree counts for it too.
    """
    for path in sorted(documents.missing):
        if tree.holds(path):
            place = Place(path=path, line=0)
            yield finding(Code.MISSING, place, tree.folder, "it does not exist")
    for path, why in documents.unread.items():
        if tree.holds(path) or inside(tree.folder, posixpath.dirname(path)):
            # Each is named: one that could be read says nothing of the next.
            yield finding(Code.UNREAD, Place(path=path, line=0), tree.folder, why)


def surrounded(documents: Documents, tree: Tree) -> Iterator[Finding]:
    """Report who can put another folder in the place of a tree."""
    for root, found in documents.around.items():
        if tree.holds(root) or inside(tree.folder, root):
            for folder, who in found.items():
                detail = f"{who} can write to it, and so put another folder into it"
                place = Place(path=folder, line=0)
                yield finding(Code.WRITABLE, place, tree.folder, detail)


def undecided(written: Iterable[Directive], tree: Tree) -> Iterator[Finding]:
    """Note sections of which nobody can tell, within bounds, what they are for."""
    for one in written:
        if one.name in FOLDERS | URLS | FILES:
            pattern = pattern_of(one)
            if is_undecided(pattern):
                detail = f"what `{one.name}` is for takes too long to find out"
                yield finding(Code.UNREAD, one, tree.folder, detail)
            elif is_cut(pattern):
                detail = f"`{one.name}` is for more than can be tried"
                yield finding(Code.UNREAD, one, tree.folder, detail)


def _traits(document: Document, *, runs: bool) -> Iterator[tuple[Code, str]]:
    traits = document.traits
    if Trait.WRITABLE in traits:
        yield Code.WRITABLE, f"{document.who} can write to it"
    if Trait.SETUID in traits:
        yield Code.SETUID, "it is setuid or setgid, and executable"
    if runs:
        yield Code.RUNS, "it is run"
    if Trait.WRAPPER in traits:
        page = "the page" if Trait.PAGE in traits else "the default page"
        yield Code.WRAPPER, f"mirrorsel answers for it with {page}"
    elif runs:
        return
    elif Trait.SCRIPT in traits:
        yield Code.SCRIPT, "it is a script"
    elif Trait.EXECUTABLE in traits:
        yield Code.EXECUTABLE, "it may be executed"

"""The types that files of a configuration give to files: by name, or by content."""

from collections.abc import Callable, Iterable, Iterator

from mirrorsel.audit.directive import Directive, Place, directive, everywhere
from mirrorsel.audit.dump import Facts
from mirrorsel.audit.execution import may_execute
from mirrorsel.audit.tree import absolute

_USUAL = "conf/mime.types"

Read = Callable[[str], str]
"""Gives the text of a file; empty where there is none."""


def typed(
    directives: Iterable[Directive], facts: Facts, read: Read
) -> tuple[Directive, ...]:
    """Return directives that say what those files say, where types could execute.

    Each line of a table of types is an `AddType`; a type by content is a
    `MimeMagicType`, which httpd does not know. Both are in force before all else.
    """
    written = tuple(everywhere(directives))
    return (*_by_name(written, facts, read), *_by_content(written, facts, read))


def _by_name(
    written: Iterable[Directive], facts: Facts, read: Read
) -> Iterator[Directive]:
    named = [one.first for one in written if one.name == "typesconfig"]
    path = absolute(named[-1] if named else _USUAL, facts.root)
    for place, words in _lines(path, read):
        if words[1:] and may_execute(words[0]):
            extensions = " ".join(f".{one}" for one in words[1:])
            yield directive("AddType", f"{words[0]} {extensions}", place)


def _by_content(
    written: Iterable[Directive], facts: Facts, read: Read
) -> Iterator[Directive]:
    if facts.modules is not None and "mime_magic_module" not in facts.modules:
        return
    for one in written:
        if one.name == "mimemagicfile":
            for place, words in _lines(absolute(one.first, facts.root), read):
                for word in filter(may_execute, words):
                    yield directive("MimeMagicType", word, place)


def _lines(path: str, read: Read) -> Iterator[tuple[Place, list[str]]]:
    for number, line in enumerate(read(path).split("\n"), start=1):
        if not line.startswith("#"):
            yield Place(path=path, line=number), line.split()

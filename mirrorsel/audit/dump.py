"""What httpd prints about its configuration, as values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mirrorsel.audit.directive import Directive, Place
from mirrorsel.audit.nesting import nested
from mirrorsel.audit.words import BLANKS

_FILE = re.compile(r"# In file: (?P<file>.*)")
_LINE = re.compile(r"#\s*(?P<line>\d+):")
_MACRO = re.compile(r"""macro '(?P<name>[^']*)' \(defined on line """)
_USED = re.compile(r'used on line (?P<line>\d+) of "(?P<file>[^"]*)"')
_MODULE = re.compile(r"\s(?P<name>\w+_module) \((?:static|shared)\)")
_ROOT = re.compile(r'ServerRoot: "(?P<path>.*)"')
_ACCOUNT = re.compile(r'(?P<kind>User|Group): name="(?P<name>.*)" id=(?P<id>\d+).*')


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What of a configuration is not among its directives."""

    root: str
    """ServerRoot, an absolute path."""
    modules: frozenset[str] | None
    """The names of the loaded modules, like "cgid_module"; None when unknown."""
    user: str = ""
    """The account that answers requests; empty when unknown."""
    group: str = ""


def parse_dump(text: str) -> tuple[Directive, ...]:
    """Return the directives of `httpd -t -D DUMP_CONFIG`."""
    return nested(_placed(text))


def parse_facts(text: str, root: str) -> Facts:
    """Return the facts of `httpd -t -D DUMP_RUN_CFG -D DUMP_MODULES`.

    Args:
        text: what httpd printed.
        root: the ServerRoot when the text names none.

    """
    accounts = {one["kind"]: one["name"] for one in _ACCOUNT.finditer(text)}
    named = _ROOT.search(text)
    return Facts(
        root=named["path"] if named else root,
        modules=frozenset(one["name"] for one in _MODULE.finditer(text)),
        user=_known(accounts.get("User", "")),
        group=_known(accounts.get("Group", "")),
    )


def _known(account: str) -> str:
    """Return an account, or nothing for the number that stands for none."""
    return "" if account == "#-1" else account


def _placed(text: str) -> Iterator[tuple[Place, str]]:
    place = Place(path="", line=0)
    for line in (one.strip(BLANKS) for one in text.split("\n")):
        if found := _FILE.fullmatch(line):
            place = _file_place(found["file"])
        elif found := _LINE.fullmatch(line):
            place = _line_place(place, int(found["line"]))
        elif line and not line.startswith("#"):
            yield place, line


def _file_place(written: str) -> Place:
    """Return the place of a file, or of the line of a file that uses a macro."""
    used = _USED.findall(written)
    macro = _MACRO.match(written)
    if not used or macro is None:
        return Place(path=written, line=0)
    line, path = used[-1]
    return Place(path=path, line=int(line), macro=macro["name"])


def _line_place(place: Place, line: int) -> Place:
    if not place.macro:
        return Place(path=place.path, line=line)
    name = place.macro.partition(", ")[0]
    return Place(path=place.path, line=place.line, macro=f"{name}, line {line}")

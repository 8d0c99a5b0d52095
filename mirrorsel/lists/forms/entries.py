"""Mirrors as other programs keep them: one entry for all URLs of a host.

A line of ours has one URL, an entry one for each protocol. Lines go into one entry
where they have the same host and are alike in all else that the form holds.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mirrorsel.hostname import split_server
from mirrorsel.lists.forms.fields import Field, restricted
from mirrorsel.model import Kind, Mirror

_UNFIT = re.compile(r"[^A-Za-z0-9.-]+")
_LONGEST = 200
_ADDRESSED = re.compile(r"(?P<name>.*\S) <(?P<mail>[^<>\s]+@[^<>\s]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact as other programs keep it."""

    name: str
    mail: str

    @property
    def text(self) -> str:
        """Both as one text, empty if there is neither."""
        if self.name and self.mail:
            return f"{self.name} <{self.mail}>"
        return self.name or self.mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Mirrors of one host, no two of them with one scheme."""

    first: Mirror
    """The http mirror that it began with, which has all that they share."""
    urls: Mapping[str, str]
    """By scheme."""


_Group = dict[str, Mirror]


def entries_of(
    mirrors: Iterable[Mirror], held: Container[Field], *, twins: bool
) -> tuple[Entry, ...]:
    """Return the entries for mirrors; those that begin with no http URL are left out.

    Args:
        mirrors: In the order of the list.
        held: What the form holds.
        twins: Whether an entry may have http and https, for one host and path.

    """
    found: dict[tuple[str, Mirror], list[_Group]] = {}
    listed = list(mirrors)
    for one in listed:
        if one.kind is Kind.HTTP:
            groups = found.setdefault(_alike(one, held), [])
            if not (twins and _pair(one, groups)):
                groups.append({_scheme(one): one})
    for one in listed:
        if one.kind is not Kind.HTTP:
            _join(one, found.get(_alike(one, held), []))
    return tuple(_entry(group) for groups in found.values() for group in groups)


def named(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Yield entries with a name for each, which is that of its host.

    A second entry of a host gets a number.
    """
    taken: set[str] = set()
    for entry in entries:
        host = _UNFIT.sub("-", _host(entry.first))[:_LONGEST].strip("-.") or "mirror"
        number, name = 1, host
        while name in taken:
            number += 1
            name = f"{host}-{number}"
        taken.add(name)
        yield name, entry


def contact_of(mirror: Mirror) -> Contact:
    """Return the contact of a mirror as a name with an address."""
    text = mirror.contact or ""
    if match := _ADDRESSED.fullmatch(text):
        return Contact(name=match["name"], mail=match["mail"])
    if "@" in text:
        return Contact(name="", mail=text)
    return Contact(name=text, mail="")


def _entry(group: _Group) -> Entry:
    urls = {scheme: one.url for scheme, one in group.items()}
    return Entry(first=next(iter(group.values())), urls=urls)


def _alike(mirror: Mirror, held: Container[Field]) -> tuple[str, Mirror]:
    """Return what mirrors of one entry share."""
    shared = replace(restricted(mirror, held), url="", kind=Kind.HTTP, line=0)
    return _host(mirror), shared


def _pair(mirror: Mirror, groups: Iterable[_Group]) -> bool:
    """Add a mirror to the group of its http or https twin, if there is one."""
    for group in groups:
        (first, *more) = group.values()
        if not more and _rest(first) == _rest(mirror):
            return group.setdefault(_scheme(mirror), mirror) is mirror
    return False


def _join(mirror: Mirror, groups: Iterable[_Group]) -> None:
    free = (group for group in groups if _scheme(mirror) not in group)
    group = next(free, None)
    if group is not None:
        group[_scheme(mirror)] = mirror


def _scheme(mirror: Mirror) -> str:
    return mirror.url.partition("://")[0]


def _rest(mirror: Mirror) -> str:
    return mirror.url.partition("://")[2]


def _host(mirror: Mirror) -> str:
    parts = split_server(mirror.host)
    return (parts[0] if parts else mirror.host).lower()

"""The source form of a list, which people keep."""

from mirrorsel.lists.reader import parse
from mirrorsel.model import Mirror, MirrorList

_BACKUP = "Backup"
_NONE = "-"


def render_source(mirrors: MirrorList) -> str:
    """Return a list as text in the source form, without options.

    It is type, country, URL and contact, parted by tabs, and reads back as the
    mirrors that it was made of, but for contacts of which `holds_contact` is False.
    """
    return "".join(map(_line, mirrors.mirrors))


def holds_contact(mirror: Mirror) -> bool:
    """Return whether the contact of a mirror can stand in a list."""
    read = parse(_written(mirror), None).list.mirrors
    return [one.contact for one in read] == [mirror.contact]


def _line(mirror: Mirror) -> str:
    if mirror.contact is None or not holds_contact(mirror):
        return _joined(mirror, _NONE)
    return _written(mirror)


def _written(mirror: Mirror) -> str:
    return _joined(mirror, _quoted(mirror.contact or _NONE))


def _joined(mirror: Mirror, contact: str) -> str:
    place = _BACKUP if mirror.backup else mirror.country
    return f"{mirror.kind}\t{place}\t{mirror.url}\t{contact}\n"


def _quoted(text: str) -> str:
    if not set(text) & set(' "#\\'):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'

"""Sizes of files, as servers write them for people."""

import re

from mirrorsel.listing.entry import Size

# What httpd, nginx, lighttpd and Caddy write, and `ls -h`.
SIZE = (
    r"(?P<number>[0-9]{1,18})(?:\.(?P<part>[0-9]{1,3}))?"
    r"(?:[ \xa0]?(?P<unit>[KkMGTPE])(?P<kind>iB|B|i)?|[ \xa0]?[Bb](?:ytes?)?)?"
)
_SIZE = re.compile(SIZE)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?: ?[Bb](?:ytes?)?)?")
_UNITS = "KMGTPE"
_BINARY, _DECIMAL = 1024, 1000


def read_size(text: str) -> Size | None:
    """Return the size that a text tells; None where it tells none.

    `1.2M` may stand for anything that some server rounds to it: up, down, or to the
    nearest. A bare letter and `MiB` are of 1024, while of `MB` nobody knows.
    """
    if _GROUPED.fullmatch(text):
        return Size(int(re.sub(r"[^0-9]", "", text)))
    parts = _SIZE.fullmatch(text)
    return _size(parts) if parts else None


def _size(parts: re.Match[str]) -> Size | None:
    number, part, unit = parts["number"], parts["part"] or "", parts["unit"]
    if unit is None:
        return None if part else Size(int(number))
    step = 10.0 ** -len(part)
    value = int(number) + int(part or 0) * step
    power = _UNITS.index(unit.upper()) + 1
    least = _DECIMAL if parts["kind"] == "B" else _BINARY
    return Size.between(
        max(value - step, 0.0) * least**power, (value + step) * _BINARY**power
    )

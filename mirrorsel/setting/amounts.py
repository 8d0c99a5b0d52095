"""Settings that are amounts: numbers, durations and sizes."""

import re

from mirrorsel.setting.shape import Parser
from mirrorsel.setting.words import read_text

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SIZES = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)([KMGT]iB)")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)([smhd])")


def whole(low: int, high: int) -> Parser[int]:
    """Accept a whole number from `low` to `high`."""
    return Parser(
        syntax=f"a whole number from {low} to {high}",
        parse=lambda value: int(_between(value, low, high, int)),
    )


def number(low: float, high: float) -> Parser[float]:
    """Accept a number from `low` to `high`."""
    return Parser(
        syntax=f"a number from {low:g} to {high:g}",
        parse=lambda value: _between(value, low, high, float),
    )


def duration(low: float, high: float) -> Parser[float]:
    """Accept a duration such as "90s", "5m", "24h" or "2d"; return seconds."""

    def parse(value: object) -> float:
        match = _DURATION.fullmatch(read_text(value))
        if match is None:
            raise ValueError
        return _between(float(match[1]) * _UNITS[match[2]], low, high, float)

    span = f"{spell(low)} to {spell(high)}"
    return Parser(syntax=f'a duration like `"90s"` or `"24h"`, {span}', parse=parse)


def spell(seconds: float) -> str:
    """Return a duration as it stands in the file: 5400 gives "90m"."""
    for unit in ("d", "h", "m"):
        if seconds and seconds % _UNITS[unit] == 0:
            return f"{seconds / _UNITS[unit]:.0f}{unit}"
    return f"{seconds:f}".rstrip("0").rstrip(".") + "s"


def size(low: int, high: int) -> Parser[int]:
    """Accept a size such as "512KiB", "16MiB" or "1.5GiB"; return bytes."""

    def parse(value: object) -> int:
        match = _SIZE.fullmatch(read_text(value))
        if match is None:
            raise ValueError
        return int(_between(float(match[1]) * _SIZES[match[2]], low, high, float))

    span = f"{spell_size(low)} to {spell_size(high)}"
    return Parser(syntax=f'a size like `"512KiB"` or `"16MiB"`, {span}', parse=parse)


def size_or_none(low: int, high: int) -> Parser[int]:
    """Accept a size, as `size` does, or 0 for none."""
    some = size(low, high)

    def parse(value: object) -> int:
        return 0 if type(value) is int and value == 0 else some.parse(value)

    return Parser(syntax=f"{some.syntax}, or `0`", parse=parse)


def spell_size(count: int) -> str:
    """Return a size as it stands in the file: 16777216 gives "16MiB"."""
    for unit in ("TiB", "GiB", "MiB"):
        if count and count % _SIZES[unit] == 0:
            return f"{count // _SIZES[unit]}{unit}"
    return f"{count / _SIZES['KiB']:f}".rstrip("0").rstrip(".") + "KiB"


def _between(
    value: object, low: float, high: float, kind: type[int] | type[float]
) -> float:
    kinds = (int,) if kind is int else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds):
        raise ValueError  # noqa: TRY004 - one type says "wrong value" to the reader
    if not low <= value <= high:
        raise ValueError
    return kind(value)

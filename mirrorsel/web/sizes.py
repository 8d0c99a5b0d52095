"""Sizes of files, as people read them."""

_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")
_STEP = 1000
_EXACT = 10


def in_bytes(size: int | None) -> str:
    """Return a size in powers of 1,000; empty if it is unknown."""
    if size is None:
        return ""
    amount, unit = float(size), 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    digits = 1 if unit and amount < _EXACT else 0
    return f"{amount:.{digits}f} {_UNITS[unit]}"


def in_words(size: int) -> str:
    """Return a size with the exact number of bytes."""
    exact = f"{size:,} bytes"
    return exact if size < _STEP else f"{in_bytes(size)} ({exact})"

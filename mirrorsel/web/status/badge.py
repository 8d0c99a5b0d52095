"""A mirror's state as a small picture for other people's pages."""

from mirrorsel.status import Standing

_SAID = {
    Standing.UP: ("up", 15, "#1a7f37"),
    Standing.STALE: ("stale", 28, "#8a5a00"),
    Standing.DOWN: ("down", 31, "#c5221f"),
    Standing.UNKNOWN: ("unknown", 52, "#57606a"),
    Standing.DISABLED: ("off", 17, "#57606a"),
}
"""For each state its word, how wide that is, and the colour behind it."""
_LEFT = 48
_PAD = 14


def badge(standing: Standing) -> bytes:
    """Return the picture, which has no styles, scripts or fonts of its own.

    The lengths of the texts are given, so that any font fits.
    """
    word, letters, colour = _SAID[standing]
    right = letters + _PAD
    width = _LEFT + right
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20"'
        f' role="img" aria-label="mirror: {word}"><title>mirror: {word}</title>'
        f'<rect width="{width}" height="20" rx="4" fill="#3d444d"/>'
        f'<path d="M{_LEFT} 0h{right - 4}q4 0 4 4v12q0 4 -4 4h-{right - 4}z"'
        f' fill="{colour}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif"'
        ' font-size="11" text-anchor="middle">'
        f'<text x="{_LEFT / 2:g}" y="14" textLength="36">mirror</text>'
        f'<text x="{_LEFT + right / 2:g}" y="14" textLength="{letters}">{word}</text>'
        "</g></svg>\n"
    ).encode()

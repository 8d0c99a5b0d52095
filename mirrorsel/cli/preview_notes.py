"""What one must know to read a preview."""

from collections.abc import Iterator

from mirrorsel.model import Kind, Mirror
from mirrorsel.preview import Effect
from mirrorsel.preview.words import notes
from mirrorsel.words import counted


def remarks(effect: Effect) -> Iterator[str]:
    """Yield what the numbers stand on, and for whom they would be others."""
    yield from notes(effect)
    yield f"They come {_way(effect)}{_file(effect)}."
    yield from _plain(effect)
    yield from _parts(effect)


def _way(effect: Effect) -> str:
    scheme = "https" if effect.view.https else "http"
    return f"by {scheme} over IPv{6 if effect.view.ipv6 else 4}"


def _file(effect: Effect) -> str:
    return f" for {effect.view.path}" if effect.view.path else ""


def _plain(effect: Effect) -> Iterator[str]:
    """Yield that some mirrors are not for all, where nobody sees it."""
    if effect.view.https or effect.basis.allow_http:
        return
    plain = sum(not one.https for one in _listed(effect))
    if plain:
        yield (
            f"{counted(plain, 'mirror has', 'mirrors have')} no https, and"
            " clients that come by it are sent elsewhere: --https previews those."
        )


def _parts(effect: Effect) -> Iterator[str]:
    parts = sum(bool(one.prefixes) for one in _listed(effect))
    if parts and not effect.view.path:
        yield (
            f"{counted(parts, 'mirror carries', 'mirrors carry')} parts of the tree"
            " only and got nobody here: --path previews a file."
        )


def _listed(effect: Effect) -> Iterator[Mirror]:
    mirrors = (one.mirror for one in effect.mirrors)
    return (
        one
        for one in mirrors
        if one.kind is Kind.HTTP and one.disabled is None and not one.backup
    )

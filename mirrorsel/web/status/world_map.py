"""The map of the world with the mirrors on it, as it stands in pages."""

from collections.abc import Sequence
from functools import cache

from mirrorsel.geo import load_towns
from mirrorsel.pages import Item, Markup, Template, parse
from mirrorsel.status import HEIGHT, WIDTH, dots
from mirrorsel.web.styled import text


def count(number: int, symbol: str, word: str) -> Item:
    """Return how many mirrors there are of a sort, as the legend shows it.

    Args:
        number: How many.
        symbol: The name of its symbol, as `symbols.html` has it.
        word: What they are.

    """
    return Item(text=str(number), attributes={"name": symbol, "word": word})


def world_map(points: Markup, counts: Sequence[Item]) -> Markup:
    """Return the map with its legend, which says in words what is on it.

    Args:
        points: The mirrors, as symbols.
        counts: How many there are of each sort; see `count`.

    """
    summary = ", ".join(f"{one.text} {one.attributes['word']}" for one in counts)
    drawn = _template().render(
        {
            "width": WIDTH,
            "height": HEIGHT,
            "land": _land(),
            "points": points,
            "summary": summary,
            "counts": counts,
        }
    )
    return Markup(text=drawn.decode())


@cache
def _template() -> Template:
    return parse(text("status/map.html").encode(), name="map.html")


@cache
def _land() -> str:
    # Few processes are ever asked for the map, which takes a tenth of a second.
    return dots(load_towns())

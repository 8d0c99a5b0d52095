"""Pictures of dots in braille letters: two dots wide, four dots high each."""

from collections.abc import Iterable

from mirrorsel.model import Coordinates
from mirrorsel.status import HEIGHT, WIDTH
from mirrorsel.status.world import project

# The bits of the dots of one letter, by row and column (Unicode 17.0, 22.1.2).
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_FIRST = 0x2800
_HIGH = 4
_WIDE = 2


class Raster:
    """A map of the world in so many columns of letters."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self._scale = columns * _WIDE / WIDTH
        self.rows = -int(-HEIGHT * self._scale // _HIGH)

    def cell(self, place: Coordinates) -> tuple[int, int]:
        """Return the row and the column of the letter in which a place lies."""
        x, y = self._dot(place)
        return y // _HIGH, x // _WIDE

    def land(self, towns: Iterable[Coordinates]) -> list[str]:
        """Return the rows of letters in which towns are dots."""
        bits = [[0] * self.columns for _ in range(self.rows)]
        for x, y in set(map(self._dot, towns)):
            bits[y // _HIGH][x // _WIDE] |= _BITS[y % _HIGH][x % _WIDE]
        return ["".join(map(_letter, row)) for row in bits]

    def _dot(self, place: Coordinates) -> tuple[int, int]:
        at = project(place)
        x, y = int(at.x * self._scale), int(at.y * self._scale)
        return (
            min(max(x, 0), self.columns * _WIDE - 1),
            min(max(y, 0), self.rows * _HIGH - 1),
        )


def _letter(bits: int) -> str:
    return chr(_FIRST + bits) if bits else " "

"""The difference of two texts, found in a time that no text can stretch."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Step = tuple[str, int, int, int, int]
"""What becomes of some lines; see `difflib.SequenceMatcher.get_opcodes`."""

# Lines that come again and again cost the square of their number, many times over.
_USUAL, _A_LINE = 50_000, 2


def steps(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """Return what becomes of all lines.

    Where too many lines are alike to tell which became which, all between the first
    and the last that differ are replaced.
    """
    start = _alike(old, new)
    rest = min(len(old), len(new)) - start
    tail = min(_alike(old[::-1], new[::-1]), rest)
    end, new_end = len(old) - tail, len(new) - tail
    found: list[Step] = [("equal", 0, start, 0, start)] if start else []
    for tag, *places in _middle(old[start:end], new[start:new_end]):
        one, other, new_one, new_other = (start + place for place in places)
        found.append((tag, one, other, new_one, new_other))
    if tail:
        found.append(("equal", end, len(old), new_end, len(new)))
    return found


def unified(
    old: Sequence[str], new: Sequence[str], *, context: int = 3
) -> Iterator[str]:
    """Yield a unified diff without the names of files; no line gets an end."""
    for group in _Matcher(old, new).get_grouped_opcodes(context):
        (_, start, _, new_start, _), (_, _, end, _, new_end) = group[0], group[-1]
        yield f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@"
        for tag, one, other, new_one, new_other in group:
            if tag == "equal":
                yield from (f" {line}" for line in old[one:other])
                continue
            yield from (f"-{line}" for line in old[one:other])
            yield from (f"+{line}" for line in new[new_one:new_other])


class _Matcher(SequenceMatcher[str]):
    """Groups steps that it does not find itself."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__()
        self._steps = steps(old, new)

    def get_opcodes(self) -> list[Step]:  # type: ignore[override]
        """Return the steps."""
        return list(self._steps)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Return with how many lines both begin alike."""
    pairs = enumerate(zip(old, new, strict=False))
    different = (place for place, (one, other) in pairs if one != other)
    return next(different, min(len(old), len(new)))


def _middle(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    if _pairs(old, new) > _USUAL + _A_LINE * (len(old) + len(new)):
        return [("replace", 0, len(old), 0, len(new))]
    return list(SequenceMatcher(None, old, new).get_opcodes())


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pairs of equal lines there are."""
    known = Counter(new)
    return sum(known[line] for line in old)


def _range(start: int, end: int) -> str:
    """Return lines as a unified diff names them: an empty range by what precedes."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"

"""The lines of a text, found without going through all of it again."""

_RUN = 4096


class Lines:
    """Where the lines of a text begin.

    Only one number for each few thousand characters is kept: a text may well have
    nothing but line ends.
    """

    def __init__(self, text: str) -> None:
        """Go through a text once."""
        self._text = text
        self._counts = [0]
        self._starts = [0]
        for start in range(0, len(text), _RUN):
            end = min(start + _RUN, len(text))
            self._counts.append(self._counts[-1] + text.count("\n", start, end))
            self._starts.append(text.rfind("\n", start, end) + 1 or self._starts[-1])

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset, counted from 1."""
        run = offset // _RUN
        line = self._counts[run] + self._text.count("\n", run * _RUN, offset) + 1
        start = self._text.rfind("\n", run * _RUN, offset) + 1 or self._starts[run]
        return line, offset - start + 1

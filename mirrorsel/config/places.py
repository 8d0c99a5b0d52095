"""Where the tables and keys of a TOML text stand, which tomllib does not tell."""

import re
from collections import Counter

_KEY = re.compile(r"\s*(?P<key>[\w.-]+)\s*=")


class Places:
    """The places of one text, by dotted paths such as ``selection.override.0.asn``.

    Quoted keys and those of inline tables are not found; what holds them stands
    for them.
    """

    def __init__(self, source: str) -> None:
        self._places: dict[str, tuple[int, int]] = {}
        counts: Counter[str] = Counter()
        table = ""
        for line, content in enumerate(source.split("\n"), start=1):
            if header := _header(content):
                table = name = header
                column = content.index("[") + 1
                if content.startswith("[[", column - 1):
                    table = f"{name}.{counts[name]}"
                    counts[name] += 1
                self._places.setdefault(table, (line, column))
            elif key := _KEY.match(content):
                path = f"{table}.{key['key']}" if table else key["key"]
                self._places.setdefault(path, (line, key.start("key") + 1))

    def find(self, path: str) -> tuple[int, int]:
        """Return line and column of a path, else of what holds it, else (0, 0)."""
        while path:
            # A table that is wrongly written as an array has only numbered places.
            for name in (path, f"{path}.0"):
                if name in self._places:
                    return self._places[name]
            path = path.rpartition(".")[0]
        return (0, 0)


def _header(content: str) -> str | None:
    """Return the table whose header a line is, None if it is another line."""
    text = content.strip()
    if not text.startswith("["):
        return None
    inner, closed, rest = text.removeprefix("[").removeprefix("[").partition("]")
    table, rest = inner.strip(), rest.removeprefix("]").strip()
    good = closed and "#" not in table and (not rest or rest.startswith("#"))
    return table if good and table else None

"""Where the tables and keys of a TOML text stand, which tomllib does not tell."""

import re
from collections import Counter

_HEADER = re.compile(r"\s*(?P<open>\[{1,2})\s*(?P<table>[^\]#]+?)\s*\]{1,2}\s*(?:#.*)?")
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
            if header := _HEADER.fullmatch(content):
                table = header["table"]
                if header["open"] == "[[":
                    table = f"{table}.{counts[table]}"
                    counts[header["table"]] += 1
                self._places.setdefault(table, (line, header.start("open") + 1))
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

"""Where the tables and keys of a TOML text stand, which tomllib does not tell."""

import re
from collections import Counter

_HEADER = re.compile(r"\s*(?P<open>\[{1,2})\s*(?P<table>[^\]#]+?)\s*\]{1,2}\s*(?:#.*)?")
_KEY = re.compile(r"\s*(?P<key>[\w-]+)\s*=")


class Places:
    """The places of one text.

    Keys that are dotted or quoted are not found; their place is then the
    table's, or none.
    """

    def __init__(self, source: str) -> None:
        self._places: dict[tuple[str, str], tuple[int, int]] = {}
        counts: Counter[str] = Counter()
        table = ""
        for line, content in enumerate(source.splitlines(), start=1):
            if header := _HEADER.fullmatch(content):
                table = header["table"]
                if header["open"] == "[[":
                    table = f"{table}.{counts[table]}"
                    counts[header["table"]] += 1
                self._places.setdefault((table, ""), (line, header.start("open") + 1))
            elif key := _KEY.match(content):
                place = (line, key.start("key") + 1)
                self._places.setdefault((table, key["key"]), place)

    def find(self, table: str, key: str) -> tuple[int, int]:
        """Return line and column of a key, else of its table, else (0, 0)."""
        nothing = (0, 0)
        return self._places.get((table, key)) or self._places.get((table, ""), nothing)

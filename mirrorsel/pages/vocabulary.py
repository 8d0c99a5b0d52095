"""The names that a page may use, known before there are values."""

import difflib
from dataclasses import dataclass

_NEAR = 0.8
_LONGEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The names of the values that every page gets."""

    strings: frozenset[str]
    lists: frozenset[str]
    attributes: frozenset[str] = frozenset()
    """The attributes that items of the lists have."""

    @property
    def names(self) -> frozenset[str]:
        """All names."""
        return self.strings | self.lists

    def hint(self, name: str) -> str:
        """Return a known name that `name` may be a slip of, or an empty string."""
        if len(name) > _LONGEST:
            return ""
        near = difflib.get_close_matches(
            name.lower(), sorted(self.names), n=1, cutoff=_NEAR
        )
        return near[0] if near else ""


NAMES = Vocabulary(
    strings=frozenset(
        {
            "preferred",
            "path_info",
            "location",
            "country",
            "cca2",
            "project",
            "lookup",
            "logo",
            "link",
            "filepath",
            "debug",
        }
    ),
    lists=frozenset({"http", "ftp", "backup"}),
)
"""The names that download pages have always had."""

STANDARD = Vocabulary(
    strings=NAMES.strings | {"file", "keys", "nation", "original", "signed"},
    lists=NAMES.lists | {"bands", "chosen", "spare"},
    attributes=frozenset({"country", "distance", "host", "href", "mirrors"}),
)
"""The names that the default page and the archive page may use."""

"""The parameters of the closer interface."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from falcon import HTTPBadRequest

from mirrorsel.model import listed_country

_COUNTRY = re.compile(r"[A-Za-z]{2}|backup", re.ASCII | re.IGNORECASE)
_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a request asks for, by parameters and by the rest of its path."""

    values: Mapping[str, str]
    """The first value of each name."""
    rest: str
    """What stands behind the endpoint in the path."""

    @classmethod
    def of(cls, query_string: str, rest: str) -> "Query":
        """Read a query string; names are case-sensitive, the first value counts.

        Raises:
            HTTPBadRequest: it has more than 100 parameters.

        """
        try:
            pairs = parse_qsl(
                query_string,
                keep_blank_values=True,
                errors="surrogateescape",
                max_num_fields=_MOST,
            )
        except ValueError as error:
            raise HTTPBadRequest(title="Too many parameters") from error
        return cls(values=dict(reversed(pairs)), rest=rest)

    def get(self, name: str) -> str | None:
        """Return a parameter; a blank one is absent."""
        return self.values.get(name) or None

    @property
    def target(self) -> str:
        """The file that is meant, not yet checked."""
        return self.get("path") or self.rest

    @property
    def country(self) -> str | None:
        """The country that is asked for: two letters, or ``backup``."""
        for name in ("cca2", "ccode"):
            asked = self.get(name)
            if asked and _COUNTRY.fullmatch(asked):
                return listed_country(asked)
        return None

    @property
    def bases(self) -> tuple[str, ...]:
        """The mirrors that are asked for, in the order in which they count."""
        asked = (self.get("preferred"), self.get("Preferred"))
        return tuple(one if one.endswith("/") else f"{one}/" for one in asked if one)

    @property
    def wants_json(self) -> bool:
        """Whether JSON is asked for; only the value 0 says no."""
        asked = (self.values.get("as_json", "0"), self.values.get("asjson", "0"))
        return any(value != "0" for value in asked)

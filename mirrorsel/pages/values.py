"""The values that a page's directives print, test and repeat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """Text that is HTML already, so that its ``<`` and ``&`` are not escaped."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a list: it prints as its text and may have attributes.

    ``[http]`` prints the text and ``[http.country]`` the attribute ``country``.
    """

    text: str
    attributes: Mapping[str, "Value"] = field(
        default_factory=lambda: MappingProxyType({})
    )


Value: TypeAlias = str | int | float | Markup | Item | Sequence["Value"] | None
"""What a name may stand for; None prints as nothing, a number as its digits."""

Values: TypeAlias = Mapping[str, Value]
"""All that a page may print, by name."""

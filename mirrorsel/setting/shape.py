"""One setting: its default, its check and its sentence."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser(Generic[T]):
    """How a TOML value becomes the value of a setting."""

    syntax: str
    """What is right, as it stands behind "must be"."""
    parse: Callable[[object], T]
    """Return the value; raise ValueError where the TOML value cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known of one setting besides its name and type."""

    parser: Parser[Any]
    default: object
    """As it would stand in the file."""
    description: str
    """One sentence or a few, in Markdown."""
    restart: bool
    """Whether a change counts only after a restart of httpd or the checker."""


def setting(
    parser: Parser[T], default: object, description: str, *, restart: bool = False
) -> T:
    """Return a dataclass field that is a setting."""
    about = Setting(
        parser=parser, default=default, description=description, restart=restart
    )
    # Typed as its default, as `field` itself is, so that class bodies type-check.
    made: T = field(default=parser.parse(default), metadata={"setting": about})
    return made


def settings_of(section: type) -> dict[str, Setting]:
    """Return the settings of a section by name, in the order of the class."""
    return {
        one.name: one.metadata["setting"]
        for one in fields(section)
        if "setting" in one.metadata
    }

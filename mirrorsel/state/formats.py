"""The format number that every state file begins with."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from mirrorsel.errors import Problem, StateError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    format: int


def decode(path: Path, content: bytes, shape: type[T], number: int) -> T:
    """Return the value of a JSON text that must have a known format number.

    Args:
        path: Where the text comes from, for the message.
        content: A JSON object with the number in its member `format`.
        shape: The class of the whole object.
        number: The only number that is understood.

    Raises:
        StateError: the text is damaged, or of another format.

    """
    try:
        found = msgspec.json.decode(content, type=_Head).format
        if found != number:
            message = f"has the format {found}, which this version does not know"
            raise StateError(path, Problem(message=message))
        return msgspec.json.decode(content, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"is damaged: {error}"
        raise StateError(path, Problem(message=message)) from error

"""A mirror on a loopback address that serves files, by ranges too."""

import re
import time
from collections.abc import Mapping

from mirrorsel.net import Address, Resolver
from tests.loopback import Behaviour, Connection, answer

NOT_FOUND = answer(b"", "404 Not Found")

_RANGE = re.compile(rb"\r\nRange: bytes=([0-9]+)-([0-9]+)\r\n")


def stamp(age: float = 0) -> bytes:
    """Return the stamp of a tree that is `age` seconds old."""
    return f"{int(time.time() - age)} mirror\n".encode()


def file(content: bytes, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Return the behaviour of a server that has one file, whatever it is asked for.

    Args:
        content: The file.
        headers: More header fields of the answer.

    """

    def behave(connection: Connection) -> None:
        asked = _RANGE.search(connection.request)
        if asked is None:
            return answer(content, headers=headers)(connection)
        start, last = int(asked[1]), int(asked[2])
        part, size = content[start : last + 1], len(content)
        if not part:
            field = {"Content-Range": f"bytes */{size}"}
            return answer(b"", "416 Range Not Satisfiable", field)(connection)
        field = {"Content-Range": f"bytes {start}-{start + len(part) - 1}/{size}"}
        partly = answer(part, "206 Partial Content", field | dict(headers or {}))
        return partly(connection)

    return behave


def tree(
    files: Mapping[str, bytes | Behaviour],
    otherwise: Behaviour = NOT_FOUND,
) -> Behaviour:
    """Return the behaviour of a mirror.

    Args:
        files: What it has, by path without the first `/`.
        otherwise: What it does when it is asked for anything else.

    """

    def behave(connection: Connection) -> None:
        found = files.get(connection.path.removeprefix("/"), otherwise)
        (found if callable(found) else file(found))(connection)

    return behave


def at(*addresses: str) -> Resolver:
    """Return a resolver by which every name has the same addresses."""
    found = tuple(Address(text=one, family=6 if ":" in one else 4) for one in addresses)

    def resolve(host: str, *, private: bool) -> tuple[Address, ...]:
        del host, private
        return found

    return resolve


def counting(resolve: Resolver, asked: list[str]) -> Resolver:
    """Return a resolver that writes down which names it is asked for."""

    def count(host: str, *, private: bool) -> tuple[Address, ...]:
        asked.append(host)
        return resolve(host, private=private)

    return count

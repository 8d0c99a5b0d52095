"""What mirrors do to single files: corrupt them, lack them, break off within them."""

from collections.abc import Callable, Mapping

from tests.loopback import Behaviour, Connection, silent
from tests.mirror import NOT_FOUND, file, tree

Fault = Callable[[bytes], Behaviour]
"""Makes of a file's content what a mirror does when it is asked for the file."""

_EVERY = 2**16


def corrupted(content: bytes) -> bytes:
    """Return a content of the same size, with a wrong byte in each piece."""
    wrong = bytearray(content)
    for start in range(0, len(content), _EVERY):
        wrong[(start + min(start + _EVERY, len(content))) // 2] ^= 1
    return bytes(wrong)


def corrupts(content: bytes) -> Behaviour:
    """Send the file with wrong bytes, and swear that it is all right."""
    return file(corrupted(content))


def lacks(content: bytes) -> Behaviour:
    """Know nothing of the file."""
    del content
    return NOT_FOUND


def breaks_off(content: bytes) -> Behaviour:
    """End the connection in the midst of the file."""

    def behave(connection: Connection) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(content)}\r\n\r\n"
        connection.send(head.encode() + content[: len(content) // 2])

    return behave


def serving_but(files: Mapping[str, bytes], fault: Fault, *suffixes: str) -> Behaviour:
    """Return the behaviour of a mirror with a fault in all files of some names."""
    return tree(
        {
            path: fault(content) if path.endswith(suffixes) else content
            for path, content in files.items()
        }
    )


def dying(files: Mapping[str, bytes], suffix: str, count: int) -> Behaviour:
    """Return the behaviour of a mirror that answers nobody any more, from then on.

    Args:
        files: What it has.
        suffix: How the names of those files end that are counted.
        count: How many of them it sends; of the next it sends a half.

    """
    sent: list[str] = []
    good, last = tree(files), serving_but(files, breaks_off, suffix)

    def behave(connection: Connection) -> None:
        if connection.path.endswith(suffix):
            sent.append(connection.path)
        manners = good, last, silent
        manners[max(0, min(2, len(sent) - count))](connection)

    return behave

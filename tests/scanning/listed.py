"""Mirrors by HTTP that list their folders, as nginx writes it."""

from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote

from tests.loopback import Behaviour, Connection, answer
from tests.mirror import NOT_FOUND, file

Files = Mapping[str, bytes]


def listing(
    files: Files | Callable[[], Files],
    otherwise: Mapping[str, Behaviour] | None = None,
) -> Behaviour:
    """Return the behaviour of a mirror with lists of its folders.

    Args:
        files: Contents by paths; a function for those of the moment.
        otherwise: What it does at some paths instead; a folder's ends in a slash.

    """

    def behave(connection: Connection) -> None:
        path = unquote(connection.path).removeprefix("/")
        now = files() if callable(files) else files
        special = (otherwise or {}).get(path)
        if special is not None:
            special(connection)
        elif path in now:
            file(now[path])(connection)
        elif not path or path.endswith("/"):
            _page(now, path)(connection)
        else:
            NOT_FOUND(connection)

    return behave


def _page(files: Files, folder: str) -> Behaviour:
    inside = {
        path.removeprefix(folder).partition("/")[:2]: content
        for path, content in files.items()
        if path.startswith(folder)
    }
    if folder and not inside:
        return NOT_FOUND
    rows = [_row(name, slash, content) for (name, slash), content in inside.items()]
    head = f"<html><head><title>Index of /{folder}</title></head><body>"
    body = f'{head}<h1>Index of /{folder}</h1><hr><pre><a href="../">../</a>\n'
    end = "</pre><hr></body></html>\n"
    kind = {"Content-Type": "text/html"}
    return answer((body + "".join(sorted(rows)) + end).encode(), headers=kind)


def _row(name: str, slash: str, content: bytes) -> str:
    size = "-" if slash else str(len(content))
    link = f'<a href="{quote(name)}{slash}">{name}{slash}</a>'
    return f"{link} 01-Jul-2026 09:00 {size:>20}\n"

"""Mirrors on loopback with all that is asked of them, or with one thing wrong."""

from collections.abc import Mapping

from tests.loopback import Behaviour, Connection, answer, redirecting, stamped

NAMES = ("httpd/", "tomcat/", "zzz/", "KEYS", "favicon.ico")
_SERVER = {"Server": "Apache/2.4.66 (Debian)"}
_SUFFIXES = ("7z", "bz2", "tar.gz", "tgz", "zip")


def index(
    names: tuple[str, ...] = NAMES,
    *,
    header: str = "<h1>The tree</h1><p>Please read.</p>",
    footer: str = "<p>Verify what you download.</p>",
    icon: str = '<img src="/icons/folder.gif" alt="[DIR]">',
) -> bytes:
    """Return the page of a folder as httpd makes it."""
    rows = "".join(
        f'{icon} <a href="{name}">{name}</a> 2026-11-23 09:05    -\n' for name in names
    )
    text = (
        "<!DOCTYPE HTML><html><head><title>Index of /apache</title></head><body>"
        f'{header}<pre>{icon} <a href="?C=N;O=D">Name</a>\n'
        f'<a href="/">Parent Directory</a> -\n{rows}<hr></pre>{footer}'
        "<address>Apache Server</address></body></html>"
    )
    return text.encode()


def page(body: bytes, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Return the behaviour of a page from httpd."""
    return answer(body, headers={**_SERVER, **(headers or {})})


def tree() -> dict[str, Behaviour]:
    """Return what a mirror answers that has all that is asked of it, by path."""
    archives = {
        f"zzz/mirror-tests/1mb.img.{suffix}": answer(
            b"PK", headers={"Content-Type": "application/x-gzip"}
        )
        for suffix in _SUFFIXES
    }
    return {
        "": page(index()),
        "zzz/": page(index(("mirror-tests/", "time.txt"))),
        "zzz/time.txt": stamped(age=7200),
        "zzz/mirror-tests/redirect-test/xyz": redirecting("http://www.apache.org/"),
        **archives,
    }


def serving(
    answers: Mapping[str, Behaviour], base: str = "/", otherwise: str = "404 Not Found"
) -> Behaviour:
    """Return the behaviour of a server with these answers below its base."""
    missing = answer(b"Not Found", otherwise)

    def serve(connection: Connection) -> None:
        answers.get(connection.path.removeprefix(base), missing)(connection)

    return serve

"""The values that a page may print, each computed when it is first asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape

from mirrorsel.model import Kind, Mirror
from mirrorsel.pages import Markup, Value
from mirrorsel.web.asked import Asked
from mirrorsel.web.published import project_of
from mirrorsel.web.target import escaped


class Lazy(Mapping[str, Value]):
    """Values by name, of which a page pays only for those that it uses."""

    def __init__(self, makers: Mapping[str, Callable[[], Value]]) -> None:
        """Take what makes each value."""
        self._makers = makers
        self._made: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        """Return a value; it is made once."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    @property
    def used(self) -> Iterable[str]:
        """The names of the values that were made."""
        return self._made.keys()

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a value, without making it."""
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._makers)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._makers)


def makers(
    asked: Asked, path: str, chosen: Mirror, lookup: Markup | str = ""
) -> dict[str, Callable[[], Value]]:
    """Return what makes the values that every page has.

    Args:
        asked: The request.
        path: The file that is asked for, tidied; empty for none.
        chosen: The suggested mirror.
        lookup: On the archive page, where the file may be.

    """
    return {
        "preferred": lambda: chosen.url,
        "path_info": lambda: path,
        "location": lambda: escaped(asked.endpoint),
        "country": lambda: country_name(asked, asked.country) or "Unknown",
        "cca2": lambda: asked.country,
        "project": lambda: project_of(path),
        "lookup": lambda: lookup,
        "logo": lambda: chosen.logo,
        "link": lambda: chosen.link,
        "filepath": str,
        "debug": str,
        "http": lambda: _urls(asked.alternatives(path, chosen)),
        "ftp": lambda: _urls(asked.listed(Kind.FTP, path)),
        "backup": lambda: _urls(asked.backups),
    }


def country_name(asked: Asked, code: str | None) -> str:
    """Return the name of a country; empty if it is unknown."""
    country = asked.realm.countries.get(code or "")
    return country.name if country else ""


def archive_link(archive: str, path: str) -> Markup:
    """Return where in the archive a file may be, as HTML."""
    url = escape(archive + escaped(path))
    return Markup(
        text=f'It may be in our archive: <a rel="nofollow" href="{url}">{url}</a>'
    )


def _urls(mirrors: Iterable[Mirror]) -> tuple[Value, ...]:
    return tuple(mirror.url for mirror in mirrors)

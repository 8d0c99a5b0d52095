"""The closer interface of existing pages and programs.

It keeps the words of the scripts that it stands in for: the parameters, the
layout of the JSON, the plain URL without a newline.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from falcon import HTTP_302, HTTPBadRequest, Request, Response

from mirrorsel.model import Client, How, Kind, Location, Mirror
from mirrorsel.selection.listing import backups, in_country, named, near_set
from mirrorsel.web.headers import put_mark, put_private
from mirrorsel.web.json import put_json
from mirrorsel.web.query import Query
from mirrorsel.web.realm import Realm
from mirrorsel.web.target import escaped, normalised

_NOWHERE = "backup"
"""The country of those whose country is unknown."""


class Closer:
    """Answers in the words of the ASF's mirror scripts."""

    def __init__(self, realm: Callable[[], Realm]) -> None:
        """Take what gives the realm of the moment."""
        self._realm = realm

    def on_get(self, request: Request, response: Response, target: str = "") -> None:
        """Answer by the first rule that applies: base, action, JSON, suggestion."""
        asked = _Asked.of(self._realm(), request, target)
        put_private(response)
        if asked.query.get("preferred") == "true":
            _put_text(response, asked.suggest(response, "").url)
        elif action := asked.query.get("action"):
            _act(asked, action, response)
        elif asked.query.wants_json:
            put_json(response, _document(asked, response))
        else:
            path = _checked(asked.query.target)
            _put_text(response, f"{asked.suggest(response, path).url}{path}\n")

    on_head = on_get


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One request, read."""

    realm: Realm
    query: Query
    client: Client

    @classmethod
    def of(cls, realm: Realm, request: Request, rest: str) -> "_Asked":
        # Some servers repeat the endpoint's own address behind it.
        repeated = request.path == f"/{rest}/{rest}"
        query = Query.of(request.query_string, "" if repeated else rest)
        address = request.env.get("REMOTE_ADDR", "")
        client = realm.client(address, https=request.scheme == "https")
        return cls(realm=realm, query=query, client=_moved(realm, client, query))

    @property
    def country(self) -> str:
        """The country asked for, or the client's own."""
        return self.query.country or self.client.location.country or _NOWHERE

    def source(self, response: Response, path: str) -> Mirror:
        """Choose where a file is downloaded from, and say so in the headers.

        What proves a download comes from the origin, whatever mirror was asked for.
        """
        if self.realm.only_origin(path):
            choice = self.realm.from_origin()
            return self._told(response, choice.how, choice.mirrors[0])
        return self.suggest(response, path)

    def suggest(self, response: Response, path: str) -> Mirror:
        """Choose a mirror, and say so in the headers."""
        return self._told(response, *self._choice(path))

    def _told(self, response: Response, how: How, mirror: Mirror) -> Mirror:
        country = self.client.location.country
        put_mark(response, f"{mirror.host}; how={how}", country)
        return mirror

    def _choice(self, path: str) -> tuple[How, Mirror]:
        wished = (named(self.realm.index, one) for one in self.query.bases)
        mirror = next(
            (one for one in wished if one and one.kind is not Kind.RSYNC), None
        )
        if mirror:
            return How.PREFERRED, mirror
        choice = self.realm.index.choose(self.client, path, 1)
        return choice.how, choice.mirrors[0]


def _moved(realm: Realm, client: Client, query: Query) -> Client:
    """Return the client as if it were in the country that it names."""
    country = query.country
    if country is None or country == client.location.country:
        return client
    place = realm.countries.get(country)
    location = Location(
        country=None if country == _NOWHERE else country,
        continent=place.continent if place else None,
        coordinates=place.centre if place else None,
    )
    return replace(client, location=location)


def _act(asked: _Asked, action: str, response: Response) -> None:
    if action != "download":
        raise HTTPBadRequest(title="unknown action")
    path = _checked(asked.query.get("filename") or asked.query.target)
    if not path:
        raise HTTPBadRequest(title="No file was asked for: name it with filename=")
    response.status = HTTP_302
    base = asked.source(response, path).url
    response.set_header("Location", base + escaped(path))


def _document(asked: _Asked, response: Response) -> dict[str, Any]:
    path = _checked(asked.query.target)
    index, client = asked.realm.index, asked.client
    chosen = asked.suggest(response, path)
    spare = backups(index)
    http = in_country(index, client, asked.country, Kind.HTTP, path)
    listed = http or near_set(index, client, path) or spare
    # The sort is stable: the others stay as they are, nearest first.
    first = sorted(listed, key=lambda one: one.url != chosen.url)
    ftp = in_country(index, client, asked.country, Kind.FTP, path)
    return {
        "backup": [one.url for one in spare],
        "cca2": asked.country,
        "ftp": [one.url for one in ftp],
        "http": [one.url for one in first],
        "in_attic": False,
        "in_dist": True,
        "path_info": path,
        "preferred": chosen.url,
    }


def _checked(name: str) -> str:
    path = normalised(name)
    if path is None:
        raise HTTPBadRequest(title="This is not the name of a file below a mirror")
    return path


def _put_text(response: Response, text: str) -> None:
    response.set_header("X-Content-Type-Options", "nosniff")
    response.text = text

"""One request to the closer interface or to a page, read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from falcon import HTTPBadRequest, Request, Response
from msgspec.structs import replace

from mirrorsel.model import Client, How, Kind, Location, Mirror
from mirrorsel.selection.listing import Wanted, backups, in_country, named, near_set
from mirrorsel.web.counted import SELECTED, Selected
from mirrorsel.web.headers import put_mark
from mirrorsel.web.query import Query
from mirrorsel.web.realm import Realm
from mirrorsel.web.recency import Recency
from mirrorsel.web.target import normalised

NOWHERE = "backup"
"""The country of those whose country is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for, by whom, at which address."""

    realm: Realm
    query: Query
    client: Client
    """The client, as if it were in the country that it names."""
    endpoint: str
    """The path of the URL, without what stands behind the endpoint's own name."""
    recency: Recency
    environ: dict[str, Any]
    """The request's, in which is left what is to be counted."""

    @classmethod
    def of(cls, realm: Realm, request: Request, endpoint: str, rest: str) -> "Asked":
        """Read a request; `rest` stands behind the endpoint, without its slash.

        Raises:
            HTTPBadRequest: it has too many parameters.

        """
        # Some servers repeat the endpoint's own address behind it.
        query = Query.of(request.query_string, "" if endpoint == f"/{rest}" else rest)
        address = request.env.get("REMOTE_ADDR", "")
        client = realm.client(address, https=request.scheme == "https")
        dated = realm.sources.mirrors.dated
        return cls(
            realm=realm,
            query=query,
            client=_moved(realm, client, query),
            endpoint=endpoint,
            recency=Recency.asked(query.get("update"), dated),
            environ=request.env,
        )

    @property
    def country(self) -> str:
        """The country asked for, or the client's own."""
        return self.query.country or self.client.location.country or NOWHERE

    @property
    def target(self) -> str:
        """The file that is asked for, tidied.

        Raises:
            HTTPBadRequest: it is no name of a file below a mirror.

        """
        return checked(self.query.target)

    def suggest(self, response: Response, path: str) -> Mirror:
        """Choose where a file is taken from, and say so in the headers.

        What proves a download comes from the origin, whatever mirror was asked for.
        """
        if self.realm.only_origin(path):
            choice = self.realm.from_origin()
            how, mirror = choice.how, choice.mirrors[0]
        else:
            how, mirror = self._choice(path)
        country = self.client.location.country
        put_mark(response, f"{mirror.host}; how={how}", country)
        self.environ[SELECTED] = Selected.of(mirror, how, country)
        return mirror

    def listed(self, kind: Kind, path: str) -> tuple[Mirror, ...]:
        """Return the usable mirrors of the country, nearest first."""
        wanted = Wanted(target=path, kind=kind, absent=self.realm.absent(path))
        found = in_country(self.realm.index, self.client, self.country, wanted)
        return self._recent(found)

    def alternatives(self, path: str, chosen: Mirror) -> tuple[Mirror, ...]:
        """Return the http mirrors of the country, else what stands in for them.

        The chosen one comes first where it is among them.
        """
        wanted = Wanted(target=path, absent=self.realm.absent(path))
        mirrors = (
            self.listed(Kind.HTTP, path)
            or self._recent(near_set(self.realm.index, self.client, wanted))
            or self.backups
        )
        # The sort is stable: the others stay as they are, nearest first.
        return tuple(sorted(mirrors, key=lambda one: one.url != chosen.url))

    @property
    def backups(self) -> tuple[Mirror, ...]:
        """The Backup mirrors."""
        return backups(self.realm.index)

    def _recent(self, mirrors: Iterable[Mirror]) -> tuple[Mirror, ...]:
        return self.recency.only(self.realm.index, mirrors)

    def _choice(self, path: str) -> tuple[How, Mirror]:
        index, absent = self.realm.index, self.realm.absent(path)
        wished = (named(index, one, absent) for one in self.query.bases)
        mirror = next(
            (one for one in wished if one and one.kind is not Kind.RSYNC), None
        )
        if mirror:
            return How.PREFERRED, mirror
        if self.recency.since:
            return self.recency.choose(index, self.client, path, absent)
        choice = index.choose(self.client, path, 1, absent)
        return choice.how, choice.mirrors[0]


def checked(name: str) -> str:
    """Return the name of a file below a mirror, tidied.

    Raises:
        HTTPBadRequest: it is none.

    """
    path = normalised(name)
    if path is None:
        raise HTTPBadRequest(title="This is not the name of a file below a mirror")
    return path


def _moved(realm: Realm, client: Client, query: Query) -> Client:
    """Return the client as if it were in the country that it names."""
    country = query.country
    if country is None or country == client.location.country:
        return client
    place = realm.countries.get(country)
    location = Location(
        country=None if country == NOWHERE else country,
        continent=place.continent if place else None,
        coordinates=place.centre if place else None,
    )
    return replace(client, location=location)

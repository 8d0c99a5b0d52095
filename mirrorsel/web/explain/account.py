"""All that is told of one client's choice."""

from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from mirrorsel.model import Client, Selection
from mirrorsel.web.explain.question import Question
from mirrorsel.web.realm import Realm
from mirrorsel.web.target import escaped


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a client gets, why, and from which files that follows."""

    realm: Realm
    question: Question
    client: Client
    selection: Selection
    """What the live answer to the same question is made from."""
    mirrors: str
    """Which list is used, in words."""
    now: datetime

    @classmethod
    def of(
        cls, realm: Realm, question: Question, mirrors: str, now: datetime
    ) -> "Account":
        """Select as for a request of this client."""
        found = realm.client(question.address, https=question.https)
        client = replace(found, ipv6=question.ipv6 or found.ipv6)
        return cls(
            realm=realm,
            question=question,
            client=client,
            selection=realm.select(client, question.target),
            mirrors=mirrors,
            now=now,
        )

    @property
    def proof(self) -> bool:
        """Whether the file always comes from the origin, by its name."""
        return self.realm.only_origin(self.question.target)

    @property
    def answer(self) -> str:
        """Where the client is sent."""
        base = self.selection.ranked[0].mirror.url
        return base + escaped(self.question.target)

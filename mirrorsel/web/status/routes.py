"""The addresses of the status pages."""

from collections.abc import Callable, Mapping
from datetime import datetime

from falcon import App, Request, Response

from mirrorsel.web.past import Past
from mirrorsel.web.realm import Realm
from mirrorsel.web.status.resources import (
    Badge,
    Index,
    One,
    Programs,
    Schema,
    Slash,
)
from mirrorsel.web.status.source import Source


def add_status(
    app: App[Request, Response],
    realm: Callable[[], Realm],
    past: Callable[[], Past | None],
    shares: Callable[[], Mapping[str, float]],
    now: Callable[[], datetime],
) -> None:
    """Answer below ``/mirrors/``.

    Args:
        app: The application.
        realm: Gives the realm of the moment.
        past: Gives what the checker remembers, if that is known at all.
        shares: Gives the shares of all selections by the URLs of mirrors; empty
            where they are not counted.
        now: Tells the present, in UTC.

    """
    source = Source(realm, past, shares, now)
    app.add_route("/mirrors", Slash(source))
    app.add_route("/mirrors/", Index(source))
    app.add_route("/mirrors/status.json", Programs(source))
    app.add_route("/mirrors/status.schema.json", Schema(source))
    app.add_route("/mirrors/at/{slug}", Slash(source))
    app.add_route("/mirrors/at/{slug}/", One(source))
    app.add_route("/mirrors/at/{slug}/badge.svg", Badge(source))

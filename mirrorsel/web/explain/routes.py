"""The address of explanations: ``/mirrors/explain``."""

from collections.abc import Callable
from datetime import datetime

from falcon import App, Request, Response

from mirrorsel.web.explain.resource import Explain
from mirrorsel.web.realm import Realm


def add_explain(
    app: App[Request, Response],
    realm: Callable[[], Realm],
    list_errors: Callable[[], int],
    now: Callable[[], datetime],
) -> None:
    """Answer at ``/mirrors/explain``.

    The application knows no access rules: that nobody but the operator may ask is
    up to httpd, whose shipped configuration lets in this machine alone.

    Args:
        app: The application.
        realm: Gives the realm of the moment.
        list_errors: Tells how many errors the list has as it is now.
        now: Tells the present, in UTC.

    """
    app.add_route("/mirrors/explain", Explain(realm, list_errors, now))

"""A plan of an instance for tests."""

from dataclasses import replace
from pathlib import Path

from mirrorsel.instance.plan import Plan, Role, Site


def plan(folder: Path, **more: object) -> Plan:
    """Return one with the usual accounts, and other values in it."""
    made = Plan(
        folder=folder,
        origin="https://origin.example/",
        sites=(Site(name="one.example.org", root=Path("/srv/www/one")),),
        listed="http de https://mirror.example.de/\n",
        python=Path("/opt/mirrorsel"),
        wsgi=Path("/opt/mirrorsel/mod_wsgi.so"),
        web=Role(user="mirrorsel", group="mirrorsel"),
        checker=Role(user="mirrorsel-checker", group="mirrorsel-checker"),
        by_systemd=True,
    )
    return replace(made, **more)  # type: ignore[arg-type] # any field of it

"""The files of an instance, as they would be written today."""

from collections.abc import Iterator
from pathlib import Path

from mirrorsel.instance.httpd_files import httpd_files
from mirrorsel.instance.layout import Layout
from mirrorsel.instance.plan import Plan
from mirrorsel.instance.template import fill
from mirrorsel.instance.units import units
from mirrorsel.shipped import shipped

SCRIPT = Path("wsgi.py")
SHIPPED_CONF = Path("httpd-conf", "mirrorsel.conf")


def contents(plan: Plan) -> Iterator[tuple[Path, str]]:
    """Yield each file's path below the instance's folder, and its text."""
    yield Path("mirrorsel.toml"), _settings(plan)
    yield Path("mirrors.list"), plan.listed
    for path in (SCRIPT, SHIPPED_CONF):
        yield path, shipped(str(path)).read_text(encoding="utf-8")
    for layout in Layout:
        for path, text in httpd_files(plan, layout):
            yield snippets(plan, layout).relative_to(plan.folder) / path, text
    for name, text in units(plan):
        yield Path("systemd", name), text


def snippets(plan: Plan, layout: Layout) -> Path:
    """Return the folder with the pieces for a layout."""
    return plan.folder / "httpd" / layout


def _settings(plan: Plan) -> str:
    sample = shipped("mirrorsel.toml")
    return fill("mirrorsel.toml", origin=plan.origin, sample=sample)

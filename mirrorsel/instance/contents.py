"""The files of an instance, as they would be written today."""

from collections.abc import Iterator
from pathlib import Path

from mirrorsel.instance.httpd_files import httpd_files
from mirrorsel.instance.layout import Layout
from mirrorsel.instance.plan import Plan
from mirrorsel.instance.template import fill
from mirrorsel.instance.units import units
from mirrorsel.shipped import shipped

SETTINGS, LIST, SCRIPT = "mirrorsel.toml", "mirrors.list", "wsgi.py"
SHIPPED_CONF = "httpd-conf/mirrorsel.conf"
"""Where an instance, and mirrorsel itself, has the configuration to include."""


def contents(plan: Plan) -> Iterator[tuple[Path, str]]:
    """Yield each file's path below the instance's folder, and its text."""
    yield Path(SETTINGS), _settings(plan)
    yield Path(LIST), plan.listed
    for name in (SCRIPT, SHIPPED_CONF):
        yield Path(name), shipped(name).read_text(encoding="utf-8")
    for layout in Layout:
        for path, text in httpd_files(plan, layout):
            yield snippets(plan, layout).relative_to(plan.folder) / path, text
    for name, text in units(plan):
        yield Path("systemd", name), text


def snippets(plan: Plan, layout: Layout) -> Path:
    """Return the folder with the pieces for a layout."""
    return plan.folder / "httpd" / layout


def _settings(plan: Plan) -> str:
    sample = shipped(SETTINGS)
    return fill(SETTINGS, origin=plan.origin, sample=sample)

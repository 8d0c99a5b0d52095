"""The templates of the status pages, with their style and script put in."""

from dataclasses import dataclass
from importlib.resources import files

from mirrorsel.pages import Markup, Template, Value, parse
from mirrorsel.web.status.answer import hashed

_FOLDER = files("mirrorsel.web.status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """Both pages, and what they share."""

    index: Template
    mirror: Template
    shared: dict[str, Value]
    """The values that every page has."""
    policy: str
    """The strictest policy that shows the pages (CSP Level 3, section 6)."""


def read_templates() -> Templates:
    """Read what lies beside this module."""
    style, script = text("style.css"), text("script.js")
    policy = (
        f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(script)};"
        " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return Templates(
        index=parse(text("index.html").encode(), name="index.html"),
        mirror=parse(text("mirror.html").encode(), name="mirror.html"),
        shared={
            "style": Markup(text=style),
            "script": Markup(text=script),
            "symbols": Markup(text=text("symbols.html")),
        },
        policy=policy,
    )


def text(name: str) -> str:
    """Return a file that lies beside this module."""
    return _FOLDER.joinpath(name).read_text(encoding="utf-8")

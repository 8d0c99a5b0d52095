"""A page in the look that all pages of this service share."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.resources import files

from mirrorsel.pages import Item, Markup, Value, parse

HTML = "text/html; charset=utf-8"
_ROOM = files("mirrorsel.web")


class StyledPage:
    """A template, with head, style and symbols put in, and its policy.

    Args:
        name: The file of the template; see `text`.
        forms: Where its forms may be sent, as a policy has it.
        script: What its script is to do; empty for a page without any.

    """

    policy: str
    """The strictest policy that shows the page (CSP Level 3, section 6)."""

    def __init__(self, name: str, *, forms: str = "'none'", script: str = "") -> None:
        style = text("style.css")
        self._template = parse(text(name).encode(), name=name)
        self._shared: Mapping[str, Value] = {
            "head": Markup(text=text("head.html")),
            "style": Markup(text=style),
            "symbols": Markup(text=text("symbols.html")),
            "script": Markup(text=script),
        }
        active = f" script-src {hashed(script)}; img-src 'self';" if script else ""
        self.policy = (
            f"default-src 'none'; style-src {hashed(style)};{active} base-uri 'none';"
            f" form-action {forms}; frame-ancestors 'none'"
        )

    def render(self, values: Mapping[str, Value]) -> bytes:
        """Return the page with these values."""
        return self._template.render({**self._shared, **values})


def described(facts: Iterable[tuple[str, str]]) -> list[Item]:
    """Return names with what is known under each, as templates print them."""
    return [Item(text=name, attributes={"value": value}) for name, value in facts]


def text(name: str) -> str:
    """Return a file that comes with these pages, by its path below this folder."""
    return _ROOM.joinpath(name).read_text(encoding="utf-8")


def hashed(part: str) -> str:
    """Return a style or script as a policy names it (CSP Level 3, section 2.3.1)."""
    return f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'"

"""A page in the look of the status pages, without scripts."""

from collections.abc import Mapping
from importlib.resources import files

from mirrorsel.pages import Markup, Value, parse
from mirrorsel.web.status.answer import hashed
from mirrorsel.web.status.templates import text


class StyledPage:
    """A template, with style and symbols put in, and its policy.

    Args:
        room: The package in which the template lies.
        name: Its name.
        forms: Where its forms may be sent, as a policy has it.

    """

    policy: str
    """The strictest policy that shows the page (CSP Level 3, section 6)."""

    def __init__(self, room: str, name: str, *, forms: str = "'none'") -> None:
        style = text("style.css")
        self._template = parse(files(room).joinpath(name).read_bytes(), name=name)
        self._shared: Mapping[str, Value] = {
            "style": Markup(text=style),
            "symbols": Markup(text=text("symbols.html")),
        }
        self.policy = (
            f"default-src 'none'; style-src {hashed(style)}; base-uri 'none';"
            f" form-action {forms}; frame-ancestors 'none'"
        )

    def render(self, values: Mapping[str, Value]) -> bytes:
        """Return the page with these values."""
        return self._template.render({**self._shared, **values})

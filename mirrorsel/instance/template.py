"""The texts that an instance is made of, with places for what is its own."""

from pathlib import Path
from string import Template


class _Text(Template):
    """A text with places like ``@{folder}``: httpd and systemd use other signs."""

    delimiter = "@"


def fill(name: str, /, **values: object) -> str:
    """Return the text of a template with its places filled."""
    file = Path(__file__).with_name("templates") / name
    return _Text(file.read_text(encoding="utf-8")).substitute(values)

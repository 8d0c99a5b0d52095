"""The values and files that the tests of mirrorsel.pages use."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from mirrorsel.pages import Item, Markup, Template, Values, parse

VALUES: Values = {
    "preferred": "https://near.example/",
    "path_info": "",
    "location": "/download.cgi",
    "country": "Germany",
    "cca2": "de",
    "project": "thing",
    "lookup": Markup(text='<a href="#">old</a>'),
    "logo": "",
    "link": "",
    "filepath": "",
    "debug": "",
    "http": ("https://near.example/", "https://far.example/"),
    "ftp": (),
    "backup": ("https://origin.example/",),
    "hostile": """<&>"'=\\""",
    "number": 0,
    "nothing": None,
    "things": (
        Item(text="one", attributes={"size": 1, "part": Item(text="p")}),
        Item(text="two", attributes={"size": None}),
    ),
}


@dataclass(frozen=True, slots=True)
class Folder:
    """Files by name, as a document root whose links are all resolved."""

    files: Mapping[str, bytes]

    def text(self, name: str, beside: str, /) -> bytes | None:
        """Return a file; a name that begins with a slash is one of the root."""
        return self.files.get(_joined(name, beside))

    def template(self, name: str, beside: str, /) -> Template | None:
        """Return a file as a template."""
        text = self.text(name, beside)
        if text is None:
            return None
        return parse(text, name=_joined(name, beside), includer=self)


def _joined(name: str, beside: str) -> str:
    if name.startswith("/"):
        return name.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(beside), name))


def rendered(template: str | bytes, files: Mapping[str, bytes] | None = None) -> str:
    """Return what a page renders, with the values above."""
    text = template.encode() if isinstance(template, str) else template
    folder = Folder(files or {})
    return parse(text, includer=folder).render(VALUES, folder).decode()


def complaints(template: str, files: Mapping[str, bytes] | None = None) -> list[str]:
    """Return the problems of a page, as ``line:column: message``."""
    page = parse(template.encode(), includer=Folder(files or {}))
    return [one.at("").removeprefix(":") for one in page.problems]

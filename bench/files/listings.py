"""The lists of a generated mirror's folders, as servers write them."""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from bench.files.pages import Pages
from bench.files.paths import path, size
from mirrorsel.listing import Entry
from tests.listing import forms

_KEYS = 1000
_HTML, _JSON, _XML = "text/html", "application/json", "application/xml"

FORMS: Mapping[str, tuple[str, forms.Form]] = {
    "HTTP, Apache httpd": (_HTML, forms.apache_pre),
    "HTTP, Apache httpd (table)": (_HTML, forms.apache_table),
    "HTTP, nginx": (_HTML, forms.nginx),
    "HTTP, nginx (JSON)": (_JSON, forms.nginx_json),
    "HTTP, lighttpd": (_HTML, forms.lighttpd),
    "HTTP, Caddy": (_HTML, forms.caddy),
    "HTTP, Caddy (JSON)": (_JSON, forms.caddy_json),
}
"""Type and form of a page by what servers do."""

BUCKET = "HTTP, S3"


def pages(name: str, count: int) -> Pages:
    """Return all pages of a mirror that has some of the generated paths."""
    if name == BUCKET:
        return dict(_objects(count))
    kind, form = FORMS[name]
    return dict(_folders(count, kind, form))


def folders(count: int) -> Mapping[str, list[Entry]]:
    """Return what lies in each folder, by its path; empty for the root."""
    found: dict[str, list[Entry]] = {"": []}
    for number in range(count):
        folder, _, name = path(number).rpartition("/")
        _add(found, folder)
        found[folder].append(forms.entry(name, size(number)))
    return found


def _add(found: dict[str, list[Entry]], folder: str) -> None:
    if folder not in found:
        above, name = posixpath.split(folder)
        _add(found, above)
        found[above].append(forms.entry(name))
        found[folder] = []


def _folders(
    count: int, kind: str, form: forms.Form
) -> Iterator[tuple[str, tuple[str, bytes]]]:
    for folder, entries in folders(count).items():
        yield f"/{quote(folder)}/" if folder else "/", (kind, form(entries))


def _objects(count: int) -> Iterator[tuple[str, tuple[str, bytes]]]:
    keys = sorted((path(number), size(number)) for number in range(count))
    yield "/", (_XML, forms.bucket([]))
    address = "/?list-type=2&prefix="
    for start in range(0, max(count, 1), _KEYS):
        some = keys[start : start + _KEYS]
        token = str(start + _KEYS) if start + _KEYS < count else ""
        objects = [(key, forms.entry(key, one)) for key, one in some]
        yield address, (_XML, forms.bucket(objects, more=token))
        address = f"/?list-type=2&prefix=&continuation-token={token}"

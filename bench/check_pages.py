"""Check that every download page of a folder renders through a real httpd.

The folder is copied into a temporary document root. Of each page: the status is
200, no known directive is left, every link that used [preferred] is on the chosen
mirror, and the rest is as it was, byte for byte.
"""

import argparse
import http.client
import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench.ending import end_in_order
from bench.page_oracle import BeyondError, Values, expected
from mirrorsel.errors import MirrorselError
from mirrorsel.pages import NAMES, is_download_page
from tests.httpd.served import Order, Served, documents, open_folder, serving

GOOD, FINDINGS, CANNOT_TELL = 0, 1, 2

_ENDS = (".html", ".htm", ".xhtml", ".xml", ".ezt", ".md", ".mdtext")
_MIRROR = "https://near.example/apache/"
_LIST = f"""http de {_MIRROR}
http de https://far.example/
ftp de ftp://ftp.example/apache/
http Backup https://backup.example/
"""
_QUERY = f"cca2=de&Preferred={quote(_MIRROR, safe='')}"
_LINK = re.compile(
    rb"""\b(?:href|src|action|value|url)\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE
)
_PREFERRED = b"[preferred]"
_LEFT = re.compile(
    rf"\[(?:{'|'.join(NAMES.strings)}|(?:if-any|for) (?:{'|'.join(NAMES.names)}))\]"
    "".encode()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the folder, and where it is served."""

    name: str
    """Its path below the folder."""
    url: str
    source: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a page."""

    faults: tuple[str, ...]
    notes: tuple[str, ...]
    links: int
    """How many links led to the mirror, and do."""


def main(arguments: list[str] | None = None) -> int:
    """Check a folder; return 0 if all is good, 1 if not, 2 if that cannot be told."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    if not folder.is_dir():
        return _give_up(f"{folder} is no folder")
    try:
        with open_folder() as root:
            pages = tuple(publish(folder, root))
            if not pages:
                return _give_up(f"no download page in {folder}")
            order = Order(mirrors=_LIST, extra=documents(root))
            with serving(order) as served:
                return _check_all(served, pages)
    except (MirrorselError, OSError) as error:
        return _give_up(str(error))


def publish(folder: Path, root: Path) -> Iterator[Page]:
    """Copy a folder into a document root; yield its download pages."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder)
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        source = path.read_bytes()
        if path.suffix in _ENDS and is_download_page(source):
            # Whatever it is called there, only .html is ever a page.
            served = name.with_suffix(".html")
            shutil.copyfile(path, root / served)
            url = quote(f"/{served.with_suffix('.cgi')}")
            yield Page(name=str(name), url=url, source=source)


def _check_all(served: Served, pages: tuple[Page, ...]) -> int:
    bad = 0
    for number, page in enumerate(pages, start=1):
        verdict = check(served, page)
        bad += bool(verdict.faults)
        word = "FAIL" if verdict.faults else "ok"
        size = f"{len(page.source)} bytes, {verdict.links} links"
        print(f"[{number}/{len(pages)}] {word:4} {page.name} ({size})", flush=True)
        for fault in (*verdict.faults, *verdict.notes):
            print(f"    {fault}")
    print(f"{len(pages)} pages, {len(pages) - bad} good, {bad} bad")
    return FINDINGS if bad else GOOD


def check(served: Served, page: Page) -> Verdict:
    """Ask for a page and judge the answer."""
    status, body = _fetch(served, f"{page.url}?{_QUERY}")
    if status != http.client.OK:
        return Verdict(faults=(f"status {status}",), notes=(), links=0)
    values = _values(served, page)
    wanted: bytes | None = None
    notes: list[str] = []
    try:
        wanted = expected(page.source, values)
    except BeyondError as error:
        notes.append(f"not compared byte for byte: it uses {error}")
    links = _links(page.source, values)
    faults = [
        f"a link is not on the mirror: {one.decode('latin-1')}"
        for one in sorted(links)
        # A block that does not show may hide a link.
        if one not in body and (wanted is None or one in wanted)
    ]
    if left := _LEFT.search(body):
        faults.append(f"a directive is left: {left[0].decode()}")
    if wanted is not None and wanted != body:
        faults.append(_difference(wanted, body))
    return Verdict(faults=tuple(faults), notes=tuple(notes), links=len(links))


def _links(source: bytes, values: Values) -> set[bytes]:
    """Return what the links of a page that begin with [preferred] must become."""
    written = (one for one in _LINK.findall(source) if one.startswith(_PREFERRED))
    return {expected(one, values) for one in written}


def _values(served: Served, page: Page) -> Values:
    """Return the values of all names, as far as programs are told them."""
    answer = json.loads(_fetch(served, f"/dyn/closer.cgi?as_json=1&{_QUERY}")[1])
    lists = {name: tuple(answer[name]) for name in sorted(NAMES.lists)}
    return {
        **dict.fromkeys(NAMES.strings, ""),
        **lists,
        "preferred": _MIRROR,
        "location": page.url,
        "country": "Germany",
        "cca2": "de",
    }


def _difference(wanted: bytes, body: bytes) -> str:
    pairs = zip(wanted, body, strict=False)
    at = next((i for i, (one, other) in enumerate(pairs) if one != other), None)
    place = min(len(wanted), len(body)) if at is None else at
    near = slice(max(place - 20, 0), place + 40)
    line = wanted[:place].count(b"\n") + 1
    return f"line {line} must be {wanted[near]!r}, not {body[near]!r}"


def _fetch(served: Served, path: str) -> tuple[int, bytes]:
    options = served.httpd.options
    connection = http.client.HTTPConnection(options.host, options.port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _give_up(message: str) -> int:
    print(f"check-pages: {message}", file=sys.stderr)
    return CANNOT_TELL


if __name__ == "__main__":
    end_in_order()
    sys.exit(main())

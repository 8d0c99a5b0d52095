"""Names that may stand in a listing for what lies directly in the folder."""

import re
from urllib.parse import unquote_to_bytes

_LONGEST = 255
# A control character ends a command of FTP, or a line of a listing.
_UNUSABLE = re.compile(r"[\x00-\x1f\x7f/]")
# A scheme ends at a colon that no slash comes before (RFC 3986, section 4.2).
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HIDDEN = re.compile(r"\..*|(header|readme).*|rcs|cvs|.*(~|#|,v|,t)", re.IGNORECASE)


def plain_name(raw: bytes) -> str | None:
    """Return a name as a text; None for what names nothing directly in a folder.

    Names that are no UTF-8 are none of a published tree.
    """
    if len(raw) > _LONGEST:
        return None
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        return None
    if name in {"", ".", ".."} or _UNUSABLE.search(name):
        return None
    return name


def name_of_link(href: str, folder: str) -> tuple[str, bool] | None:
    """Return the name that a link leads to, and whether it is that of a folder.

    It is None for links to all else: other hosts, other folders, the same page in
    another order.

    Args:
        href: The link, as it stands in the page.
        folder: The URL of the page, ending in a slash.

    """
    href = href.strip()
    if "?" in href or "#" in href:
        return None
    rest = _below(href, folder)
    if rest is None:
        return None
    name = plain_name(_decoded(rest.removesuffix("/")))
    return None if name is None else (name, rest.endswith("/"))


def path_of(url: str) -> str:
    """Return the path of a URL, as it is written."""
    return "/" + url.split("/", 3)[-1]


def may_be_hidden(name: str) -> bool:
    """Return whether a server may have left a name out, though the file is there.

    Those are what httpd's packages tell `IndexIgnore`, and names with a dot at their
    beginning, which other servers leave out.
    """
    return _HIDDEN.fullmatch(name) is not None


def _below(href: str, folder: str) -> str | None:
    """Return what a link adds to the folder's URL; None if it leads elsewhere."""
    if href.startswith("./"):
        return href[2:]
    if href.startswith("/"):
        base = path_of(folder) if not href.startswith("//") else _without_scheme(folder)
    elif _SCHEME.match(href):
        base = folder
    else:
        return href
    return _cut(href, base)


def _cut(href: str, base: str) -> str | None:
    if href.startswith(base):
        return href[len(base) :]
    # Servers differ in what they encode (RFC 3986, section 6.2.2).
    head, slash, last = href.removesuffix("/").rpartition("/")
    same = _decoded(head + slash) == _decoded(base)
    return last + href[len(head + slash + last) :] if same else None


def _decoded(text: str) -> bytes:
    # Bytes that are no UTF-8 came through as they are (PEP 383).
    return unquote_to_bytes(text.encode(errors="surrogateescape"))


def _without_scheme(url: str) -> str:
    return url.partition(":")[2]

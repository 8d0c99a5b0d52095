"""Folders as servers write them, from the facts of their forms."""

import html
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from mirrorsel.listing import Entry, Size

Form = Callable[[Sequence[Entry]], bytes]
Line = Callable[[Entry], bytes]

NOW = datetime(2026, 11, 29, 18, 30, tzinfo=UTC)
_HEAD = "<html><head><title>Index of /a/</title></head><body><h1>Index of /a/</h1>"


def entry(name: str, size: int | None = None, modified: int = 1741064760) -> Entry:
    """Return a file, or a folder where there is no size."""
    return Entry(
        name=name,
        folder=size is None,
        size=None if size is None else Size(size),
        modified=modified,
    )


def date_of(one: Entry, form: str) -> str:
    """Return when an entry was changed."""
    return datetime.fromtimestamp(one.modified or 0, UTC).strftime(form)


def size_of(one: Entry) -> int:
    """Return the bytes of a file."""
    return one.size.about if one.size else 0


def apache_size(size: int) -> str:
    """Return a size as httpd's portable runtime rounds it."""
    if size < 973:
        return str(size)
    units = iter("KMGTPE")
    while size >= 973:
        rest, size, unit = size % 1024, size // 1024, next(units)
    if size >= 9:
        return f"{size + (rest >= 512)}{unit}"
    tenths = (rest * 5 + 256) // 512
    return f"{size + tenths // 10}.{tenths % 10}{unit}"


def nginx_size(size: int) -> str:
    """Return a size as nginx rounds it where it is not told to be exact."""
    for unit, one, least in (("G", 30, 2**30), ("M", 20, 2**20), ("K", 10, 10000)):
        if size >= least:
            return f"{(size + 2 ** (one - 1)) // 2**one}{unit}"
    return str(size)


def lighttpd_size(size: int) -> str:
    """Return a size as lighttpd cuts it, with one digit."""
    units, rest = 0, size
    while True:
        rest, size, units = size % 1024, size // 1024, units + 1
        if size < 1024:
            break
    tenths = min(rest // 100 + (rest > 0 and rest < 100), 9)
    return f"{size}.{tenths}{'KMGTPE'[units - 1]}"


def apache_plain(entries: Sequence[Entry]) -> bytes:
    """Return the page of httpd without FancyIndexing."""
    items = "".join(
        f'<li><a href="{_href(one)}"> {_shown(one)}</a></li>\n' for one in entries
    )
    parent = '<li><a href="/"> Parent Directory</a></li>\n'
    return f"{_HEAD}\n<ul>{parent}{items}</ul>\n</body></html>\n".encode()


def apache_pre(entries: Sequence[Entry]) -> bytes:
    """Return the page of httpd with FancyIndexing."""
    rows = "".join(
        f'<img src="/icons/x.gif" alt="[   ]"> <a href="{_href(one)}">'
        f"{_shown(one)[:20]}</a>  {date_of(one, '%Y-%m-%d %H:%M')}  "
        f"{'-' if one.folder else apache_size(size_of(one)):>4}  \n"
        for one in entries
    )
    columns = " ".join(
        f'<a href="?C={key};O=A">{name}</a>'
        for key, name in zip("NMSD", ("Name", "Date", "Size", "Text"), strict=True)
    )
    return (
        f'{_HEAD}<pre>{columns}<hr><img src="/b.gif" alt="[PARENTDIR]"> '
        f'<a href="/">Parent Directory</a>     -   \n{rows}<hr></pre></body></html>'
    ).encode()


def apache_icons(entries: Sequence[Entry]) -> bytes:
    """Return the page of httpd whose icons are links, without dates and a preamble."""
    rows = "".join(
        f'<a href="{_href(one)}"><img src="/x.gif" alt=""></a> <a href="{_href(one)}">'
        f"{_shown(one)}</a> {'-' if one.folder else apache_size(size_of(one))}  \n"
        for one in entries
    )
    return (
        '<pre><a href="?C=N;O=D">Name</a> <a href="?C=S;O=A">Size</a><hr>'
        f"{rows}<hr></pre></body></html>"
    ).encode()


def apache_table(entries: Sequence[Entry]) -> bytes:
    """Return the page of httpd with HTMLTable, and descriptions that look odd."""
    rows = "".join(
        f'<tr><td valign="top"><img src="/x.gif" alt="[   ]"></td><td><a '
        f'href="{_href(one)}">{_shown(one)}</a></td><td align="right">'
        f'{date_of(one, "%Y-%m-%d %H:%M")}  </td><td align="right">'
        f"{'  - ' if one.folder else apache_size(size_of(one))}</td>"
        "<td>12 M of 2024-01-01 00:00</td></tr>\n"
        for one in entries
    )
    return (
        f"{_HEAD}<table><tr><th>&nbsp;</th><th>Name</th><th>Last modified</th><th>Size"
        '</th><th>Description</th></tr><tr><td>&nbsp;</td><td><a href="/">Parent '
        "Directory</a></td><td>&nbsp;</td><td>  - </td></tr>"
        f"{rows}</table></body></html>"
    ).encode()


def nginx(entries: Sequence[Entry], size: Callable[[int], str] = str) -> bytes:
    """Return the page of nginx."""
    rows = "".join(
        f'<a href="{_href(one)}">{_shown(one)[:50]}</a>      '
        f"{date_of(one, '%d-%b-%Y %H:%M')}   "
        f"{'-' if one.folder else size(size_of(one)):>19}\r\n"
        for one in entries
    )
    return (
        f'{_HEAD}<hr><pre><a href="../">../</a>\r\n{rows}</pre><hr></body>\r\n</html>'
    ).encode()


def nginx_rounded(entries: Sequence[Entry]) -> bytes:
    """Return the page of nginx with `autoindex_exact_size off`."""
    return nginx(entries, nginx_size)


def lighttpd(entries: Sequence[Entry]) -> bytes:
    """Return the page of lighttpd."""
    rows = "".join(
        f'<tr><td class="n"><a href="{_href(one)}">{_shown(one).rstrip("/")}</a>'
        f'{"/" if one.folder else ""}</td><td class="m">'
        f'{date_of(one, "%Y-%b-%d %H:%M:%S")}</td><td class="s">'
        f"{'- &nbsp;' if one.folder else lighttpd_size(size_of(one))}</td>"
        '<td class="t">application/octet-stream</td></tr>\n'
        for one in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f"{_HEAD}<style>.s {{font-size: 1M}}</style><table><thead><tr><th>Name</th><th>"
        "Last Modified</th><th>Size</th><th>Type</th></tr></thead><tbody>\n"
        '<tr class="d"><td><a href="../">..</a>/</td><td>&nbsp;</td><td>- &nbsp;</td>'
        f"<td>Directory</td></tr>{rows}</tbody></table></body></html>"
    ).encode()


def caddy(entries: Sequence[Entry]) -> bytes:
    """Return the page of Caddy, which has the exact size in an attribute."""
    rows = "".join(
        f'<tr class="file">\n<td></td>\n<td>\n<a href="./{_href(one)}"><svg/>\n'
        f'<span class="name">{_shown(one)}</span></a>\n</td>\n'
        f'{_caddy_size(one)}\n<td class="hideable"><time datetime="'
        f'{date_of(one, "%Y-%m-%dT%H:%M:%SZ")}">03/04/2025 05:06:00 AM +00:00</time>'
        "</td>\n</tr>\n"
        for one in entries
    )
    return (
        '<html><head><title>/a/</title></head><body><h1><a href="/">/</a></h1>'
        '<table><tr><th><a href="?sort=size&order=asc">Size</a></th></tr>'
        f'<tr><td><a href="..">Go up</a></td></tr>{rows}</table></body></html>'
    ).encode()


def python(entries: Sequence[Entry]) -> bytes:
    """Return the page of Python's `http.server`."""
    items = "".join(
        f'<li><a href="{_href(one)}">{_shown(one)}</a></li>\n' for one in entries
    )
    return (
        "<!DOCTYPE HTML><html><head><title>Directory listing for /a/</title></head>\n"
        f"<body><h1>Directory listing for /a/</h1><ul>{items}</ul></body></html>"
    ).encode()


def nginx_json(entries: Sequence[Entry]) -> bytes:
    """Return the list of nginx in JSON."""
    rows = [
        {
            "name": one.name,
            "type": "directory" if one.folder else "file",
            "mtime": date_of(one, "%a, %d %b %Y %H:%M:%S GMT"),
            **({} if one.folder else {"size": size_of(one)}),
        }
        for one in entries
    ]
    return json.dumps(rows, ensure_ascii=False).encode(errors="surrogatepass")


def caddy_json(entries: Sequence[Entry]) -> bytes:
    """Return the list of Caddy in JSON."""
    rows = [
        {
            "name": f"{one.name}/" if one.folder else one.name,
            "size": 4096 if one.folder else size_of(one),
            "url": f"./{_href(one)}",
            "mod_time": date_of(one, "%Y-%m-%dT%H:%M:%S.600786194Z"),
            "mode": 420,
            "is_dir": one.folder,
            "is_symlink": False,
        }
        for one in entries
    ]
    return json.dumps(rows).encode() if rows else b"null"


def bucket(
    keys: Sequence[tuple[str, Entry]], *, more: str = "", form: str = "v2"
) -> bytes:
    """Return a page of the objects of a bucket.

    Args:
        keys: The objects by their keys.
        more: What asks for the next page; empty for the last.
        form: `v2`, `v1` with its marker, or `bare` without one.

    """
    names = {"v2": "NextContinuationToken", "v1": "NextMarker"}
    rest = f"<{names[form]}>{escape(more)}</{names[form]}>" if form in names else ""
    contents = "".join(
        f"<Contents><Key>{escape(key)}</Key><LastModified>"
        f"{date_of(one, '%Y-%m-%dT%H:%M:%S.000Z')}</LastModified><ETag>&quot;0&quot;"
        f"</ETag><Size>{size_of(one)}</Size><Owner><ID>x</ID></Owner></Contents>"
        for key, one in keys
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        f"<Name>b</Name><IsTruncated>{str(bool(more)).lower()}</IsTruncated>"
        f"{rest if more else ''}{contents}</ListBucketResult>"
    ).encode()


def rsync(path: str, one: Entry, kind: str = "") -> bytes:
    """Return the line of the rsync client about one path."""
    kind = kind or ("d" if one.folder else "-")
    size = 4096 if one.folder else size_of(one)
    written = b"".join(_rsync_bytes(path))
    moment = date_of(one, "%Y/%m/%d %H:%M:%S")
    return f"{kind}rw-r--r-- {size:>11} {moment} ".encode() + written


def mlsd(one: Entry, facts: str = "") -> bytes:
    """Return the line of MLSD about one entry."""
    kind = f"sizd=4096;type={'dir' if one.folder else 'file'};"
    size = "" if one.folder else f"size={size_of(one)};"
    stamp = date_of(one, "%Y%m%d%H%M%S")
    return f"modify={stamp};{kind}{size}{facts} {one.name}".encode()


def vsftpd(one: Entry) -> bytes:
    """Return the line of LIST about one entry, of a server with numbers of users."""
    return _ls(one, "1 0        0       ", "%b %d  %Y")


def proftpd(one: Entry) -> bytes:
    """Return the line of LIST about one entry, of a server with names of users."""
    return _ls(one, "3 root     Domain Users  ", "%b %e  %Y")


HTML: dict[str, Form] = {
    "apache_plain": apache_plain,
    "apache_pre": apache_pre,
    "apache_icons": apache_icons,
    "apache_table": apache_table,
    "nginx": nginx,
    "nginx_rounded": nginx_rounded,
    "lighttpd": lighttpd,
    "caddy": caddy,
    "python": python,
}
JSON: dict[str, Form] = {"nginx": nginx_json, "caddy": caddy_json}


def _ls(one: Entry, owner: str, form: str) -> bytes:
    kind = "d" if one.folder else "-"
    size = 4096 if one.folder else size_of(one)
    return (
        f"{kind}rw-r--r--   {owner} {size:>9} {date_of(one, form)} {one.name}".encode()
    )


def _rsync_bytes(path: str) -> list[bytes]:
    raw = path.encode()
    return [
        bytes([one])
        if 32 <= one < 127 and not _looks_escaped(raw[at : at + 5])
        else f"\\#{one:03o}".encode()
        for at, one in enumerate(raw)
    ]


def _looks_escaped(five: bytes) -> bool:
    return five[:2] == b"\\#" and five[2:].isdigit() and len(five) == 5


def _caddy_size(one: Entry) -> str:
    if one.folder:
        return '<td data-order="-1">&mdash;</td>'
    size = size_of(one)
    shown = f"{size} B" if size < 1024 else f"{size / 1024:.1f} KiB"
    if size >= 2**20:
        shown = f"{size / 2**20:.1f} MiB"
    return f'<td data-order="{size}">{shown}</td>'


def _href(one: Entry) -> str:
    # httpd and Caddy mark a colon as no part of a scheme, others encode it.
    return html.escape(quote(one.name, safe="!$'()*,;=@~+&")) + "/" * one.folder


def _shown(one: Entry) -> str:
    return html.escape(one.name) + "/" * one.folder

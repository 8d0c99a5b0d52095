"""The ways in which a URL could reach a planted file."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product, starmap

from tests.attack.planted import HTACCESS

METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PROPFIND", "MKCOL")
FOLDERS = (
    "/dropped/",
    "/dropped/everything/",
    *(f"/dropped/{name}/" for name in HTACCESS),
)
FILES = (
    *("shell.cgi", "shell.CGI", "shell.cgi.html", "shell.html.cgi", "shell.cgi.bak"),
    *("shell.sh", "shell.pl", "shell.php", "shell.lua", "shell.wsgi", "shell.py"),
    *("shell.shtml", "shell.html", "shell.var", "shell.txt", "shell", "extensionless"),
    *("index.cgi", "", "a;b.cgi", "secret.html", "secret.cgi"),
    *("outside/secret.txt", "outside/secret.cgi"),
)
SCRIPTS = ("shell.cgi", "shell.sh", "shell.cgi.html")
DISGUISED_IN = ("/dropped/", "/dropped/handler/")
# In place of the path `{folder}{name}`, where `{dotless}` has its dots escaped.
DISGUISES = {
    "path info": "{folder}{name}/more/path",
    "query": "{folder}{name}?cmd=id",
    "upper case": "{folder}{upper}",
    "encoded dot": "{folder}{dotless}",
    "encoded letter": "{folder}%73{tail}",
    "encoded twice": "{folder}{twice}",
    "trailing dot": "{folder}{name}.",
    "trailing slash": "{folder}{name}/",
    "trailing blank": "{folder}{name}%20",
    "trailing NUL": "{folder}{name}%00.html",
    "new line": "{folder}{name}%0a",
    "double slash": "/{folder}/{name}",
    "parameter": "{folder}{name};jsessionid=1",
    "parameter of a page": "{folder}{name};.html",
    "dot segment": "{folder}./{name}",
    "encoded dot segment": "{folder}%2e/{name}",
    "up and down": "{folder}x/../{name}",
    "encoded up and down": "{folder}x/%2e%2e/{name}",
    "encoded slash": "{folder}x%2f..%2f{name}",
    "backslash": "{folder}x%5c..%5c{name}",
    "below a page": "/download.cgi{folder}{name}",
    "below a page, up": "/download.cgi/..{folder}{name}",
    "as a page": "{folder}{name}.cgi",
    "as text": "{folder}{name}.html",
    "absolute": "http://one.example{folder}{name}",
}
ESCAPES = (
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/.%2e/secret.cgi",
    "/../secret.cgi",
    "/x/../../secret.cgi",
    "/dropped/%2e%2e/%2e%2e/secret.cgi",
    "/%2e%2e%2fsecret.cgi",
    "/..%5csecret.cgi",
    "/download.cgi/../../secret.txt",
    "/download.cgi?path=../../secret.txt",
    "/download.cgi?f=../secret.txt",
    "/dyn/closer.cgi?f=/etc/passwd",
    "/dyn/closer.lua?action=info",
    "/get/../secret.txt",
)
NEGOTIATED = {
    "Accept": "application/x-httpd-cgi, application/x-httpd-php;q=0.9, */*;q=0.1",
    "Accept-Encoding": "x-cgi",
    "Content-Type": "application/x-www-form-urlencoded",
    "X-HTTP-Method-Override": "POST",
    "Proxy": "http://127.0.0.1:1/",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One request that tries."""

    method: str
    path: str


def forms() -> Iterator[Form]:
    """Give every file by every method, and the scripts in every disguise."""
    files = [folder + name for folder, name in product(FOLDERS, FILES)]
    scripts = product(DISGUISES.values(), DISGUISED_IN, SCRIPTS)
    disguised = [_disguised(*one) for one in scripts]
    dropped = [f"/dropped/{name}" for name in FILES]
    yield from starmap(Form, product(METHODS[:2], (*files, *disguised, *ESCAPES)))
    yield from starmap(Form, product(METHODS[2:], dropped))


def _disguised(disguise: str, folder: str, name: str) -> str:
    return disguise.format(
        folder=folder,
        name=name,
        upper=name.upper(),
        tail=name[1:],
        dotless=name.replace(".", "%2e"),
        twice=name.replace(".", "%252e"),
    )

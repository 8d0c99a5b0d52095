"""What intruders leave in a staging tree, harmless where it runs."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

BESIDE = "what lies beside the document roots"
PROOF = f"executed-{7 * 6}"
"""What a planted program prints; its own text does not contain it."""

_SCRIPT = """#!/bin/sh
echo ran >>{marker}
printf 'Content-Type: text/plain\\r\\n\\r\\n'
echo "executed-$((7 * 6))"
cat {secret}
"""
_PHP = "<?php file_put_contents('{marker}', 'ran'); echo 'executed-' . (7 * 6); ?>\n"
_LUA = """function handle(r)
    io.open("{marker}", "a"):write("ran"):close()
    r:puts("executed-" .. (7 * 6))
end
"""
_PYTHON = """open("{marker}", "a").write("ran")
def application(environ, start_response):
    start_response("200 OK", [])
    return [b"executed-%d" % (7 * 6)]
handle_request = application
"""
_SSI = (
    '<!--#exec cmd="{folder}/shell.sh" --><!--#include virtual="shell.cgi" -->'
    '<!--#include file="../../secret.txt" -->\n'
)
_TEMPLATE = (
    '[preferred][include "../secret.txt"][insertfile "../../secret.txt"]'
    '[include "{secret}"][insertfile "{secret}"]'
    '<!--#include virtual="../../secret.txt" --><!--#exec cmd="{folder}/shell.sh" -->'
    '<!--#include virtual="shell.cgi" -->\n'
)
_TYPE_MAP = """URI: shell
URI: shell.cgi
Content-Type: application/x-httpd-cgi

"""
# Each asks in another way; a folder each, so that none hides another.
HTACCESS: Mapping[str, str] = {
    "options": "Options +ExecCGI +Includes +MultiViews +FollowSymLinks\n",
    "handler": "Options +ExecCGI\nSetHandler cgi-script\n",
    "extensions": "AddHandler cgi-script .cgi .sh .txt .html\nAddHandler lua-script"
    " .lua\nAddHandler type-map .var\nAddType application/x-httpd-cgi .cgi\n",
    "files": "<Files *>\nSetHandler lua-script\nForceType application/x-httpd-cgi\n"
    "</Files>\n",
    "rewrite": "RewriteEngine On\nRewriteRule .* - [H=cgi-script]\n"
    "RewriteRule \\.lua$ - [H=lua-script]\n",
    "php": "php_value auto_prepend_file ../shell.txt\nphp_flag engine on\n",
    "action": "Action cgi-script /dropped/shell.cgi\nScript PUT /dropped/shell.cgi\n",
    "wsgi": "SetHandler wsgi-script\nOptions +ExecCGI\n",
    "filters": "Options +Includes\nSetOutputFilter INCLUDES\nXBitHack full\n",
    "index": "DirectoryIndex shell.cgi shell.sh\n",
    "errors": "ErrorDocument 404 /dropped/shell.cgi\nErrorDocument 405"
    " /dropped/shell.cgi\n",
    "dav": "Dav On\n",
}
EVERYTHING = "".join(HTACCESS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A folder with a staging tree, and the document roots that it is copied to."""

    folder: Path
    names: tuple[str, ...] = ("one", "two", "three")

    @property
    def staging(self) -> Path:
        """The tree from which all is published."""
        return self.folder / "staging"

    @property
    def beside(self) -> Path:
        """A file beside the document roots that httpd could read."""
        return self.folder / "secret.txt"

    @property
    def markers(self) -> Path:
        """The folder to which a program that runs writes."""
        return self.folder / "markers"

    def documents(self, name: str) -> Path:
        """Return the document root of a virtual host."""
        return self.folder / name

    def ran(self) -> bool:
        """Return whether any planted program ran since this was last asked."""
        marks = list(self.markers.iterdir())
        for one in marks:
            one.unlink()
        return bool(marks)


def make_site(folder: Path) -> Site:
    """Make a site of three virtual hosts, each with a download page."""
    site = Site(folder=folder)
    site.markers.mkdir()
    site.markers.chmod(0o777)
    site.beside.write_text(BESIDE)
    site.staging.mkdir()
    (site.staging / "download.html").write_text('<a href="[preferred]x">x</a>\n')
    (site.staging / "download.cgi").write_text("#!/bin/sh\nexec ./mirrors.cgi $*\n")
    publish(site)
    return site


def plant(site: Site) -> None:
    """Put the intruders' files into the staging tree."""
    dropped = site.staging / "dropped"
    _plant_files(site, dropped)
    for name, text in {**HTACCESS, "everything": EVERYTHING}.items():
        _plant_files(site, dropped / name)
        (dropped / name / ".htaccess").write_text(text)
    (dropped / ".htaccess").write_text(HTACCESS["options"])


def _plant_files(site: Site, folder: Path) -> None:
    folder.mkdir(parents=True)
    values = {
        "marker": site.markers / "mark",
        "secret": site.beside,
        "folder": site.documents("one") / "dropped",
    }
    texts = {
        ("php",): _PHP,
        ("lua",): _LUA,
        ("wsgi", "py"): _PYTHON,
        ("shtml",): _SSI,
        ("html",): _TEMPLATE,
        ("var",): _TYPE_MAP,
    }
    scripts = ("cgi", "CGI", "cgi.html", "html.cgi", "sh", "pl", "cgi.bak", "txt")
    texts[scripts] = _SCRIPT
    for ends, text in texts.items():
        for end in ends:
            _write(folder / f"shell.{end}", text.format(**values))
    for name in ("index.cgi", "extensionless", "a;b.cgi"):
        _write(folder / name, _SCRIPT.format(**values))
    (folder / "secret.html").symlink_to(site.beside)
    (folder / "outside").symlink_to(site.folder)


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def publish(site: Site) -> None:
    """Copy the staging tree into all document roots, as the site always does."""
    # Links that lead out of the tree are the account's whose files these are.
    owner = ["--chown=nobody:nogroup"] if os.geteuid() == 0 else ["--safe-links"]
    for name in site.names:
        source, target = f"{site.staging}/", f"{site.documents(name)}/"
        subprocess.run(
            ["rsync", "--archive", "--delete", *owner, source, target], check=True
        )

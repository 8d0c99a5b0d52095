"""A mirror under a real httpd, configured as the document for operators says."""

import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from mirrorsel.cli.check import command
from tests.docs.reference import ROOT
from tests.httpd.served import Order, open_folder, serving

pytestmark = pytest.mark.httpd

_DOCUMENT = ROOT / "docs" / "for-mirror-operators.md"
_FILES = {
    "HEADER.html": "<h1>The tree</h1>",
    "README.html": "<p>Verify what you download.</p>",
    "KEYS": "keys",
    "favicon.ico": "icon",
    "httpd/httpd.tar.gz": "x",
    "zzz/HEADER.html": "<h1>For checks</h1>",
    "zzz/README.html": "<p>Nothing to download.</p>",
    "zzz/time.txt": "{now} mirror\n",
    "zzz/mirror-tests/redirect-test/.htaccess": "RedirectMatch 302 ."
    " http://www.apache.org/\n",
}
# As Debian and others have it, so that the document has something to undo.
_SERVER = """TypesConfig /dev/null
AddType text/html .html
AddEncoding x-gzip .gz .tgz
AddIcon /icons/folder.gif ^^DIRECTORY^^
DefaultIcon /icons/unknown.gif
"""
_SUFFIXES = ("7z", "bz2", "tar.gz", "tgz", "zip")


def block(tree: Path) -> str:
    """Return the block of the document, for another folder."""
    text = _DOCUMENT.read_text(encoding="utf-8")
    (found,) = re.findall(r"```apache\n(.*?)```", text, re.DOTALL)
    return str(found).replace("/srv/mirror/apache", str(tree))


def make_tree(folder: Path) -> None:
    """Make a tree to be mirrored."""
    archives = {f"zzz/mirror-tests/1mb.img.{one}": "PK" for one in _SUFFIXES}
    for name, text in {**_FILES, **archives}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(now=int(time.time())))


def test_configuration_of_the_document_passes() -> None:
    """Who follows the document has nothing to mend but http (REQ-82)."""
    with open_folder() as folder:
        tree = folder / "tree"
        make_tree(tree)
        extra = f'{_SERVER}Alias "/apache/" "{tree}/"\n{block(tree)}'
        order = Order(extra=extra, modules=("autoindex", "alias", "mime"))
        with serving(order) as served:
            options = served.httpd.options
            url = f"http://{options.host}:{options.port}/apache/"
            config = folder / "mirrorsel.toml"
            config.write_text(
                f'[list]\norigin = "{url}"\n[checker]\nprivate_addresses = true\n'
            )
            arguments = ["--url", url, "--config", str(config), "--failed"]
            result = CliRunner().invoke(command, arguments)

    lines = result.stdout.splitlines()[1:-1]
    assert [line.split()[3] for line in lines] == ["URL"], result.stdout
    # A loopback address has no IPv6, no certificate and no https at the usual port.
    assert "17 hold, 0 fatal, 0 errors, 1 warning, 3 not told" in result.stdout

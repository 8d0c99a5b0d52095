"""A site of three virtual hosts under the old scheme."""

import re
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "migrating-from-cgi.md"
MIRROR = "https://mirror.example.de/apache/"
OTHER = "https://other.example.fr/"
LIST = (
    "# date : Mon Nov 23 06:19:00 2026 [UTC]\n"
    f"http de {MIRROR} 1795413907\nhttp Backup {OTHER} 1795413907\n"
)

# What such a script did: the list, a country, the template beside the wrapper.
_SCRIPT = """#!/bin/sh
page=${{SCRIPT_FILENAME%.cgi}}.html
base=$(awk '$1 == "http" && $2 == "de" {{ print $3; exit }}' "{folder}/mirrors.list")
case $QUERY_STRING in
Preferred=*) base={other} ;;
esac
case $page in
*--xml.html) type=text/xml ;;
*) type=text/html ;;
esac
printf 'Content-Type: %s\\n\\n' "$type"
echo ran >>"{folder}/marks/mark"
sed "s|\\[preferred\\]|$base|g" "$page"
"""
_PAGE = '<a href="[preferred]x.tgz">x</a>\n'
_FILES = {
    "one/download.html": _PAGE,
    "one/.htaccess": "Options +ExecCGI\n"
    "Redirect permanent /download.html /download.cgi\n",
    "two/index.html": _PAGE,
    "two/download_x.html": _PAGE,
    "two/.htaccess": "DirectoryIndex index.cgi\nRewriteEngine On\n"
    "RewriteRule ^download_x(\\.html)?$ /download_x.cgi [R]\n",
    "three/update--xml.html": "<mirror url='[preferred]update/'/>\n",
    "three/sub/download.html": _PAGE,
    "three/.htaccess": "RedirectMatch permanent ^/(.*)/download.html$"
    " /$1/download.cgi\n",
}
_WRAPPERS = (
    "one/download.cgi",
    "two/index.cgi",
    "two/download_x.cgi",
    "three/update--xml.cgi",
    "three/sub/download.cgi",
)


def make_old_site(folder: Path) -> None:
    """Make the document roots below `www`, and beside them the script."""
    script = folder / "dyn" / "mirrors.cgi"
    texts = {folder / "www" / name: text for name, text in _FILES.items()}
    texts[folder / "mirrors.list"] = LIST
    texts[script] = _SCRIPT.format(folder=folder, other=OTHER)
    for name in _WRAPPERS:
        texts[folder / "www" / name] = f"#!/bin/sh\nexec {script} $*\n"
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755 if path.suffix == ".cgi" else 0o644)
    marks = folder / "marks"
    marks.mkdir()
    marks.chmod(0o777)


def block(heading: str, folder: Path, *, language: str = "apache", nth: int = 0) -> str:
    """Return a block of the guide's section, with the site's own paths."""
    sections = re.split(r"^## ", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    section = next(one for one in sections if one.startswith(heading))
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)
    return blocks[nth].replace("/srv/www", str(folder / "www"))

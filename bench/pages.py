"""The download pages that are asked for."""

from pathlib import Path

SMALL, LARGE, PLAIN = "small", "large", "plain"
LARGE_SIZE = 417_000

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Download</title></head>
<body>
<h1>Download</h1>
<p>The mirror is <a href="[preferred]">[preferred]</a>.
Verify what you download by its <a href="https://downloads.apache.org/KEYS">keys</a>.
"""
_FORM = """<form action="[location]" method="get" id="SelectMirror">
<select name="Preferred">
[if-any http][for http]<option value="[http]">[http]</option>
[end][end][if-any ftp][for ftp]<option value="[ftp]">[ftp]</option>
[end][end][if-any backup][for backup]<option value="[backup]">[backup] (backup)</option>
[end][end]</select>
<input type="submit" value="Change">
</form>
"""
_ROW = (
    '<tr><td><a href="[preferred]project/{0}/project-{0}-bin.tar.gz">project-{0}</a>'
    '</td><td><a href="https://downloads.apache.org/project/{0}/project-{0}-bin.tar.gz'
    '.sha512">sha512</a></td></tr>\n'
)
_FOOT = "</body>\n</html>\n"


def write_pages(folder: Path) -> None:
    """Write a page like most, one of 417 kB, and one that lists no mirrors."""
    for name, text in (
        (SMALL, _page(_FORM, rows=12)),
        (PLAIN, _page("", rows=12)),
        (LARGE, _large()),
    ):
        (folder / f"{name}.html").write_text(text)


def _large() -> str:
    rows = 0
    while len(_page(_FORM, rows + 1000)) < LARGE_SIZE:
        rows += 1000
    while len(_page(_FORM, rows + 1)) < LARGE_SIZE:
        rows += 1
    return _page(_FORM, rows)


def _page(form: str, rows: int) -> str:
    table = "".join(_ROW.format(f"1.{number}") for number in range(rows))
    return f"{_HEAD}{form}<table>\n{table}</table>\n{_FOOT}"

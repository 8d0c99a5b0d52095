"""What a mirror script as CGI does for each request, for comparison.

It reads the whole list, looks the client up in a City database, chooses a mirror of
its country, and makes the page of a template: with the libraries that such scripts
use, none of them slow, and nothing that could be left out.
"""

import os
import random
import sys
from pathlib import Path
from urllib.parse import parse_qs

import ezt
import maxminddb


def mirrors(text: str) -> dict[str, dict[str, list[str]]]:
    """Return the base URLs of a list by country and type."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in text.splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        kind, country, url = words[:3]
        found.setdefault(country.lower(), {}).setdefault(kind, []).append(url)
    return found


def country_of(database: str, address: str) -> str:
    """Return the country of an address in lower case; empty if it has none."""
    with maxminddb.open_database(database) as reader:
        record = reader.get(address)
    country = record.get("country") if isinstance(record, dict) else None
    code = country.get("iso_code") if isinstance(country, dict) else None
    return str(code or "").lower().replace("gb", "uk")


def main() -> None:
    """Answer one request."""
    environ = os.environ
    listed = mirrors(Path(environ["BENCH_LIST"]).read_text())
    country = country_of(environ["BENCH_DATABASE"], environ["REMOTE_ADDR"])
    backup = listed["backup"]["http"]
    near = listed.get(country, {})
    http, ftp = near.get("http", backup), near.get("ftp", [])
    asked = parse_qs(environ.get("QUERY_STRING", "")).get("Preferred", [""])[0]
    values = {
        "preferred": asked if asked in http else random.choice(http),
        "http": http,
        "ftp": ftp,
        "backup": backup,
        "location": environ.get("SCRIPT_NAME", ""),
    }
    sys.stdout.write("Content-Type: text/html\n\n")
    template = ezt.Template(base_format=ezt.FORMAT_HTML)
    template.parse_file(environ["BENCH_PAGE"])
    template.generate(sys.stdout, values)


if __name__ == "__main__":
    main()

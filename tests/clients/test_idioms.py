"""How programs in the wild ask, with the tools that they use, of a live server.

The rows carry the names of the client table in docs/interface.md.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.httpd.served import Order, Served, documents, open_folder, serving
from tests.loopback import Connection, Loopback, answer
from tests.waiting import eventually

pytestmark = pytest.mark.httpd

FILE = "tomcat/tomcat-9/v9.0.1/bin/apache-tomcat-9.0.1.tar.gz"
CONTENT = b"a release\n"
BACKUP = "https://downloads.example.org/"
GONE = "http://gone.example/apache/"
FTP = "ftp://ftp.example.de/apache/"
PAGE = '<a href="[preferred]tomcat/">[preferred]</a>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A live server and the mirror that it prefers."""

    served: Served
    mirror: str

    def run(self, script: str, folder: Path) -> str:
        """Return what a shell script prints; it must not fail."""
        options = self.served.httpd.options
        variables = {
            "PATH": os.defpath,
            "SITE": f"http://127.0.0.1:{options.port}",
            "PORT": str(options.port),
            "FILE": FILE,
            "BACKUP": BACKUP,
            "FTP": FTP,
            "GONE": GONE,
            "MIRROR": self.mirror,
            "PYTHON": sys.executable,
            # Else curl and wget would read the files of whoever runs the tests.
            "HOME": str(folder),
        }
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=folder,
            env=variables,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def holding(connection: Connection) -> None:
    """Have one file, as a mirror does, and nothing else."""
    found = connection.path == f"/apache/{FILE}"
    status = "200 OK" if found else "404 Not Found"
    answer(CONTENT if found else b"", status)(connection)


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """Serve pages and a list with one mirror that has the file."""
    with Loopback(holding, host="127.0.0.11") as mirror, open_folder() as root:
        base = f"{mirror.url}apache/"
        for name in ("download", "bindownload", "download-80"):
            (root / f"{name}.html").write_text(PAGE)
        (root / "flex").mkdir()
        (root / "flex" / "single-mirror-url.html").write_text("[preferred]")
        order = Order(
            mirrors=f"http de {base}\nftp de {FTP}\nhttp Backup {BACKUP}\n",
            extra=documents(root),
        )
        with serving(order) as served:
            published = "/mirrors/mirrors.list"
            assert eventually(lambda: served.ask(published).status == 200)
            yield Live(served=served, mirror=base)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(
            """
            "$PYTHON" - "$SITE" "$FILE" <<'END'
import json, sys, urllib.request
site, path = sys.argv[1:]
url = f"{site}/dyn/closer.lua?path={path}&asjson=1"
found = json.load(urllib.request.urlopen(url))
assert found["in_attic"] is False
print(found["preferred"] + found["path_info"])
print(*[one + found["path_info"] for one in found["backup"]])
END
            """,
            "{mirror}{file}\n{backup}{file}\n",
            id="B1 python, json",
        ),
        pytest.param(
            """
            "$PYTHON" - "$SITE" <<'END'
import sys, urllib.request
url = sys.argv[1] + "/dyn/closer.lua?preferred=true"
for attempt in range(3):
    with urllib.request.urlopen(url, timeout=10) as answer:
        site = answer.read().decode("utf-8")
    print(site + "/spark/x.tgz")
END
            """,
            "{mirror}/spark/x.tgz\n" * 3,
            id="P1 python, plain text",
        ),
        pytest.param(
            """
            base=$(curl --silent "$SITE/dyn/closer.lua?preferred=true" |
                sed 's/^http:/https:/')
            printf '%s\\n' "$base/zeppelin/x.tgz"
            """,
            "{https_mirror}/zeppelin/x.tgz\n",
            id="P2 curl, sed",
        ),
        pytest.param(
            """
            url="$SITE/dyn/closer.lua/$FILE?action=download"
            curl -L --head --fail --silent --output /dev/null "$url"
            curl -L --fail --silent "$url"
            """,
            CONTENT.decode(),
            id="M1 curl --head, then the file",
        ),
        pytest.param(
            """
            url="$SITE/dyn/closer.lua/maven/none.tar.gz?action=download"
            curl -L --head --fail --silent --output /dev/null "$url" ||
                echo "from the archive"
            """,
            "from the archive\n",
            id="M1 a file that the mirror has not",
        ),
        pytest.param(
            """
            curl --silent "$SITE/dyn/closer.cgi?path=spark/x.tgz&as_json=1" |
                sed --quiet 's/.*"preferred".*"\\(.*\\)".*/\\1spark\\/x.tgz/p'
            """,
            "{mirror}spark/x.tgz\n",
            id="R1 the line with preferred, greedily",
        ),
        pytest.param(
            """
            curl --silent "$SITE/dyn/closer.lua?as_json=1" |
                grep '"preferred": "' | cut -d '"' -f 4
            """,
            "{mirror}\n",
            id="S1 grep, cut",
        ),
        pytest.param(
            """
            curl --silent "$SITE/dyn/closer.lua?as_json=1" |
                awk -F '"' '/"preferred": "/ { print $4 }'
            """,
            "{mirror}\n",
            id="S1 awk",
        ),
        pytest.param(
            """
            curl --silent "$SITE/dyn/closer.lua?as_json=1" | tail --lines=2
            """,
            '    "preferred": "{mirror}"\n}}\n',
            id="S1 the last two lines",
        ),
        pytest.param(
            """
            wget --quiet --output-document=- "$SITE/dyn/closer.cgi?as_json=1" |
                jq --raw-output '.preferred, (.preferred | rtrimstr("/"))'
            """,
            "{mirror}\n{bare_mirror}\n",
            id="S6 jq",
        ),
        pytest.param(
            """
            curl --silent "$SITE/dyn/closer.lua?as_json=true" |
                jq --compact-output 'keys, (.in_attic, .in_dist | type), .backup'
            """,
            '["backup","cca2","ftp","http","in_attic","in_dist","path_info",'
            '"preferred"]\n"boolean"\n"boolean"\n["{backup}"]\n',
            id="S6 jq, types",
        ),
        pytest.param(
            """
            for base in "$SITE/dyn/closer.cgi?action=download&filename=" "$BACKUP"; do
                if wget --quiet --output-document=x.tgz "$base$FILE" && [ -s x.tgz ]
                then
                    break
                fi
            done
            cat x.tgz
            """,
            CONTENT.decode(),
            id="D1 wget into a file that is not empty",
        ),
        pytest.param(
            """
            curl --fail --silent --location \\
                "$SITE/dyn/closer.lua?filename=$FILE&action=download"
            curl --fail --silent --location \\
                "$SITE/dyn/closer.lua?action=download&filename=/$FILE"
            """,
            CONTENT.decode() * 2,
            id="D2 either order, with and without slash",
        ),
        pytest.param(
            """
            format='%{http_code} %{redirect_url}'
            curl --silent --output /dev/null --write-out "$format" \\
                "$SITE/dyn/closer.lua?action=download&filename=/arrow/x.tar.gz"
            """,
            "302 {mirror}arrow/x.tar.gz",
            id="D3 a link of a site",
        ),
        pytest.param(
            """
            url=$SITE/dyn/closer.lua/$FILE?action=download
            "$PYTHON" - "$url" <<'END'
import sys, urllib.request
print(urllib.request.urlopen(sys.argv[1]).read().decode(), end="")
END
            wget --quiet --output-document=- "$url"
            """,
            CONTENT.decode() * 2,
            id="D7 the file as path info",
        ),
        pytest.param(
            """
            curl --silent "$SITE/mirrors/mirrors.list" |
                while IFS=' ' read -r type country url epoch; do
                    [ "$type" = http ] && [ "$country" = de ] && echo "$url" || true
                done
            """,
            "{mirror}\n",
            id="L1 the published list",
        ),
        pytest.param(
            """
            curl --silent --dump-header head --output one "$SITE/mirrors/mirrors.list"
            tag=$(sed --quiet 's/^ETag: \\(.*\\)\\r$/\\1/p' head)
            curl --silent --write-out '%{http_code}' --header "If-None-Match: $tag" \\
                "$SITE/mirrors/mirrors.list"
            curl --silent --time-cond one --write-out ' %{http_code}' --output two \\
                "$SITE/mirrors/mirrors.list"
            """,
            "304 304",
            id="L1 the published list, once more",
        ),
        pytest.param(
            """
            curl --silent "$SITE/flex/single-mirror-url.cgi"
            """,
            "{mirror}",
            id="L1 a page that is one URL",
        ),
        pytest.param(
            """
            curl --silent --get --data-urlencode "Preferred=$BACKUP" \\
                "$SITE/download.cgi"
            curl --silent "$SITE/bindownload.cgi?Preferred=$FTP"
            curl --silent --get --data-urlencode "Preferred=$GONE" \\
                "$SITE/download-80.cgi"
            """,
            '<a href="{backup}tomcat/">{backup}</a>\n'
            '<a href="{ftp}tomcat/">{ftp}</a>\n'
            '<a href="{mirror}tomcat/">{mirror}</a>\n',
            id="W1 old links, listed or gone",
        ),
        pytest.param(
            """
            for host in www.apache.org apache.org; do
                curl --silent --connect-to "::127.0.0.1:$PORT" \\
                    "http://$host/dyn/closer.cgi?preferred=true"
            done
            """,
            "{mirror}{mirror}",
            id="both hosts",
        ),
    ],
)
def test_the_idiom_works(
    live: Live, tmp_path: Path, script: str, expected: str
) -> None:
    """What the client makes of the answer is what it needs."""
    values = {
        "mirror": live.mirror,
        "bare_mirror": live.mirror.rstrip("/"),
        "https_mirror": live.mirror.replace("http:", "https:"),
        "file": FILE,
        "backup": BACKUP,
        "ftp": FTP,
    }

    assert expected.format(**values) == live.run(script, tmp_path)

"""The check of a folder of real pages, run over small ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.check_pages import CANNOT_TELL, GOOD, Page, check, main
from bench.page_oracle import BeyondError, Values, expected
from tests.httpd.served import Order, Served, documents, open_folder, serving

VALUES: Values = {
    "preferred": "https://m.example/a&b/",
    "logo": "",
    "http": ("https://m.example/", "https://n.example/"),
    "ftp": (),
}
PAGE = b"""<form>[if-any http]
<select>[for http]<option value="[http]">[end]</select>[end]
</form><script>a[i] = x[0]</script> [Apache Maven] [[]sic] \xff
<a href="[preferred]x.tgz">x</a> <a href="https://origin.example/KEYS">KEYS</a>
"""


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        pytest.param(b"[preferred]x", b"https://m.example/a&amp;b/x", id="a value"),
        pytest.param(b"a[i] [x] [0]\xff\r\n", b"a[i] [x] [0]\xff\r\n", id="no names"),
        pytest.param(b"[[]preferred][# note]", b"[preferred]", id="a bracket"),
        pytest.param(b"[if-any logo]a[else]b[end]", b"b", id="an empty value"),
        pytest.param(b"[if-any https]a[end]", b"", id="an unknown value"),
        pytest.param(
            b"[if-any ftp http][for http]<[http]>[end][end]",
            b"<https://m.example/><https://n.example/>",
            id="a list",
        ),
        pytest.param(b"[preferred logo]", b"[preferred logo]", id="an argument"),
    ],
)
def test_what_a_page_must_become(page: bytes, wanted: bytes) -> None:
    """Known names are replaced, and every other byte stays."""
    assert wanted == expected(page, VALUES)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(b"[is logo x]y[end]", id="another directive"),
        pytest.param(b'<!--#include virtual="x" -->', id="another file"),
        pytest.param(b"[end]", id="an end of nothing"),
        pytest.param(b"[if-any http]", id="no end"),
    ],
)
def test_what_the_oracle_does_not_know(page: bytes) -> None:
    """It says so, rather than something wrong."""
    with pytest.raises(BeyondError):
        expected(page, VALUES)


@pytest.mark.httpd
def test_good_pages_are_good(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each page has a line, whatever it is called; other files are only beside."""
    (tmp_path / "sub dir").mkdir()
    (tmp_path / "sub dir" / "download.html").write_bytes(PAGE)
    (tmp_path / "closer.ezt").write_bytes(PAGE)
    (tmp_path / "update--xml.html").write_bytes(b"<m url='[preferred]u'/>")
    (tmp_path / "defining.html").write_bytes(b"[define x]y[end][x][preferred]")
    (tmp_path / "about.html").write_bytes(b"[no page]")

    code = main([str(tmp_path)])
    lines = capsys.readouterr().out.splitlines()

    assert code == GOOD
    assert lines == [
        f"[1/4] ok   closer.ezt ({len(PAGE)} bytes, 1 links)",
        "[2/4] ok   defining.html (30 bytes, 0 links)",
        "    not compared byte for byte: it uses [define x]",
        f"[3/4] ok   sub dir/download.html ({len(PAGE)} bytes, 1 links)",
        "[4/4] ok   update--xml.html (23 bytes, 1 links)",
        "4 pages, 4 good, 0 bad",
    ]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """Serve one page, which is not what it is taken for."""
    with open_folder() as root:
        (root / "x.html").write_text("[preferred]\n<b>[if-any preferred other][end]")
        mirrors = "http de https://near.example/apache/\n"
        with serving(Order(mirrors=mirrors, extra=documents(root))) as running:
            yield running


@pytest.mark.httpd
@pytest.mark.parametrize(
    ("url", "source", "fault"),
    [
        pytest.param("/x", b"", "status 404", id="no such page"),
        pytest.param("/x.cgi", b"[preferred]\n<i>", "line 2 must be", id="other bytes"),
        pytest.param(
            "/x.cgi",
            b'<a href="[preferred]y">',
            "a link is not on the mirror: https://near.example/apache/y",
            id="no such link",
        ),
    ],
)
def test_faults_are_found(served: Served, url: str, source: bytes, fault: str) -> None:
    """A page that is not what it must be does not pass."""
    verdict = check(served, Page(name="x", url=url, source=source))

    assert any(one.startswith(fault) for one in verdict.faults)


@pytest.mark.parametrize("name", ["gone", "."])
def test_what_cannot_be_told(tmp_path: Path, name: str) -> None:
    """A folder that is missing, or has no page, is neither good nor bad."""
    assert main([str(tmp_path / name)]) == CANNOT_TELL

"""The other lines of a mirror's host."""

import pytest

from mirrorsel.model import Kind, Mirror
from mirrorsel.scanning.host import Lines, lines_of

MIRROR = Mirror(url="https://m.example/pub/Apache/")
PART = Mirror(url=MIRROR.url, prefixes=("httpd/", "tomcat/"))


def rsync(rest: str, prefixes: tuple[str, ...] = ()) -> Mirror:
    """Return a line by rsync."""
    return Mirror(url=f"rsync://{rest}", kind=Kind.RSYNC, prefixes=prefixes)


FTP = Mirror(url="ftp://m.example/pub/apache/", kind=Kind.FTP)
SAME, ROOT = rsync("m.example/apache/"), rsync("M.example:8873/mirrors/")


@pytest.mark.parametrize(
    ("mirror", "others", "expected"),
    [
        pytest.param(MIRROR, [FTP, SAME], Lines(rsync=SAME, ftp=FTP), id="both"),
        pytest.param(MIRROR, [ROOT], Lines(rsync=ROOT), id="another path"),
        pytest.param(MIRROR, [ROOT, SAME], Lines(rsync=SAME), id="the likeliest"),
        pytest.param(MIRROR, [rsync("n.example/apache/")], Lines(), id="another host"),
        pytest.param(
            MIRROR, [rsync("m.example/a/", ("httpd/",))], Lines(), id="a part only"
        ),
        pytest.param(
            PART, [rsync("m.example/a/", ("httpd/",))], Lines(), id="another part"
        ),
        pytest.param(PART, [SAME], Lines(rsync=SAME), id="more than it has"),
        pytest.param(
            MIRROR, [Mirror(url="http://m.example/x/")], Lines(), id="by http too"
        ),
        pytest.param(FTP, [SAME], Lines(), id="no mirror by http"),
    ],
)
def test_lines_of_a_host(mirror: Mirror, others: list[Mirror], expected: Lines) -> None:
    """Those of the same host count that have all that the mirror has."""
    assert expected == lines_of(mirror, [mirror, *others], lambda _: True)


def test_what_is_not_used() -> None:
    """A line that is down, or out of service, lists nothing."""
    assert Lines() == lines_of(MIRROR, [SAME, FTP], lambda _: False)

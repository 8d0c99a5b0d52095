"""Files of a mirror, held against the published hashes."""

import hashlib
import random
from pathlib import Path

import pytest

from mirrorsel.model import Kind, Mirror, Pieces, PublishedFile
from mirrorsel.net import Limits
from mirrorsel.scanning.verify import Verdict, verify
from tests import ftp, rsync
from tests.loopback import Behaviour, Loopback, answer
from tests.mirror import file

CONTENT = random.Random(1).randbytes(100_000)
LARGE = 17 * 2**20
PIECE = 2**16
LIMITS = Limits(timeout=2, deadline=5, private_addresses=True)
CHANCE = random.Random(2)
SMALL = PublishedFile(
    path="a b.gz",
    number=1,
    size=len(CONTENT),
    modified=0,
    sha256=hashlib.sha256(CONTENT).digest(),
)


@pytest.mark.parametrize(
    ("behaviour", "verdict"),
    [
        pytest.param(file(CONTENT), Verdict.SAME, id="same"),
        pytest.param(file(CONTENT[::-1]), Verdict.DIFFERENT, id="other bytes"),
        pytest.param(file(CONTENT[:-1]), Verdict.DIFFERENT, id="shorter"),
        pytest.param(file(CONTENT + b"x"), Verdict.DIFFERENT, id="longer"),
        pytest.param(answer(b"", "404 No"), Verdict.MISSING, id="missing"),
        pytest.param(answer(b"", "500 Oh"), Verdict.FAILED, id="failing"),
    ],
)
def test_small_file(behaviour: Behaviour, verdict: Verdict) -> None:
    """All of it is compared."""
    with Loopback(behaviour) as server:
        found = verify(Mirror(url=server.url), SMALL, None, LIMITS, CHANCE)

    assert found.verdict is verdict


@pytest.mark.parametrize("changed", [False, True])
def test_piece_of_a_large_file(*, changed: bool) -> None:
    """Of a large file one piece is asked for, by its place."""
    content = random.Random(3).randbytes(PIECE) * (LARGE // PIECE)
    pieces = Pieces(
        length=PIECE,
        sha256=hashlib.sha256(content[:PIECE]).digest() * (LARGE // PIECE),
        sha1=b"",
    )
    large = PublishedFile(path="a", number=1, size=LARGE, modified=0, sha256=b"?")
    sent = bytes(LARGE) if changed else content
    with Loopback(file(sent)) as server:
        found = verify(Mirror(url=server.url), large, pieces, LIMITS, CHANCE)

    assert found.verdict is (Verdict.DIFFERENT if changed else Verdict.SAME)
    assert found.bytes == PIECE
    assert verify(Mirror(url="http://x/"), large, None, LIMITS, CHANCE).bytes == 0


@pytest.mark.parametrize("kind", ["ftp", "rsync"])
def test_other_protocols(kind: str, tmp_path: Path) -> None:
    """By FTP and rsync a file is compared too."""
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / SMALL.path).write_bytes(CONTENT)
    started = ftp.good_server(tree) if kind == "ftp" else rsync.daemon(tree, tmp_path)
    with started as url:
        from_where = url if kind == "ftp" else f"{url}mod/"
        mirror = Mirror(url=from_where, kind=Kind(kind))
        found = verify(mirror, SMALL, None, LIMITS, CHANCE)

    assert found.verdict is Verdict.SAME

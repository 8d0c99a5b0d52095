"""What hash files of a tree say of other files."""

import hashlib

import pytest

from mirrorsel.indexing.claims import Claim, may_claim, read_claims

A256, B256 = (hashlib.sha256(one).digest() for one in (b"a", b"b"))
A512 = hashlib.sha512(b"a").digest()


@pytest.mark.parametrize(
    ("path", "size", "expected"),
    [
        pytest.param("a/b.zip.sha512", 150, True, id="sha512"),
        pytest.param("b.zip.SHA256", 150, True, id="upper case"),
        pytest.param("b.zip.sha512.txt", 150, True, id="with a suffix"),
        pytest.param("b.zip.asc", 800, True, id="signature, perhaps a clear one"),
        pytest.param("SHA512SUMS", 2**20, True, id="list"),
        pytest.param("a/SHA256", 2**20, True, id="list of OpenBSD"),
        pytest.param("dist-1.0_SHA256SUMS", 2**20, True, id="list of one release"),
        pytest.param("Fedora-40-CHECKSUM", 2**20, True, id="list of Fedora"),
        pytest.param("checksums.txt", 2**20, True, id="checksums"),
        pytest.param("b.zip.sha512", 2**20, False, id="too large for one"),
        pytest.param("SHA512SUMS", 2**25, False, id="too large for a list"),
        pytest.param("b.zip.md5", 150, False, id="of no use"),
        pytest.param("b.zip", 150, False, id="no hash file"),
        pytest.param(".sha512", 150, False, id="of nothing"),
        pytest.param("sha512/b.zip", 150, False, id="by its folder"),
    ],
)
def test_hash_files_by_their_names(path: str, size: int, *, expected: bool) -> None:
    """Name and size tell whether a file is worth reading for hashes."""
    assert expected is may_claim(path, size)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param("d/a.zip.sha256", A256.hex(), [Claim("d/a.zip", A256)], id="bare"),
        pytest.param(
            "a.zip.sha256", f"{A256.hex()}  a.zip", [Claim("a.zip", A256)], id="named"
        ),
        pytest.param(
            "d/a.zip.sha256",
            f"{A256.hex()}  /home/me/a.zip",
            [Claim("d/a.zip", A256)],
            id="by a path of the maker's",
        ),
        pytest.param(
            "a.zip.sha256",
            f"{A256.hex()} *C:\\me\\a.zip",
            [Claim("a.zip", A256)],
            id="by a path of Windows",
        ),
        pytest.param(
            "a-1.0.zip.sha256",
            f"{A256.hex()}  a-1.0-rc1.zip",
            [Claim("a-1.0.zip", A256)],
            id="before it was renamed",
        ),
        pytest.param(
            "a.zip.sha256",
            f"{A256.hex()}  a.zip\n{B256.hex()}  b.zip\n",
            [Claim("a.zip", A256)],
            id="with others",
        ),
        pytest.param(
            "a.zip.sha256",
            f"{A256.hex()}  x.zip\n{B256.hex()}  y.zip\n",
            [],
            id="of others alone",
        ),
        pytest.param("a.zip.sha512", A256.hex(), [], id="of another algorithm"),
        pytest.param(
            "d/SHA256SUMS",
            f"{A256.hex()}  a.zip\n{B256.hex()} *./sub/b.zip\n",
            [Claim("d/a.zip", A256), Claim("d/sub/b.zip", B256)],
            id="list",
        ),
        pytest.param(
            "d/SHA256SUMS",
            f"{A256.hex()}  ../a.zip\n{B256.hex()}  ../../b.zip\n{A256.hex()}  /c\n"
            f"{A256.hex()}\n{A256.hex()}  SHA256SUMS\n",
            [],
            id="list of what is elsewhere",
        ),
        pytest.param(
            "a.iso.sha256sum", A256.hex(), [Claim("a.iso", A256)], id="of either kind"
        ),
        pytest.param(
            "r.sha256sums",
            f"{A256.hex()}  a\n{B256.hex()}  b\n",
            [Claim("a", A256), Claim("b", B256)],
            id="of either kind, a list",
        ),
        pytest.param("a.txt", A256.hex(), [], id="no hash file"),
        pytest.param(
            "d/SHA256SUMS",
            f"{A256.hex()}  ../d/a\n{B256.hex()}  ../dd/b\n{B256.hex()}  x/../../e/b\n",
            [Claim("d/a", A256)],
            id="list that leads round",
        ),
        pytest.param(
            "SHA256SUMS",
            f"{A256.hex()}  d/a\n{B256.hex()}  ../b\n{B256.hex()}  ..\n",
            [Claim("d/a", A256)],
            id="list of the root",
        ),
    ],
)
def test_claims(path: str, text: str, expected: list[Claim]) -> None:
    """A hash file speaks of the file beside it, or of those that it names."""
    assert expected == list(read_claims(path, text.encode()))

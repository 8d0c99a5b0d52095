"""Published hash files, in all forms that are usual."""

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.indexing.sums import Sum, read_sums

NAME = "httpd-2.4.62.tar.gz"
A256, B256 = (hashlib.sha256(one).hexdigest() for one in (b"a", b"b"))
A512, B512 = (hashlib.sha512(one).hexdigest() for one in (b"a", b"b"))
MD5 = hashlib.md5(b"a", usedforsecurity=False).hexdigest()


def groups(digest: str, size: int, a_line: int, indent: str) -> str:
    """Return a hash in groups over several lines, as gpg prints it."""
    parts = [digest[one : one + size] for one in range(0, len(digest), size)]
    lines = [
        " ".join(parts[one : one + a_line]) for one in range(0, len(parts), a_line)
    ]
    return f"\n{indent}".join(lines).upper()


def one(digest: str, name: str = NAME) -> list[Sum]:
    """Return what is found where one hash stands."""
    return [Sum(name, bytes.fromhex(digest))]


FORMS = {
    "sha512sum": (f"{A512}  {NAME}\n", one(A512)),
    "sha256sum": (f"{A256}  {NAME}\n", one(A256)),
    "binary": (f"{A512} *{NAME}\n", one(A512)),
    "one blank": (f"{A512} {NAME}\n", one(A512)),
    "tab": (f"{A512}\t{NAME}\n", one(A512)),
    "path": (f"{A512}  ./dist/{NAME}\n", one(A512, f"./dist/{NAME}")),
    "name with blanks": (f"{A256}  a b.zip\n", one(A256, "a b.zip")),
    "name that begins with a U": (f"{A256}  Ubuntu.iso\n", one(A256, "Ubuntu.iso")),
    "escaped name": (f"\\{A256}  a\\\\b\\nc\n", one(A256, "a\\b\nc")),
    "upper case": (f"{A512.upper()}  {NAME}\n", one(A512)),
    "without an end": (f"{A512}  {NAME}", one(A512)),
    "DOS": (f"{A512}  {NAME}\r\n", one(A512)),
    "bare": (f"{A512}\n", one(A512, "")),
    "bare, no end": (A256, one(A256, "")),
    "bare, with blanks around": (f"\n  {A256}  \n\n", one(A256, "")),
    "BSD": (f"SHA512 ({NAME}) = {A512}\n", one(A512)),
    "BSD, SHA-256": (f"SHA256 ({NAME}) = {A256}\n", one(A256)),
    "BSD, brackets in the name": (
        f"SHA256 (a (1).zip) = {A256}",
        one(A256, "a (1).zip"),
    ),
    "openssl": (f"SHA512({NAME})= {A512}\n", one(A512)),
    "openssl 3": (f"SHA2-512({NAME})= {A512}\n", one(A512)),
    "truncated SHA-512": (f"SHA512/256 ({NAME}) = {A256}\n", []),
    "SHA-3": (f"SHA3-256 ({NAME}) = {A256}\n", []),
    "BLAKE2": (f"BLAKE2b ({NAME}) = {A512}\n", []),
    "BLAKE2, with a colon": (f"blake2b: {A512}\n", []),
    "gpg, another algorithm": (f"{NAME}: SHA3-256 = {groups(A256, 8, 4, ' ')}\n", []),
    "name first": (f"{NAME}  {A512}\n", one(A512)),
    "name with a colon": (f"{NAME}: {A512}\n", one(A512)),
    "algorithm with a colon": (f"SHA512: {A512}\n", one(A512, "")),
    "algorithm and an equals sign": (f"sha256={A256}\n", one(A256, "")),
    "gpg, SHA-512": (
        f"{NAME}: {groups(A512, 8, 6, ' ' * 21)}\n",
        one(A512),
    ),
    "gpg, SHA-256": (f"{NAME}: {groups(A256, 8, 4, ' ' * 10)}\n", one(A256)),
    "gpg, the name alone on its line": (
        f"dist/{NAME}:\n{groups(A512, 8, 8, '')}\n",
        one(A512, f"dist/{NAME}"),
    ),
    "gpg, pairs": (f"{NAME}: {groups(A256, 2, 16, ' ' * 9)}\n", one(A256)),
    "gpg, two files": (
        f"a: {groups(A256, 8, 4, '   ')}\nb: {groups(B256, 8, 4, '   ')}\n",
        [*one(A256, "a"), *one(B256, "b")],
    ),
    "gpg, all algorithms": (
        (
            f"{NAME}:    MD5 = {groups(MD5, 2, 8, ' ' * 20)}\n"
            f"{NAME}: SHA256 = {groups(A256, 8, 4, ' ' * 20)}\n"
            f"{NAME}: SHA512 = {groups(A512, 8, 4, ' ' * 20)}\n"
        ),
        [*one(A256), *one(A512)],
    ),
    "gpg, all algorithms, the name above": (
        (
            f"{NAME}:\n   MD5 = {groups(MD5, 2, 16, '')}\n"
            f"SHA256 = {groups(A256, 8, 4, '         ')}\n"
            f"SHA512 = {groups(A512, 8, 8, '         ')}\n"
        ),
        [*one(A256), *one(A512)],
    ),
    "groups without a name": (f"{groups(A512, 8, 8, '')}\n", one(A512, "")),
    "certutil": (
        f"SHA512 hash of {NAME}:\n{A512}\nCertUtil: -hashfile command completed.\n",
        one(A512),
    ),
    "certutil, pairs": (
        f"SHA256 hash of file {NAME}:\n{groups(A256, 2, 32, '')}\nCertUtil: done\n",
        one(A256),
    ),
    "PowerShell": (f"Algorithm : SHA256\nHash      : {A256}\n", one(A256, "Hash")),
    "a sentence": (f"The hash of it is {A512}, as of today.\n", one(A512, "")),
    "two sentences": (f"Here is {A512}, there is {B512}!\n", []),
    "a list": (
        f"# made by hand\n{A256}  a\n\n{B256}  b\n",
        [*one(A256, "a"), *one(B256, "b")],
    ),
    "a list of two algorithms": (
        f"{A256}  a\n{A512}  a\n",
        [*one(A256, "a"), *one(A512, "a")],
    ),
    "clear-signed": (
        (
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n"
            f"{A512}  {NAME}\n- {B512}  b\n"
            f"-----BEGIN PGP SIGNATURE-----\n\n{A256}\n-----END PGP SIGNATURE-----\n"
        ),
        [*one(A512), *one(B512, "b")],
    ),
    "clear-signed and cut": (
        f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{A512}  a\n",
        [],
    ),
    "detached signature": (
        f"-----BEGIN PGP SIGNATURE-----\n\n{A256}\n-----END PGP SIGNATURE-----\n",
        [],
    ),
    "MD5": (f"{MD5}  {NAME}\n", []),
    "too short": (f"{A256[:-1]}  {NAME}\n", []),
    "too long": (f"{A512}a  {NAME}\n", []),
    "not even hexadecimal": (f"{'g' * 128}  {NAME}\n", []),
    "a web page": ("<!DOCTYPE html><title>404</title>\n", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms(form: str) -> None:
    """Each usual form gives the names and hashes in it, and no other ones."""
    text, expected = FORMS[form]

    assert expected == list(read_sums(text.encode()))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_windows_writes(encoding: str) -> None:
    """A mark of the byte order tells how it is encoded."""
    assert one(A256) == list(read_sums(f"{A256}  {NAME}\r\n".encode(encoding)))


@given(st.binary(max_size=400))
def test_rubbish(content: bytes) -> None:
    """No content of a file is too strange."""
    assert all(len(found.digest) in {32, 64} for found in read_sums(content))


@given(
    st.lists(
        st.sampled_from([*"aF0 \t\n:=()\\*-?", "SHA256", "SHA512 (", A256, A512, NAME]),
        max_size=40,
    )
)
def test_nearly_forms(parts: list[str]) -> None:
    """What is made of parts of the forms has the hashes that stand in it."""
    text = "".join(parts)
    digits = "".join(text.split()).lower()

    assert all(one.digest.hex() in digits for one in read_sums(text.encode()))


@pytest.mark.parametrize(
    "part", ["a", "a ", ":", "a:", " ", "(", ")", "= ", "\\", "\t*"]
)
def test_hostile_lines(part: str) -> None:
    """A long line costs no more than its length; this would take hours otherwise."""
    text = "\n".join(
        f"{head}{part * 1300}!" for head in ("", A256, f"{NAME}: ", "SHA1 ")
    )

    found = read_sums((text * 20).encode())

    assert {one.digest for one in found} <= {bytes.fromhex(A256)}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\n" * 2**24, id="line ends alone"),
        pytest.param(b"x:\n" + b"ab\n" * (2**24 // 3), id="groups without end"),
        pytest.param(b"x:\n" + b"ab " * 1300 + b"ab\n" * 2**20, id="as many as may be"),
        pytest.param((b":" + b" " * 4000 + b"x\n") * 4000, id="blanks behind a colon"),
        pytest.param("\u2028".encode() * 2**22, id="line ends of Unicode"),
    ],
)
def test_hostile_files(content: bytes) -> None:
    """The largest hash file costs seconds, whatever is in it, where hours would do."""
    began = time.process_time()

    assert () == read_sums(content)
    assert time.process_time() - began < 60

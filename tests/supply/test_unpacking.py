"""Databases taken out of good, broken and hostile packages."""

import gzip
import hashlib
import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.errors import SupplyError
from mirrorsel.supply.unpacking import unpack
from mirrorsel.supply.vendor import Form
from tests.supplier import archive

_LARGEST = 100_000


def taken(packed: bytes, form: Form) -> tuple[bytes, str]:
    """Return the database of a package, with its checksum."""
    target = io.BytesIO()
    md5 = unpack(io.BytesIO(packed), form, target, _LARGEST)
    return target.getvalue(), md5


def tar(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """Return a compressed archive."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", format=tarfile.PAX_FORMAT) as made:
        for about, data in members:
            about.size = len(data)
            made.addfile(about, io.BytesIO(data))
    return packed.getvalue()


def member(
    name: str, data: bytes = b"", **facts: object
) -> tuple[tarfile.TarInfo, bytes]:
    """Return a member of an archive."""
    about = tarfile.TarInfo(name)
    for fact, value in facts.items():
        setattr(about, fact, value)
    return about, data


@given(st.binary(max_size=2000))
def test_both_forms(content: bytes) -> None:
    """What was packed comes out, in both forms, with the MD5 of it."""
    md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()

    assert (content, md5) == taken(gzip.compress(content), Form.GZIP)
    assert (content, md5) == taken(archive(content), Form.TAR)


@given(st.binary(max_size=300), st.sampled_from(Form))
def test_anything_else(content: bytes, form: Form) -> None:
    """Whatever comes, it is a database or told as an error."""
    for packed in (content, b"\x1f\x8b" + content, gzip.compress(content)):
        try:
            taken(packed, form)
        except SupplyError:
            continue
        assert form is Form.GZIP


@given(st.integers(0, 400))
def test_cut_off(length: int) -> None:
    """A part of a package never counts as the whole."""
    packed = gzip.compress(bytes(range(256)) * 2)
    with pytest.raises(SupplyError):
        taken(packed[: min(length, len(packed) - 1)], Form.GZIP)


def test_archive_cut_off() -> None:
    """An archive that ends within a member is damaged, though its gzip is whole."""
    whole = gzip.decompress(archive(bytes(10_000)))
    for end in (512, 1024, 2048, 4000):
        with pytest.raises(SupplyError):
            taken(gzip.compress(whole[:end]), Form.TAR)


@pytest.mark.parametrize(
    ("packed", "form", "expected"),
    [
        pytest.param(
            gzip.compress(bytes(_LARGEST + 1)), Form.GZIP, "to more than", id="bomb"
        ),
        pytest.param(
            tar(member("a.mmdb", bytes(_LARGEST))),
            Form.TAR,
            "to more than",
            id="in tar",
        ),
        pytest.param(
            tar(member("a.txt", bytes(_LARGEST)), member("a.mmdb")),
            Form.TAR,
            "to more than",
            id="bomb before it",
        ),
        pytest.param(
            tar(member("a.mmdb", pax_headers={"comment": "x" * _LARGEST})),
            Form.TAR,
            "to more than",
            id="bomb in a header",
        ),
        pytest.param(
            tar(member("a.mmdb", type=tarfile.SYMTYPE, linkname="/etc/passwd")),
            Form.TAR,
            "without a file",
            id="link",
        ),
        pytest.param(
            tar(member("a.mmdb", type=tarfile.CHRTYPE)),
            Form.TAR,
            "without a file",
            id="device",
        ),
        pytest.param(tar(), Form.TAR, "without a file", id="empty"),
        pytest.param(
            tar(*[member(f"{one}") for one in range(101)], member("a.mmdb")),
            Form.TAR,
            "without a file",
            id="too many members",
        ),
        pytest.param(
            gzip.compress(b"x" * 600), Form.TAR, "no archive", id="no archive"
        ),
        pytest.param(
            b"\n<!DOCTYPE html><title>Log in</title>",
            Form.GZIP,
            "a web page",
            id="web page",
        ),
        pytest.param(b"\xab\xcd\xefMaxMind.com", Form.GZIP, "by gzip", id="plain"),
        pytest.param(b"", Form.GZIP, "by gzip", id="nothing"),
        pytest.param(
            gzip.compress(b"x" * 600)[:-8] + bytes(8), Form.GZIP, "damaged", id="CRC"
        ),
    ],
)
def test_refused(packed: bytes, form: Form, expected: str) -> None:
    """It is said in words what is wrong with it."""
    with pytest.raises(SupplyError, match=expected):
        taken(packed, form)


def test_names_lead_nowhere() -> None:
    """The name of a member is of no consequence."""
    packed = tar(member("../../etc/x.mmdb", b"here"), member("b.mmdb", b"there"))

    assert b"here" == taken(packed, Form.TAR)[0]

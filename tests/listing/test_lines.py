"""Tests for the lines of rsync and of FTP servers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.listing import Entry, Size
from mirrorsel.listing.ftp import NoListingError, read_list, read_mlsd
from mirrorsel.listing.rsync import is_line, read_line, unreadable
from tests.listing import forms
from tests.listing.strategies import names, plain_names, sizes


@given(path=st.lists(names, min_size=1, max_size=4), size=sizes)
def test_rsync_lines_are_read(path: list[str], size: int) -> None:
    """Folder, name and size come back, whatever the name."""
    one = forms.entry(path[-1], size)
    found = read_line(forms.rsync("/".join(path), one))

    assert found is not None
    assert ("/".join(path[:-1]), path[-1], size) == (
        found.folder,
        found.entry.name,
        forms.size_of(found.entry),
    )


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b"drwxr-xr-x        4096 2026/11/29 18:33:58 sub", "folder"),
        (b"lrwxrwxrwx           4 2026/11/29 18:33:58 sub", "link"),
        (b"-rw-r--r--+  1,234,567 2026/11/29 18:33:58 sub", "file"),
        (b"-rw-r--r--           0 2026/02/31 18:33:58 sub", "file"),
    ],
)
def test_kinds_of_rsync_lines(line: bytes, kind: str) -> None:
    """Folders and links are told apart from files."""
    found = read_line(line)
    assert found is not None
    kinds = {"folder": found.entry.folder, "link": found.entry.link}

    assert (kind == "folder", kind == "link") == tuple(kinds.values())
    assert (kind == "file") == (found.entry.size is not None)


@pytest.mark.parametrize(
    "line",
    [
        b"drwxr-xr-x        4096 2026/11/29 18:33:58 .",
        b"brw-r--r--           0 2026/11/29 18:33:58 disk",
        b"-rw-r--r--           1 2026/11/29 18:33:58 bad\\#377",
        b"-rw-r--r--           1 2026/11/29 18:33:58 ../x",
        b"-rw-r--r--           1 2026/11/29 18:33:58 /x",
        b"-rw-r--r--           1 2026/11/29 18:33:58 a//x",
        b"-rw-r--r--           1 2026/11/29 18:33:58 a\\#012b",
        b"-rw-r--r--           1 2026/11/29 18:33:58 a\\#000b",
    ],
)
def test_rsync_lines_that_no_tree_publishes(line: bytes) -> None:
    """Devices, and paths that lead elsewhere, are passed over."""
    assert is_line(line)
    assert read_line(line) is None


@pytest.mark.parametrize("line", [b"", b"Welcome!", b"-rw-r--r-- x 2026/11/29 k"])
def test_other_words_are_no_lines(line: bytes) -> None:
    """What lists nothing is known as such."""
    assert not is_line(line)
    assert read_line(line) is None


@pytest.mark.parametrize(
    ("errors", "root", "expected"),
    [
        pytest.param(b"", b"", (), id="nothing"),
        pytest.param(
            b'rsync: [sender] opendir "locked" (in mod) failed: Permission denied (13)'
            b"\nrsync error: some files/attrs were not transferred (see previous "
            b"errors) (code 23) at main.c(1956) [generator=3.5.0]\n",
            b"",
            ("locked",),
            id="a-folder",
        ),
        pytest.param(
            b'rsync: opendir "/a/locked" (in mod) failed: Permission denied (13)\n',
            b"a",
            ("locked",),
            id="below-a-prefix",
        ),
        pytest.param(
            b'rsync: [sender] change_dir "a" (in mod) failed: Permission denied (13)\n',
            b"a",
            ("",),
            id="the-prefix",
        ),
        pytest.param(
            b'file has vanished: "/a/b/c" (in mod)\n'
            b"rsync warning: some files vanished before they could be transferred "
            b"(code 24) at main.c(1) [generator=3.2.7]\n",
            b"",
            ("a/b",),
            id="vanished",
        ),
        pytest.param(
            b'rsync: readlink_stat("/a/l" (in mod)) failed: Permission denied (13)\n',
            b"",
            ("a",),
            id="a-link",
        ),
        pytest.param(
            b'rsync: opendir "/b" (in mod) failed: x\n', b"a", None, id="elsewhere"
        ),
        pytest.param(b"IO error encountered\n", b"", None, id="not-understood"),
        pytest.param(
            b'rsync: [sender] opendir "../x" (in mod) failed: Permission denied (13)\n',
            b"",
            None,
            id="no-path",
        ),
    ],
)
def test_what_a_run_left_out(
    errors: bytes, root: bytes, expected: tuple[str, ...] | None
) -> None:
    """The folders that were not read are known by the client's words."""
    assert expected == unreadable(errors, root)


@given(name=names, size=sizes)
def test_mlsd_lines_are_read(name: str, size: int) -> None:
    """Name and size come back, whatever the name."""
    found = read_mlsd(forms.mlsd(forms.entry(name, size), "UNIX.mode=0644;"))

    assert found is not None
    assert (name, size) == (found.name, forms.size_of(found))
    assert found.modified is not None


@given(name=plain_names, size=sizes)
@pytest.mark.parametrize("form", [forms.vsftpd, forms.proftpd])
def test_lines_of_ls_are_read(form: forms.Line, name: str, size: int) -> None:
    """Name and size come back, whatever the owner is called."""
    found = read_list(form(forms.entry(name, size)), forms.NOW)

    assert found is not None
    assert (name, size) == (found.name, forms.size_of(found))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"type=cdir;sizd=4096; .", None),
        (b"type=pdir; ..", None),
        (b"Type=dir;Modify=20250304050607; sub", Entry(name="sub", folder=True)),
        (b"type=OS.unix=slink:KEYS;size=4; link", Entry(name="link", link=True)),
        (b"type=OS.unix=symlink;size=4; link", Entry(name="link", link=True)),
        (b"type=OS.unix=chr-0/1; tty", None),
        (b"type=file;size=5; a  b", Entry(name="a  b", size=Size(5))),
        (b"type=file;size=x; a", Entry(name="a")),
        (b"type=file;size=5; a/b", None),
        (b"type=file;size=5; \xff", None),
        (b" KEYS", Entry(name="KEYS")),
    ],
)
def test_forms_of_mlsd(line: bytes, expected: Entry | None) -> None:
    """Facts come in any order and case, and some servers have their own."""
    found = read_mlsd(line)

    assert (expected and (expected.name, expected.folder, expected.link)) == (
        found and (found.name, found.folder, found.link)
    )
    assert (expected and expected.size) == (found and found.size)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            b"-rw-r--r--    1 0        0               5 Mar 04  2025 KEYS",
            Entry(name="KEYS", size=Size(5)),
        ),
        (
            b"-rw-r--r--    1 0          0             1234567 Nov 29 18:33 big.tar.gz",
            Entry(name="big.tar.gz", size=Size(1234567)),
        ),
        (
            b"drwxr-xr-x   3 root     root         4096 Nov 29 18:42 a b",
            Entry(name="a b", folder=True),
        ),
        (
            b"lrwxrwxrwx    1 0        0               4 Nov 29 18:33 link -> KEYS",
            Entry(name="link", link=True),
        ),
        (
            b"-rw-r--r--+ 1 user 7 Nov 29 18:33 no group",
            Entry(name="no group", size=Size(7)),
        ),
        (b"crw-rw-rw- 1 0 0 1, 3 Nov 29 18:33 null", None),
        (b"drwxr-xr-x 2 0 0 4096 Nov 29 18:33 ..", None),
        (b"total 12", None),
        (b"", None),
    ],
)
def test_forms_of_ls(line: bytes, expected: Entry | None) -> None:
    """The lines of vsftpd, pure-ftpd and proftpd are read."""
    found = read_list(line, forms.NOW)

    assert (expected and (expected.name, expected.folder, expected.link)) == (
        found and (found.name, found.folder, found.link)
    )
    assert (expected and expected.size) == (found and found.size)


@pytest.mark.parametrize("line", [b"KEYS", b"03-04-25  05:06AM  <DIR> sub", b"\xff"])
def test_what_is_no_line_of_a_list(line: bytes) -> None:
    """A list of another form is not taken for an empty one."""
    with pytest.raises(NoListingError):
        read_list(line, forms.NOW)


@pytest.mark.parametrize("line", [b"KEYS", b"size=5;KEYS", b"size 5; KEYS"])
def test_what_is_no_line_of_mlsd(line: bytes) -> None:
    """A list of another form is not taken for an empty one."""
    with pytest.raises(NoListingError):
        read_mlsd(line)

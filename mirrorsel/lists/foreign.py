"""The files that a form is read from."""

from collections.abc import Iterator
from pathlib import Path

from mirrorsel.errors import ListError, Problem
from mirrorsel.lists.file import LARGEST
from mirrorsel.lists.forms.form import Form, Page, Sources
from mirrorsel.regular import MEBIBYTE, read_regular

_LARGEST_ENTRY = 2**16
# What a file counts at least, so that there are not too many of them either.
_LEAST = 512


def sources_of(form: Form, file: Path, listed: Path | None = None) -> Sources:
    """Return the files that a form is read from.

    Args:
        form: The form.
        file: The file; or a folder of them, where the form has one for each mirror.
        listed: The list of mirrors that goes with it, where it is another file.

    Raises:
        ListError: a file cannot be read.

    """
    pages = tuple(_pages(form, file))
    if not pages:
        raise ListError(file, Problem(message="there is no file in it"))
    return Sources(pages=pages, listed=_read(listed, LARGEST) if listed else None)


def _pages(form: Form, file: Path) -> Iterator[Page]:
    if not form.folder:
        yield _read(file, LARGEST)
    elif file.is_dir():
        yield from _entries(file)
    else:
        yield _entry(file, follow=True)


def _entries(folder: Path) -> Iterator[Page]:
    """Yield the ordinary files of a folder in the order of their names.

    Hidden ones and folders are none of a form's. Links are followed only to files of
    the links' own owners, for others may write in the folder.
    """
    room = LARGEST
    for path in _paths(folder):
        page = _entry(path, follow=False)
        room -= len(page.content) + _LEAST
        if room < 0:
            message = f"its files are larger than {LARGEST // MEBIBYTE} MiB"
            raise ListError(folder, Problem(message=message))
        yield page


def _entry(path: Path, *, follow: bool) -> Page:
    """Return a file of one mirror, which is small."""
    page = _read(path, MEBIBYTE, follow=follow)
    if len(page.content) > _LARGEST_ENTRY:
        message = f"it is larger than {_LARGEST_ENTRY // 2**10} KiB"
        raise ListError(path, Problem(message=message))
    return page


def _paths(folder: Path) -> list[Path]:
    try:
        return sorted(
            one
            for one in folder.iterdir()
            if not one.name.startswith(".") and not one.is_dir()
        )
    except OSError as error:
        raise _unreadable(folder, error) from error


def _read(path: Path, largest: int, *, follow: bool = True) -> Page:
    try:
        content = read_regular(path, largest=largest, follow=follow)
    except OSError as error:
        raise _unreadable(path, error) from error
    return Page(path=path, content=content)


def _unreadable(path: Path, error: OSError) -> ListError:
    return ListError(path, Problem(message=f"cannot be read: {error.strerror}"))

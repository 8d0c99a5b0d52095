"""How much a page may be: what it reads, holds, does and yields."""

import gc
import sys
import tracemalloc
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mirrorsel.pages import NAMES, Finding, Template, Values, parse, report, trial
from mirrorsel.pages.limits import (
    LARGEST_PAGE,
    LARGEST_SOURCE,
    MOST_FILES,
    MOST_WORDS,
)
from mirrorsel.pages.lines import Lines
from tests.pages.pagefiles import Folder

MANY: Values = dict.fromkeys("abc", ("x",) * 300) | {"v": "'" * 8000}
SSI = b'<!--#include virtual="%s" -->'


def page(text: bytes, files: Mapping[str, bytes] | None = None) -> Template:
    """Return a page among other files, of which it may include itself."""
    folder = Folder({**(files or {}), "page": text})
    return parse(text, name="page", includer=folder)


def rendered(
    text: bytes, files: Mapping[str, bytes] | None = None
) -> tuple[int, list[str]]:
    """Return how long a page becomes, and where it ends early."""
    cut: list[Finding] = []
    folder = Folder({**(files or {}), "page": text})
    written = page(text, files).render(MANY, folder, cut.append)
    return len(written), [f"{one.name}:{one.problem.line}" for one in cut]


def looped(body: bytes) -> bytes:
    """Return a page that repeats something 27 million times, on its third line."""
    return b"\n\n[for a][for b][for c]%s[end][end][end]" % body


@pytest.mark.parametrize(
    ("text", "files", "complaint"),
    [
        pytest.param(
            b"\n" + SSI % b"big" + b"\n" + SSI % b"big" + b"\n" + SSI % b"big",
            {"big": b"x" * (LARGEST_SOURCE // 2 - 100)},
            "page:4:1: with `big` the page becomes larger than 8 MiB;"
            " this include and all below it stay as they stand",
            id="large files",
        ),
        pytest.param(
            (SSI % b"page" + b"\n") * 2000 + b"x" * 10_000,
            {},
            "page:101:1: more than 100 files are included;"
            " this include and all below it stay as they stand",
            id="itself very often",
        ),
        pytest.param(
            (SSI % b"nope" + b"\n") * (MOST_FILES + 1),
            dict.fromkeys(["x"], b""),
            "page:101:1: more than 100 files are included;"
            " this include and all below it stay as they stand",
            id="files that are missing",
        ),
        pytest.param(
            b"\n" + b"[v]" * (MOST_WORDS + 1),
            {},
            f"page:2:{3 * MOST_WORDS + 1}: the page ends here:"
            " it has more than 20000 directives",
            id="directives",
        ),
        pytest.param(
            b"\n" + b"[v v v v]" * (MOST_WORDS // 4 + 1),
            {},
            f"page:2:{9 * MOST_WORDS // 4 + 1}: the page ends here:"
            " it has more than 20000 directives",
            id="words of directives",
        ),
        pytest.param(
            b"<!---->" * (MOST_WORDS + 1),
            {},
            f"page:1:{7 * MOST_WORDS + 1}: the page ends here:"
            " it has more than 20000 directives",
            id="HTML comments",
        ),
    ],
)
def test_what_is_too_much_to_read(
    text: bytes, files: Mapping[str, bytes], complaint: str
) -> None:
    """It is read up to there, and the last problem says where that is."""
    template = page(text, files)
    length, _ = rendered(text, files)

    assert complaint in [one.at("page") for one in template.problems]
    assert length < LARGEST_PAGE


@pytest.mark.parametrize(
    ("text", "files", "place"),
    [
        pytest.param(looped(b"text"), {}, "page:3", id="text"),
        pytest.param(looped(b""), {}, "page:3", id="nothing"),
        pytest.param(looped(b"\n[v]"), {}, "page:4", id="a long value"),
        pytest.param(looped(b'\n[format "js,url"][v][end]'), {}, "page:4", id="format"),
        pytest.param(looped(b"[%s]" % (b"z" * 60_000)), {}, "page:3", id="long name"),
        pytest.param(
            looped(b"[if-any%s]x[end]" % (b" z" * 900)), {}, "page:3", id="many names"
        ),
        pytest.param(
            b"[define V]%s[end]" % (b"x" * 1000) + looped(b"[V]" * 200),
            {},
            "page:3",
            id="a define printed again",
        ),
        pytest.param(
            b'\n["%s" v]' % (b"%0" * 200_000), {}, "page:2", id="places in a string"
        ),
        pytest.param(
            b'[include "f"]',
            {"f": b"\n" + looped(b"x")},
            "f:4",
            id="in a file that is included",
        ),
        pytest.param(
            b"\n".join(b'[insertfile "%d"]' % number for number in range(101)),
            {str(number): b"" for number in range(101)},
            "page:101",
            id="many files",
        ),
        pytest.param(
            b"\n" + b'[include "0"]\n[include "1"]' * 9,
            {"0": b"[x]" * 19_000, "1": b"[x]" * 19_000},
            "page:3",
            id="large templates",
        ),
        pytest.param(
            b"\n".join(b'[include "%d"]' % number for number in range(9)),
            {str(number): b"[#%s]" % (b"x" * 2**21) for number in range(9)},
            "page:8",
            id="large sources",
        ),
        pytest.param(
            b"\n".join(b'[include "%d"]' % number for number in range(9)),
            {"big": b"[#%s]" % (b"x" * 2**22)}
            | {str(number): SSI % b"big" for number in range(9)},
            "page:4",
            id="large server-side includes",
        ),
    ],
)
def test_what_is_too_much_to_render(
    text: bytes, files: Mapping[str, bytes], place: str
) -> None:
    """The page ends there, and whoever renders it is told the file and the line."""
    length, cut = rendered(text, files)

    assert [place] == cut
    assert length <= LARGEST_PAGE


def test_formats_do_not_multiply() -> None:
    """Each format may double a text, so that only a few may follow one another."""
    text = b'["\\" v][define V]\\[end][format "%s"][V][end]' % b",".join([b"js"] * 60)
    [problem] = [one for one in page(text).problems if "format" in one.message]

    assert "must be written [format" in problem.message
    assert rendered(text)[0] < 1000


def test_all_text_outside_of_blocks_fits() -> None:
    """A page of the largest source, with the most directives, is shown in full."""
    text = b"[v" + b"v" * 200 + b"]"
    text = text * (MOST_WORDS - 1) + b"\n"
    whole = text + b"x" * (LARGEST_SOURCE - len(text))

    assert (len(whole), []) == rendered(whole)


def test_a_file_is_read_once_for_a_page() -> None:
    """In a loop, an included file is neither read nor parsed again."""
    folder = _Counting({"f": b"f", "g": b"g"})

    parse(b'[for a][include "f"][insertfile "g"][end]').render(MANY, folder)

    assert ["f", "g"] == folder.asked


class _Counting(Folder):
    """Files that note which of them are asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(files)
        object.__setattr__(self, "asked", [])

    asked: list[str]

    def text(self, name: str, beside: str, /) -> bytes | None:
        """Return a file, and note that it was asked for."""
        self.asked.append(name)
        return super().text(name, beside)


@pytest.mark.parametrize(
    ("text", "files"),
    [
        pytest.param(b"x", {}, id="little"),
        pytest.param(b"x" * 2**20, {}, id="text"),
        pytest.param("ü\U0001f600".encode() * 2**17, {}, id="text beyond ASCII"),
        pytest.param(b"[v]" * 1000, {}, id="values"),
        pytest.param(b"[v] " * 1000, {}, id="values with text between"),
        pytest.param(b"[vvvvvvvvvv.vvvvvvv]" * 1000, {}, id="unknown"),
        pytest.param(b"[if-any v]x[else]y[end]" * 1000, {}, id="blocks"),
        pytest.param(b"[if-index v 1]x[else]y[end]" * 1000, {}, id="positions"),
        pytest.param(b"[for v][v][end]" * 1000, {}, id="loops"),
        pytest.param(b"[define v]v[end]" * 1000, {}, id="defines"),
        pytest.param(b"[v" + b" v" * 999 + b"]", {}, id="words"),
        pytest.param('["%0ü\U0001f600" "ü" v]'.encode() * 1000, {}, id="strings"),
        pytest.param(b"[end]" * 1000, {}, id="faults"),
        pytest.param(b'[include "page"]' * 1000, {}, id="includes"),
        pytest.param(b"[[]" * 1000, {}, id="brackets"),
        pytest.param(SSI % b"f", {"f": b"[v]x" * 1000}, id="included"),
    ],
)
def test_size(text: bytes, files: Mapping[str, bytes]) -> None:
    """A template knows how much memory it holds, generously but not wildly."""
    # What threads of other tests take meanwhile counts too, but not each time.
    template, held = min(
        (_held(text, files) for _ in range(10)), key=lambda one: one[1]
    )

    assert held <= template.size + 4096
    assert template.size <= 8 * held + 4096


# Other threads of the process, as those of pytest, take memory meanwhile. What a
# dataclass takes for itself stands in no file.
_OURS = [
    tracemalloc.Filter(inclusive=True, filename_pattern=pattern)
    for pattern in ("*/mirrorsel/pages/*", "*/tests/pages/*", "<string>")
]


def _held(text: bytes, files: Mapping[str, bytes]) -> tuple[Template, int]:
    """Return a template, with how much memory was taken while it was made."""
    gc.collect()
    tracemalloc.start()
    try:
        template = page(text, files)
        gc.collect()
        taken = tracemalloc.take_snapshot().filter_traces(_OURS)
        held = sum(one.size for one in taken.traces)
    finally:
        tracemalloc.stop()
    return template, held


PIECES = st.sampled_from(
    (
        *("[", "]", "[[]", "[#", '"', "\\", " ", "\n", "<!--", "-->", "a", "é", "!"),
        *("[a", "[a ", '["', '" ', " a", ' "a"', '\\"', "[end]", "[for a]"),
    )
)


@settings(deadline=None)
@given(unit=st.lists(PIECES, min_size=1, max_size=6), times=st.integers(20, 50))
def test_steps_grow_with_the_text_only(unit: list[str], times: int) -> None:
    """A page four times as long takes four times as many steps, or fewer."""
    text = "".join(unit) * times

    assert _steps(text * 4) <= 5 * _steps(text) + 1000


def _steps(text: str) -> int:
    """Return how many calls of functions a page takes, of Python's own too."""
    steps = 0

    def count(*_event: object) -> None:
        nonlocal steps
        steps += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        page(text.encode()).render(MANY)
    finally:
        sys.setprofile(before)
    return steps


@given(text=st.text(alphabet="a\né", max_size=50), times=st.integers(1, 400))
def test_lines(text: str, times: int) -> None:
    """Every offset has the line and the column that counting gives."""
    whole = text * times
    lines = Lines(whole)

    for offset in {0, len(whole) // 2, min(4096, len(whole)), len(whole)}:
        before = whole[:offset].split("\n")
        assert (len(before), len(before[-1]) + 1) == lines.place(offset)


def test_report_reads_so_many_files_only() -> None:
    """A page that includes very many files is reported on up to there."""
    files = {str(number): b"[end]" for number in range(300)}
    text = b"".join(b'[include "%d"]\n' % number for number in range(300))

    found = report(page(text, files), Folder(files))

    assert ("page", 101) in [(one.name, one.problem.line) for one in found]
    assert {"page", *map(str, range(MOST_FILES))} == {one.name for one in found}


def test_trial() -> None:
    """What shows only in a rendering is told as if there were very many mirrors."""
    text = b"[for http][for backup][for ftp]x[end][end][end]"
    [found] = trial(page(b"\n" + text), Folder({}), NAMES)

    assert found.problem.at(found.name).startswith("page:2: the page ends here: ")
    assert () == trial(page(b"[for http][http][end]"), Folder({}), NAMES)

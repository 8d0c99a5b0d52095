"""Templates and renderings that are kept, and what is logged of them."""

from pathlib import Path

import pytest

from mirrorsel.pages import Finding, Markup, Unknown, parse
from mirrorsel.web.library import Library, Shelf
from mirrorsel.web.renderings import Renderings, held
from mirrorsel.web.values import Lazy


def shelf(folder: Path, library: Library | None = None) -> Shelf:
    """Return the templates of a folder."""
    return Shelf(library or Library(), folder, Unknown.LITERAL)


def test_a_file_is_parsed_once(tmp_path: Path) -> None:
    """REQ-61: the same template is used as long as the file stays as it is."""
    (tmp_path / "x.html").write_text("x")
    templates = shelf(tmp_path)

    first = templates.page("x.html")

    assert first is templates.page("x.html") is not None


def test_a_new_version_is_parsed(tmp_path: Path) -> None:
    """REQ-61: a file that is renamed into place is another version."""
    (tmp_path / "x.html").write_text("old")
    templates = shelf(tmp_path)
    first = templates.page("x.html")
    (tmp_path / "y.html").write_text("new")
    (tmp_path / "y.html").rename(tmp_path / "x.html")

    assert first is not templates.page("x.html")


def test_a_link_may_be_switched(tmp_path: Path) -> None:
    """REQ-48: a name that was once inside is not trusted when it leads elsewhere."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "a.html").write_text("a")
    (tmp_path / "b.html").write_text("b")
    (root / "x.html").symlink_to("a.html")
    templates = shelf(root)
    before = templates.page("x.html")
    (root / "x.html").unlink()
    (root / "x.html").symlink_to(tmp_path / "b.html")

    assert (before is None, templates.page("x.html")) == (False, None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 200_000, id="text"),
        pytest.param('<!--#include virtual="large" -->', id="what is included"),
        pytest.param("[preferred]" * 500, id="directives"),
    ],
)
def test_only_so_much_is_kept(tmp_path: Path, text: str) -> None:
    """However many pages there are, memory is bounded, by what they really hold."""
    (tmp_path / "large").write_text("x" * 200_000)
    for number in range(5):
        (tmp_path / f"{number}.html").write_text(text)
    templates = shelf(tmp_path, Library(capacity=500_000))
    first = templates.page("0.html")

    assert first is templates.page("0.html")
    for number in range(1, 5):
        templates.page(f"{number}.html")
    assert first is not templates.page("0.html")


def test_problems_are_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """REQ-59: once per version of the file, with its name and the line."""
    path = tmp_path / "x.html"
    path.write_text("\n[end]")
    # Forgets at once what it has parsed.
    templates = shelf(tmp_path, Library(capacity=0))
    (tmp_path / "y.html").write_text("y")
    for name in ("x.html", "y.html", "x.html"):
        templates.page(name)
    [message] = caplog.messages

    assert message.startswith(f"{path}:2:1: ")


def test_a_bad_page_does_not_fill_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """REQ-59: of very many problems the first ones are logged, and their number."""
    path = tmp_path / "x.html"
    path.write_text("[end]\n" * 100)
    shelf(tmp_path).page("x.html")

    assert len(caplog.messages) == 21
    assert caplog.messages[-1] == f"{path}: 80 more"


def test_a_page_that_ends_early_is_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Once for each version of the file, with the line."""
    path = tmp_path / "x.html"
    page = f"\n[for http]{'x' * 100_000}[end]"
    templates, kept = shelf(tmp_path), Renderings()
    for text in (page, f"\n{page}"):
        path.write_text(text)
        template = templates.page("x.html")
        assert template
        for _ in range(3):
            values = Lazy({"http": lambda: ("x",) * 300})
            kept.render(template, values, templates, templates.cut)
    first, second = (message.partition(" ")[0] for message in caplog.messages)

    assert (f"{path}:2:", f"{path}:3:") == (first, second)


def test_a_page_that_cannot_be_read_is_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It says what would be right; of what does not exist there is nothing to say."""
    (tmp_path / "x.html").mkdir()
    templates = shelf(tmp_path)
    for name in ("x.html", "x.html", "y.html", "\0"):
        templates.refuse(name)
    [message] = caplog.messages

    assert message.startswith(f"{tmp_path}/x.html: this page cannot be read; it must")


def test_a_rendering_is_kept() -> None:
    """REQ-61: the same values give the very same page, other values another."""
    template, kept = parse(b"x[a]"), Renderings()
    values = [Lazy({"a": lambda: "1"}), Lazy({"a": lambda: "1"}), Lazy({"a": str})]

    first, second, other = (
        kept.render(template, one, _NONE, _untold) for one in values
    )

    assert first is second
    assert (first, other) == (b"x1", b"x")


def test_values_that_another_value_decides_on() -> None:
    """REQ-61: what was not used before makes a difference once it is."""
    template, kept = parse(b"[if-any a][b][end]"), Renderings()
    rows = [("", "1"), ("x", "1"), ("x", "2"), ("", "2"), ("x", "1")]
    expected = [b"", b"1", b"2", b"", b"1"]

    pages = [
        kept.render(template, Lazy({"a": a.__str__, "b": b.__str__}), _NONE, _untold)
        for a, b in rows
    ]

    assert expected == pages


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("[a]" + "x" * 30_000, "{}", id="pages"),
        pytest.param("[if-any a][end]", "x" * 30_000 + "{}", id="values"),
    ],
)
def test_renderings_are_bounded(text: str, value: str) -> None:
    """However many values there are, memory is bounded."""
    template, kept = parse(text.encode()), Renderings(capacity=150_000)
    rows = [Lazy({"a": value.format(number).__str__}) for number in (0, 0, 1, 2, 3, 0)]

    first, again, *_, last = (
        kept.render(template, row, _NONE, _untold) + b"" for row in rows
    )

    assert first == again == last
    assert kept.size <= 150_000


def test_renderings_count_templates() -> None:
    """A page holds on to its template; what is larger than all room is not kept."""
    kept = Renderings(capacity=100_000)
    for number in range(20):
        template = parse(b"[a]%d" % number + b"[if-any b]" * 20 + b"x" * 20_000)
        kept.render(template, Lazy({"a": str, "b": str}), _NONE, _untold)
        assert template.size < kept.size <= 100_000
    before = kept.size
    large = parse(b"x" * 200_000)

    kept.render(large, Lazy({}), _NONE, _untold)

    assert kept.size in {0, before}


def test_held() -> None:
    """What is in a value counts too."""
    text = "x" * 1000

    assert held((text,) * 3) > 3 * held(text) > 3000
    assert held(Markup(text=text)) > held(text)


def test_pages_that_read_files_are_not_kept(tmp_path: Path) -> None:
    """REQ-61: a file may change between two visits."""
    files, kept = shelf(tmp_path), Renderings()
    template = parse(b'[insertfile "f"]', name="x.html")
    (tmp_path / "f").write_text("old")
    before = kept.render(template, Lazy({}), files, _untold)
    (tmp_path / "f").write_text("new")

    assert (before, kept.render(template, Lazy({}), files, _untold)) == (b"old", b"new")


def test_values_are_made_when_they_are_used() -> None:
    """A page pays only for what it shows."""
    values = Lazy({"a": lambda: "1", "b": lambda: "2"})

    assert ("a" in values, values["b"], values["b"]) == (True, "2", "2")
    assert (["b"], 2, ["a", "b"]) == (list(values.used), len(values), list(values))


class _NoFiles:
    """Finds nothing."""

    def text(self, _name: str, _beside: str, /) -> None:
        """Return None."""

    def template(self, _name: str, _beside: str, /) -> None:
        """Return None."""


_NONE = _NoFiles()


def _untold(finding: Finding) -> None:
    """Expect no page to end early."""
    raise AssertionError(finding)

"""The default page: what people see who ask for no page of a project."""

import os
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from mirrorsel.web.app import CLOSERS, Wsgi
from tests.web.asking import FRENCH, GERMAN, NOBODY, ask
from tests.web.sites import ORIGIN, SETTINGS, MakeSite

CLOSER = CLOSERS[0]
FILE = "httpd/httpd-2.4.66.tar.gz"


def page(app: Wsgi, query: str = f"?path={FILE}", address: str = GERMAN) -> str:
    """Return the default page."""
    answer = ask(app, CLOSER + query, address=address)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html")
    return answer.text


class _Outline(HTMLParser):
    """Gathers the elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta", "input", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note that it ends: `option` and `li` are always closed here."""
        assert tag == self.open.pop()


def test_the_suggestion(app: Wsgi) -> None:
    """REQ-24: the file on the suggested mirror comes first."""
    assert f'<a class="go" href="https://fr.example/{FILE}">' in page(
        app, f"/{FILE}", FRENCH
    )


def test_the_form(app: Wsgi) -> None:
    """REQ-45, REQ-46, HR-8: written as clients look for it; backups are marked."""
    text = page(app, f"?path={FILE}", FRENCH)

    assert f'<form action="{CLOSER}" method="get" id="SelectMirror">' in text
    assert '<select name="Preferred">' in text
    assert '<option value="https://fr.example/">https://fr.example/</option>' in text
    assert ">https://backup.example/ (backup)</option>" in text
    assert f'<input type="hidden" name="path" value="{FILE}">' in text


def test_others_by_distance(app: Wsgi) -> None:
    """The other mirrors stand in groups, nearest first, with their countries."""
    text = page(app)
    headings = re.findall(r"<h3>(\w[^<]*[\wy])</h3>", text)
    hosts = re.findall(r">(\w+\.example)</a><span>([^,<]*)", text)

    assert headings[-3:] == ["Within 500 km", "Within 2,000 km", "Farther away"]
    assert [country for _, country in hosts] == [
        "Germany",
        "France",
        "United Kingdom",
        "United States",
        "Japan",
    ]


def test_without_a_place_there_are_no_distances(app: Wsgi) -> None:
    """REQ-10: all are equals then."""
    text = page(app, "", NOBODY)

    assert "<h3>Anywhere</h3>" in text
    assert " km" not in text


def test_very_many_mirrors(make_site: MakeSite) -> None:
    """Nobody is shown a thousand mirrors."""
    listed = "".join(f"http de https://m{n}.example/\n" for n in range(300))

    assert page(make_site(listed=listed)).count("<li>") < 120


def test_proofs_come_from_the_origin(app: Wsgi) -> None:
    """REQ-90: signature, hash and keys are linked at the origin, with commands."""
    text = page(app)

    for name in (f"{FILE}.asc", f"{FILE}.sha512", "httpd/KEYS"):
        assert f'<a href="{ORIGIN}{name}">' in text
    assert "sha512sum -c httpd-2.4.66.tar.gz.sha512" in text
    assert "gpg --verify httpd-2.4.66.tar.gz.asc httpd-2.4.66.tar.gz" in text


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("x.tgz;reboot", id="semicolon"),
        pytest.param("$(reboot)", id="substitution"),
        pytest.param("x.tgz%26reboot", id="ampersand"),
        pytest.param("x y", id="blank"),
        pytest.param("-x", id="option"),
        pytest.param("x.tgz.asc", id="a signature itself"),
    ],
)
def test_no_command_has_a_name_that_shells_read(app: Wsgi, name: str) -> None:
    """A link to our page must not put commands of others into people's shells."""
    commands = re.findall(r"<pre[^>]*>([^<]*)</pre>", page(app, f"?path=a/{name}"))

    assert ["sha512sum -c FILE.sha512"] == [one.splitlines()[0] for one in commands]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("<script>", "a/&lt;script&gt;<", id="tag"),
        pytest.param('"onload="x', 'value="a/&quot;onload=&quot;x"', id="attribute"),
        pytest.param("'x'", "a/&#39;x&#39;", id="single quotes"),
        pytest.param("[preferred]", "a/[preferred]", id="directive"),
    ],
)
def test_what_is_asked_for_is_escaped(app: Wsgi, name: str, shown: str) -> None:
    """REQ-52: in text and attributes; directives in it are text."""
    text = page(app, f"?path=a/{name}")

    assert shown in text
    assert "<script" not in text
    assert '"onload' not in text


def test_the_policy(app: Wsgi) -> None:
    """Only the page's own style is allowed, by its hash; nothing is fetched."""
    answer = ask(app, CLOSER)
    style = re.findall(rb"<style>(.*?)</style>", answer.body, re.DOTALL)[0]
    digest = b64encode(sha256(style).digest()).decode()
    policy = answer.headers["content-security-policy"]

    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "unsafe" not in policy


@pytest.mark.parametrize("query", ["", f"?path={FILE}", "?path=httpd/"])
def test_the_page_can_be_read_by_everyone(app: Wsgi, query: str) -> None:
    """A language, landmarks, one main heading, named regions, no scripts (WCAG 2.2)."""
    outline = _Outline(page(app, query))
    tags = [tag for tag, _ in outline.elements]
    identifiers = {each.get("id") for _, each in outline.elements}
    labelled = [
        each["aria-labelledby"] for tag, each in outline.elements if tag == ("section")
    ]

    assert ("html", {"lang": "en"}) in outline.elements
    assert [1, 1, 1, 1] == [
        tags.count(one) for one in ("h1", "main", "header", "footer")
    ]
    assert "script" not in tags
    assert not outline.open
    assert identifiers >= set(labelled)


def test_it_fits_a_telephone_and_the_night(app: Wsgi) -> None:
    """The page says that it fits narrow and dark screens."""
    text = page(app)

    assert 'content="width=device-width, initial-scale=1"' in text
    assert "@media (prefers-color-scheme: dark)" in text


def test_no_directive_is_left(app: Wsgi) -> None:
    """REQ-54: every name of the built-in page has a value."""
    for query in ("", f"?path={FILE}", "?path=KEYS"):
        assert not re.search(r"\[[a-z]", page(app, query))


def test_a_page_of_the_settings_that_is_missing(
    make_site: MakeSite, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged when it goes and when it comes, with what to do, not each time."""
    own = tmp_path / "own.html"
    app = make_site(f'{SETTINGS}[pages]\ndefault = "{own}"\n')
    pages = [page(app), page(app)]
    own.write_text("own [for bands][bands.host][end]")
    pages += [page(app), page(app)]
    own.unlink()
    pages.append(page(app))

    assert [False, False, True, True, False] == [
        text.startswith("own ") for text in pages
    ]
    assert [
        "this page cannot be read; it must",
        "this page can be read again and i",
        "this page cannot be read; it must",
    ] == [one.removeprefix(f"{own}: ")[:33] for one in caplog.messages]


def test_an_archive_page_that_is_no_file(
    make_site: MakeSite, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A pipe in place of the archive page is neither waited for nor passed over."""
    own = tmp_path / "archive.html"
    os.mkfifo(own)
    app = make_site(
        f'{SETTINGS}[tree]\nfolder = "{tmp_path}"\n[pages]\narchive = "{own}"\n'
    )

    text = page(app, "?path=httpd/old.tar.gz")
    [message] = caplog.messages

    assert "<html" in text
    assert message.startswith(f"{own}: this page cannot be read; it must be an ordin")
    assert message.endswith("until then the built-in page is shown")


def test_a_page_of_the_settings_that_ends_early(
    make_site: MakeSite, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is shown up to there, and the log has the line."""
    own = tmp_path / "own.html"
    own.write_text(f"own\n[for http]{'x' * 2**20}[end]")
    listed = "".join(f"http de https://m{n}.example/\n" for n in range(50))
    app = make_site(f'{SETTINGS}[pages]\ndefault = "{own}"\n', listed=listed)

    assert page(app).startswith("own\n")
    [message] = caplog.messages
    assert message.startswith(f"{own}:2: the page ends here")

"""Pages that are shown again: the same as when they are made anew, whoever asks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mirrorsel.model import Country
from mirrorsel.web.app import create_app
from mirrorsel.web.counted import SELECTED
from mirrorsel.web.files import Files
from mirrorsel.web.lasting import LASTING
from mirrorsel.web.realm import Realm, make_geography, make_realm
from mirrorsel.web.recall import READ
from tests.tree.published import publish
from tests.web.asking import BRITON, FRENCH, GERMAN, NOBODY, ask, counted_answer
from tests.web.sites import DOWN, LIST, SETTINGS, STALE, indexed, lay_out

Extra: TypeAlias = Mapping[str, str]

NONE: Extra = MappingProxyType({})
VALUES = (
    "[preferred] [cca2] [country] [location] [path_info]"
    "[for http] [http][end][for ftp] [ftp][end][for backup] [backup][end]"
)
TEXTS = (
    *("", "[preferred]", VALUES, f"{VALUES} [lookup][nothing]"),
    *('[include "f.html"]', '[insertfile "f.html"]', '[include "/sub/../f.html"]..'),
    '<!--#include virtual="f.html" -->!!',
)
"""No two are of the same length, as their time may be the same."""
FILES = ("x.html", "cgi-bin/x.html", "content/x.html", "sub/y.html", "f.html")
ROOTS = ("a", "b")
CLIENTS = (GERMAN, FRENCH, BRITON, NOBODY, "127.9.8.9", "2001:db8::1", "")
WAYS = ("by httpd", "by path", "by variable", "behind an alias")
PATHS = (
    *("/x.cgi", "/sub/y.cgi", "/cgi-bin/x.cgi", "//x.cgi", "/none.cgi", "/x.cgi/"),
    *("/x.cgi/httpd/a", "/x.cgi/x.cgi", "/get/x.cgi", "/dyn/closer.cgi"),
)
QUERIES = (
    *("", "x=1", "cca2=us", "cca2=US", "ccode=zz", "cca2=backup", "path=httpd/a"),
    *("Preferred=https://us.example/apache/", "Preferred=https://de1.example/apache/"),
    *("preferred=true", "as_json=1", "action=info", "action=none"),
    *("update=202611231200", "update=202601010000", "filename=a", "path=../a"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request."""

    root: str
    path: str
    query: str = ""
    client: str = FRENCH
    scheme: str = "http"
    way: str = WAYS[0]
    method: str = "GET"

    def beside(self) -> Iterator["Visit"]:
        """Yield this request, and all that differ from it in one part."""
        yield self
        yield from (replace(self, root=one) for one in ROOTS)
        yield from (replace(self, path=one) for one in PATHS)
        yield from (replace(self, query=one) for one in QUERIES)
        yield from (replace(self, client=one) for one in CLIENTS)
        yield from (replace(self, scheme=one) for one in ("http", "https"))
        yield from (replace(self, way=one) for one in WAYS)
        yield from (replace(self, method=one) for one in ("HEAD", "GET"))


VISITS = st.builds(
    Visit,
    root=st.sampled_from(ROOTS),
    path=st.sampled_from(PATHS[:4]),
    query=st.sampled_from(QUERIES),
    client=st.sampled_from(CLIENTS),
    way=st.sampled_from(WAYS),
)
EDITS = st.tuples(
    st.sampled_from(ROOTS), st.sampled_from(FILES), st.sampled_from([*TEXTS, None])
)
REALMS = st.integers(min_value=0, max_value=5)
STEPS = st.lists(st.tuples(EDITS | REALMS, VISITS), min_size=2, max_size=4)


class Twins:
    """Two applications over the same files, of which one never remembers a page."""

    def __init__(self, folder: Path, realms: Sequence[Realm]) -> None:
        self._folder = folder
        self._realms = [*map(replace, realms)]
        self._realm = self._realms[0]
        self._remembering = create_app(lambda: self._realm)
        self._forgetting = create_app(lambda: replace(self._realm))
        for root, name in product(ROOTS, FILES):
            self._edit(root, name, f"{root}/{name} {VALUES}")

    def change(self, what: int | tuple[str, str, str | None]) -> None:
        """Take another realm, or write a file of a document root, or remove it."""
        if isinstance(what, int):
            self._realm = self._realms[what]
        else:
            self._edit(*what)

    def visit(self, one: Visit) -> tuple[object, object]:
        """Return what each of them answers."""
        environ = _environ(self._folder / one.root, one.path, one.way)
        environ |= {"REMOTE_ADDR": one.client, "wsgi.url_scheme": one.scheme}
        first, second = (
            counted_answer(app, f"{one.path}?{one.query}", environ, one.method)
            for app in (self._remembering, self._forgetting)
        )
        return first, second

    def _edit(self, root: str, name: str, text: str | None) -> None:
        path = self._folder / root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text)


@pytest.fixture(name="make_realm_of", scope="session")
def fixture_make_realm_of(
    tmp_path_factory: pytest.TempPathFactory,
    countries: Mapping[str, Country],
    geoip: Path,
) -> Callable[..., Realm]:
    """Return what makes the realm of a site."""

    def make(settings: str = SETTINGS, *, index: bool = False, **more: Any) -> Realm:
        folder = tmp_path_factory.mktemp("site")
        if index:
            files = {"httpd/a": b"1", "httpd/b": b"2"}
            publish(folder / "state", files, {"https://fr.example/": {"httpd/b"}})
            settings = indexed(settings)
        text = f'{settings}\n[geoip]\ndatabase = "{geoip}"\n'
        files_of = Files(lay_out(folder, settings=text, **more))
        sources = files_of.sources(countries)
        geography = make_geography(sources, countries)
        return make_realm(sources, geography, countries, files_of.tree(geography))

    return make


@pytest.fixture(name="realms", scope="session")
def fixture_realms(make_realm_of: Callable[..., Realm]) -> Sequence[Realm]:
    """Return several versions of a site."""
    pages = f"{SETTINGS}[pages]\n"
    return (
        make_realm_of(f"{pages}asf_mirror_filename = true\n"),
        make_realm_of(health={"fr.example": DOWN, "de1.example": STALE}),
        make_realm_of(listed=LIST.replace("http fr", "http it")),
        make_realm_of(f"{pages}keep_unknown = false\n"),
        make_realm_of(f"{pages}missing = false\n", health=None),
        make_realm_of(index=True),
    )


@settings(max_examples=25)
@given(STEPS)
def test_what_is_remembered_is_what_would_be_made(
    tmp_path_factory: pytest.TempPathFactory,
    realms: Sequence[Realm],
    steps: Sequence[Any],
) -> None:
    """REQ-9, REQ-61: whoever asks, and whatever changes between two requests."""
    twins = Twins(tmp_path_factory.mktemp("roots"), realms)
    for change, visit in steps:
        for one in visit.beside():
            remembered, made = twins.visit(one)
            assert remembered == made
        twins.change(change)
        for one in visit.beside():
            remembered, made = twins.visit(one)
            assert remembered == made


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, 0, id="the same"),
        pytest.param({"HTTP_USER_AGENT": "other"}, 0, id="another browser"),
        pytest.param({"REMOTE_ADDR": FRENCH}, 1, id="another client"),
        pytest.param({"wsgi.url_scheme": "https"}, 1, id="another scheme"),
        pytest.param({"QUERY_STRING": "x=1"}, 1, id="another query"),
        pytest.param({"REQUEST_METHOD": "HEAD"}, 1, id="HEAD"),
    ],
)
def test_the_same_question_is_answered_without_falcon(
    site: "Site", change: Extra, expected: int
) -> None:
    """Falcon reads the stream of errors of each request."""
    site.visit()

    assert expected == site.visit(change).count("wsgi.errors")


@pytest.mark.parametrize(
    ("text", "more"),
    [
        pytest.param('[insertfile "f.html"]' * 70, NONE, id="too long to be put in"),
        pytest.param("x", {"PATH_INFO": "/httpd/a"}, id="a file is asked for"),
        pytest.param("x", {"QUERY_STRING": "x" * 2000}, id="a long question"),
    ],
)
def test_what_may_change_or_has_no_end_is_not_remembered(
    site: "Site", text: str, more: Extra
) -> None:
    """Neither what depends on other files, nor what clients can make up at will."""
    (site.root / "f.html").write_text("[preferred]" * 10_000)
    (site.root / "x.html").write_text(text)
    site.visit(more)

    assert ("wsgi.errors" in site.visit(more), len(site.realm.shown)) == (True, 0)


def test_a_page_in_the_place_of_another_is_not_remembered(
    tmp_path: Path, realms: Sequence[Realm]
) -> None:
    """REQ-41: one in `content` stands in only while there is none in `cgi-bin`."""
    app = create_app(lambda: realms[0])
    environ = _environ(tmp_path, "/cgi-bin/x.cgi", WAYS[0])
    seen = []
    for folder in ("content", "cgi-bin"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.html").write_text(folder)
        answers = (ask(app, "/cgi-bin/x.cgi", environ=environ) for _ in range(2))
        seen += [answer.text for answer in answers]

    assert seen == ["content", "content", "cgi-bin", "cgi-bin"]


def test_a_page_depends_on_nothing_else(site: "Site") -> None:
    """All that is looked at when a page is made is part of the question."""
    (site.root / "x.html").write_text(VALUES)
    neither = {
        *("REQUEST_METHOD", "SCRIPT_NAME", "wsgi.errors", "wsgi.input"),
        *("CONTENT_TYPE", "wsgi.file_wrapper", SELECTED, LASTING),
    }

    assert set(site.visit()) - neither <= {*READ}


class Site:
    """A page of a document root, and the application that shows it."""

    def __init__(self, root: Path, realm: Realm) -> None:
        self.root = root
        self.realm = replace(realm)
        self._app = create_app(lambda: self.realm)
        (root / "x.html").write_text("x")

    def visit(self, more: Extra = NONE) -> Sequence[str]:
        """Ask for the page; return what of the environ was looked at."""
        seen = _Watched()

        def watched(environ: dict[str, Any], start_response: Any) -> Any:
            seen.update(environ)
            return self._app(seen, start_response)

        script = {"SCRIPT_NAME": "/x.cgi", "PATH_INFO": ""}
        environ = _environ(self.root, "/x.cgi", WAYS[0]) | script | dict(more)
        method = environ["REQUEST_METHOD"] if "REQUEST_METHOD" in more else "GET"
        assert ask(watched, "/x.cgi", method=method, environ=environ).status == 200
        return seen.read


@pytest.fixture(name="site")
def fixture_site(tmp_path: Path, realms: Sequence[Realm]) -> Site:
    """Return a site with one page, whose name may come from a variable."""
    return Site(tmp_path, realms[0])


class _Watched(dict[str, Any]):
    """An environ that knows what was looked at, once it is filled."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def __getitem__(self, name: str) -> Any:
        self.read.append(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.read.append(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.read.append(name)
        return super().get(name, default)


def _environ(root: Path, path: str, way: str) -> dict[str, str]:
    """Return what httpd says of a path, by one of several ways to the file."""
    script = path[: path.index(".cgi") + 4]
    found = {
        "DOCUMENT_ROOT": str(root),
        "SCRIPT_FILENAME": f"{root}{script}",
        "SCRIPT_NAME": script,
        "PATH_INFO": path.removeprefix(script),
    }
    if way == "by path":
        return {"DOCUMENT_ROOT": str(root)}
    if way == "by variable":
        return {**found, "ASF_MIRROR_FILENAME": f"{root}/sub/y.cgi"}
    if way == "behind an alias":
        return {**found, "DOCUMENT_ROOT": "/none", "CONTEXT_DOCUMENT_ROOT": str(root)}
    return found
